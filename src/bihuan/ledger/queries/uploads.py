"""Uploads that wait to be looked at, and what they would change."""

from dataclasses import dataclass

from bihuan.documents.model import Document, Parsed
from bihuan.documents.read import from_json
from bihuan.errors import NotAllowed
from bihuan.ledger import printed
from bihuan.ledger.changes import changes_of
from bihuan.ledger.corrections import HEAD
from bihuan.ledger.difference import Change
from bihuan.ledger.models import SourceDocument, Upload
from bihuan.ledger.naming import names_another
from bihuan.scope import Actor
from bihuan.words import phrase
from bihuan.workflow.words import Role

IMPORTERS = frozenset({Role.OFFICE, Role.SUPERVISOR})
"""Who takes documents in, and is shown the way to it."""


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
    names_another: bool
    """Whether the document names an organisation that shares nothing with the one it was handed in for."""


def preview(upload_id: int, *, actor: Actor) -> Preview:
    """Give one upload to look at; raises NotFound outside the reach."""
    refuse_other_posts(actor)
    rows = Upload.objects.scoped(actor).select_related("document__organisation", "inspection__organisation")
    upload: Upload = rows.one(pk=upload_id)
    document = printed.document_of(upload)
    organisation = upload.document.organisation
    return Preview(
        upload=upload,
        parsed=from_json(upload.parsed),
        document=document,
        changes=() if upload.closed_at else changes_of(upload, actor=actor),
        corrected=frozenset(int(index) for index in upload.corrections if index != HEAD),
        names_another=names_another(document.organisation, organisation.name, organisation.short_name),
    )


def refuse_other_posts(actor: Actor) -> None:
    """Raise NotAllowed for a post that takes no documents in; the console may."""
    if actor.role is not None and actor.role not in IMPORTERS:
        raise NotAllowed(phrase("Documents are taken in by the rectification office or a supervisor."))


def open_uploads(*, actor: Actor) -> list[Upload]:
    """Give the uploads that wait to be confirmed or discarded, newest first."""
    rows = Upload.objects.scoped(actor).filter(closed_at__isnull=True)
    return list(rows.select_related("document__organisation").order_by("-pk")[:50])


def source_document(document_id: int, *, actor: Actor) -> SourceDocument:
    """Give a received file; raises NotFound outside the reach."""
    return SourceDocument.objects.scoped(actor).one(pk=document_id)  # type: ignore[no-any-return]
