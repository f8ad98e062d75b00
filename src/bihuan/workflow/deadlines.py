"""When things fall due and which lamp burns: dates in, dates and lamps out; today is always an argument."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bihuan.words import N_
from bihuan.workflow.policy import Policy
from bihuan.workflow.words import State


class Lamp(StrEnum):
    """The sign beside a finding; pages show it by colour, shape and word."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    UNDATED = "undated"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Lamp.RED: N_("overdue"),
    Lamp.ORANGE: N_("urgent"),
    Lamp.YELLOW: N_("due soon"),
    Lamp.GREEN: N_("on course"),
    Lamp.UNDATED: N_("no due date"),
    Lamp.CLOSED: N_("closed"),
}


@dataclass(frozen=True)
class DueRange:
    """Due dates from `first` to `last`, both included; None is open, and no bound at all means undated."""

    first: date | None = None
    last: date | None = None


def lamp(*, due_on: date | None, state: State, today: date, policy: Policy) -> Lamp:
    """Say which lamp burns for one finding today."""
    if state == State.WRITTEN_OFF:
        return Lamp.CLOSED
    if due_on is None:
        return Lamp.UNDATED
    days_left = (due_on - today).days
    if days_left < 0:
        return Lamp.RED
    if days_left <= policy.second_lamp_days:
        return Lamp.ORANGE
    return Lamp.YELLOW if days_left <= policy.first_lamp_days else Lamp.GREEN


def due_range(wanted: Lamp, *, today: date, policy: Policy) -> DueRange:
    """Give the due dates for which an open finding shows `wanted`, so that a query can ask an index."""
    second = today + timedelta(days=policy.second_lamp_days)
    first = today + timedelta(days=policy.first_lamp_days)
    day = timedelta(days=1)
    ranges = {
        Lamp.RED: DueRange(last=today - day),
        Lamp.ORANGE: DueRange(today, second),
        Lamp.YELLOW: DueRange(second + day, first),
        Lamp.GREEN: DueRange(first=first + day),
    }
    return ranges.get(wanted, DueRange())


def months_later(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def plan_due_on(feedback_on: date, policy: Policy) -> date:
    """The day by which the plan must be submitted."""
    return feedback_on + timedelta(days=policy.plan_days)


def concentrated_until(feedback_on: date, policy: Policy) -> date:
    """The last day of the concentrated period, the default due date of a dated finding."""
    return months_later(feedback_on, policy.concentrated_months)
