"""Requests that no page of ours makes: each is answered by a page, never by a fault of the program."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from bihuan.people import actions as people
from bihuan.workflow.words import Role, State

NUL = "a\0b"
HUGE = "9" * 5000

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.a_unit()


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(make.Person.objects.get(pk=actor.person_id))
    return client


# Text that no database takes


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_nul_in_the_sign_in_form_is_bad_input(field: str) -> None:
    answer = Client().post(reverse("sign_in"), {"username": "a", "password": "b", field: NUL})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"])
def test_a_nul_in_a_cookie_is_nobody_s(settings, name: str) -> None:
    cookie = {"cookie": f'{getattr(settings, name)}="aaaaaaaaaa\\000b"; other=1'}
    assert Client().get(reverse("home"), headers=cookie).status_code == 302
    assert (
        Client().post(reverse("sign_in"), {"username": "a", "password": "b"}, headers=cookie).status_code
        == 403
    )


def test_a_password_may_not_be_so_long_that_hashing_it_is_work() -> None:
    answer = Client().post(reverse("sign_in"), {"username": "a", "password": "x" * 5000})
    assert answer.status_code == 400


@pytest.mark.parametrize("reason", [NUL, "x" * 2001])
def test_a_reason_for_passing_over_warnings_is_read_like_any_other_text(unit, reason: str) -> None:
    finding = make.a_finding(unit, State.DECLARED)
    given = {"version": finding.version, "opinion": "seen", "override_reason": reason}
    answer = signed_in(unit.leader).post(reverse("take", args=[finding.pk, "endorse"]), given)
    assert answer.status_code == 400


@pytest.mark.parametrize("reason", [NUL, "x" * 301, " "])
def test_a_reason_for_taking_evidence_off_is_read_like_any_other_text(unit, reason: str) -> None:
    finding = make.a_finding(unit, State.RECTIFYING)
    piece = make.attach(unit, finding)
    finding.refresh_from_db()
    address = reverse("detach_evidence", args=[finding.pk, piece.pk])
    answer = signed_in(unit.handler).post(address, {"version": finding.version, "reason": reason})
    assert answer.status_code == 400


# Numbers that fit nowhere


@pytest.mark.parametrize("version", [HUGE, "", "-1", "1.5", "²"])
def test_a_version_that_is_no_number_of_ours_is_bad_input(unit, version: str) -> None:
    finding = make.a_finding(unit, State.DECLARED)
    address = reverse("take", args=[finding.pk, "endorse"])
    assert signed_in(unit.leader).post(address, {"version": version}).status_code == 400


@pytest.mark.parametrize("place", ["9" * 30, HUGE, "x", "1_" + "0" * 30])
@pytest.mark.parametrize("sort", ["position", "due", "-due"])
def test_a_place_in_the_ledger_that_no_page_handed_out_is_bad_input(unit, sort: str, place: str) -> None:
    inspection = make.an_inspection(unit)
    after = place if sort == "position" else f"2024-01-01_{place}"
    given = {"sort": sort, "after": after}
    assert signed_in(unit.office).get(reverse("ledger", args=[inspection.pk]), given).status_code == 400


# Forms of pages that are not to be had


@pytest.mark.parametrize("whose", ["foreign", "missing"])
def test_a_refused_form_about_what_nobody_may_see_is_answered_like_a_missing_page(unit, whose: str) -> None:
    foreign = make.a_finding(unit.neighbour, State.RECTIFYING)
    number = foreign.pk if whose == "foreign" else foreign.pk + 1000
    client = signed_in(unit.handler)
    answer = client.post(reverse("detach_evidence", args=[number, 1]))
    missing = client.get("/nowhere/at/all/")
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_refused_form_about_a_foreign_upload_is_answered_like_a_missing_page(unit) -> None:
    upload = make.received(unit.neighbour, make.a_document()).upload
    address = reverse("import_confirm", args=[upload.pk])
    assert signed_in(unit.office).post(address).status_code == 404


def test_a_refused_form_on_a_page_with_a_wrong_address_says_what_is_wrong_there(unit) -> None:
    inspection = make.an_inspection(unit)
    answer = signed_in(unit.office).post(reverse("assign", args=[inspection.pk]) + "?after=bad")
    assert answer.status_code == 400


# Somebody whose posts ended


@pytest.fixture
def without_posts(unit) -> Client:
    post = make.a_post(unit.organisation, Role.OFFICE)
    client = Client()
    client.force_login(post.person)
    assert client.get(reverse("home")).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    people.end_post(post.pk, valid_until=yesterday, actor=make.SETUP, at=make.AT)
    return client


def test_whose_posts_ended_is_told_so_on_every_page_and_can_sign_out(without_posts: Client) -> None:
    for address in (reverse("home"), reverse("import"), "/nowhere/at/all/"):
        answer = without_posts.get(address)
        assert answer.status_code == 403
        assert f'action="{reverse("sign_out")}"' in answer.content.decode()
    assert without_posts.post(reverse("set_language"), {"language": "en"}).status_code == 302
    assert without_posts.post(reverse("act_as"), {"post": "1"}).status_code == 302
    assert "acting-post" not in without_posts.session
    assert without_posts.post(reverse("sign_out")).status_code == 302
    assert without_posts.get(reverse("home"))["Location"].startswith(reverse("sign_in"))
