"""One finding whole: everything its page shows, in few queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from bihuan.journal import queries as journal
from bihuan.ledger import cases, facts, printed
from bihuan.ledger.guards import Case, Objection, objections
from bihuan.ledger.models import (
    Cooperation,
    Evidence,
    Extension,
    Finding,
    Measure,
    Phase,
    Review,
)
from bihuan.ledger.rights import carries
from bihuan.scope import Actor, ScopedQuerySet
from bihuan.scrutiny import scrutinise_finding
from bihuan.scrutiny.model import Remark
from bihuan.workflow.deadlines import Lamp, lamp
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.steps import WORKING, Step, open_steps, whose_turn
from bihuan.workflow.words import Kind, Role, State

WAY = (
    State.DRAFT,
    State.PLAN_REVIEW,
    State.RECTIFYING,
    State.DECLARED,
    State.ENDORSED,
    State.REVIEWED,
    State.SIGNED_OFF,
    State.WRITTEN_OFF,
)
WHOLE_PAPER = frozenset({"F00", "F19"})
"""Signs of a paper as a whole: of a single finding they would always fire and say nothing."""


@dataclass(frozen=True)
class Act:
    """A step this actor could take now, with what stands against it."""

    step: Step
    objections: list[Objection]

    @property
    def blocked(self) -> bool:
        return any(objection.blocks for objection in self.objections)

    @property
    def warned(self) -> bool:
        """Whether it can be taken only with a written reason."""
        return bool(self.objections) and not self.blocked


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its evidence."""

    measure: Measure
    evidence: list[Evidence]


@dataclass(frozen=True)
class Stage:
    """One station of the life-cycle: reached, being at, or to come."""

    state: State
    reached: bool
    current: bool


@dataclass(frozen=True)
class FindingPage:
    """What the page of a finding shows."""

    finding: Finding
    lamp: Lamp
    days_left: int | None
    stages: list[Stage]
    turn: tuple[Role, ...]
    measures: list[MeasureLine]
    evidence: list[Evidence]
    reused: dict[str, int]
    """Digest of evidence that serves other findings too → how many."""
    cooperating: list[Cooperation]
    reviews: list[Review]
    extensions: list[Extension]
    phases: list[Phase]
    remarks: tuple[Remark, ...]
    journal: list[journal.Line]
    acts: list[Act]
    previous_id: int | None
    next_id: int | None
    can_plan: bool
    can_add_evidence: bool


def finding_page(finding_id: int, *, actor: Actor, at: datetime) -> FindingPage:
    """Read one finding with everything that hangs on it; raises NotFound outside the reach."""
    finding = _with_neighbours(finding_id, actor)
    today = timezone.localdate(at)
    measures = list(Measure.objects.scoped(actor).filter(finding=finding).select_related("owner"))
    evidence = facts.evidence_by_measure(finding, actor=actor)
    reviews = list(Review.objects.scoped(actor).filter(finding=finding).order_by("pk"))
    cooperating = list(Cooperation.objects.scoped(actor).filter(finding=finding).select_related("department"))
    extensions = _extensions(finding, reviews, actor)
    own = carries(actor, finding, [row.department_id for row in cooperating])
    case = Case(
        finding=finding,
        measures=measures,
        evidence=evidence,
        reused=facts.reuse(evidence, finding, actor=actor),
        reviews=[review for review in reviews if review.round == finding.round],
        last_return=cases.last_return(finding, reviews),
        open_extension=next((row for row in extensions if row.approved is None), None),
        actor=actor,
        at=at,
        given={},
    )
    state = State(finding.state)
    pieces = list({piece.pk: piece for row in evidence.values() for piece in row}.values())
    return FindingPage(
        finding=finding,
        lamp=lamp(due_on=finding.due_on, state=state, today=today, policy=DEFAULT),
        days_left=(finding.due_on - today).days if finding.due_on else None,
        stages=stages(state, finding.kind),
        turn=whose_turn(state=state, kind=Kind(finding.kind)),
        measures=[MeasureLine(row, evidence.get(row.pk, [])) for row in measures],
        evidence=pieces,
        reused=case.reused,
        cooperating=cooperating,
        reviews=reviews,
        extensions=extensions,
        phases=list(Phase.objects.scoped(actor).filter(finding=finding)) if _long_term(finding) else [],
        remarks=_remarks(case),
        journal=journal.extract("finding", str(finding.pk), actor=actor, origin=_origin(finding)),
        acts=_acts(case, own),
        previous_id=finding.previous_id,
        next_id=finding.next_id,
        can_plan=actor.role == Role.OFFICE and state == State.DRAFT,
        can_add_evidence=own and state in WORKING,
    )


