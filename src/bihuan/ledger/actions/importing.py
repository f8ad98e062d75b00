"""From a document to a ledger: received, looked at, corrected, confirmed. What it declares enters as a claim."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from bihuan.documents.model import Category as PrintedCategory
from bihuan.documents.model import Completion, Declared, Document, Parsed
from bihuan.documents.model import Finding as PrintedFinding
from bihuan.documents.read import as_json
from bihuan.errors import BadInput, NotAllowed, RuleBroken
from bihuan.journal import actions as journal
from bihuan.ledger import printed, store, tallies
from bihuan.ledger.actions.findings import hold
from bihuan.ledger.difference import category_key, key_of
from bihuan.ledger.misfits import misfits
from bihuan.ledger.models import Category, Finding, Inspection, Measure, SourceDocument, Upload
from bihuan.people import queries as people
from bihuan.people.models import Organisation
from bihuan.scope import Actor
from bihuan.words import phrase
from bihuan.workflow.words import Kind, Role, State


@dataclass(frozen=True)
class Received:
    """What came of receiving a document: an upload to look at, and the inspection it is already in, if any."""

    upload: Upload
    inspection: Inspection | None
    unchanged: bool
    """The very same file was confirmed before; nothing needs to be done."""


@transaction.atomic
def receive_document(
    *, data: bytes, filename: str, parsed: Parsed, organisation_code: str, actor: Actor, at: datetime
) -> Received:
    """Keep an arrived file with what was read out of it, to be looked at before it changes the ledger.

    The same bytes are received once per organisation; receiving them again gives the same upload.
    Raises NotFound for an organisation outside the reach, BadInput for a document without findings
    or with something that the ledger cannot hold.
    """
    _refuse_other_posts(actor)
    if not parsed.document.findings:
        raise BadInput(phrase("No finding was recognised in %(filename)s.", filename=filename))
    _refuse_misfits(parsed.document)
    organisation = people.organisation(organisation_code, actor=actor)
    _one_at_a_time(organisation.pk, actor)
    digest = store.put(data)
    documents = SourceDocument.objects.scoped(actor)
    document = documents.filter(organisation=organisation, digest=digest).first()
    if document is None:
        document = documents.create(
            organisation=organisation,
            organisation_path=organisation.path,
            digest=digest,
            filename=filename,
            size_bytes=len(data),
            received_at=at,
            received_by_id=actor.person_id,
        )
    held = Upload.objects.scoped(actor).filter(document=document).order_by("-pk").first()
    if held is not None and (held.closed_at is None or held.inspection_id):
        return Received(held, held.inspection, unchanged=held.closed_at is not None)
    inspection = _matching(parsed.document, organisation.pk, actor)
    upload = Upload.objects.scoped(actor).create(
        document=document,
        organisation_path=organisation.path,
        inspection=inspection,
        parsed=as_json(_storable(parsed)),
        uploaded_at=at,
        uploaded_by_id=actor.person_id,
    )
    after = {"filename": filename, "digest": digest, "findings": len(parsed.document.findings)}
    journal.append("receive_document", _subject(upload), actor=actor, at=at, after=after)
    return Received(upload, inspection, unchanged=False)


def _storable(parsed: Parsed) -> Parsed:
    """PostgreSQL holds no NUL: where the source has one, its lines show the sign of a lost character."""
    return replace(parsed, lines=tuple(line.replace("\0", "\ufffd") for line in parsed.lines))


def _one_at_a_time(organisation_id: int | None, actor: Actor) -> None:
    """Take in the documents of one organisation one after another: two at once would make the same rows twice."""
    rows = Organisation.objects.scoped(actor).filter(pk=organisation_id)
    rows.select_for_update(no_key=True).first()


def _matching(document: Document, organisation_id: int, actor: Actor) -> Inspection | None:
    """A later document about the same round, team and beginning is about the same inspection."""
    found: Inspection | None = (
        Inspection.objects.scoped(actor)
        .filter(
            organisation_id=organisation_id,
            round=document.round,
            team=document.team,
            started_on=printed.iso(document.started_on),
        )
        .first()
    )
    return found


@transaction.atomic
def correct_finding(
    upload_id: int,
    *,
    index: int,
    title: str,
    completion: str,
    measures: tuple[str, ...],
    next_steps: tuple[str, ...],
    actor: Actor,
    at: datetime,
    version: int,
) -> Upload:
    """Correct what was read for one finding of an open upload; the source itself stays as it arrived."""
    upload = _open_upload(upload_id, actor, version)
    document = printed.document_of(upload)
    if not 0 <= index < len(document.findings):
        raise BadInput(phrase("There is no such finding in this document."))
    if not title.strip():
        raise BadInput(phrase("“%(label)s” is missing.", label="title"))
    if completion not in set(Completion):
        raise BadInput(phrase("Choose a declared status."))
    corrected = {
        "title": title.strip(),
        "completion": completion,
        "measures": [text.strip() for text in measures if text.strip()],
        "next_steps": [text.strip() for text in next_steps if text.strip()],
    }
    upload.corrections = {**upload.corrections, str(index): corrected}
    _refuse_misfits(printed.document_of(upload))
    upload.version += 1
    upload.save(update_fields=["corrections", "version"])
    was = document.findings[index]
    before = {"title": was.title, "completion": was.declared.completion, "measures": list(was.measures)}
    after = {"index": index, **corrected}
    journal.append("correct_finding", _subject(upload), actor=actor, at=at, before=before, after=after)
    return upload


@transaction.atomic
def discard_upload(upload_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Upload:
    """Close an upload without letting it change the ledger."""
    upload = _open_upload(upload_id, actor, version)
    upload.closed_at = at
    upload.inspection = None
    upload.version += 1
    upload.save(update_fields=["closed_at", "inspection", "version"])
    journal.append("discard_upload", _subject(upload), actor=actor, at=at)
    return upload


@transaction.atomic
def confirm_upload(upload_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Inspection:
    """Let a looked-at document into the ledger: a new inspection, or changes to the one it is about.

    Findings arrive as drafts that carry a claim, never as written off. In an inspection that exists,
    nothing is ever removed, and what was planned already is not overwritten: there only the claim,
    as the newer document prints it, is taken over.
    """
    uploads = Upload.objects.scoped(actor).filter(pk=upload_id)
    _one_at_a_time(uploads.values_list("document__organisation_id", flat=True).first(), actor)
    upload = _open_upload(upload_id, actor, version)
    document = printed.document_of(upload)
    inspection = upload.inspection or _new_inspection(upload, document, actor, at)
    hold(Finding.objects.scoped(actor).filter(inspection=inspection))
    inspection.document = upload.document
    inspection.title = document.title or inspection.title
    inspection.frame = printed.frame_of(document)
    for name in ("ended_on", "feedback_on", "signed_on"):
        setattr(inspection, name, printed.iso(getattr(document, name)) or getattr(inspection, name))
    inspection.save()
    added = _add_findings(inspection, document, actor)
    changed = _change_findings(inspection, document, added, actor)
    upload.inspection, upload.closed_at = inspection, at
    upload.version += 1
    upload.save(update_fields=["inspection", "closed_at", "version"])
    after = {
        "inspection": inspection.pk,
        "title": inspection.title,
        "digest": upload.document.digest,
        "added": len(added),
        "changed": changed,
    }
    subject = journal.Subject("inspection", str(inspection.pk), inspection.organisation_path)
    journal.append("confirm_upload", subject, actor=actor, at=at, after=after)
    return inspection


def _refuse_misfits(document: Document) -> None:
    found = misfits(document)
    if found:
        raise BadInput(*found)


def _refuse_other_posts(actor: Actor) -> None:
    if actor.role not in (Role.OFFICE, Role.SUPERVISOR, None):
        raise NotAllowed(phrase("Documents are taken in by the rectification office or a supervisor."))


def _open_upload(upload_id: int, actor: Actor, version: int | None) -> Upload:
    _refuse_other_posts(actor)
    rows = Upload.objects.scoped(actor).select_related("document", "inspection")
    upload: Upload = rows.select_for_update(of=("self",)).one(pk=upload_id)
    if upload.closed_at is not None:
        raise RuleBroken(phrase("This upload was confirmed or discarded already."))
    if version is not None and version != upload.version:
        raise RuleBroken(phrase("Somebody changed this upload meanwhile. Look at it again before you go on."))
    return upload


def _subject(upload: Upload) -> journal.Subject:
    return journal.Subject("upload", str(upload.pk), upload.organisation_path)


def _new_inspection(upload: Upload, document: Document, actor: Actor, at: datetime) -> Inspection:
    inspection: Inspection = Inspection.objects.scoped(actor).create(
        organisation=upload.document.organisation,
        organisation_path=upload.organisation_path,
        round=document.round,
        team=document.team,
        title=document.title or upload.document.filename,
        started_on=printed.iso(document.started_on),
        created_at=at,
    )
    _join_waiting_uploads(inspection, upload, actor)
    return inspection


def _join_waiting_uploads(inspection: Inspection, upload: Upload, actor: Actor) -> None:
    """Other uploads about this inspection no longer begin one; whoever looks at them is shown the differences."""
    rows = Upload.objects.scoped(actor).filter(
        document__organisation_id=inspection.organisation_id, inspection=None, closed_at=None
    )
    for waiting in rows.exclude(pk=upload.pk):
        if _matching(printed.document_of(waiting), inspection.organisation_id, actor) == inspection:
            rows.filter(pk=waiting.pk).update(inspection=inspection, version=F("version") + 1)


def _add_findings(inspection: Inspection, document: Document, actor: Actor) -> list[Finding]:
    """Create the findings that the ledger does not have yet, with their measures, in the order of the document."""
    held = {key_of(finding) for finding in printed.document_of_inspection(inspection, actor=actor).findings}
    new = [finding for finding in document.findings if key_of(finding) not in held]
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
    return findings


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
        title=finding.title,
        aspects=list(finding.aspects),
        next_steps=list(finding.next_steps),
        kind=Kind.LONG_TERM if finding.declared.sustained else Kind.DUE,
        state=State.DRAFT,
        measure_count=len(finding.measures),
        source_first_line=source.first_line if source else None,
        source_last_line=source.last_line if source else None,
        **_claim(finding.declared),
    )


def _claim(declared: Declared) -> dict[str, object]:
    return {
        "declared_completion": declared.completion,
        "declared_sustained": declared.sustained,
        "declared_raw": declared.raw,
    }


def _change_findings(inspection: Inspection, document: Document, added: list[Finding], actor: Actor) -> int:
    """Take over what a newer document says of findings that the ledger holds; give how many were changed."""
    fresh = {row.pk for row in added}
    rows = Finding.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    by_key = {
        (*category_key(printed.printed_category(row.category)), row.ordinal): row
        for row in rows
        if row.pk not in fresh
    }
    changed = 0
    for finding in document.findings:
        row = by_key.get(key_of(finding))
        if row is not None and _change(row, finding, inspection, actor):
            changed += 1
    return changed


def _change(row: Finding, finding: PrintedFinding, inspection: Inspection, actor: Actor) -> bool:
    before = tallies.cells(row)
    measures = Measure.objects.scoped(actor).filter(finding=row)
    texts = list(measures.values_list("text", flat=True))
    wanted = replace(finding.declared)
    claim_changed = any(getattr(row, name) != value for name, value in _claim(wanted).items())
    text_changed = row.state == State.DRAFT and (
        row.title != finding.title
        or texts != list(finding.measures)
        or row.next_steps != list(finding.next_steps)
    )
    if not (claim_changed or text_changed):
        return False
    for name, value in _claim(wanted).items():
        setattr(row, name, value)
    if text_changed:
        row.title, row.next_steps = finding.title, list(finding.next_steps)
        _change_measures(row, finding.measures, actor)
    row.version += 1
    row.save()
    tallies.move(inspection, before, tallies.cells(row), actor=actor)
    return True


def _change_measures(row: Finding, texts: tuple[str, ...], actor: Actor) -> None:
    """Change texts in place, so that what was planned for a measure stays with it; add and drop at the end."""
    measures = Measure.objects.scoped(actor).filter(finding=row)
    for number, text in enumerate(texts, 1):
        if not measures.filter(ordinal=number).update(text=text):
            measures.create(finding=row, organisation_path=row.organisation_path, ordinal=number, text=text)
    measures.filter(ordinal__gt=len(texts)).delete()
    row.measure_count = len(texts)
