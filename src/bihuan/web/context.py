"""What every page's frame shows: who acts, in which post, in which language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from bihuan.ledger.queries.uploads import IMPORTERS
from bihuan.scope import Actor


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give the frame its values; a page for everybody has no actor."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "can_import": actor is not None and actor.role in IMPORTERS,
        "posts": getattr(request, "posts", []),
        "refusal": getattr(request, "refusal", None),
        "language": translation.get_language(),
        "languages": settings.LANGUAGES,
    }
