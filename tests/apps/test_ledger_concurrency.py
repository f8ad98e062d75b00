"""Many hands on one ledger at once: no act is lost, doubled or miscounted, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections
from tests.apps.test_ledger_counts import recounted, tallied
from tests.factories import (
    AT,
    DUE_ON,
    GIVEN,
    SETUP,
    a_document,
    a_finding,
    a_plan,
    a_unit,
    an_inspection,
    attach,
    findings_of,
    planned,
    received,
    take,
)

from bihuan.errors import RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger.actions import importing, planning, steps
from bihuan.ledger.models import Evidence, Finding, Inspection, Review
from bihuan.workflow.words import State

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
R = TypeVar("R")
HANDS = 6


def at_once(act: Callable[[T], R], each: Iterable[T]) -> list[R | RuleBroken]:
    """Do an act for each at the same moment, every one on a connection of its own; a refusal is a result too."""
    given = list(each)
    together = Barrier(len(given))

    def one(item: T) -> R | RuleBroken:
        try:
            together.wait(timeout=60)
            return act(item)
        except RuleBroken as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def test_of_many_who_take_one_step_at_once_one_takes_it() -> None:
    unit = a_unit()
    finding = a_finding(unit, State.DECLARED)
    results = at_once(
        lambda _: steps.take(
            "endorse", finding.pk, given={}, actor=unit.leader, at=AT, version=finding.version
        ),
        range(HANDS),
    )
    assert sum(isinstance(result, Finding) for result in results) == 1
    assert sum(isinstance(result, RuleBroken) for result in results) == HANDS - 1
    assert Review.objects.scoped(SETUP).filter(finding=finding, verb="endorse").count() == 1
    assert not list(journal.verify())


def test_acts_on_many_findings_at_once_are_all_counted() -> None:
    unit = a_unit()
    inspection = an_inspection(unit, a_document(HANDS))
    findings = [planned(unit, row) for row in findings_of(inspection)]
    # The first to arrive makes the cell of a state that nobody was in before: all arrive together.
    for verb in ("submit_plan", "approve_plan"):
        results = at_once(
            lambda row, verb=verb: steps.take(
                verb,
                row.pk,
                given=GIVEN[verb],
                actor=unit.office if verb == "submit_plan" else unit.principal,
                at=AT,
            ),
            findings,
        )
        assert all(isinstance(result, Finding) for result in results)
        assert tallied(inspection) == recounted(inspection)
    assert {row.state for row in findings_of(inspection)} == {State.RECTIFYING}
    assert not list(journal.verify())


def test_findings_given_a_new_date_at_once_are_all_counted() -> None:
    unit = a_unit()
    inspection = an_inspection(unit, a_document(HANDS))
    for number, row in enumerate(findings_of(inspection)):
        planned(unit, row, due_on=DUE_ON + timedelta(days=number))
    for turn in range(8):
        # Nobody was due on this day before: whoever comes first makes the cell that all are counted in.
        given = planning.Assignment(due_on=DUE_ON + timedelta(days=100 + turn))
        results = at_once(
            lambda row, given=given: planning.assign([row.pk], assignment=given, actor=unit.office, at=AT),
            findings_of(inspection),
        )
        assert results == [[]] * HANDS
        assert tallied(inspection) == recounted(inspection)


def test_one_photo_attached_to_many_findings_at_once_is_kept_once() -> None:
    unit = a_unit()
    inspection = an_inspection(unit, a_document(HANDS))
    for row in findings_of(inspection):
        take(unit, "approve_plan", take(unit, "submit_plan", planned(unit, row)))
    results = at_once(lambda row: attach(unit, row, data=b"the same photo"), findings_of(inspection))
    assert len({result.pk for result in results if isinstance(result, Evidence)}) == 1
    assert Evidence.objects.scoped(SETUP).count() == 1
    assert {row.evidenced_count for row in findings_of(inspection)} == {2}


def test_of_two_editors_of_one_plan_the_second_is_told() -> None:
    unit = a_unit()
    finding = findings_of(an_inspection(unit))[0]
    results = at_once(
        lambda words: planning.plan_finding(
            finding.pk,
            plan=a_plan(unit, finding, criterion=words),
            actor=unit.office,
            at=AT,
            version=finding.version,
        ),
        ["mine", "yours"],
    )
    kept = [result.criterion for result in results if isinstance(result, Finding)]
    assert len(kept) == 1
    assert findings_of(finding.inspection)[0].criterion == kept[0]


def test_one_letter_received_and_confirmed_by_many_at_once_enters_once() -> None:
    unit = a_unit()
    uploads = at_once(lambda _: received(unit, a_document()).upload, range(HANDS))
    assert len({upload.pk for upload in uploads}) == 1
    at_once(lambda upload: importing.confirm_upload(upload.pk, actor=unit.office, at=AT), uploads)
    assert Finding.objects.scoped(SETUP).count() == 2
    assert not list(journal.verify())


def test_many_letters_about_one_inspection_confirmed_at_once_make_one_inspection() -> None:
    unit = a_unit()
    letters = [received(unit, a_document(number)).upload for number in range(1, HANDS + 1)]
    results = at_once(lambda upload: importing.confirm_upload(upload.pk, actor=unit.office, at=AT), letters)
    assert len({result.inspection.pk for result in results if isinstance(result, importing.Confirmed)}) == 1
    [inspection] = Inspection.objects.scoped(SETUP).all()
    rows = findings_of(inspection)
    assert [row.position for row in rows] == list(range(1, HANDS + 1))
    assert tallied(inspection) == recounted(inspection)


def test_bulk_acts_and_single_acts_on_the_same_findings_wait_for_each_other() -> None:
    unit = a_unit()
    inspection = an_inspection(unit, a_document(HANDS))
    rows = [planned(unit, row) for row in findings_of(inspection)]

    def act(number: int) -> object:
        if number % 3 == 0:
            given = planning.Assignment(due_on=DUE_ON + timedelta(days=number))
            return planning.assign([row.pk for row in rows], assignment=given, actor=unit.office, at=AT)
        if number % 3 == 1:
            upload = received(
                unit, replace(a_document(HANDS, words=f" {number}"), round=inspection.round)
            ).upload
            return importing.confirm_upload(upload.pk, actor=unit.office, at=AT)
        row = rows[number % len(rows)]
        return steps.take("submit_plan", row.pk, given={}, actor=unit.office, at=AT)

    at_once(act, range(2 * HANDS))
    assert tallied(inspection) == recounted(inspection)
    submitted = {rows[number % len(rows)].pk for number in range(2, 2 * HANDS, 3)}
    now = {row.pk: row.state for row in findings_of(inspection)}
    assert {key for key, state in now.items() if state == State.PLAN_REVIEW} == submitted
    assert not list(journal.verify())
