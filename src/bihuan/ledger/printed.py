"""Between rows and paper: the document that an upload or an inspection amounts to."""

from dataclasses import asdict, replace
from typing import Any

from django.db.models import F

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
from bihuan.ledger.corrections import corrected
from bihuan.ledger.models import Category as CategoryRow
from bihuan.ledger.models import Finding as FindingRow
from bihuan.ledger.models import Inspection, Measure, Review, Upload
from bihuan.scope import Actor


def iso(day: PartialDate | None) -> str:
    """Write a date with its precision, or nothing."""
    return str(day) if day else ""


def _day(text: str) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def document_of(upload: Upload) -> Document:
    """Give what was read for an upload, with its corrections."""
    return corrected(from_json(upload.parsed).document, upload.corrections)


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
        "results": [
            {"category": asdict(finding.category), "ordinal": finding.ordinal, "text": finding.result}
            for finding in document.findings
            if finding.result
        ],
    }


def document_of_inspection(inspection: Inspection, *, actor: Actor) -> Document:
    """Give the document that the ledger of an inspection amounts to today, in the frame of the one that was read."""
    return framed(inspection, tuple(finding for _, finding in findings_of(inspection, actor=actor)))


def framed(inspection: Inspection, findings: tuple[Finding, ...]) -> Document:
    """Give findings the frame of the document that the inspection was read from."""
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
        findings=findings,
        totals=Totals(**frame.get("totals", {})),
        signature=frame.get("signature", ""),
        contact=frame.get("contact", ""),
    )


def _section(values: dict[str, Any]) -> Section:
    return Section(**{**values, "paragraphs": tuple(values["paragraphs"])})


def findings_of(inspection: Inspection, *, actor: Actor) -> list[tuple[FindingRow, Finding]]:
    """Give the findings of an inspection in order, each beside its row."""
    texts: dict[int, list[str]] = {}
    measures = (
        Measure.objects.scoped(actor).filter(finding__inspection=inspection).order_by("finding_id", "ordinal")
    )
    for finding_id, text in measures.values_list("finding_id", "text"):
        texts.setdefault(finding_id, []).append(text)
    results = _results(inspection, actor)
    read = _results_read(inspection)
    rows = FindingRow.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    found = []
    for row in rows.order_by("position"):
        finding = printed_finding(row, row.category, tuple(texts.get(row.pk, ())))
        # What was sent back is no longer claimed, whoever claimed it.
        told = read.get((finding.category, finding.ordinal), "") if row.round == 1 else ""
        found.append((row, replace(finding, result=results.get(row.pk, told))))
    return found


def _results(inspection: Inspection, actor: Actor) -> dict[int, str]:
    """What the newest declaration in each finding's present round says came of the work, in one paragraph."""
    declared = Review.objects.scoped(actor).filter(
        finding__inspection=inspection, verb="declare_done", round=F("finding__round")
    )
    return {
        finding_id: "".join(line.strip() for line in str(given.get("result_summary", "")).splitlines())
        for finding_id, given in declared.order_by("at", "pk").values_list("finding_id", "given")
    }


def _results_read(inspection: Inspection) -> dict[tuple[Category, int], str]:
    """What the document that was read says came of the work."""
    results = inspection.frame.get("results", ())
    return {(Category(**each["category"]), each["ordinal"]): each["text"] for each in results}


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
