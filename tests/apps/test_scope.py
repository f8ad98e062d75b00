"""No query without an actor, and no way to look or write beyond a post's reach."""

import dataclasses

import pytest
from django.apps import apps
from django.db import models
from tests.factories import AT, SETUP, a_person, a_post, a_unit, an_actor, an_organisation

from bihuan.errors import NotFound
from bihuan.journal.models import Entry
from bihuan.ledger.models import Inspection, SourceDocument
from bihuan.people.models import Organisation, Post, Supervision
from bihuan.scope import Actor, ScopedManager, ScopeMissing, scope_path, system
from bihuan.workflow.words import Role

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "all": lambda rows: rows.all(),
    "filter": lambda rows: rows.filter(pk=1),
    "get": lambda rows: rows.get(pk=1),
    "count": lambda rows: rows.count(),
    "first": lambda rows: rows.first(),
    "exists": lambda rows: rows.exists(),
    "values": lambda rows: rows.values("pk"),
    "create": lambda rows: rows.create(),
    "update": lambda rows: rows.update(pk=1),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "bulk_create": lambda rows: rows.bulk_create([]),
    "in_bulk": lambda rows: rows.in_bulk(),
    "aggregate": lambda rows: rows.aggregate(models.Max("pk")),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("model", [Organisation, Post, Supervision, Entry, Inspection])
def test_a_manager_raises_until_it_is_told_for_whom(model, question) -> None:
    with pytest.raises(ScopeMissing, match=model.__name__):
        QUESTIONS[question](model.objects)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_rows_of_a_relation_raise_too(question) -> None:
    unit = an_organisation()
    for related in (unit.children, unit.posts, unit.supervises, a_person().posts):
        with pytest.raises(ScopeMissing):
            QUESTIONS[question](related)


def test_the_scoped_rows_of_a_relation_are_only_those_of_the_relation() -> None:
    unit = a_unit()
    departments = unit.organisation.children.scoped(SETUP)
    assert set(departments) == {unit.department, unit.other_department}
    assert not unit.organisation.children.scoped(unit.neighbour.office).exists()
    assert unit.organisation.posts.scoped(unit.office).count() == 3


def test_prefetching_does_not_get_around_the_scope() -> None:
    unit = an_organisation()
    with pytest.raises(ScopeMissing):
        list(Organisation.objects.scoped(SETUP).filter(pk=unit.pk).prefetch_related("children"))


@pytest.mark.parametrize("name", ["ledger", "people", "journal"])
def test_every_table_that_belongs_to_an_organisation_has_such_a_manager(name) -> None:
    open_tables = {"Person", "Head"}
    for model in apps.get_app_config(name).get_models():
        if model.__name__ not in open_tables:
            assert isinstance(model._default_manager, ScopedManager), model.__name__
            assert model.scope_field


def test_looking_without_an_actor_needs_a_reason() -> None:
    with pytest.raises(ScopeMissing, match="reason"):
        Organisation.objects.unscoped("")
    an_organisation("somewhere")
    assert Organisation.objects.unscoped("to count them all").get().code == "somewhere"


# How far a post reaches


def codes(actor: Actor) -> set[str]:
    return {organisation.code for organisation in Organisation.objects.scoped(actor)}


def test_a_post_sees_its_unit_with_all_departments_and_nothing_beside() -> None:
    unit = a_unit()
    own = {part.code for part in (unit.organisation, unit.department, unit.other_department)}
    for role in set(Role) - {Role.SUPERVISOR}:
        assert codes(unit.actor(role)) == own, role


def test_a_supervisor_sees_its_own_body_and_what_it_watches_but_not_the_body_above() -> None:
    unit = a_unit()
    seen = codes(unit.supervisor)
    assert {unit.organisation.code, unit.neighbour.department.code} <= seen
    assert unit.organisation.parent.code not in seen
    assert len(seen) == 1 + 3 + 3


def test_the_system_sees_everything_and_an_actor_without_reach_nothing() -> None:
    a_unit()
    assert codes(system("counting")) == set(
        Organisation.objects.unscoped("to compare").values_list("code", flat=True)
    )
    assert codes(dataclasses.replace(SETUP, reach=())) == set()


@pytest.mark.parametrize("count", [199, 201, 1500])
def test_a_body_that_watches_very_many_sees_them_all_and_nothing_beside(count) -> None:
    far = an_organisation("far")
    for code, parent in (("near", None), ("nearer", None), ("below", far)):
        an_organisation(code, parent=parent)
    others = tuple(f"other-{number}/{'x' * (number % 7)}/" for number in range(count - 3))
    watching = dataclasses.replace(SETUP, reach=("near/", "far/", "far/below/", *others))
    assert codes(watching) == {"near", "far", "below"}
    assert codes(dataclasses.replace(SETUP, reach=("far/below/", *others))) == {"below"}
    assert not Post.objects.scoped(watching).exists()


