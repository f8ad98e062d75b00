"""Lamps, due dates and months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bihuan.workflow.deadlines import (
    DueRange,
    Lamp,
    concentrated_until,
    due_range,
    lamp,
    months_later,
    plan_due_on,
)
from bihuan.workflow.policy import DEFAULT, Policy
from bihuan.workflow.words import State

TODAY = date(2026, 3, 2)
OPEN = sorted(set(State) - {State.WRITTEN_OFF})
DATED_LAMPS = (Lamp.RED, Lamp.ORANGE, Lamp.YELLOW, Lamp.GREEN)

days = some.dates(date(1990, 1, 1), date(2200, 12, 31))
near = some.builds(lambda n: TODAY + timedelta(days=n), some.integers(-60, 60))
policies = some.builds(
    lambda second, more: Policy(first_lamp_days=second + more, second_lamp_days=second),
    some.integers(1, 60),
    some.integers(1, 60),
)


@pytest.mark.parametrize(
    ("days_left", "shown"),
    [
        (-400, Lamp.RED),
        (-1, Lamp.RED),
        (0, Lamp.ORANGE),
        (10, Lamp.ORANGE),
        (11, Lamp.YELLOW),
        (20, Lamp.YELLOW),
        (21, Lamp.GREEN),
        (400, Lamp.GREEN),
    ],
)
def test_the_lamp_changes_at_twenty_and_ten_days_left_and_after_the_due_day(days_left, shown) -> None:
    due_on = TODAY + timedelta(days=days_left)
    assert lamp(due_on=due_on, state=State.RECTIFYING, today=TODAY, policy=DEFAULT) is shown


def test_a_finding_without_a_due_date_is_undated() -> None:
    assert lamp(due_on=None, state=State.DRAFT, today=TODAY, policy=DEFAULT) is Lamp.UNDATED


@given(due_on=some.none() | days)
def test_a_written_off_finding_is_closed_however_late_it_was(due_on) -> None:
    assert lamp(due_on=due_on, state=State.WRITTEN_OFF, today=TODAY, policy=DEFAULT) is Lamp.CLOSED


def within(wanted: DueRange, day: date) -> bool:
    """Ask what a database would be asked."""
    return (wanted.first is None or day >= wanted.first) and (wanted.last is None or day <= wanted.last)


@given(due_on=near | days, today=near | days, policy=policies, state=some.sampled_from(OPEN))
def test_a_lamp_burns_exactly_for_the_due_dates_of_its_range(due_on, today, policy, state) -> None:
    burning = lamp(due_on=due_on, state=state, today=today, policy=policy)
    asked = [which for which in DATED_LAMPS if within(due_range(which, today=today, policy=policy), due_on)]
    assert asked == [burning]


@given(today=days, policy=policies)
def test_the_ranges_of_the_lamps_follow_one_another_without_a_gap(today, policy) -> None:
    red, orange, yellow, green = (due_range(which, today=today, policy=policy) for which in DATED_LAMPS)
    one_day = timedelta(days=1)
    assert (red.first, green.last) == (None, None)
    assert red.last + one_day == orange.first == today
    assert orange.last + one_day == yellow.first
    assert yellow.last + one_day == green.first


@pytest.mark.parametrize("which", [Lamp.UNDATED, Lamp.CLOSED])
def test_lamps_that_no_date_decides_have_no_range(which) -> None:
    assert due_range(which, today=TODAY, policy=DEFAULT) == DueRange()


@given(due_on=near, later=some.integers(1, 30), policy=policies)
def test_a_lamp_never_gets_better_by_waiting(due_on, later, policy) -> None:
    now, then = (
        DATED_LAMPS.index(lamp(due_on=due_on, state=State.RECTIFYING, today=day, policy=policy))
        for day in (TODAY, TODAY + timedelta(days=later))
    )
    assert then <= now


# Months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-03-02", 3, "2026-06-02"),
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-31", 11, "2026-12-31"),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, end) -> None:
    assert months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(start=days, months=some.integers(0, 240))
def test_months_later_counts_months_and_never_gains_days(start, months) -> None:
    end = months_later(start, months)
    assert end.year * 12 + end.month == start.year * 12 + start.month + months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(start=days, months=some.integers(0, 240))
def test_a_month_more_is_always_later(start, months) -> None:
    assert months_later(start, months) < months_later(start, months + 1)


def test_the_plan_is_due_thirty_days_and_the_work_three_months_after_feedback() -> None:
    feedback_on = date(2026, 1, 31)
    assert plan_due_on(feedback_on, DEFAULT) == date(2026, 3, 2)
    assert concentrated_until(feedback_on, DEFAULT) == date(2026, 4, 30)


def test_a_province_may_give_six_months_and_another_plan_period() -> None:
    policy = Policy(plan_days=60, concentrated_months=6)
    assert plan_due_on(date(2026, 1, 1), policy) == date(2026, 3, 2)
    assert concentrated_until(date(2026, 1, 1), policy) == date(2026, 7, 1)
