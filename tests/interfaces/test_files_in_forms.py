"""Files that strangers send: too large and of the wrong kind they are refused before anybody reads them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client
from django.urls import reverse
from tests import factories as make

from bihuan.web.forms.evidence import EvidenceForm
from bihuan.web.forms.uploads import ScrutinyForm, UploadForm
from bihuan.workflow.words import State

MEGABYTE = 1024 * 1024


def forms_with(file: UploadedFile) -> list[object]:
    files = {"file": file}
    return [EvidenceForm([], {}, files), UploadForm([], {}, files), ScrutinyForm({}, files)]


@pytest.mark.parametrize(("name", "size"), [("a.txt", 50 * MEGABYTE + 1), ("a.exe", 10), ("txt", 10)])
def test_a_file_that_is_too_large_or_of_no_known_kind_is_refused_unread(name: str, size: int) -> None:
    unreadable = UploadedFile(file=None, name=name, size=size)
    for form in forms_with(unreadable):
        assert form.errors["file"]


def test_a_file_at_the_limit_is_taken() -> None:
    for form in forms_with(UploadedFile(file=None, name="A.TXT", size=50 * MEGABYTE)):
        assert "file" not in form.errors


@pytest.mark.django_db
def test_every_page_that_takes_a_file_says_that_it_is_too_large(settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = MEGABYTE
    unit = make.a_unit()
    finding = make.a_finding(unit, State.RECTIFYING)
    office, handler = Client(), Client()
    office.force_login(make.Person.objects.get(pk=unit.office.person_id))
    handler.force_login(make.Person.objects.get(pk=unit.handler.person_id))
    evidence = reverse("add_evidence", args=[finding.pk])
    for client, address in (
        (office, reverse("import")),
        (office, reverse("check_file")),
        (handler, evidence),
    ):
        file = SimpleUploadedFile("a.txt", bytes(MEGABYTE + 1))
        answer = client.post(address, {"file": file, "version": finding.version})
        assert answer.status_code == 400
        assert "1 MB" in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_cannot_fill_the_disk_through_the_sign_in_page(settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = MEGABYTE
    huge = SimpleUploadedFile("a.bin", bytes(11 * MEGABYTE))
    answer = Client().post(reverse("sign_in"), {"username": "a", "password": "b", "file": huge})
    assert answer.status_code == 400
