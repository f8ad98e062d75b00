"""What a document writes into the rows of an inspection, once a person confirmed it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from bihuan.documents.model import Category as PrintedCategory
from bihuan.documents.model import Document
from bihuan.documents.model import Finding as PrintedFinding
from bihuan.ledger import printed, tallies
from bihuan.ledger.difference import HEAD, Change, ChangeKind, Key, category_key, key_of
from bihuan.ledger.models import Category, Finding, Inspection, Measure, SourceDocument, Upload
from bihuan.scope import Actor
from bihuan.workflow.words import Kind, State

_COLUMNS: dict[str, Callable[[PrintedFinding], dict[str, Any]]] = {
    "title": lambda row: {"title": row.title},
    "declared": lambda row: {
        "declared_completion": row.declared.completion,
        "declared_raw": row.declared.raw,
    },
    "sustained": lambda row: {"declared_sustained": row.declared.sustained},
    "aspects": lambda row: {"aspects": list(row.aspects)},
    "next_steps": lambda row: {"next_steps": list(row.next_steps)},
}
"""The columns that a field of the document goes into; measures are rows of their own."""
_HEAD_COLUMNS = ("title", "ended_on", "feedback_on", "signed_on")
_PRINTED_NAME = "printed_organisation"


def begin(upload: Upload, document: Document, *, actor: Actor, at: datetime) -> Inspection:
    """Make the inspection that a document is the first to report on, with all its findings."""
    inspection: Inspection = Inspection.objects.scoped(actor).create(
        organisation=upload.document.organisation,
        organisation_path=upload.organisation_path,
        round=document.round,
        team=document.team,
        title=document.title or upload.document.filename,
        started_on=printed.iso(document.started_on),
        ended_on=printed.iso(document.ended_on),
        feedback_on=printed.iso(document.feedback_on),
        signed_on=printed.iso(document.signed_on),
        document=upload.document,
        frame=printed.frame_of(document),
        created_at=at,
    )
    _add_findings(inspection, document.findings, actor)
    return inspection


def take_over(
    inspection: Inspection,
    source: SourceDocument,
    document: Document,
    changes: Collection[Change],
    *,
    actor: Actor,
) -> None:
    """Make these changes, and none besides, in an inspection that exists; `source` becomes its latest document."""
    results = _results(inspection, document, changes)
    _change_head(inspection, document, {change.name for change in changes if change.key == HEAD})
    inspection.frame["results"] = results
    inspection.document = source
    inspection.save()
    added = {change.key for change in changes if change.kind is ChangeKind.ADDED}
    _change_findings(inspection, document, changes, actor)
    _add_findings(inspection, [row for row in document.findings if key_of(row) in added], actor)


def _results(inspection: Inspection, document: Document, changes: Collection[Change]) -> list[dict[str, Any]]:
    """What a document says came of the work is kept in the frame; take over that of the findings accepted."""
    taken = {change.key for change in changes if change.kind is ChangeKind.ADDED or change.name == "result"}
    held = [row for row in inspection.frame.get("results", ()) if _key(row) not in taken]
    return held + [row for row in printed.frame_of(document)["results"] if _key(row) in taken]


def _key(result: dict[str, Any]) -> Key:
    return (*category_key(PrintedCategory(**result["category"])), result["ordinal"])


def _change_head(inspection: Inspection, document: Document, names: Collection[str]) -> None:
    for name in _HEAD_COLUMNS:
        if name in names:
            setattr(inspection, name, str(getattr(document, name)))
    frame = printed.frame_of(document) if "frame" in names else dict(inspection.frame)
    printed_name = (
        document.organisation if "organisation" in names else inspection.frame.get(_PRINTED_NAME, "")
    )
    inspection.frame = {**frame, _PRINTED_NAME: printed_name}


def _add_findings(inspection: Inspection, new: Sequence[PrintedFinding], actor: Actor) -> None:
    """Create findings that the ledger does not have yet, with their measures, in the order of the document."""
    categories = _categories(inspection, [finding.category for finding in new], actor)
    last = Finding.objects.scoped(actor).filter(inspection=inspection).order_by("-position").first()
    start = last.position if last else 0
    rows = [
        _row(inspection, categories[finding.category], start + offset, finding)
        for offset, finding in enumerate(new, 1)
    ]
    findings = Finding.objects.scoped(actor).bulk_create(rows)
    Measure.objects.scoped(actor).bulk_create(
        Measure(finding=row, organisation_path=row.organisation_path, ordinal=number, text=text)
        for row, finding in zip(findings, new, strict=True)
        for number, text in enumerate(finding.measures, 1)
    )
    tallies.add(inspection, findings, actor=actor)


def _categories(
    inspection: Inspection, wanted: list[PrintedCategory], actor: Actor
) -> dict[PrintedCategory, Category]:
    rows = Category.objects.scoped(actor).filter(inspection=inspection)
    found = {category_key(printed.printed_category(row)): row for row in rows}
    result: dict[PrintedCategory, Category] = {}
    for printed_category in dict.fromkeys(wanted):
        key = category_key(printed_category)
        if key not in found:
            found[key] = rows.create(
                inspection=inspection,
                organisation_path=inspection.organisation_path,
                position=len(found) + 1,
                part=printed_category.part or "",
                ordinal=printed_category.ordinal,
                title=printed_category.title,
            )
        result[printed_category] = found[key]
    return result


def _row(inspection: Inspection, category: Category, position: int, finding: PrintedFinding) -> Finding:
    source = finding.source
    return Finding(
        inspection=inspection,
        category=category,
        organisation_path=inspection.organisation_path,
        position=position,
        ordinal=finding.ordinal,
        kind=Kind.LONG_TERM if finding.declared.sustained else Kind.DUE,
        state=State.DRAFT,
        measure_count=len(finding.measures),
        source_first_line=source.first_line if source else None,
        source_last_line=source.last_line if source else None,
        **{name: value for columns in _COLUMNS.values() for name, value in columns(finding).items()},
    )


def _change_findings(
    inspection: Inspection, document: Document, changes: Collection[Change], actor: Actor
) -> None:
    names: dict[Key, set[str]] = {}
    for change in changes:
        if change.kind is ChangeKind.CHANGED and change.key != HEAD:
            names.setdefault(change.key, set()).add(change.name)
    rows = Finding.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    by_key = {(*category_key(printed.printed_category(row.category)), row.ordinal): row for row in rows}
    for finding in document.findings:
        key = key_of(finding)
        if key in names:
            _change(by_key[key], finding, names[key], inspection, actor)


def _change(
    row: Finding, finding: PrintedFinding, names: set[str], inspection: Inspection, actor: Actor
) -> None:
    before = tallies.cells(row)
    for name in names & set(_COLUMNS):
        for column, value in _COLUMNS[name](finding).items():
            setattr(row, column, value)
    if "measures" in names:
        _change_measures(row, finding.measures, actor)
    row.version += 1
    row.save()
    tallies.move(inspection, before, tallies.cells(row), actor=actor)


def _change_measures(row: Finding, texts: tuple[str, ...], actor: Actor) -> None:
    """Change texts in place, so that what was planned for a measure stays with it; add and drop at the end."""
    measures = Measure.objects.scoped(actor).filter(finding=row)
    for number, text in enumerate(texts, 1):
        if not measures.filter(ordinal=number).update(text=text):
            measures.create(finding=row, organisation_path=row.organisation_path, ordinal=number, text=text)
    measures.filter(ordinal__gt=len(texts)).delete()
    row.measure_count = len(texts)
