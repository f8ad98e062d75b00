"""F10: a completion recorded long after the day it bears, most of all when that turns late into on time."""

from collections.abc import Iterable
from datetime import timedelta

from bihuan.scrutiny.evidence.facts import FindingFacts, Limits, MeasureFacts
from bihuan.scrutiny.model import Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import shorten
from bihuan.words import N_, Phrase, phrase

CODE = "F10"
TITLE = N_("completion recorded after the fact")

_LATE_ENTRY = N_(
    "The completion is dated %(done_on)s and was recorded %(days)d days later. Evidence of that day, or a word on "
    "why it was recorded late, settles this."
)
_OVERDUE = N_(
    "The measure was overdue on %(recorded_on)s when its completion was recorded as of %(done_on)s. Evidence of "
    "that day settles this."
)


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield at most one remark for each measure; evidence handed in while it was fresh answers it beforehand."""
    for measure in facts.measures:
        if reason := _reason(measure, timedelta(days=limits.back_dating_days)):
            yield Remark(
                CODE,
                SEVERITY["back_dated"],
                (facts.key,),
                measure_place(measure.ordinal),
                measure.ordinal,
                shorten(measure.text),
                reason,
            )


def _reason(measure: MeasureFacts, patience: timedelta) -> Phrase | None:
    done_on, recorded_on, due_on = measure.done_on, measure.recorded_on, measure.due_on
    if done_on is None or recorded_on is None:
        return None
    if due_on and done_on <= due_on < recorded_on - timedelta(days=1):
        fresh_until = due_on
        reason = phrase(_OVERDUE, recorded_on=recorded_on, done_on=done_on)
    elif recorded_on - done_on > patience:
        fresh_until = done_on + patience
        reason = phrase(_LATE_ENTRY, done_on=done_on, days=(recorded_on - done_on).days)
    else:
        return None
    handed_in = [piece.uploaded_on for piece in measure.evidence if piece.uploaded_on]
    return None if any(day <= fresh_until for day in handed_in) else reason
