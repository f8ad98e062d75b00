"""Uploads that wait to be looked at, and what they would change."""

from dataclasses import dataclass

from bihuan.documents.model import Document, Parsed
from bihuan.documents.read import from_json
from bihuan.ledger import printed
from bihuan.ledger.difference import Change, differences
from bihuan.ledger.models import SourceDocument, Upload
from bihuan.scope import Actor


@dataclass(frozen=True)
class Preview:
    """An upload as it is looked at: what was read, what was corrected, what it would change."""

    upload: Upload
    parsed: Parsed
    document: Document
    """What was read, with the corrections."""
    changes: tuple[Change, ...]
    """Differences against the inspection it is about; empty for a new one."""
    corrected: frozenset[int]


def preview(upload_id: int, *, actor: Actor) -> Preview:
    """Give one upload to look at; raises NotFound outside the reach."""
    rows = Upload.objects.scoped(actor).select_related("document__organisation", "inspection__organisation")
    upload: Upload = rows.one(pk=upload_id)
    document = printed.document_of(upload)
    changes: tuple[Change, ...] = ()
    if upload.inspection is not None and upload.closed_at is None:
        held = printed.document_of_inspection(upload.inspection, actor=actor)
        changes = differences(held, document)
    corrected = frozenset(int(index) for index in upload.corrections)
    return Preview(upload, from_json(upload.parsed), document, changes, corrected)


def open_uploads(*, actor: Actor) -> list[Upload]:
    """Give the uploads that wait to be confirmed or discarded, newest first."""
    rows = Upload.objects.scoped(actor).filter(closed_at__isnull=True)
    return list(rows.select_related("document__organisation").order_by("-pk")[:50])


def source_document(document_id: int, *, actor: Actor) -> SourceDocument:
    """Give a received file; raises NotFound outside the reach."""
    return SourceDocument.objects.scoped(actor).one(pk=document_id)  # type: ignore[no-any-return]
