"""F04: evidence dated before the finding was fed back, after the work was done, or after it was handed in."""

from collections.abc import Iterable, Iterator
from datetime import date

from bihuan.scrutiny.evidence.facts import EvidenceFacts, FindingFacts, Limits, MeasureFacts
from bihuan.scrutiny.model import Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import shorten
from bihuan.words import N_, Phrase, phrase

CODE = "F04"
TITLE = N_("evidence dated out of order")

_BEFORE = N_(
    "This evidence is dated %(dated_on)s, before the feedback of %(other)s. If it shows what was changed since, "
    "correct the date or add later evidence."
)
_AFTER = N_(
    "This evidence is dated %(dated_on)s, after the measure was completed on %(other)s. Correct one of the dates, "
    "or say what was still to be done then."
)
_AHEAD = N_("This evidence is dated %(dated_on)s but was handed in on %(other)s already. Correct the date.")


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield a remark for each piece of evidence, each measure and each order that is broken."""
    for measure in facts.measures:
        for piece in measure.evidence:
            for sign, reason in _broken(facts.feedback_on, measure, piece):
                yield Remark(
                    CODE,
                    SEVERITY[sign],
                    (facts.key,),
                    measure_place(measure.ordinal),
                    measure.ordinal,
                    shorten(piece.title),
                    reason,
                )


def _broken(
    feedback_on: date | None, measure: MeasureFacts, piece: EvidenceFacts
) -> Iterator[tuple[str, Phrase]]:
    dated_on = piece.dated_on
    if dated_on is None:
        return
    if feedback_on and dated_on < feedback_on:
        yield "evidence_before_feedback", phrase(_BEFORE, dated_on=dated_on, other=feedback_on)
    if measure.done_on and dated_on > measure.done_on:
        yield "evidence_after_completion", phrase(_AFTER, dated_on=dated_on, other=measure.done_on)
    if piece.uploaded_on and dated_on > piece.uploaded_on:
        yield "evidence_ahead_of_upload", phrase(_AHEAD, dated_on=dated_on, other=piece.uploaded_on)