@pytest.mark.parametrize(("short", "long"), [("a", "ab"), ("a", "a-b"), ("unit-1", "unit-10"), ("1", "11")])
def test_a_code_that_begins_like_another_opens_nothing(short, long) -> None:
    small, big = an_organisation(short), an_organisation(long)
    an_organisation(f"{long}-0", kind="department", parent=big)
    an_organisation(f"{short}-0", kind="department", parent=small)
    actor = an_actor(small, Role.OFFICE)
    assert codes(actor) == {short, f"{short}-0"}
    assert not actor.reaches(big.path)
    assert not actor.reaches(small.path.rstrip("/"))
    with pytest.raises(NotFound):
        Organisation.objects.scoped(actor).one(code=long)


def test_a_department_named_like_its_unit_reaches_just_its_unit() -> None:
    root = an_organisation("x")
    unit = an_organisation("x-x", parent=root)
    department = an_organisation("x-x-x", kind="department", parent=unit)
    assert an_actor(department, Role.HANDLER).reach == ("x/x-x/",)


# Foreign and missing


def refusal(rows, **lookup) -> str:
    with pytest.raises(NotFound) as refused:
        rows.one(**lookup)
    return str(refused.value)


def test_a_foreign_row_and_a_missing_row_answer_alike() -> None:
    unit = a_unit()
    rows = Organisation.objects.scoped(unit.neighbour.office)
    foreign = refusal(rows, pk=unit.organisation.pk)
    assert foreign == refusal(rows, pk=10**9)
    assert foreign == refusal(rows, pk=10**30)
    assert foreign == refusal(rows, pk="not a number")
    assert foreign == refusal(rows, code=unit.organisation.code)
    assert Organisation.objects.scoped(unit.office).one(pk=unit.organisation.pk) == unit.organisation


def test_a_narrower_question_stays_in_scope() -> None:
    unit = a_unit()
    rows = Organisation.objects.scoped(unit.office)
    for asked in (rows.all(), rows.order_by("-path"), rows.filter(kind="department"), rows.exclude(pk=0)):
        assert refusal(asked, pk=unit.neighbour.department.pk)
        assert not asked.filter(path__startswith=unit.neighbour.organisation.path).exists()


# Writing


def a_document(organisation: Organisation) -> dict[str, object]:
    return {
        "organisation": organisation,
        "organisation_path": organisation.path,
        "digest": "0" * 64,
        "filename": "letter.txt",
        "size_bytes": 1,
        "received_at": AT,
    }


WRITING = {
    "create": lambda rows, fields: rows.create(**fields),
    "bulk_create": lambda rows, fields: rows.bulk_create([SourceDocument(**fields)]),
    "bulk_create of a generator": lambda rows, fields: rows.bulk_create(
        SourceDocument(**f) for f in [fields]
    ),
    "get_or_create": lambda rows, fields: rows.get_or_create(**fields),
    "update_or_create": lambda rows, fields: rows.update_or_create(digest="0" * 64, defaults=fields),
    "create after a filter": lambda rows, fields: rows.filter(filename="letter.txt").create(**fields),
}


@pytest.mark.parametrize("way", WRITING)
def test_a_row_outside_the_reach_is_not_written(way) -> None:
    unit = a_unit()
    rows = SourceDocument.objects.scoped(unit.office)
    with pytest.raises(NotFound):
        WRITING[way](rows, a_document(unit.neighbour.organisation))
    assert not SourceDocument.objects.unscoped("to be sure").exists()


@pytest.mark.parametrize("way", WRITING)
def test_a_row_inside_the_reach_is_written(way) -> None:
    unit = a_unit()
    WRITING[way](SourceDocument.objects.scoped(unit.office), a_document(unit.organisation))
    assert SourceDocument.objects.scoped(unit.principal).get().organisation == unit.organisation


def test_one_row_outside_keeps_the_others_out_too() -> None:
    unit = a_unit()
    inside = SourceDocument(**a_document(unit.organisation))
    outside = SourceDocument(**a_document(unit.neighbour.organisation))
    with pytest.raises(NotFound):
        SourceDocument.objects.scoped(unit.office).bulk_create([inside, outside])
    assert not SourceDocument.objects.unscoped("to be sure").exists()


def test_a_row_is_placed_by_the_path_that_its_table_names() -> None:
    unit = a_unit()
    post = a_post(unit.department, Role.HANDLER)
    assert scope_path(post) == unit.department.path
    assert scope_path(unit.department) == unit.department.path
