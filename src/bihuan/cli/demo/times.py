"""Days counted from the day of loading, as dates, as instants, and inside texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

FRIDAY = 4
MORNING = time(8, 45)
WORKING_SECONDS = 8 * 60 * 60
_PLACEHOLDER = re.compile(r"\{([DMYmnq])([+-]\d+)\}")
_FORMS: dict[str, Callable[[date], str]] = {
    "D": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "M": lambda day: f"{day.year}年{day.month}月",
    "Y": lambda day: str(day.year),
    "m": lambda day: f"{day.month}月",
    "n": lambda day: f"{day.month:02d}",
    "q": lambda day: f"第{'一二三四'[(day.month - 1) // 3]}季度",
}


@dataclass(frozen=True)
class Times:
    """Reads offsets in days: -3 is three days before `today`."""

    today: date

    def day(self, offset: int) -> date:
        """Give the working day nearest to `offset` days from today, on the same side of it.

        Offices keep their weekends: what fell on one happened on the Friday before, or is due on the Monday after.
        """
        day = self.today + timedelta(days=offset)
        beyond_friday = max(0, day.weekday() - FRIDAY)
        if offset > 0 and beyond_friday:
            return day + timedelta(days=3 - beyond_friday)
        return day - timedelta(days=beyond_friday if offset else 0)

    def instant(self, day: date, place: int, of: int) -> datetime:
        """Spread `of` acts of one day over its working hours and give the moment of one."""
        start = timezone.make_aware(datetime.combine(day, MORNING))
        return start + timedelta(seconds=WORKING_SECONDS * place // of)

    def fill(self, text: str) -> str:
        """Replace `{D-40}` by that date; also `M` month, `Y` year, `m n q` month and quarter alone."""
        return _PLACEHOLDER.sub(lambda found: _FORMS[found[1]](self.day(int(found[2]))), text)
