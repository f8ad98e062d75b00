"""What every page's frame shows: who acts, in which post, in which language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give the frame its values; a page for everybody has no actor."""
    return {
        "actor": getattr(request, "actor", None),
        "posts": getattr(request, "posts", []),
        "refusal": getattr(request, "refusal", None),
        "language": translation.get_language(),
        "languages": settings.LANGUAGES,
    }
