"""Reading the ledger: filters, sorts and pages by key together visit every row exactly once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.factories import (
    AT,
    SETUP,
    TODAY,
    Unit,
    a_document,
    a_finding,
    a_unit,
    an_inspection,
    attach,
    findings_of,
    take,
)

from bihuan.documents.model import Completion
from bihuan.errors import BadInput, NotFound, RuleBroken
from bihuan.ledger.models import Finding, Inspection
from bihuan.ledger.queries import inspections, papers
from bihuan.ledger.queries.finding import finding_of, finding_page, stages
from bihuan.ledger.queries.ledger import Filters, Sort, page
from bihuan.workflow.deadlines import Lamp, lamp
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.words import Kind, Role, State

ROWS = 24
EVERYTHING = Filters()


@pytest.fixture
def unit(db) -> Unit:
    return a_unit()


@pytest.fixture
def inspection(unit) -> Inspection:
    """An inspection with every lamp, state and claim in it, and with dates that several findings share."""
    inspection = an_inspection(unit, a_document(ROWS, measures=0))
    days = (None, -30, -1, 0, 10, 11, 20, 21, 300)
    for number, row in enumerate(findings_of(inspection)):
        days_left = days[number % len(days)]
        due_on = None if days_left is None else TODAY + timedelta(days=days_left)
        state = State.WRITTEN_OFF if due_on and number % 4 == 3 else State.DRAFT
        Finding.objects.scoped(SETUP).filter(pk=row.pk).update(
            due_on=due_on,
            criterion="c",
            state=state,
            declared_completion=list(Completion)[number % len(Completion)],
            lead_department=(unit.department, unit.other_department)[number % 2],
            responsible_leader_id=(unit.leader, unit.principal)[number % 3 == 0].person_id,
        )
    return inspection


def keys(rows) -> list[int]:
    return [row.finding.pk for row in rows]


def walk(inspection, actor, *, size: int, filters=EVERYTHING, sort=Sort.POSITION) -> list[int]:
    """Turn page after page to the end, and back to the beginning; give what was seen on the way."""
    asked = {"actor": actor, "today": TODAY, "filters": filters, "sort": sort, "size": size}
    here = page(inspection, **asked)
    assert here.before is None
    pages = [keys(here.rows)]
    while here.after:
        here = page(inspection, after=here.after, **asked)
        assert here.before is not None
        pages.append(keys(here.rows))
        assert len(pages) <= ROWS, "going round in circles"
    assert all(len(rows) == size for rows in pages[:-1])
    back = []
    while here.before:
        here = page(inspection, before=here.before, **asked)
        back.append(keys(here.rows))
        assert len(back) < len(pages), "going round in circles"
    assert back == pages[-2::-1], "backwards, the same pages in the other order"
    return [key for rows in pages for key in rows]


def lamp_of(row: Finding) -> Lamp:
    return lamp(due_on=row.due_on, state=State(row.state), today=TODAY, policy=DEFAULT)


def matches(row: Finding, filters: Filters) -> bool:
    """Ask in plain words what the query asks in SQL."""
    wanted = (
        (filters.category, row.category_id),
        (filters.department, row.lead_department_id),
        (filters.leader, row.responsible_leader_id),
        (filters.lamp, lamp_of(row)),
        (filters.declared, row.declared_completion),
        (filters.state, row.state),
    )
    return all(asked is None or asked == value for asked, value in wanted)


ORDER = {
    Sort.POSITION: lambda row: (row.position,),
    Sort.DUE: lambda row: (row.due_on or date.max, row.position),
    Sort.DUE_LAST: lambda row: (-(row.due_on or date.max).toordinal(), -row.position),
}


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 5, ROWS - 1, ROWS, ROWS + 1])
def test_turning_pages_visits_every_row_once_and_in_order_there_and_back(
    unit, inspection, sort, size
) -> None:
    rows = findings_of(inspection)
    assert walk(inspection, unit.office, size=size, sort=sort) == [
        row.pk for row in sorted(rows, key=ORDER[sort])
    ]


@pytest.mark.parametrize("sort", Sort)
def test_every_filter_with_every_sort_gives_what_it_says_once(unit, inspection, sort) -> None:
    rows = sorted(findings_of(inspection), key=ORDER[sort])
    choices = [Filters(lamp=which) for which in Lamp]
    choices += [Filters(declared=word) for word in Completion]
    choices += [Filters(state=word) for word in State]
    choices += [Filters(category=key) for key in {row.category_id for row in rows}]
    choices += [
        Filters(department=part.pk) for part in (unit.department, unit.other_department, unit.organisation)
    ]
    choices += [Filters(leader=actor.person_id) for actor in (unit.leader, unit.principal, unit.handler)]
    for filters in choices:
        expected = [row.pk for row in rows if matches(row, filters)]
        assert walk(inspection, unit.office, size=3, filters=filters, sort=sort) == expected, filters
        assert filters.any
    assert not Filters().any


def test_filters_together_narrow_each_other(unit, inspection) -> None:
    rows = findings_of(inspection)

    @settings(max_examples=40)
    @given(
        category=some.none() | some.sampled_from(sorted({row.category_id for row in rows})),
        declared=some.none() | some.sampled_from(Completion),
        which=some.none() | some.sampled_from(Lamp),
        state=some.none() | some.sampled_from([State.DRAFT, State.WRITTEN_OFF]),
        sort=some.sampled_from(Sort),
        size=some.integers(1, 9),
    )
    def check(category, declared, which, state, sort, size) -> None:
        filters = Filters(category=category, declared=declared, lamp=which, state=state)
        expected = [row.pk for row in sorted(rows, key=ORDER[sort]) if matches(row, filters)]
        assert walk(inspection, unit.office, size=size, filters=filters, sort=sort) == expected

    check()


def test_a_row_shows_its_lamp_and_the_days_left(unit, inspection) -> None:
    rows = page(inspection, actor=unit.office, today=TODAY, size=ROWS).rows
    for row in rows:
        assert row.lamp == lamp_of(row.finding)
        assert row.days_left == ((row.finding.due_on - TODAY).days if row.finding.due_on else None)
    assert {row.lamp for row in rows} == set(Lamp)


def test_lamps_of_the_filter_and_of_the_figures_agree(unit, inspection) -> None:
    for row in findings_of(inspection):
        assert sum(matches(row, Filters(lamp=which)) for which in Lamp) == 1


KEYS_OF_NOBODY = [
    "x",
    "1.5",
    "١٢x",
    "2026-13-01_1",
    "2026-01-01",
    "_",
    "2026-01-01_x",
    "9" * 30,
    "-" + "9" * 30,
]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("key", KEYS_OF_NOBODY)
def test_a_page_key_that_nobody_handed_out_is_refused_or_leads_past_the_end(
    unit, inspection, sort, key
) -> None:
    for where in ("after", "before"):
        try:
            found = page(inspection, actor=unit.office, today=TODAY, sort=sort, **{where: key})
        except BadInput:
            continue
        assert isinstance(found.rows, list)


def test_a_row_that_went_away_between_two_pages_does_not_confuse_the_next(unit, inspection) -> None:
    asked = {"actor": unit.office, "today": TODAY, "size": 5}
    first = page(inspection, **asked)
    everything = keys(page(inspection, actor=unit.office, today=TODAY, size=ROWS).rows)
    Finding.objects.scoped(SETUP).filter(pk=first.rows[-1].finding.pk).delete()
    second = page(inspection, after=first.after, **asked)
    assert keys(second.rows) == everything[5:10]


@pytest.mark.parametrize("sort", Sort)
def test_a_page_costs_the_same_few_queries_wherever_it_is(unit, inspection, sort) -> None:
    asked = {"actor": unit.office, "today": TODAY, "sort": sort, "size": 5}
    here, costs = None, []
    while here is None or here.after:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            here = page(inspection, after=here.after if here else None, **asked)
            for row in here.rows:
                assert row.finding.category.title and row.finding.lead_department.short_name
                assert row.finding.responsible_leader.name
        costs.append(len(queries))
    assert set(costs) == {1}
    assert not any("OFFSET" in query["sql"] for query in queries)


def test_a_foreign_ledger_is_empty(unit, inspection) -> None:
    assert page(inspection, actor=unit.neighbour.office, today=TODAY).rows == []
    assert len(page(inspection, actor=unit.supervisor, today=TODAY).rows) == ROWS


# One finding


def test_a_foreign_finding_and_a_missing_one_answer_alike(unit) -> None:
    finding = a_finding(unit)
    for look in (
        lambda key: finding_of(key, actor=unit.neighbour.office),
        lambda key: finding_page(key, actor=unit.neighbour.office, at=AT),
    ):
        answers = []
        for key in (finding.pk, 10**9):
            with pytest.raises(NotFound) as refusal:
                look(key)
            answers.append(str(refusal.value))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("state", State)
def test_the_stepper_stands_at_one_station_and_all_before_it_are_reached(state) -> None:
    for kind in Kind:
        laid_out = stages(state, kind)
        at = [stage.current for stage in laid_out].index(True)
        assert laid_out[at].state == state
        assert [stage.reached for stage in laid_out] == [True] * at + [False] * (len(laid_out) - at)
        assert len(laid_out) == 8


def test_the_page_of_a_finding_shows_everything_that_hangs_on_it(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding)
    attach(unit, finding, kind="meeting")
    take(unit, "report_progress", finding)
    take(unit, "request_extension", finding)
    shown = finding_page(finding.pk, actor=unit.handler, at=AT)
    assert [len(line.evidence) for line in shown.measures] == [2, 2]
    assert len(shown.evidence) == 2
    assert [review.verb for review in shown.reviews] == [
        "submit_plan",
        "approve_plan",
        "report_progress",
        "request_extension",
    ]
    assert [extension.approved for extension in shown.extensions] == [None]
    assert [line.verb for line in shown.journal] == [
        "request_extension",
        "report_progress",
        "attach_evidence",
        "attach_evidence",
        "approve_plan",
        "submit_plan",
        "plan_finding",
        "confirm_upload",
    ]
    assert shown.turn == (Role.HANDLER, Role.DEPARTMENT_HEAD)


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_finding_takes_at_most_twelve_queries(unit, role) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding)
    take(unit, "request_extension", finding)
    for state in (State.RECTIFYING, State.WRITTEN_OFF):
        finding = finding if state == State.RECTIFYING else a_finding(unit, state)
        with CaptureQueriesContext(connection) as queries:
            finding_page(finding.pk, actor=unit.actor(role), at=AT)
        # The issue allows twelve for a request; session, person and posts take three of them.
        assert len(queries) <= 9, [query["sql"][:90] for query in queries]


# Inspections


def test_inspections_come_with_their_figures_in_two_queries(unit) -> None:
    for number in range(3):
        an_inspection(unit, a_document(number + 1, round=f"no. {number}"))
    with CaptureQueriesContext(connection) as queries:
        lines = inspections.inspections(actor=unit.office, today=TODAY)
        assert [line.inspection.organisation.short_name for line in lines] == [
            unit.organisation.short_name
        ] * 3
    assert len(queries) == 2
    assert [line.standing.findings for line in lines] == [3, 2, 1]
    assert inspections.inspections(actor=unit.neighbour.office, today=TODAY) == []


def test_the_figures_say_what_lies_between_declared_written_off_and_proven(unit) -> None:
    finding = a_finding(unit, State.SIGNED_OFF)
    figures = inspections.standing(finding.inspection, actor=unit.office, today=TODAY)
    assert (figures.findings, figures.declared_done, figures.written_off, figures.proven) == (2, 1, 0, 0)
    assert (figures.gap, figures.under_review) == (1, 1)
    take(unit, "write_off", finding)
    figures = inspections.standing(finding.inspection, actor=unit.office, today=TODAY)
    assert (figures.written_off, figures.proven, figures.gap, figures.under_review) == (1, 1, 0, 0)
    take(unit, "relapse", Finding.objects.scoped(SETUP).get(pk=finding.pk))
    figures = inspections.standing(finding.inspection, actor=unit.office, today=TODAY)
    assert (figures.declared_done, figures.written_off, figures.proven, figures.relapsed) == (0, 0, 0, 1)


def test_written_off_without_good_evidence_is_not_proven(unit) -> None:
    finding = a_finding(unit, State.RECTIFYING)
    attach(unit, finding, kind="meeting")
    for verb in ("declare_done", "endorse", "review", "sign_off", "write_off"):
        finding = take(unit, verb, finding, override_reason="nothing else to be had")
    figures = inspections.standing(finding.inspection, actor=unit.office, today=TODAY)
    assert (figures.written_off, figures.proven) == (1, 0)


def test_an_inspection_of_somebody_else_is_not_found(unit) -> None:
    inspection = an_inspection(unit)
    assert inspections.inspection(inspection.pk, actor=unit.supervisor) == inspection
    for look in (inspections.inspection, papers.document):
        with pytest.raises(NotFound):
            look(inspection.pk, actor=unit.neighbour.office)
    assert inspections.categories(inspection, actor=unit.neighbour.office) == []
    assert [row.title for row in inspections.categories(inspection, actor=unit.office)] == [
        "pavilions",
        "bridges",
    ]


def test_scrutiny_compares_no_more_findings_than_it_can(unit) -> None:
    inspection = an_inspection(unit)
    assert papers.scrutiny(inspection, actor=unit.office, findings=papers.COMPARED)
    with pytest.raises(RuleBroken, match=str(papers.COMPARED)):
        papers.scrutiny(inspection, actor=unit.office, findings=papers.COMPARED + 1)


def test_states_and_claims_in_the_figures_add_up(unit, inspection) -> None:
    # The fixture writes past the actions, so the figures are compared on an inspection made by acts.
    finding = a_finding(unit, State.DECLARED)
    figures = inspections.standing(finding.inspection, actor=unit.office, today=TODAY)
    for counts in (figures.states, figures.declared, figures.categories, figures.lamps):
        assert sum(counts.values()) == figures.findings == 2
    assert Counter(row.state for row in findings_of(finding.inspection)) == dict(figures.states)
