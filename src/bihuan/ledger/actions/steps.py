"""Taking a step of the table on a finding. One function sets states; what else a verb does stands in EFFECTS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bihuan.errors import NotAllowed, RuleBroken
from bihuan.journal.actions import plain
from bihuan.ledger import cases, facts
from bihuan.ledger.actions.evidence import refuse_other_departments
from bihuan.ledger.actions.findings import put_back, take_in_hand
from bihuan.ledger.actions.given import asked_for
from bihuan.ledger.guards import Case, Objection, objections
from bihuan.ledger.models import Extension, Finding, Measure, Phase, Review
from bihuan.scope import Actor
from bihuan.words import phrase
from bihuan.workflow.steps import Step, find_step
from bihuan.workflow.words import Kind, Role, State

OVERRIDE = "override_reason"
Given = Mapping[str, object]


@transaction.atomic
def take(
    verb: str, finding_id: int, *, given: Given, actor: Actor, at: datetime, version: int | None = None
) -> Finding:
    """Take one step on a finding.

    `given` holds the values that the step's inputs name (texts, dates as `date`, pledges as True) and,
    where warnings are passed over, `override_reason`.
    Raises NotFound outside the reach, NotAllowed for the wrong post, RuleBroken for the wrong state,
    a newer version or an objection of the guards, BadInput for a missing value.
    """
    hand = take_in_hand(finding_id, actor=actor, version=version)
    finding = hand.finding
    step = find_step(verb, state=State(finding.state), kind=Kind(finding.kind), role=_role(actor))
    if step.own_department:
        refuse_other_departments(finding, actor)
    values = asked_for(step, given, today=timezone.localdate(at))
    case = cases.case_of(finding, given=values, actor=actor, at=at)
    overridden = _refuse_on(objections(step, case), str(given.get(OVERRIDE, "")).strip())
    before = _standing(finding)
    review = _record(step, case, values, overridden)
    _move(finding, step)
    EFFECTS.get(verb, _nothing_more)(Taken(case, values))
    _withdraw_request(case)
    finding.round += step.returns
    after = {**_standing(finding), **review.given, "digest": review.digest}
    return put_back(hand, verb, actor=actor, at=at, before=plain(before) or {}, after=plain(after) or {})


def _role(actor: Actor) -> Role:
    if actor.role is None:
        raise NotAllowed(phrase("Steps are taken by persons in their posts."))
    return actor.role


def _refuse_on(found: list[Objection], override: str) -> str:
    """Refuse on objections that block, and on warnings without a reason; give the reason that was used."""
    blocking = [objection.message for objection in found if objection.blocks]
    if blocking:
        raise RuleBroken(*blocking)
    if found and not override:
        reasons = [objection.message for objection in found]
        raise RuleBroken(*reasons, phrase("To go on all the same, write down why."))
    return override if found else ""


def _standing(finding: Finding) -> dict[str, object]:
    return {
        "state": finding.state,
        "declared": finding.declared_completion,
        "due_on": finding.due_on,
        "kind": finding.kind,
        "round": finding.round,
    }


def _record(step: Step, case: Case, values: dict[str, object], overridden: str) -> Review:
    given = plain(values) or {}
    if overridden:
        given[OVERRIDE] = overridden
    finding = case.finding
    review: Review = Review.objects.scoped(case.actor).create(
        finding=finding,
        organisation_path=finding.organisation_path,
        round=finding.round,
        verb=step.verb,
        from_state=finding.state,
        to_state=step.leads_to(Kind(finding.kind)) or finding.state,
        person_id=case.actor.person_id,
        person_name=case.actor.person_name,
        role=case.actor.role or "",
        given=given,
        digest=facts.seal(finding, case.measures, case.evidence),
        at=case.at,
    )
    return review


def _move(finding: Finding, step: Step) -> None:
    finding.state = step.leads_to(Kind(finding.kind)) or finding.state
    if step.declares is not None:
        finding.declared_completion = step.declares
        finding.declared_raw = ""


@dataclass(frozen=True)
class Taken:
    """A step that was taken, as the effects see it."""

    case: Case
    values: dict[str, object]

    @property
    def finding(self) -> Finding:
        return self.case.finding

    def date(self, name: str) -> date:
        value = self.values[name]
        assert isinstance(value, date)
        return value


def _nothing_more(taken: Taken) -> None:
    """Most steps only move the finding."""


def _declare_done(taken: Taken) -> None:
    """The measures are done on the day of the declaration; one that was sent back counts for nothing."""
    case = taken.case
    measures = Measure.objects.scoped(case.actor).filter(finding=taken.finding)
    measures.update(done_on=timezone.localdate(case.at))


def _new_date(taken: Taken) -> None:
    """A next date replaces the old one, in the open phase of a long-term finding too."""
    due_on = taken.date("next_due_on")
    taken.finding.due_on = due_on
    Phase.objects.scoped(taken.case.actor).filter(finding=taken.finding, completed_at__isnull=True).update(
        due_on=due_on
    )


def _relapse(taken: Taken) -> None:
    _new_date(taken)
    taken.finding.relapse_count += 1


def _accept_in_part(taken: Taken) -> None:
    _new_date(taken)
    taken.finding.next_steps = [str(taken.values["remaining_work"])]


def _request_extension(taken: Taken) -> None:
    finding, case = taken.finding, taken.case
    Extension.objects.scoped(case.actor).create(
        finding=finding,
        organisation_path=finding.organisation_path,
        number=finding.extension_count + 1,
        reason=taken.values["reason"],
        old_due_on=finding.due_on,
        new_due_on=taken.date("new_due_on"),
        requested_by_id=case.actor.person_id,
        requested_at=case.at,
    )


def _answer_extension(taken: Taken, *, approved: bool) -> None:
    extension = taken.case.open_extension
    assert extension is not None  # the guard `after` saw it
    extension.approved = approved
    extension.answered_by_id = taken.case.actor.person_id
    extension.answered_at = taken.case.at
    extension.save(update_fields=["approved", "answered_by", "answered_at"])
    if approved:
        taken.finding.due_on = extension.new_due_on
        taken.finding.extension_count += 1


def _withdraw_request(case: Case) -> None:
    """A request for a later date falls with the work it was for: nobody grants it afterwards."""
    request = case.open_extension
    if request is None or request.approved is not None or case.finding.state == State.RECTIFYING:
        return
    request.approved = False
    request.answered_by_id = case.actor.person_id
    request.answered_at = case.at
    request.save(update_fields=["approved", "answered_by", "answered_at"])


def _make_long_term(taken: Taken) -> None:
    proposal = taken.case.last("propose_long_term")
    assert proposal is not None  # the guard `after` saw it
    taken.finding.kind = Kind.LONG_TERM
    _begin_phase(
        taken, str(proposal.given["stage_objective"]), date.fromisoformat(proposal.given["next_due_on"])
    )


def _approve_plan(taken: Taken) -> None:
    """A plan approved as long-term begins with its first phase: the objective and date of the finding."""
    finding = taken.finding
    if finding.kind == Kind.LONG_TERM and finding.due_on:
        _begin_phase(taken, finding.objective or finding.criterion, finding.due_on)


def _complete_phase(taken: Taken) -> None:
    phases = Phase.objects.scoped(taken.case.actor).filter(finding=taken.finding, completed_at__isnull=True)
    phases.update(result=taken.values["result"], completed_at=taken.case.at)
    _new_date(taken)
    _begin_phase(taken, str(taken.values["stage_objective"]), taken.date("next_due_on"))


def _begin_phase(taken: Taken, objective: str, due_on: date) -> None:
    phases = Phase.objects.scoped(taken.case.actor)
    taken.finding.due_on = due_on
    phases.create(
        finding=taken.finding,
        organisation_path=taken.finding.organisation_path,
        ordinal=phases.filter(finding=taken.finding).count() + 1,
        objective=objective,
        due_on=due_on,
    )


EFFECTS: dict[str, Callable[[Taken], None]] = {
    "approve_plan": _approve_plan,
    "declare_done": _declare_done,
    "accept_in_part": _accept_in_part,
    "request_extension": _request_extension,
    "approve_extension": lambda taken: _answer_extension(taken, approved=True),
    "refuse_extension": lambda taken: _answer_extension(taken, approved=False),
    "make_long_term": _make_long_term,
    "complete_phase": _complete_phase,
    "relapse": _relapse,
}
