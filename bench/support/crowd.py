"""Fills a database with many findings of one inspection, with all that hangs on them, for the page benchmark."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from support import installation

installation.start()

from bihuan.documents.model import Completion
from bihuan.journal import chain
from bihuan.journal.models import Entry, Head
from bihuan.ledger import tallies
from bihuan.ledger.models import (
    Category,
    Evidence,
    EvidenceLink,
    Finding,
    Inspection,
    Measure,
    Review,
    Tally,
)
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.scope import Actor, system
from bihuan.workflow.words import Role, State

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ACTOR = system("bench")
BATCH = 5_000
DEPARTMENTS = 12
CATEGORIES = 8
STATES = tuple(State)
PASSWORD = "a long enough phrase for the bench"


def people_and_inspection() -> Inspection:
    """Make one unit with departments, a supervisor who signs in as `bench`, and an empty inspection."""
    new = people.NewOrganisation
    unit = people.create_organisation(
        new("bench", "测试街道党工委", "测试街道", "committee"), actor=ACTOR, at=AT
    )
    watch = people.create_organisation(new("watch", "测试巡察办", "巡察办", "supervisor"), actor=ACTOR, at=AT)
    for number in range(DEPARTMENTS):
        department = new(f"d{number}", f"第{number}科", f"第{number}科", "department", "bench")
        people.create_organisation(department, actor=ACTOR, at=AT)
    person = people.create_person(username="bench", name="测试", password=PASSWORD, actor=ACTOR, at=AT)
    for number in range(4):
        leader = people.create_person(
            username=f"leader{number}", name=f"领导{number}", password=PASSWORD, actor=ACTOR, at=AT
        )
        people.grant_post(leader, unit, Role.RESPONSIBLE_LEADER, valid_from=AT.date(), actor=ACTOR, at=AT)
    people.grant_post(person, watch, Role.SUPERVISOR, valid_from=AT.date(), actor=ACTOR, at=AT)
    people.supervise(watch, unit, valid_from=AT.date(), actor=ACTOR, at=AT)
    inspection: Inspection = Inspection.objects.scoped(ACTOR).create(
        organisation=unit,
        organisation_path=unit.path,
        title="测试街道党工委巡察整改台账",
        started_on="2026-01-05",
        feedback_on="2026-03-02",
        created_at=AT,
    )
    for number in range(CATEGORIES):
        Category.objects.scoped(ACTOR).create(
            inspection=inspection,
            organisation_path=unit.path,
            position=number + 1,
            part="二",
            ordinal=number + 1,
            title=f"第{number + 1}方面存在差距的问题",
        )
    return inspection


def visitor_account() -> Person:
    """Give the person who signs in for the benchmark."""
    return Person.objects.get(username="bench")


def grow(inspection: Inspection, upto: int) -> None:
    """Add findings until the inspection has `upto` of them; tallies and journal grow along."""
    start = Finding.objects.scoped(ACTOR).filter(inspection=inspection).count()
    places = iter(range(start, upto))
    while batch := list(islice(places, BATCH)):
        _add(inspection, batch)


def _add(inspection: Inspection, places: list[int]) -> None:
    make = _maker(inspection)
    findings = Finding.objects.scoped(ACTOR).bulk_create(make(place) for place in places)
    _hang_on(findings)
    counted = Counter(cell for finding in findings for cell in tallies.cells(finding))
    for (facet, key), count in counted.items():
        row, _made = Tally.objects.scoped(ACTOR).get_or_create(
            inspection=inspection,
            facet=facet,
            key=key,
            defaults={"organisation_path": inspection.organisation_path},
        )
        row.count += count
        row.save()
    _journal(findings)


def _maker(inspection: Inspection) -> Callable[[int], Finding]:
    scoped: Actor = ACTOR
    categories = list(Category.objects.scoped(scoped).filter(inspection=inspection))
    unit = inspection.organisation
    departments = list(unit.__class__.objects.scoped(scoped).filter(parent=unit))
    leaders = list(Person.objects.filter(username__startswith="leader"))
    completions = (Completion.DONE, Completion.DONE, Completion.BASIC, Completion.IN_PROGRESS)

    def make(place: int) -> Finding:
        return Finding(
            inspection=inspection,
            category=categories[place % CATEGORIES],
            organisation_path=inspection.organisation_path,
            position=place + 1,
            ordinal=place // CATEGORIES + 1,
            title=f"第{place + 1}项工作记录不完整，台账与现场情况不一致",
            criterion="连续三个月抽查，记录与现场相符率不低于98%",
            objective="记录真实完整",
            lead_department=departments[place % len(departments)],
            responsible_leader=leaders[place % len(leaders)],
            due_on=AT.date() + timedelta(days=60 + place % 300),
            state=STATES[place % len(STATES)]
            if STATES[place % len(STATES)] != State.SUSTAINING
            else State.RECTIFYING,
            declared_completion=completions[place % len(completions)],
            measure_count=3,
            evidenced_count=1,
        )

    return make


def _hang_on(findings: list[Finding]) -> None:
    person = Person.objects.get(username="bench")
    measures = Measure.objects.scoped(ACTOR).bulk_create(_measures(findings))
    evidence = Evidence.objects.scoped(ACTOR).bulk_create(_evidence(findings, person))
    links = [
        EvidenceLink(evidence=piece, measure=measures[place * 3], organisation_path=piece.organisation_path)
        for place, piece in enumerate(evidence)
    ]
    EvidenceLink.objects.scoped(ACTOR).bulk_create(links)
    Review.objects.scoped(ACTOR).bulk_create(_reviews(findings, person))


def _measures(findings: list[Finding]) -> Iterator[Measure]:
    for row in findings:
        for number in range(1, 4):
            yield Measure(
                finding=row,
                organisation_path=row.organisation_path,
                ordinal=number,
                text=f"修订管理办法第{number}条，每月抽查记录{number * 10}份，问题清单于次月5日前报送。",
                deliverable="修订后的管理办法",
                due_on=row.due_on,
            )


def _evidence(findings: list[Finding], person: Person) -> Iterator[Evidence]:
    for row in findings:
        yield Evidence(
            inspection=row.inspection,
            organisation_path=row.organisation_path,
            digest=f"{row.position:064x}",
            size_bytes=1000,
            filename="办法.docx",
            kind="rule",
            title="管理办法",
            dated_on=AT.date(),
            uploaded_at=AT,
            uploaded_by=person,
        )


def _reviews(findings: list[Finding], person: Person) -> Iterator[Review]:
    for row in findings:
        for verb, source, target in (
            ("submit_plan", "draft", "plan_review"),
            ("approve_plan", "plan_review", "rectifying"),
        ):
            yield Review(
                finding=row,
                organisation_path=row.organisation_path,
                round=1,
                verb=verb,
                from_state=source,
                to_state=target,
                person=person,
                person_name=person.name,
                role="office",
                given={"opinion": "同意"},
                digest="0" * 64,
                at=AT,
            )


def _journal(findings: list[Finding]) -> None:
    """Chain two entries for each finding, as two acts would have left them."""
    head = Head.objects.get(pk=1)
    entries: list[Entry] = []
    for row in findings:
        for verb in ("submit_plan", "approve_plan"):
            entries.append(_entry(head, verb, row))
            head.seq, head.hash = entries[-1].seq, entries[-1].hash
    Entry.objects.scoped(ACTOR).bulk_create(entries)
    head.save()


def _entry(head: Head, verb: str, row: Finding) -> Entry:
    columns: dict[str, Any] = {
        "verb": verb,
        "person_name": "测试",
        "object_type": "finding",
        "object_id": str(row.pk),
        "organisation_path": row.organisation_path,
    }
    actor = {"person": None, "post": None, "role": "office", "organisation": "测试街道"}
    body = chain.canonical(
        {
            **columns,
            "at": AT.isoformat(timespec="microseconds"),
            "seq": head.seq + 1,
            "previous": head.hash,
            "suite": chain.SUITE,
            "actor": actor,
            "before": {"state": "draft"},
            "after": {"state": "rectifying"},
        }
    )
    return Entry(seq=head.seq + 1, at=AT, body=body, previous=head.hash, hash=chain.digest(body), **columns)
