"""Looking is not acting: who sees a finding from above or from the side, and who may take steps on it."""

from datetime import timedelta

import pytest
from tests.factories import (
    AT,
    LONG_AGO,
    SETUP,
    TODAY,
    Unit,
    a_finding,
    a_post,
    a_unit,
    acting,
    an_actor,
    an_organisation,
    attach,
    take,
)

from bihuan.errors import NotFound, Refusal, RuleBroken
from bihuan.ledger.models import Finding
from bihuan.ledger.queries.finding import finding_of, finding_page
from bihuan.people import actions as people
from bihuan.people.models import Organisation, Supervision
from bihuan.workflow.words import Role, State

pytestmark = pytest.mark.django_db

CLOSING = [
    ("write_off", State.SIGNED_OFF),
    ("accept_in_part", State.SIGNED_OFF),
    ("send_back", State.SIGNED_OFF),
    ("spot_check", State.WRITTEN_OFF),
    ("relapse", State.WRITTEN_OFF),
]
INSIDE = [
    ("submit_plan", State.DRAFT, Role.OFFICE),
    ("approve_plan", State.PLAN_REVIEW, Role.PRINCIPAL),
    ("return_plan", State.PLAN_REVIEW, Role.PRINCIPAL),
    ("review", State.ENDORSED, Role.OFFICE),
    ("send_back", State.ENDORSED, Role.OFFICE),
    ("sign_off", State.REVIEWED, Role.PRINCIPAL),
    ("send_back", State.REVIEWED, Role.PRINCIPAL),
    ("propose_long_term", State.RECTIFYING, Role.PRINCIPAL),
]


@pytest.fixture
def unit() -> Unit:
    return a_unit()


def above(unit: Unit) -> Organisation:
    return Organisation.objects.scoped(SETUP).get(pk=unit.organisation.parent_id)


def watching(body: Organisation, watched: Organisation) -> None:
    people.supervise(body, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)


def stays(finding: Finding) -> bool:
    return Finding.objects.scoped(SETUP).get(pk=finding.pk).state == finding.state


@pytest.mark.parametrize(("verb", "state", "role"), INSIDE)
def test_a_post_further_up_sees_everything_and_acts_on_nothing(unit, verb, state, role) -> None:
    finding = a_finding(unit, state)
    superior = an_actor(above(unit), role)
    assert finding_of(finding.pk, actor=superior) == finding
    with pytest.raises(RuleBroken, match="inside the organisation"):
        take(unit, verb, finding, by=superior)
    assert stays(finding)
    assert all(act.blocked for act in finding_page(finding.pk, actor=superior, at=AT).acts)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
def test_other_posts_of_the_supervising_body_do_not_reach_what_it_watches(unit, role) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    body = Organisation.objects.scoped(SETUP).get(pk=unit.supervisor.organisation_id)
    with pytest.raises(NotFound):
        take(unit, "write_off", finding, by=an_actor(body, role))


@pytest.mark.parametrize(("verb", "state"), CLOSING)
def test_a_supervisors_post_above_that_supervises_nobody_closes_nothing(unit, verb, state) -> None:
    finding = a_finding(unit, state)
    with pytest.raises(RuleBroken, match="outside"):
        take(unit, verb, finding, by=an_actor(above(unit), Role.SUPERVISOR))
    assert stays(finding)


@pytest.mark.parametrize(("verb", "state"), CLOSING)
def test_a_body_inside_the_organisation_closes_nothing_even_where_it_was_told_to_supervise(
    unit, verb, state
) -> None:
    finding = a_finding(unit, state)
    inner = an_organisation(kind="supervisor", parent=unit.organisation)
    watching(inner, unit.organisation)
    with pytest.raises(Refusal):
        take(unit, verb, finding, by=an_actor(inner, Role.SUPERVISOR))
    assert stays(finding)


@pytest.mark.parametrize(("verb", "state"), CLOSING)
def test_whoever_supervises_from_outside_closes_and_reopens(unit, verb, state) -> None:
    finding = a_finding(unit, state)
    body = an_organisation(kind="supervisor")
    watching(body, above(unit))
    assert take(unit, verb, finding, by=an_actor(body, Role.SUPERVISOR)).version == finding.version + 1


def test_whoever_supervises_only_a_department_does_not_reach_the_findings_of_its_unit(unit) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    body = an_organisation(kind="supervisor")
    watching(body, unit.department)
    with pytest.raises(NotFound):
        take(unit, "write_off", finding, by=an_actor(body, Role.SUPERVISOR))


def test_when_supervision_ends_both_looking_and_acting_end_that_day(unit) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    Supervision.objects.scoped(SETUP).filter(subject=unit.organisation).update(
        valid_until=TODAY + timedelta(days=1)
    )
    body = Organisation.objects.scoped(SETUP).get(pk=unit.supervisor.organisation_id)
    post = a_post(body, Role.SUPERVISOR)
    former = acting(post, today=TODAY + timedelta(days=1))
    for look in (
        lambda: finding_of(finding.pk, actor=former),
        lambda: take(unit, "write_off", finding, by=former),
    ):
        with pytest.raises(NotFound):
            look()
    assert take(unit, "write_off", finding, by=acting(post, today=TODAY)).state == State.WRITTEN_OFF


@pytest.mark.parametrize("role", [Role.HANDLER, Role.DEPARTMENT_HEAD])
def test_a_department_of_the_same_name_elsewhere_carries_nothing_here(unit, role) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding)
    higher = an_organisation(kind="department", parent=above(unit))
    with pytest.raises(Refusal):
        take(unit, "report_progress", finding, by=an_actor(higher, role))
    assert stays(finding)
