"""Signing in and out, choosing the post to act in, choosing the language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.errors import NotAllowed
from bihuan.web.forms import cleaned
from bihuan.web.forms.session import SignInForm
from bihuan.web.middleware import POST_KEY
from bihuan.web.requests import ActorRequest, shown_again, without_post
from bihuan.words import phrase

YEAR_SECONDS = 365 * 24 * 60 * 60


def _sign_in(request: HttpRequest) -> HttpResponse:
    given = request.POST or request.GET
    context = {"username": given.get("username", ""), "next": given.get("next", "")}
    return render(request, "sign_in.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@shown_again(_sign_in)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; a wrong name and a wrong password look alike."""
    if request.method == "GET":
        return redirect("home") if request.user.is_authenticated else _sign_in(request)
    given = cleaned(SignInForm(request.POST))
    person = authenticate(request, username=given["username"], password=given["password"])
    if person is None:
        raise NotAllowed(phrase("Name and password do not belong together."))
    login(request, person)
    return redirect(_own_page(request, request.POST.get("next", "")))


@require_POST
@without_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


@require_POST
@without_post
def act_as(request: ActorRequest) -> HttpResponse:
    """Choose one of one's own posts to act in; anything else leaves the choice as it is."""
    chosen = request.POST.get("post", "")
    if chosen in {str(post.pk) for post in request.posts}:  # type: ignore[attr-defined]
        request.session[POST_KEY] = int(chosen)
        messages.success(request, gettext("You act in another post now."))
    return redirect("home")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where it was chosen."""
    response = redirect(_own_page(request, request.POST.get("next", "")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=YEAR_SECONDS,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _own_page(request: HttpRequest, wanted: str) -> str:
    """Only addresses of our own are followed."""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if own and wanted.startswith("/") else settings.LOGIN_REDIRECT_URL
