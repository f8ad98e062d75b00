"""Making a plan: by whom, from what, and never over somebody else's work."""

from dataclasses import replace

import pytest
from tests.factories import (
    AT,
    DUE_ON,
    SETUP,
    TODAY,
    Unit,
    a_document,
    a_finding,
    a_plan,
    a_unit,
    an_inspection,
    findings_of,
    measures_of,
    planned,
    take,
)

from bihuan.errors import BadInput, NotAllowed, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger.actions import planning
from bihuan.ledger.models import Cooperation, Finding
from bihuan.people import actions as people
from bihuan.workflow.words import Kind, Role, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


@pytest.fixture
def draft(unit) -> Finding:
    return findings_of(an_inspection(unit))[0]


def plan(unit: Unit, finding: Finding, *, by=None, version=None, **fields) -> Finding:
    return planning.plan_finding(
        finding.pk, plan=a_plan(unit, finding, **fields), actor=by or unit.office, at=AT, version=version
    )


def again(finding: Finding) -> Finding:
    return Finding.objects.scoped(SETUP).get(pk=finding.pk)


# What a plan changes


def test_a_plan_fills_the_finding_and_its_measures(unit, draft) -> None:
    plan(unit, draft)
    finding = again(draft)
    assert (finding.criterion, finding.due_on, finding.kind) == (
        "no drop falls in three rains",
        DUE_ON,
        Kind.DUE,
    )
    assert finding.lead_department_id == unit.department.pk
    assert finding.responsible_leader_id == unit.leader.person_id
    assert [(row.deliverable, row.owner_id) for row in measures_of(finding)] == [
        ("a dry pavilion", unit.handler.person_id)
    ] * 2
    assert finding.state == State.DRAFT


def test_measures_are_added_dropped_changed_and_put_in_a_new_order(unit, draft) -> None:
    first, second = a_plan(unit, draft).measures
    new = planning.MeasureFields(id=None, text="  a third way  ")
    plan(unit, draft, measures=(new, replace(second, text="the second, better"), first))
    rows = measures_of(draft)
    assert [row.text for row in rows] == ["a third way", "the second, better", first.text]
    assert [row.ordinal for row in rows] == [1, 2, 3]
    assert [row.pk for row in rows][1:] == [second.id, first.id]
    assert again(draft).measure_count == 3

    plan(unit, draft, measures=(replace(second, text="only this"),))
    assert [(row.pk, row.ordinal) for row in measures_of(draft)] == [(second.id, 1)]
    assert again(draft).measure_count == 1


def test_a_measure_of_another_finding_is_not_taken_away_from_it(unit, draft) -> None:
    other = findings_of(draft.inspection)[1]
    foreign = measures_of(other)[0]
    plan(unit, draft, measures=(planning.MeasureFields(id=foreign.pk, text="stolen"),))
    assert [row.text for row in measures_of(draft)] == ["stolen"]
    assert foreign in measures_of(other)
    assert measures_of(other)[0].text == foreign.text


def test_a_measure_that_is_named_twice_becomes_two_and_the_counts_stay_true(unit, draft) -> None:
    [first, _second] = measures_of(draft)
    fields = planning.MeasureFields(id=first.pk, text="the same twice", deliverable="a list")
    finding = plan(unit, draft, measures=(fields, fields))
    assert [measure.text for measure in measures_of(finding)] == ["the same twice"] * 2
    assert finding.measure_count == 2


def test_cooperating_departments_are_set_as_given(unit, draft) -> None:
    def cooperating() -> set[int]:
        rows = Cooperation.objects.scoped(SETUP).filter(finding=draft)
        return set(rows.values_list("department_id", flat=True))

    for wanted in ((unit.other_department.pk,), (unit.department.pk, unit.other_department.pk), ()):
        plan(unit, draft, cooperating_ids=wanted)
        assert cooperating() == set(wanted)


def test_a_plan_is_journaled_with_what_it_was_before(unit, draft) -> None:
    plan(unit, draft)
    plan(unit, draft, criterion="no drop falls in four rains")
    [line, *_] = journal.extract("finding", str(draft.pk), actor=unit.office)
    assert line.verb == "plan_finding"
    assert line.before["criterion"] == "no drop falls in three rains"
    assert line.after["criterion"] == "no drop falls in four rains"
    assert line.after["due_on"] == DUE_ON.isoformat()
    assert [measure["text"] for measure in line.after["measures"]] == [row.text for row in measures_of(draft)]
    assert not list(journal.verify())


# Who may, and when


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE}))
def test_only_the_office_writes_plans(unit, draft, role) -> None:
    with pytest.raises(NotAllowed):
        plan(unit, draft, by=unit.actor(role))


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
def test_a_submitted_plan_is_frozen(unit, state) -> None:
    finding = a_finding(unit, state)
    with pytest.raises(RuleBroken, match="frozen"):
        plan(unit, finding, criterion="less")
    assert again(finding).criterion != "less"


def test_a_returned_plan_can_be_changed_again(unit) -> None:
    finding = take(unit, "return_plan", a_finding(unit, State.PLAN_REVIEW))
    assert plan(unit, finding, criterion="more").criterion == "more"


def test_the_office_next_door_finds_nothing_to_plan(unit, draft) -> None:
    with pytest.raises(NotFound):
        planning.plan_finding(draft.pk, plan=a_plan(unit, draft), actor=unit.neighbour.office, at=AT)


