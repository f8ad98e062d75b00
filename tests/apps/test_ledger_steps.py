"""The life of a finding: every verb, what it changes, and what it leaves behind."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import (
    AT,
    DUE_ON,
    GIVEN,
    SETUP,
    TODAY,
    Unit,
    a_finding,
    a_unit,
    attach,
    carry_on,
    findings_of,
    measures_of,
    take,
)

from bihuan.documents.model import Completion
from bihuan.errors import BadInput, NotAllowed, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger.actions import steps
from bihuan.ledger.models import Extension, Phase, Review
from bihuan.workflow.steps import VERBS, find_step, rows
from bihuan.workflow.words import Kind, Role, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


def again(finding):
    return type(finding).objects.scoped(SETUP).select_related("inspection", "category").get(pk=finding.pk)


def reviews(finding) -> list[Review]:
    return list(Review.objects.scoped(SETUP).filter(finding=finding).order_by("pk"))


def everything_about(finding) -> tuple:
    """What a refused act must leave as it was."""
    row = again(finding)
    return (
        {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields},
        [measure.done_on for measure in measures_of(finding)],
        len(reviews(finding)),
        Extension.objects.scoped(SETUP).count(),
        Phase.objects.scoped(SETUP).count(),
        journal.head(),
    )


# The whole life


def test_a_finding_goes_from_draft_to_written_off_back_by_relapse_and_round_again(unit) -> None:
    finding = a_finding(unit, State.WRITTEN_OFF)
    assert [review.verb for review in reviews(finding)] == [
        "submit_plan",
        "approve_plan",
        "declare_done",
        "endorse",
        "review",
        "sign_off",
        "write_off",
    ]
    assert again(finding).proven

    finding = take(unit, "relapse", finding)
    assert (finding.state, finding.round, finding.relapse_count) == (State.RECTIFYING, 2, 1)
    assert not again(finding).proven

    finding = carry_on(unit, finding, State.WRITTEN_OFF)
    assert (finding.round, finding.relapse_count) == (2, 1)
    assert again(finding).proven
    assert [review.verb for review in reviews(finding) if review.round == 2] == [
        "declare_done",
        "endorse",
        "review",
        "sign_off",
        "write_off",
    ]
    assert not list(journal.verify())


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_finding_can_go_the_whole_way(unit, kind) -> None:
    assert a_finding(unit, State.WRITTEN_OFF, kind=kind).kind == kind


@pytest.mark.parametrize("state", State)
def test_a_finding_can_be_brought_to_every_state(unit, state) -> None:
    assert again(a_finding(unit, state)).state == state


@pytest.mark.parametrize("state", State)
def test_whoever_may_not_act_changes_nothing(unit, state) -> None:
    finding = a_finding(unit, state)
    before = everything_about(finding)
    for verb in VERBS:
        for role in Role:
            try:
                find_step(verb, state=state, kind=Kind(finding.kind), role=role)
            except (NotAllowed, RuleBroken) as refused:
                with pytest.raises(type(refused)):
                    steps.take(verb, finding.pk, given=GIVEN[verb], actor=unit.actor(role), at=AT)
    assert everything_about(finding) == before


# Every act leaves a review and one entry


def _occurs(state: State, kind: Kind) -> bool:
    """A long-term finding sustains where the others rectify."""
    return {State.RECTIFYING: kind is not Kind.LONG_TERM, State.SUSTAINING: kind is Kind.LONG_TERM}.get(
        state, True
    )


OPEN = [
    (verb, state, kind)
    for verb in VERBS
    for step in rows(verb)
    for state in step.sources
    for kind in sorted(step.kinds)
    if not step.after and _occurs(state, kind)
]


@pytest.mark.parametrize(("verb", "state", "kind"), OPEN)
def test_an_act_leaves_one_review_one_entry_and_one_version_more(unit, verb, state, kind) -> None:
    finding = a_finding(unit, state, kind=kind)
    if verb in ("declare_done", "complete_phase"):
        attach(unit, finding)
    before, (seq, _), version = len(reviews(finding)), journal.head(), again(finding).version

    taken = take(unit, verb, finding)

    assert again(finding).version == version + 1 == taken.version
    assert journal.head()[0] == seq + 1
    [entry] = journal.extract("finding", str(finding.pk), actor=SETUP, limit=1)
    [review] = reviews(finding)[before:]
    target = again(finding)
    assert (review.verb, review.from_state, review.to_state) == (verb, state, target.state)
    assert (entry.verb, entry.before["state"], entry.after["state"]) == (verb, state, target.state)
    assert entry.person_name == review.person_name
    assert entry.role == review.role
    assert entry.after["digest"] == review.digest
    for name, value in GIVEN[verb].items():
        assert (
            review.given[name]
            == entry.after[name]
            == (value.isoformat() if isinstance(value, date) else value)
        )


def test_nothing_is_done_on_a_finding_of_somebody_else_and_it_looks_like_a_missing_one(unit) -> None:
    finding = a_finding(unit, State.DECLARED)
    stranger = unit.neighbour.leader
    with pytest.raises(NotFound) as foreign:
        steps.take("endorse", finding.pk, given={}, actor=stranger, at=AT)
    with pytest.raises(NotFound) as missing:
        steps.take("endorse", 10**9, given={}, actor=stranger, at=AT)
    assert str(foreign.value) == str(missing.value)
    assert again(finding).state == State.DECLARED


def test_the_system_takes_no_steps(unit) -> None:
    finding = a_finding(unit, State.DECLARED)
    with pytest.raises(NotAllowed):
        steps.take("endorse", finding.pk, given={}, actor=SETUP, at=AT)


# What must be given


ASKING = {verb: state for verb, state, _ in OPEN if any(asked.required for asked in rows(verb)[0].inputs)}


@pytest.mark.parametrize("verb", ASKING)
def test_each_missing_value_is_asked_for_and_all_at_once(unit, verb) -> None:
    required = [asked for asked in rows(verb)[0].inputs if asked.required]
    finding = a_finding(unit, ASKING[verb])
    before = everything_about(finding)
    for empty in ("", "  ", None, False):
        with pytest.raises(BadInput) as refusal:
            take(unit, verb, finding, **{asked.name: empty for asked in required})
        assert len(refusal.value.reasons) == len(required)
    assert everything_about(finding) == before


@pytest.mark.parametrize(
    ("verb", "state", "wrong"),
    [
        ("approve_plan", State.PLAN_REVIEW, {"decided_on": "2026-03-02"}),
        ("sign_off", State.REVIEWED, {"pledge": "yes"}),
        ("send_back", State.DECLARED, {"reason": 7}),
        ("relapse", State.WRITTEN_OFF, {"next_due_on": 20260501}),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(unit, verb, state, wrong) -> None:
    with pytest.raises(BadInput):
        take(unit, verb, a_finding(unit, state), **wrong)


def test_what_no_step_asked_for_is_not_kept(unit) -> None:
    finding = take(unit, "endorse", a_finding(unit, State.DECLARED), colour="red", opinion=" seen ")
    assert reviews(finding)[-1].given == {"opinion": "seen"}


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("accept_in_part", State.SIGNED_OFF),
        ("relapse", State.WRITTEN_OFF),
        ("complete_phase", State.SUSTAINING),
    ],
)
@pytest.mark.parametrize("next_due_on", [TODAY, TODAY - timedelta(days=1)])
def test_a_next_date_must_lie_ahead(unit, verb, state, next_due_on) -> None:
    finding = a_finding(unit, state)
    if verb == "complete_phase":
        attach(unit, finding)
    before = everything_about(finding)
    with pytest.raises(BadInput):
        take(unit, verb, finding, next_due_on=next_due_on)
    assert everything_about(finding) == before


# What each verb does besides moving the finding


def test_progress_is_kept_with_who_and_when_and_the_state_stays(unit) -> None:
    finding = take(unit, "report_progress", a_finding(unit, State.RECTIFYING))
    [progress] = Review.objects.scoped(unit.office).filter(finding=finding, verb="report_progress")
    assert (progress.given["text"], progress.person_id, progress.at) == (
        GIVEN["report_progress"]["text"],
        unit.handler.person_id,
        AT,
    )
    assert finding.state == State.RECTIFYING


def test_declaring_makes_a_claim_and_dates_each_measure_by_the_declaration_that_counts(unit) -> None:
    finding = a_finding(unit, State.DECLARED)
    assert finding.declared_completion == Completion.DONE
    assert {measure.done_on for measure in measures_of(finding)} == {TODAY}
    sent_back = take(unit, "send_back", finding)
    assert sent_back.declared_completion == Completion.IN_PROGRESS
    later = AT + timedelta(days=5)
    take(unit, "declare_done", sent_back, at=later)
    assert {measure.done_on for measure in measures_of(finding)} == {TODAY + timedelta(days=5)}


@pytest.mark.parametrize("state", [State.DECLARED, State.ENDORSED, State.REVIEWED, State.SIGNED_OFF])
def test_whoever_holds_the_step_can_send_it_back_into_a_new_round(unit, state) -> None:
    finding = take(unit, "send_back", a_finding(unit, state))
    assert (finding.state, finding.round) == (State.RECTIFYING, 2)
    assert carry_on(unit, finding, State.WRITTEN_OFF).state == State.WRITTEN_OFF


def test_a_returned_plan_is_a_draft_again(unit) -> None:
    finding = take(unit, "return_plan", a_finding(unit, State.PLAN_REVIEW))
    assert (finding.state, finding.round) == (State.DRAFT, 2)
    assert carry_on(unit, finding, State.RECTIFYING).round == 2


def test_acceptance_in_part_leaves_remaining_work_and_a_next_date(unit) -> None:
    finding = take(unit, "accept_in_part", a_finding(unit, State.SIGNED_OFF))
    assert finding.state == State.RECTIFYING
    assert finding.declared_completion == Completion.BASIC
    assert finding.next_steps == [GIVEN["accept_in_part"]["remaining_work"]]
    assert finding.due_on == GIVEN["accept_in_part"]["next_due_on"]
    assert finding.round == 2


def test_a_spot_check_that_holds_changes_nothing_but_is_on_record(unit) -> None:
    finding = take(unit, "spot_check", a_finding(unit, State.WRITTEN_OFF))
    assert (finding.state, finding.round, finding.relapse_count) == (State.WRITTEN_OFF, 1, 0)
    assert reviews(finding)[-1].verb == "spot_check"


def test_a_relapse_reopens_with_a_date_and_keeps_the_former_closure_visible(unit) -> None:
    finding = take(unit, "relapse", a_finding(unit, State.WRITTEN_OFF))
    assert finding.due_on == GIVEN["relapse"]["next_due_on"]
    assert finding.declared_completion == Completion.IN_PROGRESS
    assert [review.verb for review in reviews(finding)][-2:] == ["write_off", "relapse"]


# Long-term


def phases(finding) -> list[Phase]:
    return list(Phase.objects.scoped(SETUP).filter(finding=finding).order_by("ordinal"))


def test_a_plan_approved_as_long_term_begins_with_its_first_phase(unit) -> None:
    finding = a_finding(unit, State.SUSTAINING)
    [phase] = phases(finding)
    assert (phase.ordinal, phase.objective, phase.due_on) == (1, finding.objective, DUE_ON)


def test_a_finding_becomes_long_term_when_the_principal_proposes_and_the_supervisor_accepts(unit) -> None:
    finding = take(unit, "propose_long_term", a_finding(unit, State.RECTIFYING))
    assert (finding.state, finding.kind) == (State.RECTIFYING, Kind.DUE)
    finding = take(unit, "make_long_term", finding)
    assert (finding.state, finding.kind) == (State.SUSTAINING, Kind.LONG_TERM)
    [phase] = phases(finding)
    proposed = GIVEN["propose_long_term"]
    assert (phase.objective, phase.due_on) == (proposed["stage_objective"], proposed["next_due_on"])
    assert finding.due_on == proposed["next_due_on"]


def test_nobody_makes_long_term_what_nobody_proposed(unit) -> None:
    with pytest.raises(RuleBroken, match="no open request"):
        take(unit, "make_long_term", a_finding(unit, State.RECTIFYING))


def test_a_proposal_of_an_earlier_round_is_not_open_any_more(unit) -> None:
    finding = take(unit, "propose_long_term", a_finding(unit, State.RECTIFYING))
    finding = take(unit, "send_back", carry_on(unit, finding, State.DECLARED))
    with pytest.raises(RuleBroken, match="no open request"):
        take(unit, "make_long_term", finding)


def test_phase_follows_phase_and_each_keeps_its_result(unit) -> None:
    finding = a_finding(unit, State.SUSTAINING)
    attach(unit, finding)
    for day in (100, 200):
        finding = take(unit, "complete_phase", finding, next_due_on=DUE_ON + timedelta(days=day))
    first, second, third = phases(finding)
    assert (first.result, second.result, third.result) == ("painted", "painted", "")
    assert first.completed_at == AT and third.completed_at is None
    assert [phase.ordinal for phase in (first, second, third)] == [1, 2, 3]
    assert finding.due_on == third.due_on == DUE_ON + timedelta(days=200)
    assert finding.state == State.SUSTAINING


def test_a_phase_is_not_completed_without_evidence(unit) -> None:
    finding = a_finding(unit, State.SUSTAINING)
    with pytest.raises(RuleBroken, match="evidence"):
        take(unit, "complete_phase", finding)
    assert phases(finding)[0].completed_at is None


# Days are those of the place


LATE_IN_THE_EVENING = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 3, 2, 16, 1, tzinfo=UTC)


@pytest.mark.parametrize(("at", "day"), [(LATE_IN_THE_EVENING, 2), (AFTER_MIDNIGHT, 3)])
def test_a_day_begins_at_midnight_where_the_people_are(unit, at, day) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding)
    take(unit, "declare_done", finding, at=at)
    assert {measure.done_on for measure in measures_of(finding)} == {date(2026, 3, day)}


def test_a_next_date_that_is_today_only_elsewhere_lies_ahead(unit) -> None:
    tomorrow = TODAY + timedelta(days=1)
    finding = a_finding(unit, State.WRITTEN_OFF)
    with pytest.raises(BadInput):
        take(unit, "relapse", finding, next_due_on=tomorrow, at=AFTER_MIDNIGHT)
    assert take(unit, "relapse", finding, next_due_on=tomorrow, at=LATE_IN_THE_EVENING).due_on == tomorrow


# Two editors


@pytest.mark.parametrize("verb", ["endorse", "send_back"])
def test_a_step_on_an_older_version_is_refused_and_on_the_present_one_taken(unit, verb) -> None:
    finding = a_finding(unit, State.DECLARED)
    given = GIVEN[verb]
    for stale in (finding.version - 1, finding.version + 1, 0):
        with pytest.raises(RuleBroken, match="meanwhile"):
            steps.take(verb, finding.pk, given=given, actor=unit.leader, at=AT, version=stale)
    taken = steps.take(verb, finding.pk, given=given, actor=unit.leader, at=AT, version=finding.version)
    assert taken.version == finding.version + 1


def test_the_same_step_sent_twice_does_its_work_once(unit) -> None:
    finding = a_finding(unit, State.DECLARED)
    take(unit, "endorse", finding, by=unit.leader)
    with pytest.raises(RuleBroken):
        take(unit, "endorse", finding, by=unit.leader)
    assert [review.verb for review in reviews(finding)].count("endorse") == 1


# What exactly was approved


def test_the_digest_of_a_review_changes_with_plan_evidence_and_claim_and_with_nothing_else(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    for _ in range(2):
        take(unit, "report_progress", finding)
    attach(unit, finding)
    take(unit, "report_progress", finding)
    take(unit, "declare_done", finding)
    finding = take(unit, "endorse", again(finding))
    take(unit, "review", finding)
    digests = [review.digest for review in reviews(finding)][2:]
    reported, repeated, with_evidence, declaring, endorsing, reviewing = digests
    assert reported == repeated != with_evidence
    assert with_evidence == declaring, "sealed as it stood before the claim"
    assert declaring != endorsing == reviewing


def test_another_finding_of_the_inspection_is_left_alone(unit) -> None:
    finding = a_finding(unit, State.DRAFT)
    other = findings_of(finding.inspection)[1]
    before = everything_about(other)[:2]
    carry_on(unit, finding, State.WRITTEN_OFF)
    assert everything_about(other)[:2] == before


def test_an_actor_of_an_ended_supervision_reaches_nothing_any_more(unit) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    former = dataclasses.replace(unit.supervisor, reach=(unit.supervisor.unit_path,))
    with pytest.raises(NotFound):
        take(unit, "write_off", finding, by=former)


@pytest.mark.parametrize(
    ("verb", "state"),
    [("send_back", State.DECLARED), ("accept_in_part", State.SIGNED_OFF), ("relapse", State.WRITTEN_OFF)],
)
def test_a_long_term_finding_goes_back_to_its_phases(unit, verb, state) -> None:
    finding = take(unit, verb, a_finding(unit, state, kind=Kind.LONG_TERM))
    assert finding.state == State.SUSTAINING
    [open_phase] = Phase.objects.scoped(SETUP).filter(finding=finding, completed_at__isnull=True)
    assert open_phase.due_on == finding.due_on
