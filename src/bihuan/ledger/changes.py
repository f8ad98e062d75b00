"""What an upload would change in the inspection that it is about; looked at and confirmed by the same reckoning."""

from django.db.models import Q

from bihuan.documents.read import from_json
from bihuan.ledger import printed
from bihuan.ledger.difference import Change, Key, category_key, differences, repeated
from bihuan.ledger.models import Finding, Inspection, Upload
from bihuan.scope import Actor
from bihuan.workflow.words import State


def changes_of(upload: Upload, *, actor: Actor) -> tuple[Change, ...]:
    """List what an open upload changes and what stands against it; empty for a new inspection."""
    inspection = upload.inspection
    if inspection is None:
        return ()
    held = printed.document_of_inspection(inspection, actor=actor)
    document = printed.document_of(upload)
    earlier = Upload.objects.scoped(actor).filter(inspection=inspection, document_id=inspection.document_id)
    last = earlier.exclude(closed_at=None).order_by("pk").last()
    no_news: frozenset[tuple[Key, str]] = frozenset()
    if last is not None:
        no_news = repeated(from_json(last.parsed).document, from_json(upload.parsed).document, document)
    return differences(held, document, acted_on=_acted_on(inspection, actor), repeated=no_news)


def _acted_on(inspection: Inspection, actor: Actor) -> frozenset[Key]:
    """Once a step was taken, the system knows more of a finding than any document."""
    rows = Finding.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    acted = rows.filter(~Q(state=State.DRAFT) | Q(reviews__isnull=False)).distinct()
    return frozenset((*category_key(printed.printed_category(row.category)), row.ordinal) for row in acted)
