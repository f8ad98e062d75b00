"""Organisations, persons, posts and supervision."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from tests.factories import (
    AT,
    LONG_AGO,
    PASSWORD,
    SETUP,
    TODAY,
    a_person,
    a_post,
    a_unit,
    acting,
    an_actor,
    an_organisation,
)

from bihuan.errors import BadInput, NotAllowed, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.people import actions, queries
from bihuan.people.models import Organisation, Person, Post, Supervision
from bihuan.workflow.words import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def last_entry(object_type: str, row) -> journal.Line:
    return journal.extract(object_type, str(row.pk), actor=SETUP, limit=1)[0]


# Acts leave an entry


def test_creating_an_organisation_is_journaled() -> None:
    root = an_organisation("root")
    unit = an_organisation("below", parent=root)
    line = last_entry("organisation", unit)
    assert (line.verb, line.person_name) == ("create_organisation", SETUP.person_name)
    assert line.after == {"code": "below", "name": "organisation below", "kind": "committee"}
    assert unit.path == "root/below/"


def test_creating_a_person_is_journaled_without_the_password() -> None:
    person = a_person("wenzhou")
    line = last_entry("person", person)
    assert line.verb == "create_person"
    assert line.after == {"username": "wenzhou", "name": "name of wenzhou"}
    assert person.password not in str(line) and PASSWORD not in str(line)


def test_giving_and_ending_a_post_is_journaled_with_the_days() -> None:
    post = a_post(an_organisation("here"), Role.OFFICE)
    granted = last_entry("post", post)
    assert granted.after == {
        "person": post.person_id,
        "organisation": "here",
        "role": "office",
        "valid_from": LONG_AGO.isoformat(),
    }
    actions.end_post(post.pk, valid_until=TODAY, actor=SETUP, at=AT)
    ended = last_entry("post", post)
    assert (ended.verb, ended.before, ended.after) == (
        "end_post",
        {"valid_until": None},
        {"valid_until": TODAY.isoformat()},
    )


def test_nobody_watches_the_same_twice_from_the_same_day() -> None:
    watcher, watched = an_organisation("watcher", kind="supervisor"), an_organisation("watched")
    actions.supervise(watcher, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    entries = journal.head()
    with pytest.raises(RuleBroken, match="watcher supervises watched"):
        actions.supervise(watcher, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    assert journal.head() == entries
    actions.supervise(watcher, watched, valid_from=TODAY, actor=SETUP, at=AT)


def test_supervision_is_journaled_where_it_takes_effect() -> None:
    watcher, watched = an_organisation("watcher", kind="supervisor"), an_organisation("watched")
    supervision = actions.supervise(watcher, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    line = last_entry("supervision", supervision)
    assert line.after == {"supervisor": "watcher", "subject": "watched", "valid_from": LONG_AGO.isoformat()}
    seen_by_the_watched = journal.extract(
        "supervision", str(supervision.pk), actor=an_actor(watched, Role.OFFICE)
    )
    assert [line.verb for line in seen_by_the_watched] == ["supervise"]


def test_a_whole_district_leaves_a_journal_that_holds() -> None:
    a_unit()
    assert not list(journal.verify())
    assert journal.head()[0] > 30


# Organisations


def test_a_code_is_taken_once() -> None:
    an_organisation("one")
    with pytest.raises(RuleBroken, match="one"):
        an_organisation("one")


@pytest.mark.parametrize("code", ["One", "a b", "a/b", "a_b", "-a", "甲", "", "a\n", "%"])
def test_a_code_that_could_confuse_paths_is_refused_with_a_reason(code) -> None:
    new = actions.NewOrganisation(code=code, name="n", short_name="n", kind="committee")
    with pytest.raises(BadInput):
        actions.create_organisation(new, actor=SETUP, at=AT)


def test_the_database_refuses_such_a_code_too() -> None:
    row = Organisation(code="One", name="n", short_name="n", kind="committee", path="One/")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_unknown_kind_is_refused_with_a_reason() -> None:
    with pytest.raises(BadInput, match="gang"):
        an_organisation("somewhere", kind="gang")


@pytest.mark.parametrize("kind", ["department", "community"])
def test_a_department_without_a_unit_above_it_is_refused(kind) -> None:
    # Its posts would reach the unit above it: from a root, that would be everything.
    with pytest.raises(BadInput):
        an_organisation("adrift", kind=kind)


def test_a_parent_must_exist_within_reach() -> None:
    unit = a_unit()
    new = actions.NewOrganisation(
        code="planted", name="n", short_name="n", kind="department", parent_code=unit.organisation.code
    )
    with pytest.raises(NotFound):
        actions.create_organisation(new, actor=unit.neighbour.office, at=AT)


# Persons


@pytest.mark.parametrize("again", ["wenzhou", "WenZhou", "WENZHOU"])
def test_a_user_name_is_taken_in_any_case(again) -> None:
    a_person("wenzhou")
    with pytest.raises(RuleBroken):
        a_person(again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person(username=again, name="somebody else").save(force_insert=True)


@pytest.mark.parametrize(
    ("weak", "why"), [("short", "10"), ("password1234", ""), ("wenzhou-wen", ""), ("", "10")]
)
def test_a_weak_password_is_refused_and_nobody_is_created(weak, why) -> None:
    with pytest.raises(BadInput) as refusal:
        actions.create_person(username="wenzhou", name="n", password=weak, actor=SETUP, at=AT)
    assert why in str(refusal.value)
    assert not Person.objects.filter(username="wenzhou").exists()
    assert journal.head()[0] == 0


def test_a_password_is_stored_as_a_hash_that_signs_in() -> None:
    person = a_person("wenzhou")
    assert PASSWORD not in person.password
    assert authenticate(username="wenzhou", password=PASSWORD) == person
    assert authenticate(username="wenzhou", password=PASSWORD + "!") is None


def test_nobody_is_created_when_the_journal_cannot_be_written() -> None:
    with pytest.raises(TypeError), transaction.atomic():
        actions.create_person(username="wenzhou", name=3.5, password=PASSWORD, actor=SETUP, at=AT)  # type: ignore[arg-type]
    assert not Person.objects.filter(username="wenzhou").exists()


# Posts


def test_a_person_without_a_post_may_do_nothing() -> None:
    with pytest.raises(NotAllowed):
        queries.actor_for(queries.posts_of(a_person().pk, today=TODAY), chosen=None, today=TODAY)


def test_a_post_counts_from_its_first_day_until_the_day_before_its_end() -> None:
    post = a_post(an_organisation(), Role.OFFICE, valid_from=TODAY)
    actions.end_post(post.pk, valid_until=TODAY + 2 * DAY, actor=SETUP, at=AT)
    held = [bool(queries.posts_of(post.person_id, today=TODAY + n * DAY)) for n in (-1, 0, 1, 2, 3)]
    assert held == [False, True, True, False, False]


def test_an_ended_post_acts_no_more_and_another_post_takes_over() -> None:
    unit = a_unit()
    person = a_person()
    first, second = (a_post(unit.organisation, role, person=person) for role in (Role.OFFICE, Role.PRINCIPAL))
    assert acting(first).role is Role.OFFICE
    actions.end_post(first.pk, valid_until=TODAY, actor=SETUP, at=AT)
    assert acting(first).role is Role.PRINCIPAL
    actions.end_post(second.pk, valid_until=TODAY, actor=SETUP, at=AT)
    with pytest.raises(NotAllowed):
        acting(first)


def test_a_disabled_account_holds_no_post() -> None:
    post = a_post(an_organisation(), Role.OFFICE)
    Person.objects.filter(pk=post.person_id).update(is_active=False)
    assert queries.posts_of(post.person_id, today=TODAY) == []


def test_a_foreign_post_cannot_be_chosen() -> None:
    unit = a_unit()
    mine = queries.posts_of(unit.office.person_id, today=TODAY)
    actor = queries.actor_for(mine, chosen=unit.neighbour.office.post_id, today=TODAY)
    assert actor.post_id == unit.office.post_id


def test_a_foreign_post_cannot_be_ended_or_given() -> None:
    unit = a_unit()
    stranger = unit.neighbour.office
    with pytest.raises(NotFound):
        actions.end_post(unit.office.post_id, valid_until=TODAY, actor=stranger, at=AT)
    with pytest.raises(NotFound):
        actions.grant_post(
            a_person(), unit.organisation, Role.PRINCIPAL, valid_from=TODAY, actor=stranger, at=AT
        )
    assert queries.posts_of(unit.office.person_id, today=TODAY)


@pytest.mark.parametrize("end", [LONG_AGO, LONG_AGO - DAY])
def test_a_post_cannot_end_before_it_began(end) -> None:
    post = a_post(an_organisation(), Role.OFFICE, valid_from=LONG_AGO)
    with pytest.raises(RuleBroken):
        actions.end_post(post.pk, valid_until=end, actor=SETUP, at=AT)


def test_the_same_post_is_not_given_twice() -> None:
    post = a_post(an_organisation(), Role.OFFICE)
    with pytest.raises(RuleBroken):
        a_post(post.organisation, Role.OFFICE, person=post.person)
    assert Post.objects.scoped(SETUP).filter(person=post.person).count() == 1


def test_an_actor_carries_the_post_it_acts_in() -> None:
    unit = a_unit()
    handler = unit.handler
    assert (handler.role, handler.organisation_path) == (Role.HANDLER, unit.department.path)
    assert handler.unit_path == unit.organisation.path
    assert handler.reach == (unit.organisation.path,)
    assert handler.person_name == Person.objects.get(pk=handler.person_id).name


def test_the_console_finds_an_actor_by_user_name_and_role() -> None:
    unit = a_unit()
    person = a_person("wenzhou")
    a_post(unit.organisation, Role.OFFICE, person=person)
    a_post(unit.organisation, Role.PRINCIPAL, person=person)
    assert queries.actor_of("wenzhou", today=TODAY).role is Role.OFFICE
    assert queries.actor_of("wenzhou", today=TODAY, role=Role.PRINCIPAL).role is Role.PRINCIPAL
    for name, role in (("wenzhou", Role.SUPERVISOR), ("nobody", None)):
        with pytest.raises(NotAllowed):
            queries.actor_of(name, today=TODAY, role=role)


# Supervision


def test_supervision_reaches_everything_below_and_ends_on_its_day() -> None:
    unit = a_unit()
    path = unit.department.path
    supervisor = Post.objects.scoped(SETUP).get(pk=unit.supervisor.post_id)
    assert acting(supervisor).reaches(path)
    watching = Supervision.objects.scoped(SETUP).filter(subject=unit.organisation)
    watching.update(valid_until=TODAY + DAY)
    assert acting(supervisor, today=TODAY).reaches(path)
    assert not acting(supervisor, today=TODAY + DAY).reaches(path)
    assert acting(supervisor, today=TODAY + DAY).reaches(unit.neighbour.department.path)


def test_supervision_does_not_reach_before_its_first_day() -> None:
    watcher, watched = an_organisation(kind="supervisor"), an_organisation()
    actions.supervise(watcher, watched, valid_from=TODAY, actor=SETUP, at=AT)
    post = a_post(watcher, Role.SUPERVISOR)
    assert not acting(post, today=TODAY - DAY).reaches(watched.path)
    assert acting(post, today=TODAY).reaches(watched.path)


def test_only_a_supervisors_post_watches_what_its_body_watches() -> None:
    watcher, watched = an_organisation(kind="supervisor"), an_organisation()
    actions.supervise(watcher, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    assert not an_actor(watcher, Role.OFFICE).reaches(watched.path)
    assert an_actor(watcher, Role.SUPERVISOR).reaches(watched.path)


def test_nobody_supervises_itself() -> None:
    unit = an_organisation()
    with pytest.raises(RuleBroken):
        actions.supervise(unit, unit, valid_from=LONG_AGO, actor=SETUP, at=AT)


# Lists to choose from


def test_lists_to_choose_from_hold_just_the_people_and_parts_of_the_unit() -> None:
    unit = a_unit()
    path = unit.organisation.path
    leaders = queries.leaders(path, actor=unit.office, today=TODAY)
    handlers = queries.handlers(path, actor=unit.office, today=TODAY)
    assert {person.pk for person in leaders} == {unit.leader.person_id}
    assert {person.pk for person in handlers} == {
        unit.handler.person_id,
        unit.head.person_id,
        unit.other_head.person_id,
    }
    assert set(queries.departments(path, actor=unit.office)) == {unit.department, unit.other_department}
    for listed in (queries.leaders, queries.handlers):
        assert not listed(path, actor=unit.neighbour.office, today=TODAY)
    assert not queries.departments(path, actor=unit.neighbour.office)


def test_a_principal_who_carries_findings_in_person_holds_such_a_post_besides() -> None:
    unit = a_unit()
    a_post(unit.organisation, Role.RESPONSIBLE_LEADER, person=Person.objects.get(pk=unit.principal.person_id))
    leaders = queries.leaders(unit.organisation.path, actor=unit.office, today=TODAY)
    assert {person.pk for person in leaders} == {unit.leader.person_id, unit.principal.person_id}


@pytest.mark.parametrize("how", ["post ended", "account disabled"])
def test_nobody_without_a_valid_post_or_account_is_offered(how) -> None:
    unit = a_unit()
    if how == "post ended":
        actions.end_post(unit.leader.post_id, valid_until=TODAY, actor=SETUP, at=AT)
    else:
        Person.objects.filter(pk=unit.leader.person_id).update(is_active=False)
    assert not queries.leaders(unit.organisation.path, actor=unit.office, today=TODAY)


def test_departments_come_first_and_each_kind_in_the_order_of_codes() -> None:
    unit = an_organisation()
    for code, kind in (("c", "community"), ("b", "department"), ("a", "community"), ("d", "department")):
        an_organisation(code, kind=kind, parent=unit)
    listed = queries.departments(unit.path, actor=an_actor(unit, Role.OFFICE))
    assert [part.code for part in listed] == ["b", "d", "a", "c"]


def test_only_units_can_be_inspected_and_only_those_within_reach() -> None:
    unit = a_unit()
    assert set(queries.units(actor=unit.office)) == {unit.organisation}
    assert set(queries.units(actor=unit.supervisor)) == {unit.organisation, unit.neighbour.organisation}
    assert queries.organisation(unit.organisation.code, actor=unit.office) == unit.organisation
    with pytest.raises(NotFound):
        queries.organisation(unit.organisation.code, actor=unit.neighbour.office)


def test_a_date_of_supervision_may_not_run_backwards() -> None:
    unit = a_unit()
    watching = Supervision.objects.scoped(SETUP).filter(subject=unit.organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        watching.update(valid_until=date(2019, 1, 1))