def test_two_editors_do_not_overwrite_each_other(unit, draft) -> None:
    version = draft.version
    plan(unit, draft, version=version, criterion="mine")
    with pytest.raises(RuleBroken, match="meanwhile"):
        plan(unit, draft, version=version, criterion="yours")
    assert again(draft).criterion == "mine"
    plan(unit, draft, version=version + 1, criterion="yours, having read mine")


# Words and people that are not of this organisation

FOREIGN = {
    "lead department": lambda unit: {"lead_department_id": unit.neighbour.department.pk},
    "the unit itself as lead department": lambda unit: {"lead_department_id": unit.organisation.pk},
    "cooperating department": lambda unit: {"cooperating_ids": (unit.neighbour.department.pk,)},
    "responsible leader": lambda unit: {"responsible_leader_id": unit.neighbour.leader.person_id},
    "a handler as leader": lambda unit: {"responsible_leader_id": unit.handler.person_id},
    "handler": lambda unit: {"handler_id": unit.neighbour.handler.person_id},
    "somebody who does not exist": lambda unit: {"handler_id": 10**9},
    "kind": lambda unit: {"kind": "whenever"},
    "owner": lambda unit: {
        "measures": (planning.MeasureFields(None, "t", owner_id=unit.neighbour.handler.person_id),)
    },
    "kind of deliverable": lambda unit: {
        "measures": (planning.MeasureFields(None, "t", deliverable_kind="dream"),)
    },
    "measure without text": lambda unit: {"measures": (planning.MeasureFields(None, "  "),)},
}


@pytest.mark.parametrize("wrong", FOREIGN)
def test_what_is_not_of_this_organisation_or_not_in_the_tables_is_refused(unit, draft, wrong) -> None:
    before = journal.head()
    with pytest.raises(BadInput) as refusal:
        plan(unit, draft, **FOREIGN[wrong](unit))
    assert len(refusal.value.reasons) == 1
    assert journal.head() == before
    assert again(draft).version == draft.version


def test_everything_wrong_is_told_at_once(unit, draft) -> None:
    fields = {}
    for name in ("lead department", "responsible leader", "handler", "kind"):
        fields |= FOREIGN[name](unit)
    with pytest.raises(BadInput) as refusal:
        plan(unit, draft, **fields)
    assert len(refusal.value.reasons) == 4


def test_a_leader_whose_post_ended_can_no_longer_be_chosen(unit, draft) -> None:
    people.end_post(unit.leader.post_id, valid_until=TODAY, actor=SETUP, at=AT)
    with pytest.raises(BadInput, match="leader"):
        plan(unit, draft)


# Many at once


def test_assigning_gives_the_same_to_many_drafts_and_journals_each(unit) -> None:
    drafts = findings_of(an_inspection(unit, a_document(5)))
    seq = journal.head()[0]
    given = planning.Assignment(lead_department_id=unit.department.pk, due_on=DUE_ON)
    wanted = [row.pk for row in drafts[:3]]
    assert planning.assign([*wanted, wanted[0]], assignment=given, actor=unit.office, at=AT) == []
    after = findings_of(drafts[0].inspection)
    assert [row.due_on for row in after] == [DUE_ON] * 3 + [None] * 2
    assert [row.lead_department_id for row in after[:3]] == [unit.department.pk] * 3
    assert [row.version for row in after] == [2, 2, 2, 1, 1]
    assert journal.head()[0] == seq + 3
    assert not list(journal.verify())


def test_none_leaves_a_field_as_it_is(unit, draft) -> None:
    planned(unit, draft)
    planning.assign([draft.pk], assignment=planning.Assignment(due_on=TODAY), actor=unit.office, at=AT)
    assert again(draft).due_on == TODAY
    assert again(draft).responsible_leader_id == unit.leader.person_id


def test_what_is_refused_comes_back_with_its_reason_and_the_others_are_done(unit) -> None:
    one, two, three = findings_of(an_inspection(unit, a_document(3)))
    take(unit, "submit_plan", planned(unit, two))
    given = planning.Assignment(due_on=TODAY)
    refused = planning.assign([one.pk, two.pk, three.pk], assignment=given, actor=unit.office, at=AT)
    assert [(key, "frozen" in str(reason)) for key, reason in refused] == [(two.pk, True)]
    assert [again(row).due_on for row in (one, two, three)] == [TODAY, DUE_ON, TODAY]


def test_a_draft_whose_leader_left_does_not_hold_up_the_others(unit) -> None:
    one, two = findings_of(an_inspection(unit, a_document(2)))
    planned(unit, one)
    people.end_post(unit.leader.post_id, valid_until=TODAY, actor=SETUP, at=AT)
    given = planning.Assignment(due_on=TODAY)
    refused = planning.assign([one.pk, two.pk], assignment=given, actor=unit.office, at=AT)
    assert [key for key, _ in refused] == [one.pk]
    assert again(two).due_on == TODAY


def test_a_foreign_finding_among_many_stops_the_whole_act(unit, draft) -> None:
    foreign = findings_of(an_inspection(unit.neighbour))[0]
    with pytest.raises(NotFound):
        planning.assign(
            [draft.pk, foreign.pk], assignment=planning.Assignment(due_on=TODAY), actor=unit.office, at=AT
        )
    assert again(draft).due_on is None


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE}))
def test_only_the_office_assigns(unit, draft, role) -> None:
    with pytest.raises(NotAllowed):
        planning.assign(
            [draft.pk], assignment=planning.Assignment(due_on=TODAY), actor=unit.actor(role), at=AT
        )
