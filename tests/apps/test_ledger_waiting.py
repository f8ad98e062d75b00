"""What waits for a post: its own findings, the requests it must answer, and a number that is true."""

import pytest
from tests.factories import DUE_ON, TODAY, a_document, a_finding, a_unit, an_inspection, take

from bihuan.ledger.queries import waiting as queries
from bihuan.workflow.words import Role, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return a_unit()


def waits(unit, role):
    return {row.finding.pk for row in queries.waiting(actor=unit.actor(role), today=TODAY).rows}


TURN = {
    State.DRAFT: {Role.OFFICE},
    State.PLAN_REVIEW: {Role.PRINCIPAL},
    State.RECTIFYING: {Role.HANDLER, Role.DEPARTMENT_HEAD},
    State.SUSTAINING: {Role.HANDLER, Role.DEPARTMENT_HEAD},
    State.DECLARED: {Role.RESPONSIBLE_LEADER},
    State.ENDORSED: {Role.OFFICE},
    State.REVIEWED: {Role.PRINCIPAL},
    State.SIGNED_OFF: {Role.SUPERVISOR},
    State.WRITTEN_OFF: set(),
}


@pytest.mark.parametrize("state", State)
def test_a_finding_waits_for_whoever_can_carry_it_forward(unit, state):
    finding = a_finding(unit, state)
    assert {role for role in Role if finding.pk in waits(unit, role)} == TURN[state]


def test_another_department_has_nothing_to_do(unit):
    a_finding(unit, State.RECTIFYING)
    assert queries.waiting(actor=unit.other_head, today=TODAY).count == 0


def test_a_neighbour_has_nothing_to_do(unit):
    a_finding(unit, State.ENDORSED)
    assert queries.waiting(actor=unit.neighbour.office, today=TODAY).rows == []


def test_a_request_for_a_later_date_waits_for_its_rank_alone(unit):
    finding = take(unit, "request_extension", a_finding(unit, State.RECTIFYING))
    asked = {
        role
        for role in (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR)
        if finding.pk in waits(unit, role)
    }
    assert asked == {Role.RESPONSIBLE_LEADER}


def test_the_number_counts_what_is_not_shown(unit):
    inspection = an_inspection(unit, a_document(7))
    found = queries.waiting(actor=unit.office, today=TODAY, limit=3)
    assert (len(found.rows), found.count, found.more) == (
        3,
        inspection.findings.scoped(unit.office).count(),
        True,
    )


def test_the_most_pressing_come_first(unit):
    for _ in range(3):
        a_finding(unit, State.RECTIFYING)
    dates = [row.finding.due_order for row in queries.waiting(actor=unit.head, today=TODAY).rows]
    assert dates == sorted(dates) and DUE_ON in dates
