"""The form of a plan: what is posted is saved whole or refused whole, and nothing is lost on the way."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories as make

from bihuan.workflow.words import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.a_unit()


@pytest.fixture
def client(unit) -> Client:
    client = Client()
    client.force_login(make.Person.objects.get(pk=unit.office.person_id))
    return client


def a_draft(unit, measures: int = 2):
    [finding] = make.findings_of(make.an_inspection(unit, make.a_document(1, measures=measures)))
    return finding


def page_of(client, finding):
    return client.get(reverse("plan", args=[finding.pk])).context["measures"]


def posted(client, finding) -> dict[str, object]:
    """Give what a browser would post from the page as it was drawn."""
    formset = page_of(client, finding)
    fields = [field for form in (formset.management_form, *formset.forms) for field in form]
    values = {field.html_name: field.value() for field in fields}
    kept = {name: value for name, value in values.items() if value not in (None, False)}
    return {"version": finding.version, "kind": Kind.DUE, **kept}


def save(client, finding, given):
    return client.post(reverse("plan", args=[finding.pk]), given)


def texts(finding) -> list[str]:
    return [measure.text for measure in make.measures_of(finding)]


@pytest.mark.parametrize("count", [31, 210])
def test_a_long_plan_out_of_a_document_is_saved_whole(unit, client, count: int) -> None:
    finding = a_draft(unit, count)
    before = texts(finding)
    assert len(before) == count
    assert save(client, finding, posted(client, finding)).status_code == 302
    assert texts(finding) == before


def test_more_rows_than_are_taken_are_refused_not_cut_off(unit, client) -> None:
    finding = a_draft(unit)
    before = texts(finding)
    answer = save(client, finding, {**posted(client, finding), "measures-TOTAL_FORMS": 100_000})
    assert answer.status_code == 400
    assert texts(finding) == before


def test_a_form_without_its_rows_takes_no_measure_away(unit, client) -> None:
    finding = a_draft(unit)
    before = texts(finding)
    given = {
        name: value for name, value in posted(client, finding).items() if not name.startswith("measures")
    }
    answer = save(client, finding, given)
    assert answer.status_code == 400
    assert texts(finding) == before


def test_an_emptied_text_is_an_error_that_names_the_row(unit, client) -> None:
    finding = a_draft(unit)
    answer = save(client, finding, {**posted(client, finding), "measures-1-text": " "})
    assert answer.status_code == 400
    assert "第2条措施" in answer.content.decode()
    assert len(texts(finding)) == 2


def test_a_new_row_with_a_deliverable_but_no_text_is_an_error(unit, client) -> None:
    finding = a_draft(unit)
    answer = save(client, finding, {**posted(client, finding), "measures-2-deliverable": "a list"})
    assert answer.status_code == 400
    assert "第3条措施" in answer.content.decode()


def test_a_wrong_value_names_its_row(unit, client) -> None:
    finding = a_draft(unit)
    answer = save(client, finding, {**posted(client, finding), "measures-1-due_on": "soon"})
    assert answer.status_code == 400
    assert "第2条措施" in answer.content.decode()


def test_the_box_takes_a_measure_away_whatever_else_its_row_says(unit, client) -> None:
    finding = a_draft(unit)
    [first, _second] = texts(finding)
    given = {**posted(client, finding), "measures-1-due_on": "soon", "measures-1-DELETE": "on"}
    assert save(client, finding, given).status_code == 302
    assert texts(finding) == [first]


def test_rows_can_be_moved_and_added(unit, client) -> None:
    finding = a_draft(unit)
    [first, second] = texts(finding)
    given = {**posted(client, finding), "measures-0-ORDER": 3, "measures-2-text": "a third"}
    assert save(client, finding, {**given, "measures-2-ORDER": 9}).status_code == 302
    assert texts(finding) == [second, first, "a third"]
