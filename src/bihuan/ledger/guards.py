"""What must hold before a step, by the guard names of the step table: facts in, objections out.

An objection that blocks refuses the step. One that warns can be passed over with a written reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bihuan.ledger import facts
from bihuan.ledger.models import Evidence, Extension, Finding, Measure, Review
from bihuan.people import queries as people
from bihuan.scope import Actor
from bihuan.scrutiny.model import Severity
from bihuan.words import Phrase, phrase
from bihuan.workflow.policy import DEFAULT, Policy
from bihuan.workflow.steps import Step
from bihuan.workflow.words import Role

WARNING = False
BLOCKING = True


@dataclass(frozen=True)
class Objection:
    """Why a step should not be taken now; `code` is the sign of domain notes §8 where there is one."""

    message: Phrase
    blocks: bool = BLOCKING
    code: str = ""


@dataclass(frozen=True)
class Case:
    """Everything a guard may look at: the finding, what hangs on it, who acts, what was given."""

    finding: Finding
    measures: list[Measure]
    evidence: dict[int, list[Evidence]]
    reused: dict[str, int]
    """Digest of a file that other findings rest on too → how many."""
    reviews: list[Review]
    """Steps of the current round, oldest first."""
    last_return: Review | None
    """The step that began the current round by sending the finding back; None in the first one."""
    open_extension: Extension | None
    actor: Actor
    at: datetime
    given: dict[str, object]
    policy: Policy = DEFAULT

    def last(self, verb: str) -> Review | None:
        """The newest step of the current round with this verb."""
        return next((review for review in reversed(self.reviews) if review.verb == verb), None)

    def taker(self, verb: str) -> int | None:
        """The person who took a verb: in the current round, or with the request that is still open."""
        if verb == "request_extension" and self.open_extension:
            return self.open_extension.requested_by_id
        review = self.last(verb)
        return review.person_id if review else None


def objections(step: Step, case: Case) -> list[Objection]:
    """Collect every objection to a step at once, so that a person can settle them together."""
    found = [
        *_different_person(step, case),
        *_answers_a_request(step, case),
        *_right_side(case),
        *_named_leader(step, case),
    ]
    for guard in step.guards:
        found += GUARDS[guard](case)
    return found


def _different_person(step: Step, case: Case) -> list[Objection]:
    """Sign F11: who declared may not check it."""
    person_id = case.actor.person_id
    if person_id is None or person_id not in map(case.taker, step.different_from):
        return []
    message = phrase("You took an earlier step of this round yourself; somebody else must take this one.")
    return [Objection(message, code="F11")]


def _answers_a_request(step: Step, case: Case) -> list[Objection]:
    if step.after is None:
        return []
    if step.after == "request_extension":
        answered = case.open_extension is None
    else:
        answered = case.last(step.after) is None
    return [Objection(phrase("There is no open request to answer."))] if answered else []


def _right_side(case: Case) -> list[Objection]:
    """A supervisor acts on what its organisation supervises, everybody else inside their own unit.

    A post further up the tree may look, but not act, in the name of an organisation below it.
    """
    actor, path = case.actor, case.finding.organisation_path
    if actor.role == Role.SUPERVISOR:
        message = phrase("This step is for a supervisor outside the organisation.")
        return [] if actor.watches(path) else [Objection(message)]
    if actor.unit_path != path:
        return [Objection(phrase("This step is taken inside the organisation whose finding it is."))]
    return []


def _named_leader(step: Step, case: Case) -> list[Objection]:
    """Once the named leader left, any leader of the organisation may answer: nothing hangs for ever."""
    finding, actor = case.finding, case.actor
    if not step.named_leader or actor.person_id == finding.responsible_leader_id:
        return []
    leaders = people.leaders(finding.organisation_path, actor=actor, today=timezone.localdate(case.at))
    if not leaders.filter(pk__in=[finding.responsible_leader_id or 0]).exists():
        return []
    return [Objection(phrase("This step is for the responsible leader whom the plan names."))]


def _plan_complete(case: Case) -> list[Objection]:
    finding = case.finding
    wanted = [
        (finding.responsible_leader_id, phrase("The responsible leader is missing.")),
        (finding.lead_department_id, phrase("The lead department is missing.")),
        (finding.criterion.strip(), phrase("The criterion for completion is missing.")),
        (finding.due_on, phrase("The due date is missing.")),
        (case.measures, phrase("There is no measure.")),
    ]
    missing = [message for present, message in wanted if not present]
    for measure in case.measures:
        missing += _measure_gaps(measure)
    return [Objection(message) for message in missing] + _late_measures(case)


def _measure_gaps(measure: Measure) -> list[Phrase]:
    wanted = [
        (measure.deliverable.strip(), phrase("Measure %(number)s: the deliverable is missing.", number=measure.ordinal)),
        (measure.due_on, phrase("Measure %(number)s: the due date is missing.", number=measure.ordinal)),
        (measure.owner_id, phrase("Measure %(number)s: the owner is missing.", number=measure.ordinal)),
    ]  # fmt: skip
    return [message for present, message in wanted if not present]


def _late_measures(case: Case) -> list[Objection]:
    due_on = case.finding.due_on
    late = [row for row in case.measures if due_on and row.due_on and row.due_on > due_on]
    return [
        Objection(
            phrase("Measure %(number)s falls due after the finding itself.", number=row.ordinal), WARNING
        )
        for row in late
    ]


def _evidence_present(case: Case) -> list[Objection]:
    """Nothing is declared done that nothing shows (F01)."""
    if not case.evidence:
        return [Objection(phrase("No measure carries any evidence."), code="F01")]
    stale = _nothing_new(case)
    bare = [row for row in case.measures if row.pk not in case.evidence]
    return stale + [
        Objection(phrase("Measure %(number)s carries no evidence.", number=row.ordinal), WARNING, "F01")
        for row in bare
    ]


def _nothing_new(case: Case) -> list[Objection]:
    """What closed a finding once cannot close it again after it was found open: something must be new."""
    back = case.last_return
    if back is None:
        return []
    if any(piece.uploaded_at >= back.at for row in case.evidence.values() for piece in row):
        return []
    message = phrase("No evidence was added since the finding came back.")
    return [Objection(message, back.verb in ("relapse", "accept_in_part"), "F01")]


def _evidence_sound(case: Case) -> list[Objection]:
    remarks = facts.remarks(case.finding, case.measures, case.evidence, case.reviews, case.reused)
    return [
        Objection(remark.reason, remark.severity == Severity.BLOCKS, remark.code)
        for remark in remarks
        if remark.severity != Severity.REVIEW
    ]


def _decided_after_feedback(case: Case) -> list[Objection]:
    """A body cannot have decided on a finding before it was told of it."""
    decided_on, told_on = case.given.get("decided_on"), facts.answerable_from(case.finding)
    if isinstance(decided_on, date) and told_on and decided_on < told_on:
        return [
            Objection(
                phrase("The decision is dated before the feedback of %(date)s.", date=told_on.isoformat())
            )
        ]
    return []


def _sealed_as_signed(case: Case) -> list[Objection]:
    """What is written off must be what the principal signed, to the last piece of evidence."""
    signed = case.last("sign_off")
    if signed is None:
        return [Objection(phrase("The signature of the principal is missing."), code="F11")]
    if signed.digest == facts.seal(case.finding, case.measures, case.evidence):
        return []
    return [
        Objection(phrase("The finding changed after it was signed off. Send it back to be signed again."))
    ]


def _extension_within_cap(case: Case) -> list[Objection]:
    rules, finding = case.policy, case.finding
    if case.open_extension is not None:
        return [Objection(phrase("A request for extension is open already."))]
    if finding.extension_count >= rules.extension_limit:
        limit = rules.extension_limit
        return [
            Objection(phrase("The date was extended %(limit)s times; no further extension.", limit=limit))
        ]
    new_due_on = case.given.get("new_due_on")
    if not isinstance(new_due_on, date) or finding.due_on is None:
        return []
    days = (new_due_on - finding.due_on).days
    if days <= 0:
        return [Objection(phrase("The new date must be later than the present one."))]
    if days > rules.extension_max_days:
        limit = rules.extension_max_days
        return [Objection(phrase("An extension is at most %(limit)s days; this one is %(days)s.", limit=limit, days=days))]  # fmt: skip
    return []


def _extension_rank(case: Case) -> list[Objection]:
    if case.open_extension is None:
        return []  # nothing to answer, as another objection says; after the last extension there is no rank
    wanted = case.policy.extension_ranks[case.finding.extension_count]
    if case.actor.role == wanted:
        return []
    number = case.finding.extension_count + 1
    return [
        Objection(
            phrase("Extension no. %(number)s is answered by: %(role)s.", number=number, role=wanted.label)
        )
    ]


GUARDS: dict[str, Callable[[Case], list[Objection]]] = {
    "plan_complete": _plan_complete,
    "evidence_present": _evidence_present,
    "evidence_sound": _evidence_sound,
    "decided_after_feedback": _decided_after_feedback,
    "sealed_as_signed": _sealed_as_signed,
    "extension_within_cap": _extension_within_cap,
    "extension_rank": _extension_rank,
}
