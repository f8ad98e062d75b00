"""Random histories: whatever is done in whatever order, the maintained counts are what a recount gives."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.factories import (
    AT,
    DUE_ON,
    GIVEN,
    SETUP,
    TODAY,
    Unit,
    a_document,
    a_plan,
    a_unit,
    attach,
    findings_of,
    measures_of,
    planned,
    received,
    take,
)

from bihuan.documents.model import Completion, Declared
from bihuan.errors import Refusal
from bihuan.journal import queries as journal
from bihuan.ledger.actions import evidence, importing, planning, steps
from bihuan.ledger.models import Evidence, EvidenceLink, Finding, Inspection, Tally
from bihuan.ledger.queries.inspections import standing
from bihuan.workflow.deadlines import Lamp, lamp
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.steps import open_steps
from bihuan.workflow.words import Kind, Role, State

PROVES_NOTHING = ("meeting", "study", "notice")

USUAL_VERBS = {  # round and round
    State.DRAFT: "submit_plan",
    State.PLAN_REVIEW: "approve_plan",
    State.RECTIFYING: "declare_done",
    State.SUSTAINING: "declare_done",
    State.DECLARED: "endorse",
    State.ENDORSED: "review",
    State.REVIEWED: "sign_off",
    State.SIGNED_OFF: "write_off",
    State.WRITTEN_OFF: "relapse",
}


@contextmanager
def undone() -> Iterator[None]:
    """Run in a savepoint that is rolled back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def evidenced(finding: Finding) -> int:
    """Count anew the measures with evidence that can prove something."""
    links = EvidenceLink.objects.scoped(SETUP).filter(measure__finding=finding)
    return links.exclude(evidence__kind__in=PROVES_NOTHING).values("measure").distinct().count()


def recounted(inspection: Inspection) -> Counter[tuple[str, str]]:
    """Count every cell of an inspection anew from its findings."""
    cells: Counter[tuple[str, str]] = Counter()
    for finding in findings_of(inspection):
        closed = finding.state == State.WRITTEN_OFF
        measures = len(measures_of(finding))
        cells["all", ""] += 1
        cells["category", str(finding.category_id)] += 1
        cells["state", finding.state] += 1
        cells["declared", finding.declared_completion] += 1
        cells["sustained", ""] += finding.declared_sustained
        cells["relapsed", ""] += finding.relapse_count > 0
        cells["proven", ""] += closed and measures > 0 and measures == evidenced(finding)
        if not closed:
            cells["due", finding.due_on.isoformat() if finding.due_on else ""] += 1
    return +cells


def tallied(inspection: Inspection) -> Counter[tuple[str, str]]:
    rows = Tally.objects.scoped(SETUP).filter(inspection=inspection)
    return +Counter({(row.facet, row.key): row.count for row in rows})


