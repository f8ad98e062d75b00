"""A request as our pages see it, and the small words that pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from bihuan.errors import BadInput, Refusal
from bihuan.people.queries import PostLine
from bihuan.scope import Actor
from bihuan.words import phrase

View = TypeVar("View", bound=Callable[..., HttpResponse])
LONGEST_NUMBER = 18
"""Digits; every number of a row is shorter, and longer ones fit into no database."""


class ActorRequest(HttpRequest):
    """A request of somebody who signed in; the middleware put the actor there."""

    actor: Actor
    posts: list[PostLine]
    refusal: Refusal | None
    htmx: HtmxDetails


def shown_again(page: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Name the page that is shown again, with what was typed, when this one refuses."""

    def mark(view: View) -> View:
        view.shown_again = page  # type: ignore[attr-defined]
        return view

    return mark


def posted_from(page: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Take only what is posted from this page. Who comes by address, as after signing in again, is shown the page."""

    def guard(view: View) -> View:
        take = require_POST(view)

        @wraps(view)
        def answer(request: HttpRequest, **kwargs: object) -> HttpResponse:
            return (page if request.method in ("GET", "HEAD") else take)(request, **kwargs)

        return shown_again(page)(answer)  # type: ignore[return-value]

    return guard


def without_post(view: View) -> View:
    """Open a page to somebody who is signed in but holds no post (any more)."""
    view.needs_post = False  # type: ignore[attr-defined]
    return view


def refused(request: HttpRequest) -> bool:
    """Say whether this page is shown again because a form was refused."""
    return getattr(request, "refusal", None) is not None


def posted(request: HttpRequest, *, marker: str, value: object) -> Any:
    """Give what was posted when a refused form with this marker is shown again, else None."""
    if refused(request) and request.POST.get(marker) == str(value):
        return request.POST
    return None


def version_of(request: ActorRequest) -> int:
    """Give the version that was shown when the form was drawn; raises BadInput for a form without it."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise BadInput(phrase("The form is incomplete. Load the page again."))
    return int(text)
