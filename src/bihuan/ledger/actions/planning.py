"""Making the plan of a finding: who, until when, by which measures, leaving behind what."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bihuan.errors import BadInput, NotAllowed, RuleBroken
from bihuan.journal.actions import plain
from bihuan.ledger import facts
from bihuan.ledger.actions.findings import hold, put_back, take_in_hand
from bihuan.ledger.models import Cooperation, EvidenceLink, Finding, Measure
from bihuan.people import queries as people
from bihuan.scope import Actor
from bihuan.words import Phrase, phrase
from bihuan.workflow.words import DeliverableKind, Kind, Role, State


@dataclass(frozen=True)
class MeasureFields:
    """One measure as the plan form gives it; `id` is None for a new one."""

    id: int | None
    text: str
    deliverable: str = ""
    deliverable_kind: str = ""
    target: str = ""
    frequency: str = ""
    due_on: date | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class PlanFields:
    """The plan of one finding as a whole; measures stand in their new order."""

    kind: str
    objective: str = ""
    criterion: str = ""
    lead_department_id: int | None = None
    cooperating_ids: tuple[int, ...] = ()
    responsible_leader_id: int | None = None
    handler_id: int | None = None
    due_on: date | None = None
    measures: tuple[MeasureFields, ...] = field(default=())


PLANNED = tuple(part.name for part in fields(PlanFields) if part.name not in ("cooperating_ids", "measures"))
"""What of a plan stands on the finding itself."""


@transaction.atomic
def plan_finding(
    finding_id: int, *, plan: PlanFields, actor: Actor, at: datetime, version: int | None = None
) -> Finding:
    """Write the plan of one finding while it is being drafted.

    Raises NotAllowed for other posts than the office, RuleBroken once the plan was submitted,
    BadInput for a department or person of another organisation or a measure without text.
    """
    hand = take_in_hand(finding_id, actor=actor, version=version)
    finding = hand.finding
    _refuse_unless_draft(finding, actor)
    _check(plan, finding, actor, timezone.localdate(at))
    measures = list(Measure.objects.scoped(actor).filter(finding=finding))
    before = facts.plan_of(finding, measures)
    for name in PLANNED:
        setattr(finding, name, getattr(plan, name))
    _set_cooperations(finding, plan.cooperating_ids, actor)
    changed = _set_measures(finding, measures, plan.measures, actor)
    after = {**facts.plan_of(finding, changed), "cooperating": sorted(plan.cooperating_ids)}
    return put_back(
        hand, "plan_finding", actor=actor, at=at, before=plain(before) or {}, after=plain(after) or {}
    )


@dataclass(frozen=True)
class Assignment:
    """What is given to many findings at once; None leaves a field as it is."""

    lead_department_id: int | None = None
    responsible_leader_id: int | None = None
    handler_id: int | None = None
    due_on: date | None = None


@transaction.atomic
def assign(
    finding_ids: Iterable[int],
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    versions: Mapping[int, int] | None = None,
) -> list[tuple[int, Phrase]]:
    """Give department, leader, handler or date to many drafts; each change is journaled by itself.

    `versions` holds, by finding, the version that was shown; a finding without one is not compared.
    Returns the findings that were refused, with the reason; the others are done.
    Raises BadInput when there is nothing to give.
    """
    refused: list[tuple[int, Phrase]] = []
    given = {name: value for name, value in asdict(assignment).items() if value is not None}
    if not given:
        raise BadInput(phrase("Choose what the findings are to be given."))
    wanted = sorted(set(finding_ids))
    hold(Finding.objects.scoped(actor).filter(pk__in=wanted))
    for finding_id in wanted:
        try:
            hand = take_in_hand(finding_id, actor=actor, version=(versions or {}).get(finding_id))
            _refuse_unless_draft(hand.finding, actor)
            plan = replace(_plan_as_it_is(hand.finding), **given)
            _check(plan, hand.finding, actor, timezone.localdate(at))
        except (RuleBroken, BadInput) as refusal:
            refused.append((finding_id, refusal.reasons[0]))
            continue
        before = {name: getattr(hand.finding, name) for name in given}
        for name, value in given.items():
            setattr(hand.finding, name, value)
        for measure in Measure.objects.scoped(actor).filter(finding=hand.finding):
            _inherit(measure, hand.finding)
            measure.save(update_fields=["due_on", "owner"])
        put_back(hand, "assign", actor=actor, at=at, before=plain(before) or {}, after=plain(given) or {})
    return refused


def _plan_as_it_is(finding: Finding) -> PlanFields:
    return PlanFields(
        kind=finding.kind,
        lead_department_id=finding.lead_department_id,
        responsible_leader_id=finding.responsible_leader_id,
        handler_id=finding.handler_id,
        due_on=finding.due_on,
    )


def _refuse_unless_draft(finding: Finding, actor: Actor) -> None:
    inside = actor.role == Role.OFFICE and actor.unit_path == finding.organisation_path
    if actor.role is not None and not inside:
        raise NotAllowed(phrase("The plan is written by the rectification office."))
    if finding.state != State.DRAFT:
        raise RuleBroken(
            phrase("The plan was submitted and is frozen. Have it returned before you change it.")
        )


def _check(plan: PlanFields, finding: Finding, actor: Actor, today: date) -> None:
    """Refuse words that are not in the tables and people or departments that are not of this organisation."""
    unit = finding.organisation_path
    departments = set(people.departments(unit, actor=actor).values_list("pk", flat=True))
    leaders = set(people.leaders(unit, actor=actor, today=today).values_list("pk", flat=True))
    handlers = set(people.handlers(unit, actor=actor, today=today).values_list("pk", flat=True))
    wrong = [
        (plan.kind not in set(Kind), phrase("Choose how the finding is to be put right.")),
        (_outside(plan.lead_department_id, departments), phrase("The lead department is not of this organisation.")),
        (not departments.issuperset(plan.cooperating_ids), phrase("A cooperating department is not of this organisation.")),
        (_outside(plan.responsible_leader_id, leaders), phrase("The responsible leader holds no such post here.")),
        (_outside(plan.handler_id, handlers), phrase("The handler holds no such post here.")),
    ]  # fmt: skip
    told_on = facts.answerable_from(finding)
    if plan.due_on and told_on and plan.due_on < told_on:
        wrong.append(
            (True, phrase("The due date lies before the feedback of %(date)s.", date=told_on.isoformat()))
        )
    wrong += [row for number, measure in enumerate(plan.measures, 1) for row in _measure_faults(number, measure, handlers)]  # fmt: skip
    reasons = [reason for is_wrong, reason in wrong if is_wrong]
    if reasons:
        raise BadInput(*reasons)


def _measure_faults(number: int, measure: MeasureFields, handlers: set[int]) -> list[tuple[bool, Phrase]]:
    kinds = {"", *DeliverableKind}
    return [
        (not measure.text.strip(), phrase("Measure %(number)s has no text.", number=number)),
        (measure.deliverable_kind not in kinds, phrase("Measure %(number)s: choose what kind of deliverable.", number=number)),
        (_outside(measure.owner_id, handlers), phrase("Measure %(number)s: the owner holds no post here.", number=number)),
    ]  # fmt: skip


def _outside(key: int | None, allowed: set[int]) -> bool:
    return key is not None and key not in allowed


def _set_cooperations(finding: Finding, wanted: tuple[int, ...], actor: Actor) -> None:
    rows = Cooperation.objects.scoped(actor).filter(finding=finding)
    rows.exclude(department_id__in=wanted).delete()
    held = set(rows.values_list("department_id", flat=True))
    for department_id in sorted(set(wanted) - held):
        rows.create(finding=finding, department_id=department_id, organisation_path=finding.organisation_path)


def _set_measures(
    finding: Finding, held: list[Measure], wanted: tuple[MeasureFields, ...], actor: Actor
) -> list[Measure]:
    """Bring the measures of a draft into the wanted form and order, and keep the finding's counts right."""
    by_id = {measure.pk: measure for measure in held}
    kept = {wish.id for wish in wanted if wish.id in by_id}
    rows = Measure.objects.scoped(actor).filter(finding=finding)
    rows.exclude(pk__in=kept).delete()
    # Ordinals are unique, so rows are first moved out of the way of their new places.
    for offset, measure in enumerate(rows, 1):
        rows.filter(pk=measure.pk).update(ordinal=1_000_000 + offset)
    result = [_set_measure(finding, by_id, place, wish) for place, wish in enumerate(wanted, 1)]
    finding.measure_count = len(result)
    finding.evidenced_count = count_evidenced(finding, actor)
    return result


def _set_measure(finding: Finding, by_id: dict[int, Measure], place: int, wish: MeasureFields) -> Measure:
    # Taken out when found: a form that names one measure twice gets two measures, and the counts stay true.
    measure = by_id.pop(wish.id or 0, None) or Measure(
        finding=finding, organisation_path=finding.organisation_path
    )
    measure.ordinal = place
    for name, value in asdict(wish).items():
        if name != "id":
            setattr(measure, name, value.strip() if isinstance(value, str) else value)
    _inherit(measure, finding)
    measure.save()
    return measure


def _inherit(measure: Measure, finding: Finding) -> None:
    """Nobody types a thing twice: a measure without date or owner takes those of its finding."""
    measure.due_on = measure.due_on or finding.due_on
    measure.owner_id = measure.owner_id or finding.handler_id


def count_evidenced(finding: Finding, actor: Actor) -> int:
    """Count the measures of a finding that carry evidence which can prove something."""
    links = EvidenceLink.objects.scoped(actor).filter(measure__finding=finding).select_related("evidence")
    return len({link.measure_id for link in links if link.evidence.proves})