class Office(RuleBasedStateMachine):
    """Everybody does what they may, in any order, on the findings of one inspection."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = undone()
        self.whole.__enter__()
        self.unit: Unit = a_unit()
        upload = received(self.unit, a_document(3)).upload
        self.inspection = importing.confirm_upload(upload.pk, actor=self.unit.office, at=AT).inspection
        self.versions = {row.pk: row.version for row in findings_of(self.inspection)}
        self.entries = journal.head()[0]
        self.letters = 0

    def teardown(self) -> None:
        assert not list(journal.verify())
        self.whole.__exit__(None, None, None)

    @contextmanager
    def act(self, finding: Finding) -> Iterator[None]:
        """One act: done with one entry and one version more, or refused with nothing at all."""
        try:
            with transaction.atomic():
                yield
        except Refusal as refused:
            assert refused.reasons
        else:
            self.versions[finding.pk] += 1
            self.entries += 1

    @rule(place=some.integers(0, 2), role=some.sampled_from(Role), data=some.data())
    def take_any_step(self, place: int, role: Role, data: some.DataObject) -> None:
        finding = findings_of(self.inspection)[place]
        offered = open_steps(state=State(finding.state), kind=Kind(finding.kind), role=role)
        if not offered:
            return
        step = data.draw(some.sampled_from(offered), label="step")
        given = dict(GIVEN[step.verb])
        if step.verb == "request_extension":
            given["new_due_on"] = finding.due_on + timedelta(days=data.draw(some.integers(-5, 95)))
        if data.draw(some.booleans(), label="with a reason"):
            given["override_reason"] = "known"
        with self.act(finding):
            steps.take(step.verb, finding.pk, given=given, actor=self.unit.actor(role), at=AT)

    @rule(place=some.integers(0, 2), stations=some.integers(1, 7))
    def go_the_usual_way(self, place: int, stations: int) -> None:
        for _ in range(stations):
            finding = findings_of(self.inspection)[place]
            if finding.state == State.DRAFT:
                with self.act(finding):
                    planned(self.unit, finding, kind=Kind(finding.kind))
            elif finding.state in (State.RECTIFYING, State.SUSTAINING):
                with self.act(finding):
                    attach(self.unit, finding)
            verb = USUAL_VERBS.get(State(finding.state))
            if verb:
                with self.act(finding):
                    take(self.unit, verb, finding, override_reason="known")

    @rule(
        place=some.integers(0, 2),
        kind=some.sampled_from(Kind),
        days=some.integers(1, 9),
        keep=some.integers(1, 2),
    )
    def plan(self, place: int, kind: Kind, days: int, keep: int) -> None:
        finding = findings_of(self.inspection)[place]
        whole = a_plan(self.unit, finding, kind=kind, due_on=DUE_ON + timedelta(days=days))
        with self.act(finding):
            planning.plan_finding(
                finding.pk,
                plan=a_plan(
                    self.unit, finding, kind=kind, due_on=whole.due_on, measures=whole.measures[:keep]
                ),
                actor=self.unit.office,
                at=AT,
            )

    @rule(place=some.integers(0, 2), days=some.integers(1, 9))
    def assign(self, place: int, days: int) -> None:
        finding = findings_of(self.inspection)[place]
        given = planning.Assignment(due_on=TODAY + timedelta(days=days))
        if not planning.assign([finding.pk], assignment=given, actor=self.unit.office, at=AT):
            self.versions[finding.pk] += 1
            self.entries += 1

    @rule(
        place=some.integers(0, 2),
        kind=some.sampled_from(["photo", "rule", "meeting"]),
        which=some.sampled_from([slice(0, 1), slice(1, 2), slice(0, 2)]),
        file=some.sampled_from([b"one", b"two", None]),
    )
    def add_evidence(self, place: int, kind: str, which: slice, file: bytes | None) -> None:
        finding = findings_of(self.inspection)[place]
        with self.act(finding):
            attach(self.unit, finding, measures_of(finding)[which], kind=kind, data=file)

    @rule(place=some.integers(0, 2), data=some.data())
    def take_evidence_off(self, place: int, data: some.DataObject) -> None:
        finding = findings_of(self.inspection)[place]
        pieces = list(Evidence.objects.scoped(SETUP).filter(inspection=self.inspection).order_by("pk"))
        if not pieces:
            return
        piece = data.draw(some.sampled_from(pieces), label="evidence")
        with self.act(finding):
            evidence.detach_evidence(
                finding.pk, evidence_id=piece.pk, reason="wrong", actor=self.unit.handler, at=AT
            )

    @rule(
        completion=some.sampled_from(Completion),
        sustained=some.booleans(),
        measures=some.integers(1, 3),
    )
    def import_a_newer_letter(self, completion: Completion, sustained: bool, measures: int) -> None:
        self.letters += 1
        document = a_document(3, measures=measures, title=f"letter no. {self.letters}")
        first, *others = document.findings
        claim = Declared(completion, sustained, raw=completion)
        first = type(first)(first.category, first.ordinal, first.title, claim, measures=first.measures)
        document = type(document)(**{**vars(document), "findings": (first, *others)})
        before = {row.pk: row.version for row in findings_of(self.inspection)}
        upload = received(self.unit, document).upload
        importing.confirm_upload(upload.pk, actor=self.unit.office, at=AT)
        self.entries += 2
        for row in findings_of(self.inspection):
            assert row.version - before[row.pk] in (0, 1)
            self.versions[row.pk] = row.version

    @invariant()
    def counts_are_what_a_recount_gives(self) -> None:
        assert tallied(self.inspection) == recounted(self.inspection)
        for row in findings_of(self.inspection):
            assert row.measure_count == len(measures_of(row))
            assert row.evidenced_count == evidenced(row)

    @invariant()
    def every_act_left_one_entry_and_one_version(self) -> None:
        assert journal.head()[0] == self.entries
        assert {row.pk: row.version for row in findings_of(self.inspection)} == self.versions

    @invariant()
    def the_figures_of_the_page_are_those_of_the_findings(self) -> None:
        rows = findings_of(self.inspection)
        figures = standing(self.inspection, actor=self.unit.office, today=TODAY)
        burning = Counter(
            lamp(due_on=row.due_on, state=State(row.state), today=TODAY, policy=DEFAULT) for row in rows
        )
        assert {which: figures.lamps[which] for which in Lamp} == {which: burning[which] for which in Lamp}
        assert figures.findings == len(rows)
        assert figures.written_off == sum(row.state == State.WRITTEN_OFF for row in rows)
        assert figures.declared_done == sum(row.declared_completion == Completion.DONE for row in rows)
        assert figures.proven == sum(row.proven for row in rows)
        assert figures.proven <= figures.written_off


@pytest.mark.django_db
def test_counts_always_equal_a_recount() -> None:
    run_state_machine_as_test(Office, settings=settings(max_examples=15, stateful_step_count=40))
