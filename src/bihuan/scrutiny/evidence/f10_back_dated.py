"""F10: a completion recorded long after the day it bears, most of all when that turns late into on time."""

from collections.abc import Iterable

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
    """Yield at most one remark for each measure; evidence dated by the day of completion answers it beforehand."""
    for measure in facts.measures:
        reason = _reason(measure, limits)
        if reason and not _proven_that_day(measure):
            yield Remark(
                CODE,
                SEVERITY["back_dated"],
                (facts.key,),
                measure_place(measure.ordinal),
                measure.ordinal,
                shorten(measure.text),
                reason,
            )


def _reason(measure: MeasureFacts, limits: Limits) -> Phrase | None:
    done_on, recorded_on = measure.done_on, measure.recorded_on
    if done_on is None or recorded_on is None:
        return None
    days = (recorded_on - done_on).days
    if measure.due_on and done_on <= measure.due_on < recorded_on and days > 1:
        return phrase(_OVERDUE, recorded_on=recorded_on, done_on=done_on)
    return phrase(_LATE_ENTRY, done_on=done_on, days=days) if days > limits.back_dating_days else None


def _proven_that_day(measure: MeasureFacts) -> bool:
    """Tell whether evidence was handed in by the day of completion, so that the date was no afterthought."""
    return any(
        piece.uploaded_on and measure.done_on and piece.uploaded_on <= measure.done_on
        for piece in measure.evidence
    )