def _origin(finding: Finding) -> journal.Origin:
    """A finding enters with its document, and confirming that is an act on the inspection."""
    return journal.Origin("inspection", str(finding.inspection_id), "confirm_upload")


def finding_of(finding_id: int, *, actor: Actor) -> Finding:
    """Give one finding with what its head shows; raises NotFound outside the reach."""
    return _whole(actor).one(pk=finding_id)


def _whole(actor: Actor) -> ScopedQuerySet[Finding]:
    related = ("inspection__organisation", "category", "lead_department", "responsible_leader", "handler")
    rows: ScopedQuerySet[Finding] = Finding.objects.scoped(actor).select_related(*related)
    return rows


def _with_neighbours(finding_id: int, actor: Actor) -> Any:
    """Read a finding together with the keys of those before and after it in its document, in one query."""
    beside = Finding.objects.scoped(actor).filter(inspection=OuterRef("inspection"))
    before = beside.filter(position=OuterRef("position") - 1).values("pk")
    after = beside.filter(position=OuterRef("position") + 1).values("pk")
    rows: Any = _whole(actor).annotate(previous_id=Subquery(before), next_id=Subquery(after))
    return rows.one(pk=finding_id)


def evidence_of(evidence_id: int, *, actor: Actor) -> Evidence:
    """Give one piece of evidence; raises NotFound outside the reach."""
    return Evidence.objects.scoped(actor).one(pk=evidence_id)  # type: ignore[no-any-return]


def stages(state: State, kind: str) -> list[Stage]:
    """Lay out the life-cycle for the stepper; a long-term finding sustains where others rectify."""
    way = [State.SUSTAINING if here == State.RECTIFYING and _sustains(state, kind) else here for here in WAY]
    at = way.index(state)
    return [Stage(here, place < at, place == at) for place, here in enumerate(way)]


def _sustains(state: State, kind: str) -> bool:
    return state == State.SUSTAINING or (kind == Kind.LONG_TERM and state != State.RECTIFYING)


def _extensions(finding: Finding, reviews: list[Review], actor: Actor) -> list[Extension]:
    """Give the requests for extension; asked only where the life of the finding names one."""
    if not any(review.verb == "request_extension" for review in reviews):
        return []
    return list(Extension.objects.scoped(actor).filter(finding=finding).order_by("pk"))


def _long_term(finding: Finding) -> bool:
    return finding.kind == Kind.LONG_TERM


def _acts(case: Case, own: bool) -> list[Act]:
    actor, finding = case.actor, case.finding
    if actor.role is None:
        return []
    steps = open_steps(state=State(finding.state), kind=Kind(finding.kind), role=actor.role)
    mine = [step for step in steps if own or not step.own_department]
    return [Act(step, objections(step, case)) for step in mine if step.after is None or _asked(step, case)]


def _asked(step: Step, case: Case) -> bool:
    """A step that answers a request is shown only while there is one."""
    if step.after == "request_extension":
        return case.open_extension is not None
    return step.after is not None and case.last(step.after) is not None


def _remarks(case: Case) -> tuple[Remark, ...]:
    """What scrutiny says of this finding by itself; likeness to other findings is on the page of the inspection."""
    texts = tuple(measure.text for measure in case.measures)
    alone = printed.printed_finding(case.finding, case.finding.category, texts)
    about_text = [remark for remark in scrutinise_finding(alone) if remark.code not in WHOLE_PAPER]
    about_evidence = facts.remarks(case.finding, case.measures, case.evidence, case.reviews, case.reused)
    return (*about_text, *about_evidence)
