"""A small invented district for tests, built by the same acts that build a real one.

Plain functions: each name says what it gives. Nothing here writes a row past an action.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bihuan.documents.model import Category, Document, DocumentKind, Parsed, PartialDate
from bihuan.documents.model import Finding as PrintedFinding
from bihuan.ledger.actions import evidence, importing, planning, steps
from bihuan.ledger.models import Evidence, Finding, Inspection, Measure, Upload
from bihuan.people import actions as people
from bihuan.people import queries as who
from bihuan.people.models import Organisation, Person, Post
from bihuan.scope import Actor, system
from bihuan.workflow.steps import rows
from bihuan.workflow.words import DeliverableKind, Kind, Role, State

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
FEEDBACK_ON = date(2026, 2, 1)
DUE_ON = date(2026, 5, 1)
SETUP = system("tests set up a district")
PASSWORD = "correct-horse-battery"

_numbers = itertools.count(1)


def an_organisation(
    code: str | None = None, *, kind: str = "committee", parent: Organisation | None = None
) -> Organisation:
    """Give a new organisation; without a code it gets one that is free."""
    code = code or f"unit-{next(_numbers)}"
    new = people.NewOrganisation(
        code=code,
        name=f"organisation {code}",
        short_name=code,
        kind=kind,
        parent_code=parent.code if parent else None,
    )
    return people.create_organisation(new, actor=SETUP, at=AT)


def a_person(username: str | None = None) -> Person:
    """Give a new person, who may sign in with PASSWORD and has no post yet."""
    username = username or f"person-{next(_numbers)}"
    return people.create_person(
        username=username, name=f"name of {username}", password=PASSWORD, actor=SETUP, at=AT
    )


def a_post(
    organisation: Organisation, role: Role, *, person: Person | None = None, valid_from: date = LONG_AGO
) -> Post:
    """Give a new post, held by a new person unless one is named."""
    return people.grant_post(
        person or a_person(), organisation, role, valid_from=valid_from, actor=SETUP, at=AT
    )


def acting(post: Post, *, today: date = TODAY) -> Actor:
    """Give the actor that somebody becomes who signs in and chooses this post."""
    return who.actor_for(who.posts_of(post.person_id, today=today), chosen=post.pk, today=today)


def an_actor(organisation: Organisation, role: Role, *, person: Person | None = None) -> Actor:
    """Give somebody who acts in a new post."""
    return acting(a_post(organisation, role, person=person))


@dataclass
class Unit:
    """One inspected organisation with its people, its supervisor from above, and its neighbour."""

    organisation: Organisation
    department: Organisation
    other_department: Organisation
    handler: Actor
    head: Actor
    other_head: Actor
    leader: Actor
    office: Actor
    principal: Actor
    supervisor: Actor
    neighbour: "Unit | None" = field(default=None, repr=False)
    """A unit that the same supervisor watches and that nobody of this unit may see."""

    def actor(self, role: Role) -> Actor:
        """Give the one who holds this role for the lead department's findings."""
        return {
            Role.HANDLER: self.handler,
            Role.DEPARTMENT_HEAD: self.head,
            Role.RESPONSIBLE_LEADER: self.leader,
            Role.OFFICE: self.office,
            Role.PRINCIPAL: self.principal,
            Role.SUPERVISOR: self.supervisor,
        }[role]

    @property
    def everybody(self) -> list[Actor]:
        """Give one actor for each role."""
        return [self.actor(role) for role in Role]


