"""What stands against a step: plans with gaps, evidence that proves nothing, one person on both sides, caps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories import (
    AT,
    DUE_ON,
    FEEDBACK_ON,
    SETUP,
    TODAY,
    Unit,
    a_document,
    a_finding,
    a_plan,
    a_post,
    a_unit,
    acting,
    an_actor,
    an_inspection,
    attach,
    carry_on,
    findings_of,
    measures_of,
    planned,
    take,
)

from bihuan.errors import BadInput, NotAllowed, RuleBroken
from bihuan.ledger.actions import planning
from bihuan.ledger.models import Extension, Finding, Review
from bihuan.ledger.queries.finding import finding_page
from bihuan.people import actions as people
from bihuan.people.models import Organisation, Person
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.words import DeliverableKind, Kind, Role, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return a_unit()


def reasons(verb: str, unit: Unit, finding: Finding, **given) -> list[str]:
    """Give the words with which a step is refused; the refusal must leave the state as it was."""
    with pytest.raises(RuleBroken) as refusal:
        take(unit, verb, finding, **given)
    assert Finding.objects.scoped(SETUP).get(pk=finding.pk).state == finding.state
    return [str(reason) for reason in refusal.value.reasons]


def _watchers(unit: Unit) -> Organisation:
    """Give the organisation that supervises the unit."""
    return Organisation.objects.scoped(SETUP).get(pk=unit.supervisor.organisation_id)


def passes_with_a_reason(verb: str, unit: Unit, finding: Finding) -> None:
    """Check that a warning stops the step, and that a written reason lets it pass and is kept."""
    words = reasons(verb, unit, finding, override_reason="  ")
    assert "write down why" in words[-1]
    take(unit, verb, finding, override_reason="  known and accepted ")
    last = Review.objects.scoped(SETUP).filter(finding=finding).order_by("-pk")[0]
    assert (last.verb, last.given["override_reason"]) == (verb, "known and accepted")


# The plan

GAPS = {
    "responsible leader": {"responsible_leader_id": None},
    "lead department": {"lead_department_id": None},
    "criterion": {"criterion": "  "},
    "due date": {"due_on": None},
    "no measure": {"measures": ()},
}


@pytest.mark.parametrize("gap", GAPS)
def test_a_plan_with_a_gap_is_not_submitted_whatever_the_reason(unit, gap) -> None:
    finding = planned(unit, findings_of(an_inspection(unit))[0], **GAPS[gap])
    [word] = reasons("submit_plan", unit, finding, override_reason="we are in a hurry")
    assert gap in word


@pytest.mark.parametrize(
    ("gap", "measure", "finding"),
    [
        ("deliverable", {"deliverable": " "}, {}),
        ("due date", {"due_on": None}, {"due_on": None}),
        ("owner", {"owner_id": None}, {"handler_id": None}),
    ],
)
def test_a_measure_with_a_gap_that_its_finding_cannot_fill_is_named_by_its_number(
    unit, gap, measure, finding
) -> None:
    draft = findings_of(an_inspection(unit))[0]
    first, second = a_plan(unit, draft).measures
    draft = planned(unit, draft, measures=(first, replace(second, **measure)), **finding)
    word = reasons("submit_plan", unit, draft)[-1]
    assert gap in word and "Measure 2" in word


def test_all_gaps_are_told_at_once(unit) -> None:
    finding = findings_of(an_inspection(unit))[0]
    bare = tuple(planning.MeasureFields(id=None, text=f"part {n}") for n in (1, 2))
    finding = planned(
        unit,
        finding,
        criterion="",
        due_on=None,
        responsible_leader_id=None,
        lead_department_id=None,
        handler_id=None,
        measures=bare,
    )
    assert len(reasons("submit_plan", unit, finding)) == 4 + 2 * 3


def test_a_measure_due_after_the_finding_needs_a_reason(unit) -> None:
    finding = findings_of(an_inspection(unit))[0]
    first, second = a_plan(unit, finding).measures
    finding = planned(unit, finding, measures=(first, replace(second, due_on=DUE_ON + DAY)))
    passes_with_a_reason("submit_plan", unit, finding)


# Evidence


def test_nothing_is_declared_done_without_any_evidence_whatever_the_reason(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    assert reasons("declare_done", unit, finding, override_reason="trust us") == [
        "No measure carries any evidence."
    ]


def test_a_measure_without_evidence_needs_a_reason(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding, measures_of(finding)[:1])
    assert "Measure 2" in reasons("declare_done", unit, finding)[0]
    passes_with_a_reason("declare_done", unit, finding)


@pytest.mark.parametrize(
    "weak",
    [
        {"kind": "meeting"},
        {"kind": "study"},
        {"kind": "notice"},
        {"dated_on": FEEDBACK_ON - DAY},
    ],
    ids=["minutes only", "study only", "notice only", "older than the feedback"],
)
def test_weak_evidence_stops_the_review_until_a_reason_is_written(unit, weak) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding, **weak)
    finding = take(unit, "endorse", take(unit, "declare_done", finding))
    passes_with_a_reason("review", unit, finding)
    finding = take(unit, "sign_off", Finding.objects.scoped(SETUP).get(pk=finding.pk))
    passes_with_a_reason("write_off", unit, finding)


def test_a_rule_without_its_number_stops_the_review_until_a_reason_is_written(unit) -> None:
    finding = findings_of(an_inspection(unit))[0]
    measures = [
        replace(measure, deliverable_kind=DeliverableKind.DOCUMENT)
        for measure in a_plan(unit, finding).measures
    ]
    finding = carry_on(unit, planned(unit, finding, measures=tuple(measures)), State.RECTIFYING)
    attach(unit, finding, kind="rule", doc_no="")
    finding = take(unit, "endorse", take(unit, "declare_done", finding))
    passes_with_a_reason("review", unit, finding)


def test_a_rule_with_its_number_passes(unit) -> None:
    finding = findings_of(an_inspection(unit))[0]
    measures = [
        replace(measure, deliverable_kind=DeliverableKind.DOCUMENT)
        for measure in a_plan(unit, finding).measures
    ]
    finding = carry_on(unit, planned(unit, finding, measures=tuple(measures)), State.RECTIFYING)
    attach(unit, finding, kind="rule", doc_no="no. 7 of 2026")
    finding = take(unit, "endorse", take(unit, "declare_done", finding))
    assert take(unit, "review", finding).state == State.REVIEWED


def test_one_file_for_more_findings_than_three_needs_a_reason(unit) -> None:
    findings = findings_of(an_inspection(unit, a_document(4)))
    for number, finding in enumerate(findings, 1):
        finding = carry_on(unit, planned(unit, finding), State.RECTIFYING)
        attach(unit, finding, data=b"one photo for everything")
        finding = take(unit, "endorse", take(unit, "declare_done", finding))
        if number <= 3:
            take(unit, "review", finding)
        else:
            passes_with_a_reason("review", unit, finding)


# One person on both sides

SAME_PERSON = [
    ("submit_plan", Role.OFFICE, "approve_plan", Role.PRINCIPAL, State.PLAN_REVIEW),
    ("declare_done", Role.DEPARTMENT_HEAD, "endorse", Role.RESPONSIBLE_LEADER, State.DECLARED),
    ("declare_done", Role.DEPARTMENT_HEAD, "review", Role.OFFICE, State.ENDORSED),
    ("endorse", Role.RESPONSIBLE_LEADER, "review", Role.OFFICE, State.ENDORSED),
    ("declare_done", Role.DEPARTMENT_HEAD, "sign_off", Role.PRINCIPAL, State.REVIEWED),
    ("review", Role.OFFICE, "sign_off", Role.PRINCIPAL, State.REVIEWED),
]


@pytest.mark.parametrize(("earlier", "first", "later", "second", "state"), SAME_PERSON)
def test_nobody_checks_in_another_post_what_they_did_themselves(
    unit, earlier, first, later, second, state
) -> None:
    finding = a_finding(unit, state)
    person = Person.objects.get(pk=unit.actor(first).person_id)
    in_another_post = an_actor(unit.organisation, second, person=person)
    words = reasons(later, unit, finding, by=in_another_post, override_reason="it is true")
    assert "somebody else" in words[0]
    assert take(unit, later, finding).state != state


def test_in_a_new_round_the_roles_may_be_exchanged(unit) -> None:
    finding = take(unit, "send_back", a_finding(unit, State.REVIEWED))
    former_head = Person.objects.get(pk=unit.head.person_id)
    now_in_the_office = an_actor(unit.organisation, Role.OFFICE, person=former_head)
    finding = take(unit, "declare_done", finding, by=an_actor(unit.department, Role.DEPARTMENT_HEAD))
    finding = take(unit, "endorse", finding)
    assert take(unit, "review", finding, by=now_in_the_office).state == State.REVIEWED


@pytest.mark.parametrize("verb", ["endorse", "send_back"])
def test_only_the_leader_whom_the_plan_names_answers_a_declaration(unit, verb) -> None:
    finding = a_finding(unit, State.DECLARED)
    another = an_actor(unit.organisation, Role.RESPONSIBLE_LEADER)
    [word] = reasons(verb, unit, finding, by=another, override_reason="the other one is ill")
    assert "whom the plan names" in word
    assert take(unit, verb, finding, by=unit.leader).state != State.DECLARED


@pytest.mark.parametrize("verb", ["endorse", "send_back"])
def test_once_the_named_leader_left_any_leader_of_the_organisation_answers(unit, verb) -> None:
    finding = a_finding(unit, State.DECLARED)
    another = an_actor(unit.organisation, Role.RESPONSIBLE_LEADER)
    people.end_post(unit.leader.post_id, valid_until=TODAY, actor=SETUP, at=AT)
    assert take(unit, verb, finding, by=another).state != State.DECLARED


def test_a_decision_may_not_lie_ahead(unit) -> None:
    finding = a_finding(unit, State.REVIEWED)
    with pytest.raises(BadInput, match="must not lie ahead"):
        take(unit, "sign_off", finding, decided_on=TODAY + DAY)
    assert take(unit, "sign_off", finding, decided_on=TODAY).state == State.SIGNED_OFF


@pytest.mark.parametrize(
    ("verb", "state"), [("approve_plan", State.PLAN_REVIEW), ("sign_off", State.REVIEWED)]
)
def test_nobody_decides_on_a_finding_before_the_feedback(unit, verb, state) -> None:
    finding = a_finding(unit, state)
    words = reasons(verb, unit, finding, decided_on=FEEDBACK_ON - DAY)
    assert any("before the feedback" in word for word in words)
    assert take(unit, verb, finding, decided_on=FEEDBACK_ON).state != state


def test_what_is_written_off_is_what_was_signed(unit) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    type(finding).objects.scoped(SETUP).filter(pk=finding.pk).update(declared_completion="not_done")
    assert any("changed after it was signed" in word for word in reasons("write_off", unit, finding))


@pytest.mark.parametrize("verb", ["relapse", "accept_in_part"])
def test_what_closed_a_finding_once_does_not_close_it_again(unit, verb) -> None:
    state = State.WRITTEN_OFF if verb == "relapse" else State.SIGNED_OFF
    finding = take(unit, verb, a_finding(unit, state), at=AT + DAY)
    words = reasons("declare_done", unit, finding, at=AT + 2 * DAY, override_reason="it still holds")
    assert any("since the finding came back" in word for word in words)


def test_after_being_sent_back_old_evidence_needs_a_word(unit) -> None:
    finding = take(unit, "send_back", a_finding(unit, State.DECLARED), at=AT + DAY)
    assert any(
        "since the finding came back" in word
        for word in reasons("declare_done", unit, finding, at=AT + 2 * DAY)
    )
    again = take(unit, "declare_done", finding, at=AT + 2 * DAY, override_reason="only the wording was wrong")
    assert again.state == State.DECLARED


@pytest.mark.parametrize("former", ["declare_done", "endorse", "review", "sign_off"])
def test_nobody_writes_off_what_they_took_forward_in_another_post(unit, former) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    person = Person.objects.get(pk=Review.objects.scoped(SETUP).get(finding=finding, verb=former).person_id)
    promoted = an_actor(_watchers(unit), Role.SUPERVISOR, person=person)
    assert any("somebody else" in word for word in reasons("write_off", unit, finding, by=promoted))


def test_a_request_for_a_later_date_falls_with_the_work(unit) -> None:
    finding = asked(unit, a_finding(unit, State.RECTIFYING))
    attach(unit, finding)
    finding = take(unit, "send_back", take(unit, "declare_done", finding))
    assert any(
        "no open request" in word for word in reasons("approve_extension", unit, finding, by=unit.leader)
    )


# Where one stands

OUTSIDE = [
    ("write_off", State.SIGNED_OFF),
    ("accept_in_part", State.SIGNED_OFF),
    ("send_back", State.SIGNED_OFF),
    ("spot_check", State.WRITTEN_OFF),
    ("relapse", State.WRITTEN_OFF),
]


@pytest.mark.parametrize(("verb", "state"), OUTSIDE)
@pytest.mark.parametrize("where", ["organisation", "department"])
def test_a_supervisors_post_inside_the_organisation_closes_and_reopens_nothing(
    unit, verb, state, where
) -> None:
    finding = a_finding(unit, state)
    insider = an_actor(getattr(unit, where), Role.SUPERVISOR)
    [word] = reasons(verb, unit, finding, by=insider, override_reason="we know it best")
    assert "outside" in word


@pytest.mark.parametrize("verb", ["report_progress", "declare_done", "request_extension"])
def test_only_the_departments_that_carry_a_finding_report_and_declare(unit, verb) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding)
    with pytest.raises(NotAllowed):
        take(unit, verb, finding, by=unit.other_head)
    take(unit, verb, finding, by=unit.head)


@pytest.mark.parametrize("verb", ["report_progress", "declare_done", "request_extension"])
def test_a_cooperating_department_carries_it_too(unit, verb) -> None:
    draft = findings_of(an_inspection(unit))[0]
    finding = planned(unit, draft, cooperating_ids=(unit.other_department.pk,))
    finding = carry_on(unit, finding, State.RECTIFYING)
    attach(unit, finding, by=unit.other_head)
    assert take(unit, verb, finding, by=unit.other_head)


# Extensions

RANKS = (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR)


def asked(unit: Unit, finding: Finding, days: int = 30) -> Finding:
    return take(unit, "request_extension", finding, new_due_on=finding.due_on + timedelta(days=days))


def extended(unit: Unit, finding: Finding, times: int) -> Finding:
    for rank in RANKS[:times]:
        finding = take(unit, "approve_extension", asked(unit, finding), by=unit.actor(rank))
    return finding


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_extension_is_answered_one_rank_higher(unit, number) -> None:
    finding = asked(unit, extended(unit, a_finding(unit, State.RECTIFYING), number))
    for rank in RANKS:
        if rank is not RANKS[number]:
            for verb in ("approve_extension", "refuse_extension"):
                assert RANKS[number].label in reasons(verb, unit, finding, by=unit.actor(rank))[0]
    due_on = finding.due_on
    finding = take(unit, "approve_extension", finding, by=unit.actor(RANKS[number]))
    assert finding.due_on == due_on + timedelta(days=30)
    assert finding.extension_count == number + 1


def test_an_extension_keeps_who_asked_who_answered_and_both_dates(unit) -> None:
    finding = extended(unit, a_finding(unit, State.RECTIFYING), 1)
    [row] = Extension.objects.scoped(SETUP).filter(finding=finding)
    assert (row.number, row.old_due_on, row.new_due_on, row.approved) == (
        1,
        DUE_ON,
        DUE_ON + timedelta(days=30),
        True,
    )
    assert (row.requested_by_id, row.answered_by_id) == (unit.head.person_id, unit.leader.person_id)
    assert row.requested_at == row.answered_at == AT


def test_a_refused_extension_changes_no_date_and_does_not_count(unit) -> None:
    finding = asked(unit, a_finding(unit, State.RECTIFYING))
    finding = take(unit, "refuse_extension", finding, by=unit.leader)
    assert (finding.due_on, finding.extension_count) == (DUE_ON, 0)
    assert Extension.objects.scoped(SETUP).get(finding=finding).approved is False
    assert asked(unit, finding).version > finding.version


@pytest.mark.parametrize("verb", ["approve_extension", "refuse_extension"])
def test_nobody_answers_what_nobody_asked(unit, verb) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    assert reasons(verb, unit, finding, by=unit.leader) == ["There is no open request to answer."]
    answered = extended(unit, finding, 1)
    assert reasons(verb, unit, answered, by=unit.principal) == ["There is no open request to answer."]


def test_a_second_request_waits_for_the_answer_to_the_first(unit) -> None:
    finding = asked(unit, a_finding(unit, State.RECTIFYING))
    assert "open already" in reasons("request_extension", unit, finding)[0]


def test_three_extensions_are_the_cap(unit) -> None:
    finding = extended(unit, a_finding(unit, State.RECTIFYING), 3)
    assert finding.extension_count == DEFAULT.extension_limit
    [word] = reasons(
        "request_extension", unit, finding, new_due_on=finding.due_on + DAY, override_reason="rain"
    )
    assert "no further extension" in word


@pytest.mark.parametrize("verb", ["approve_extension", "refuse_extension"])
@pytest.mark.parametrize("rank", RANKS)
def test_after_the_last_extension_there_is_nothing_to_answer(unit, verb, rank) -> None:
    finding = extended(unit, a_finding(unit, State.RECTIFYING), 3)
    assert reasons(verb, unit, finding, by=unit.actor(rank)) == ["There is no open request to answer."]


@pytest.mark.parametrize(("days", "allowed"), [(1, True), (90, True), (91, False), (0, False), (-1, False)])
def test_an_extension_is_for_one_to_ninety_days(unit, days, allowed) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    if allowed:
        assert asked(unit, finding, days)
    else:
        given = {"new_due_on": finding.due_on + timedelta(days=days), "override_reason": "rain"}
        assert len(reasons("request_extension", unit, finding, **given)) == 1


def test_nobody_approves_their_own_request_in_another_post(unit) -> None:
    finding = asked(unit, a_finding(unit, State.RECTIFYING))
    head = Person.objects.get(pk=unit.head.person_id)
    promoted = an_actor(unit.organisation, Role.RESPONSIBLE_LEADER, person=head)
    assert "somebody else" in reasons("approve_extension", unit, finding, by=promoted)[0]
    assert take(unit, "approve_extension", finding, by=unit.leader).extension_count == 1


# What the page says beforehand is what the act does


@pytest.mark.parametrize("state", State)
def test_the_page_offers_each_role_exactly_what_it_can_do(unit, state) -> None:
    finding = a_finding(unit, state)
    for role in Role:
        page = finding_page(finding.pk, actor=unit.actor(role), at=AT)
        for act in page.acts:
            if act.blocked or act.warned:
                assert reasons(act.step.verb, unit, finding, by=unit.actor(role))[0] == str(
                    act.objections[0].message
                )
        verbs = {act.step.verb for act in page.acts}
        assert not {"approve_extension", "refuse_extension", "make_long_term"} & verbs, "nothing was asked"
        assert page.can_plan is (state is State.DRAFT and role is Role.OFFICE)
        assert page.can_add_evidence is (
            state in (State.RECTIFYING, State.SUSTAINING) and role in (Role.HANDLER, Role.DEPARTMENT_HEAD)
        )


def test_the_page_offers_an_answer_once_something_was_asked(unit) -> None:
    finding = asked(unit, a_finding(unit, State.RECTIFYING))
    for rank, blocked in zip(RANKS, (False, True, True), strict=True):
        acts = {act.step.verb: act for act in finding_page(finding.pk, actor=unit.actor(rank), at=AT).acts}
        assert acts["approve_extension"].blocked is acts["refuse_extension"].blocked is blocked


def test_another_department_is_offered_no_reporting(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    page = finding_page(finding.pk, actor=unit.other_head, at=AT)
    assert page.acts == [] and not page.can_add_evidence


def test_a_person_with_two_posts_sees_what_the_chosen_one_may_do(unit) -> None:
    finding = a_finding(unit, State.DECLARED)
    leader = Person.objects.get(pk=unit.leader.person_id)
    second = acting(a_post(unit.organisation, Role.HANDLER, person=leader))
    assert [act.step.verb for act in finding_page(finding.pk, actor=unit.leader, at=AT).acts] == [
        "endorse",
        "send_back",
    ]
    assert finding_page(finding.pk, actor=second, at=AT).acts == []


@pytest.mark.parametrize("kind", [Kind.IMMEDIATE, Kind.DUE])
def test_a_date_far_away_does_not_confuse_anybody(unit, kind) -> None:
    finding = findings_of(an_inspection(unit))[0]
    assert planned(unit, finding, kind=kind, due_on=date(2999, 12, 31)).due_on.year == 2999
    with pytest.raises(BadInput):
        planned(unit, finding, kind="some day")
