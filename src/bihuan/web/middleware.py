"""What happens around every page: the chosen language, the acting post, and refusals turned into HTTP once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from bihuan.errors import BadInput, NotAllowed, NotFound, Refusal, RuleBroken
from bihuan.people import queries as people

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "acting-post"
STATUS = {NotFound: 404, NotAllowed: 403, RuleBroken: 409, BadInput: 400}


class PlainCookies:
    """Forgets cookies with a NUL, which only a quoted value can hold: the store of sessions would fall over it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return self.get_response(request)


class ChosenLanguage:
    """Chinese unless the reader chose otherwise; the browser's own preference does not decide."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        with translation.override(wanted if wanted in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class NoStore:
    """What a signed-in person is shown is kept by no browser and no proxy: desks in offices are shared."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            patch_cache_control(response, no_store=True)
        return response


class ActingPost:
    """Puts `request.actor` there for whoever signed in. Read anew at each request: an ended post ends at once."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Read the posts of the person, unless the page is open to everybody; without one, show nothing."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        today = timezone.localdate()
        posts = people.posts_of(request.user.pk, today=today)
        chosen = request.session.get(POST_KEY)
        request.posts = posts  # type: ignore[attr-defined]
        if not getattr(view, "needs_post", True):
            return None
        try:
            request.actor = people.actor_for(posts, chosen=chosen, today=today)  # type: ignore[attr-defined]
        except Refusal as refusal:  # what stands around a page is not seen by process_exception
            return refusal_page(request, refusal)
        return None


class Refusals:
    """Turns the four refusals into pages. A refused form is shown again with what was typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: dict[str, object]
    ) -> None:
        """Remember which page to show again when this request is refused."""
        request.shown_again = getattr(view, "shown_again", None), kwargs  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a fault and goes on to the log."""
        if not isinstance(exception, Refusal):
            return None
        page, kwargs = getattr(request, "shown_again", (None, {}))
        if page is None or isinstance(exception, NotFound):
            return refusal_page(request, exception)
        request.refusal = exception  # type: ignore[attr-defined]
        try:
            response: HttpResponse = page(request, **kwargs)
        except Refusal as second:  # the page itself is not to be had either
            return refusal_page(request, second)
        response.status_code = STATUS[type(exception)]
        return response


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show why something is not to be had, in the page frame."""
    status = STATUS[type(refusal)]
    return render(request, "refusal.html", {"reasons": refusal.reasons, "status": status}, status=status)
