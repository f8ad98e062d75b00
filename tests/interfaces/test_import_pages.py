"""The pages that take a document in, over HTTP and without a browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import factories as make

from bihuan.documents.read.kinds import suffixes
from bihuan.workflow.words import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.a_unit()


def _signed_in(actor):
    client = Client()
    client.force_login(make.Person.objects.get(pk=actor.person_id))
    return client


def _pages(upload):
    yield reverse("import")
    yield reverse("import_preview", args=[upload.pk])
    yield reverse("import_correct", args=[upload.pk, 0])


@pytest.mark.parametrize("role", list(Role))
def test_only_posts_that_take_documents_in_get_the_pages_for_it(unit, role):
    upload = make.received(unit, make.a_document()).upload
    client = _signed_in(unit.actor(role))
    may = role in (Role.OFFICE, Role.SUPERVISOR)
    assert {client.get(page).status_code for page in _pages(upload)} == {200 if may else 403}


def test_the_form_offers_the_kinds_that_can_be_read(unit):
    page = _signed_in(unit.office).get(reverse("import")).content.decode()
    assert f'accept="{",".join(suffixes())}"' in page
    assert f"({' '.join(suffixes())})" in page


def test_a_refused_file_leaves_the_choice_of_the_organisation(unit):
    file = SimpleUploadedFile("letter.pdf", b"%PDF")
    answer = _signed_in(unit.supervisor).post(
        reverse("import"), {"file": file, "organisation": unit.neighbour.organisation.code}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<option value="{unit.neighbour.organisation.code}" selected>' in page
    assert page.count("“pdf”") == 1 and "field-fault" not in page
