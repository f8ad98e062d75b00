"""Between rows and paper: the document that an upload or an inspection amounts to."""

from dataclasses import asdict, replace
from typing import Any

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    PartialDate,
    Section,
    Totals,
)
from bihuan.documents.read import from_json
from bihuan.ledger.models import Category as CategoryRow
from bihuan.ledger.models import Finding as FindingRow
from bihuan.ledger.models import Inspection, Measure, Upload
from bihuan.scope import Actor


def iso(day: PartialDate | None) -> str:
    """Write a date with its precision, or nothing."""
    return str(day) if day else ""


def _day(text: str) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def document_of(upload: Upload) -> Document:
    """Give what was read for an upload, with its corrections."""
    document = from_json(upload.parsed).document
    findings = list(document.findings)
    for index, corrected in upload.corrections.items():
        findings[int(index)] = _corrected(findings[int(index)], corrected)
    return replace(document, findings=tuple(findings))


def _corrected(finding: Finding, corrected: dict[str, Any]) -> Finding:
    completion = Completion(corrected["completion"])
    declared = finding.declared
    if completion != declared.completion:
        declared = Declared(completion, declared.sustained, "")
    return replace(
        finding,
        title=corrected["title"],
        declared=declared,
        measures=tuple(corrected["measures"]),
        next_steps=tuple(corrected["next_steps"]),
    )


def frame_of(document: Document) -> dict[str, Any]:
    """Keep what stands around the findings, so that a report can print it again."""
    return {
        "kind": document.kind,
        "printed_organisation": document.organisation,
        "opening": list(document.opening),
        "sections": [asdict(section) for section in document.sections],
        "totals": asdict(document.totals),
        "signature": document.signature,
        "contact": document.contact,
    }


def document_of_inspection(inspection: Inspection, *, actor: Actor) -> Document:
    """Give the document that the ledger of an inspection amounts to today."""
    frame = inspection.frame
    return Document(
        kind=DocumentKind(frame.get("kind", DocumentKind.UNKNOWN)),
        title=inspection.title,
        organisation=frame.get("printed_organisation") or inspection.organisation.name,
        round=inspection.round,
        team=inspection.team,
        started_on=_day(inspection.started_on),
        ended_on=_day(inspection.ended_on),
        feedback_on=_day(inspection.feedback_on),
        signed_on=_day(inspection.signed_on),
        opening=tuple(frame.get("opening", ())),
        sections=tuple(_section(section) for section in frame.get("sections", ())),
        findings=_findings(inspection, actor),
        totals=Totals(**frame.get("totals", {})),
        signature=frame.get("signature", ""),
        contact=frame.get("contact", ""),
    )


def _section(values: dict[str, Any]) -> Section:
    return Section(**{**values, "paragraphs": tuple(values["paragraphs"])})


def _findings(inspection: Inspection, actor: Actor) -> tuple[Finding, ...]:
    texts: dict[int, list[str]] = {}
    measures = (
        Measure.objects.scoped(actor).filter(finding__inspection=inspection).order_by("finding_id", "ordinal")
    )
    for finding_id, text in measures.values_list("finding_id", "text"):
        texts.setdefault(finding_id, []).append(text)
    rows = FindingRow.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    return tuple(
        printed_finding(row, row.category, tuple(texts.get(row.pk, ()))) for row in rows.order_by("position")
    )


def printed_category(row: CategoryRow) -> Category:
    """Give one category as it would be printed."""
    return Category(row.part or None, row.ordinal, row.title)


def printed_finding(row: FindingRow, category: CategoryRow, measures: tuple[str, ...]) -> Finding:
    """Give one finding as it would be printed."""
    return Finding(
        category=printed_category(category),
        ordinal=row.ordinal,
        title=row.title,
        declared=Declared(Completion(row.declared_completion), row.declared_sustained, row.declared_raw),
        aspects=tuple(row.aspects),
        measures=measures,
        next_steps=tuple(row.next_steps),
    )
