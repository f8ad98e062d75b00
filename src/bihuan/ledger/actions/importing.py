"""From a document to a ledger: received, looked at, corrected, confirmed. What it declares enters as a claim."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from bihuan.documents.model import Document, Parsed
from bihuan.documents.read import as_json, from_json
from bihuan.errors import BadInput, NotFound, RuleBroken
from bihuan.journal import actions as journal
from bihuan.ledger import corrections, printed, store
from bihuan.ledger.actions import taking_over
from bihuan.ledger.actions.findings import hold
from bihuan.ledger.changes import changes_of
from bihuan.ledger.corrections import FindingFields
from bihuan.ledger.difference import HEAD, Change, ChangeKind
from bihuan.ledger.misfits import misfits
from bihuan.ledger.models import Finding, Inspection, SourceDocument, Upload
from bihuan.ledger.naming import names_another
from bihuan.ledger.queries.uploads import refuse_other_posts
from bihuan.people import queries as people
from bihuan.people.models import Organisation
from bihuan.scope import Actor
from bihuan.words import phrase

SHOWN = 20
"""How many codes a refusal lists."""


@dataclass(frozen=True)
class Received:
    """What came of receiving a document: an upload to look at, and the inspection it is already in, if any."""

    upload: Upload
    inspection: Inspection | None
    unchanged: bool
    """The very same file was confirmed before; nothing needs to be done."""


@dataclass(frozen=True)
class Confirmed:
    """What came of confirming: the inspection, and of the changes to one that existed those made and those not."""

    inspection: Inspection
    applied: tuple[Change, ...]
    left: tuple[Change, ...]


@transaction.atomic
def receive_document(
    *, data: bytes, filename: str, parsed: Parsed, organisation_code: str, actor: Actor, at: datetime
) -> Received:
    """Keep an arrived file with what was read out of it, to be looked at before it changes the ledger.

    The same bytes are received once per organisation; receiving them again gives the same upload.
    Raises NotFound for an organisation outside the reach, BadInput for one that cannot be inspected,
    for a document without findings or with something that the ledger cannot hold.
    """
    refuse_other_posts(actor)
    if not parsed.document.findings:
        raise BadInput(phrase("No finding was recognised in %(filename)s.", filename=filename))
    _refuse_misfits(parsed.document)
    organisation = _inspected(organisation_code, actor)
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
        corrections=_inherited(parsed.document, inspection),
        uploaded_at=at,
        uploaded_by_id=actor.person_id,
    )
    after = {"filename": filename, "digest": digest, "findings": len(parsed.document.findings)}
    journal.append("receive_document", _subject(upload), actor=actor, at=at, after=after)
    return Received(upload, inspection, unchanged=False)


def _inspected(code: str, actor: Actor) -> Organisation:
    """Find the committee that a document is about; a refusal lists those within reach."""
    units = {unit.code: unit for unit in people.units(actor=actor)}
    if code in units:
        return units[code]
    known = " ".join([*list(units)[:SHOWN], *(["…"] if len(units) > SHOWN else [])])
    try:
        other = people.organisation(code, actor=actor)
    except NotFound:
        raise NotFound(
            phrase("No organisation “%(code)s” is known; known codes: %(known)s", code=code, known=known)
        ) from None
    raise BadInput(
        phrase(
            "%(name)s is not a party committee and cannot be inspected; possible codes: %(known)s",
            name=other.name,
            known=known,
        )
    )


def _storable(parsed: Parsed) -> Parsed:
    """PostgreSQL holds no NUL: where the source has one, its lines show the sign of a lost character."""
    return replace(parsed, lines=tuple(line.replace("\0", "\ufffd") for line in parsed.lines))


def _one_at_a_time(organisation_id: int | None, actor: Actor) -> None:
    """Take in the documents of one organisation one after another: two at once would make the same rows twice."""
    rows = Organisation.objects.scoped(actor).filter(pk=organisation_id)
    rows.select_for_update(no_key=True).first()


def _matching(document: Document, organisation_id: int, actor: Actor) -> Inspection | None:
    """A later document about the same round, team and beginning is about the same inspection.

    So is one that is misread like an earlier one whose head was corrected by hand.
    """
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
    return found or _misread_alike(document, organisation_id, actor)


def _misread_alike(document: Document, organisation_id: int, actor: Actor) -> Inspection | None:
    earlier = Upload.objects.scoped(actor).filter(
        document__organisation_id=organisation_id, corrections__has_key=corrections.HEAD
    )
    confirmed = earlier.exclude(closed_at=None).exclude(inspection=None).select_related("inspection")
    for upload in confirmed.order_by("-pk"):
        if _identity(from_json(upload.parsed).document) == _identity(document):
            found: Inspection | None = upload.inspection
            return found
    return None


def _identity(document: Document) -> tuple[str, str, str]:
    return document.round, document.team, printed.iso(document.started_on)


def _inherited(document: Document, inspection: Inspection | None) -> dict[str, Any]:
    """What the inspection is known by was settled with its first document: a misreading of it is set right."""
    if inspection is None:
        return {}
    read = corrections.head_of(document)
    known = {name: getattr(inspection, name) for name in ("round", "team", "started_on")}
    return corrections.with_correction({}, corrections.HEAD, read=read, given={**read, **known})


@transaction.atomic
def correct_finding(
    upload_id: int, *, index: int, fields: FindingFields, actor: Actor, at: datetime, version: int
) -> Upload:
    """Correct what was read for one finding of an open upload; the source itself stays as it arrived."""
    upload = _open_upload(upload_id, actor, version)
    read = from_json(upload.parsed).document.findings
    if not 0 <= index < len(read):
        raise BadInput(phrase("There is no such finding in this document."))
    given = fields.checked()
    before = corrections.fields_of(printed.document_of(upload).findings[index])
    upload.corrections = corrections.with_correction(
        upload.corrections, str(index), read=corrections.fields_of(read[index]), given=given
    )
    _save_correction(upload)
    after = {"index": index, **given}
    journal.append("correct_finding", _subject(upload), actor=actor, at=at, before=before, after=after)
    return upload


@transaction.atomic
def correct_head(
    upload_id: int, *, head: Mapping[str, str], actor: Actor, at: datetime, version: int
) -> Upload:
    """Correct title, round, team and dates of an open upload; they decide which inspection it is about.

    `head` holds a text for each name in `corrections.TEXTS` and `corrections.DATES`.
    """
    upload = _open_upload(upload_id, actor, version)
    given = corrections.checked_head(head)
    before = corrections.head_of(printed.document_of(upload))
    upload.corrections = corrections.with_correction(
        upload.corrections,
        corrections.HEAD,
        read=corrections.head_of(from_json(upload.parsed).document),
        given=given,
    )
    upload.inspection = _matching(printed.document_of(upload), upload.document.organisation_id, actor)
    _save_correction(upload)
    journal.append("correct_head", _subject(upload), actor=actor, at=at, before=before, after=given)
    return upload


def _save_correction(upload: Upload) -> None:
    _refuse_misfits(printed.document_of(upload))
    upload.version += 1
    upload.save(update_fields=["corrections", "inspection", "version"])


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
def confirm_upload(
    upload_id: int,
    *,
    actor: Actor,
    at: datetime,
    version: int | None = None,
    accepted: Collection[str] | None = None,
    another_organisation: bool = False,
) -> Confirmed:
    """Let a looked-at document into the ledger: a new inspection, or changes to the one it is about.

    Findings arrive as drafts that carry a claim, never as written off. In an inspection that exists,
    only those changes are made whose ids are `accepted`, or without a choice those that apply by themselves;
    nothing is ever removed, and a finding on which a step was taken is never changed.
    Raises RuleBroken while nobody says that the document names `another_organisation` knowingly.
    """
    uploads = Upload.objects.scoped(actor).filter(pk=upload_id)
    _one_at_a_time(uploads.values_list("document__organisation_id", flat=True).first(), actor)
    upload = _open_upload(upload_id, actor, version)
    document = printed.document_of(upload)
    organisation = upload.document.organisation
    another = names_another(document.organisation, organisation.name, organisation.short_name)
    if another and not another_organisation:
        raise RuleBroken(
            phrase(
                "The document names “%(printed)s”, not %(name)s. Say that you know this before you confirm it.",
                printed=document.organisation,
                name=organisation.name,
            )
        )
    hold(Finding.objects.scoped(actor).filter(inspection=upload.inspection))
    changes = changes_of(upload, actor=actor)
    applied = tuple(change for change in changes if _wanted(change, accepted))
    left = tuple(change for change in changes if change not in applied)
    inspection, added, changed = _let_in(upload, document, applied, actor, at)
    upload.inspection = inspection
    upload.closed_at = at
    upload.version += 1
    upload.save(update_fields=["inspection", "closed_at", "version"])
    _tell_waiting_uploads(inspection, upload, actor)
    after = {
        "inspection": inspection.pk,
        "title": inspection.title,
        "digest": upload.document.digest,
        "added": added,
        "changed": changed,
        "not_applied": [change.place for change in left],
        "another_organisation": document.organisation if another else "",
    }
    subject = journal.Subject("inspection", str(inspection.pk), inspection.organisation_path)
    journal.append("confirm_upload", subject, actor=actor, at=at, after=after)
    return Confirmed(inspection, applied, left)


def _wanted(change: Change, accepted: Collection[str] | None) -> bool:
    return change.applies if accepted is None else change.open and change.id in accepted


def _let_in(
    upload: Upload, document: Document, applied: tuple[Change, ...], actor: Actor, at: datetime
) -> tuple[Inspection, int, int]:
    """Write the document into the ledger; give the inspection, and how many findings were added and changed."""
    inspection = upload.inspection
    if inspection is None:
        return taking_over.begin(upload, document, actor=actor, at=at), len(document.findings), 0
    taking_over.take_over(inspection, upload.document, document, applied, actor=actor)
    kinds = {change.key: change.kind for change in applied if change.key != HEAD}
    added = sum(kind is ChangeKind.ADDED for kind in kinds.values())
    return inspection, added, len(kinds) - added


def _refuse_misfits(document: Document) -> None:
    found = misfits(document)
    if found:
        raise BadInput(*found)


def _open_upload(upload_id: int, actor: Actor, version: int | None) -> Upload:
    refuse_other_posts(actor)
    rows = Upload.objects.scoped(actor).select_related("document__organisation", "inspection")
    upload: Upload = rows.select_for_update(of=("self",)).one(pk=upload_id)
    if upload.closed_at is not None:
        raise RuleBroken(phrase("This upload was confirmed or discarded already."))
    if version is not None and version != upload.version:
        raise RuleBroken(phrase("Somebody changed this upload meanwhile. Look at it again before you go on."))
    return upload


def _subject(upload: Upload) -> journal.Subject:
    return journal.Subject("upload", str(upload.pk), upload.organisation_path)


def _tell_waiting_uploads(inspection: Inspection, upload: Upload, actor: Actor) -> None:
    """Other uploads about this inspection now change something else; whoever looks at them must look again."""
    rows = Upload.objects.scoped(actor).filter(
        document__organisation_id=inspection.organisation_id, closed_at=None
    )
    for waiting in rows.exclude(pk=upload.pk):
        if _matching(printed.document_of(waiting), inspection.organisation_id, actor) == inspection:
            rows.filter(pk=waiting.pk).update(inspection=inspection, version=F("version") + 1)