def a_unit() -> Unit:
    """Give a small world: a supervising body, and two units with departments and one actor for each role."""
    root = an_organisation()
    watchers = an_organisation(kind="supervisor", parent=root)
    units = [an_organisation(parent=root) for _ in range(2)]
    for watched in units:
        people.supervise(watchers, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    supervisor = an_actor(watchers, Role.SUPERVISOR)
    unit, unit.neighbour = (_staffed(organisation, supervisor) for organisation in units)
    unit.neighbour.neighbour = unit
    return unit


def _staffed(organisation: Organisation, supervisor: Actor) -> Unit:
    department = an_organisation(kind="department", parent=organisation)
    other_department = an_organisation(kind="department", parent=organisation)
    return Unit(
        organisation=organisation,
        department=department,
        other_department=other_department,
        handler=an_actor(department, Role.HANDLER),
        head=an_actor(department, Role.DEPARTMENT_HEAD),
        other_head=an_actor(other_department, Role.DEPARTMENT_HEAD),
        leader=an_actor(organisation, Role.RESPONSIBLE_LEADER),
        office=an_actor(organisation, Role.OFFICE),
        principal=an_actor(organisation, Role.PRINCIPAL),
        supervisor=supervisor,
    )


# Findings: each is imported, planned and worked on by acts of the people whose turn it is

GIVEN: dict[str, dict[str, object]] = {
    "submit_plan": {},
    "approve_plan": {"meeting": "meeting no. 12", "decided_on": TODAY},
    "return_plan": {"reason": "too vague"},
    "report_progress": {"text": "two of three pavilions are repaired"},
    "declare_done": {"result_summary": "all three pavilions are repaired"},
    "endorse": {},
    "review": {},
    "sign_off": {"meeting": "meeting no. 14", "decided_on": TODAY, "pledge": True},
    "write_off": {"opinion": "seen on the spot"},
    "accept_in_part": {"remaining_work": "one railing", "next_due_on": DUE_ON + timedelta(days=31)},
    "send_back": {"reason": "no picture of the roof"},
    "request_extension": {"reason": "rain", "new_due_on": DUE_ON + timedelta(days=30)},
    "approve_extension": {},
    "refuse_extension": {"reason": "it did not rain"},
    "propose_long_term": {
        "reason": "paint peels every year",
        "stage_objective": "painted once",
        "next_due_on": DUE_ON + timedelta(days=92),
    },
    "make_long_term": {},
    "complete_phase": {
        "result": "painted",
        "stage_objective": "painted twice",
        "next_due_on": DUE_ON + timedelta(days=184),
    },
    "spot_check": {"detail": "looked at pavilion 2"},
    "relapse": {"detail": "the roof leaks again", "next_due_on": DUE_ON + timedelta(days=61)},
}
"""What each verb needs, in words that no guard objects to."""

WAY = (
    ("submit_plan", State.PLAN_REVIEW),
    ("approve_plan", State.RECTIFYING),
    ("declare_done", State.DECLARED),
    ("endorse", State.ENDORSED),
    ("review", State.REVIEWED),
    ("sign_off", State.SIGNED_OFF),
    ("write_off", State.WRITTEN_OFF),
)


def a_document(
    findings: int = 2, *, measures: int = 2, words: str = "", round: str = "round 5", **fields: object
) -> Document:
    """Give an invented document; `words` go into its texts, `fields` replace any of its other parts."""
    first, second = Category("二", 1, "pavilions"), Category("二", 2, "bridges")
    whole = Document(
        kind=DocumentKind.FEEDBACK_LETTER,
        title="letter about pavilions and bridges",
        organisation="organisation",
        round=round,
        team="team 3",
        started_on=PartialDate(2025, 11),
        ended_on=PartialDate(2025, 12),
        feedback_on=PartialDate(FEEDBACK_ON.year, FEEDBACK_ON.month, FEEDBACK_ON.day),
        findings=tuple(
            PrintedFinding(
                category=first if number % 2 else second,
                ordinal=(number + 1) // 2,
                title=f"no. {number} leaks{words}",
                measures=tuple(f"repair no. {number}, part {part}{words}" for part in range(1, measures + 1)),
            )
            for number in range(1, findings + 1)
        ),
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def with_finding(document: Document, number: int, **fields: object) -> Document:
    """Give the document with one finding changed."""
    findings = list(document.findings)
    findings[number] = replace(findings[number], **fields)  # type: ignore[arg-type]
    return replace(document, findings=tuple(findings))


def received(
    unit: Unit, document: Document, *, data: bytes | None = None, by: Actor | None = None
) -> importing.Received:
    """Give what comes of the office's receiving a document; the file's bytes stand for its text."""
    return importing.receive_document(
        data=data or repr(document).encode(),
        filename="letter.txt",
        parsed=Parsed(document),
        organisation_code=unit.organisation.code,
        actor=by or unit.office,
        at=AT,
    )


def confirm(
    unit: Unit,
    upload: Upload,
    *,
    by: Actor | None = None,
    version: int | None = None,
    another_organisation: bool = False,
) -> Inspection:
    """Let an upload into the ledger."""
    return importing.confirm_upload(
        upload.pk,
        actor=by or unit.office,
        at=AT,
        version=version,
        another_organisation=another_organisation,
    ).inspection


def imported(unit: Unit, document: Document) -> Inspection:
    """Give the inspection that a document is about, with its findings in the ledger."""
    return confirm(unit, received(unit, document).upload)


def an_inspection(unit: Unit, document: Document | None = None) -> Inspection:
    """Give an inspection with its findings as drafts; without a document it is one of its own."""
    return imported(unit, document or a_document(round=f"round {next(_numbers)}"))


def findings_of(inspection: Inspection) -> list[Finding]:
    """Give the findings of an inspection in order, as they stand now."""
    found = Finding.objects.scoped(SETUP).filter(inspection=inspection).order_by("position")
    return list(found.select_related("inspection", "category"))


def measures_of(finding: Finding) -> list[Measure]:
    """Give the measures of a finding in order, as they stand now."""
    return list(Measure.objects.scoped(SETUP).filter(finding=finding).order_by("ordinal"))


def a_plan(unit: Unit, finding: Finding, **fields: object) -> planning.PlanFields:
    """Give a complete plan for a finding; `fields` replace any of its parts."""
    plan = planning.PlanFields(
        kind=Kind.DUE,
        objective="dry feet",
        criterion="no drop falls in three rains",
        lead_department_id=unit.department.pk,
        responsible_leader_id=unit.leader.person_id,
        handler_id=unit.handler.person_id,
        due_on=DUE_ON,
        measures=tuple(
            planning.MeasureFields(
                id=measure.pk,
                text=measure.text,
                deliverable="a dry pavilion",
                deliverable_kind=DeliverableKind.CHANGE,
                due_on=DUE_ON,
                owner_id=unit.handler.person_id,
            )
            for measure in measures_of(finding)
        ),
    )
    return replace(plan, **fields)  # type: ignore[arg-type]


def planned(unit: Unit, finding: Finding, **fields: object) -> Finding:
    """Give the finding with a complete plan, still a draft."""
    return planning.plan_finding(finding.pk, plan=a_plan(unit, finding, **fields), actor=unit.office, at=AT)


def attach(
    unit: Unit,
    finding: Finding,
    measures: Iterable[Measure] | None = None,
    *,
    data: bytes | None = None,
    by: Actor | None = None,
    **fields: object,
) -> Evidence:
    """Attach a photo of its own to the measures given, or to all; `fields` replace what is said about it."""
    said = evidence.EvidenceFields(title="photo of the roof", kind="photo", dated_on=TODAY)
    return evidence.attach_evidence(
        finding.pk,
        data=data or f"photo no. {next(_numbers)}".encode(),
        filename="roof.jpg",
        fields=replace(said, **fields),  # type: ignore[arg-type]
        measure_ids=tuple(row.pk for row in (measures_of(finding) if measures is None else measures)),
        actor=by or unit.handler,
        at=AT,
    )


def turn_of(unit: Unit, verb: str, finding: Finding) -> Actor:
    """Give the first of those who may take a verb on a finding as it stands."""
    here = [step for step in rows(verb) if finding.state in step.sources and finding.kind in step.kinds]
    return unit.actor(here[0].roles[0])


def take(
    unit: Unit, verb: str, finding: Finding, *, by: Actor | None = None, at: datetime = AT, **given: object
) -> Finding:
    """Take a step, by the one whose turn it is unless somebody is named, with usual words unless some are given."""
    return steps.take(
        verb, finding.pk, given={**GIVEN[verb], **given}, actor=by or turn_of(unit, verb, finding), at=at
    )


def carry_on(unit: Unit, finding: Finding, state: State) -> Finding:
    """Carry a finding forward along the usual way until it stands at `state`."""
    for verb, reached in WAY:
        if finding.state == state:
            return finding
        if finding.state in _before(reached):
            if verb == "declare_done":
                attach(unit, finding)
            finding = take(unit, verb, finding)
    assert finding.state == state, f"{state} is not on the way"
    return finding


def _before(state: State) -> set[str]:
    stations = [State.DRAFT, *(reached for _, reached in WAY)]
    before = stations[stations.index(state) - 1]
    return {before, State.SUSTAINING} if before is State.RECTIFYING else {before}


def a_finding(unit: Unit, state: State = State.DRAFT, *, kind: Kind = Kind.DUE) -> Finding:
    """Give a finding of a new inspection that went the whole way to `state` by real acts.

    SUSTAINING gives a long-term finding whatever the kind; a draft is planned completely.
    """
    kind = Kind.LONG_TERM if state is State.SUSTAINING else kind
    finding = planned(unit, findings_of(an_inspection(unit))[0], kind=kind)
    return carry_on(unit, finding, state)
