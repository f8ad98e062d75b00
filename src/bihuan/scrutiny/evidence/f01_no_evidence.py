"""F01: declared done with no evidence, or with nothing but meetings, study and notices."""

from collections.abc import Iterable, Iterator

from bihuan.scrutiny.evidence.facts import FindingFacts, Limits, MeasureFacts
from bihuan.scrutiny.evidence.kinds import TALK
from bihuan.scrutiny.model import WHOLE_FINDING, Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import shorten
from bihuan.words import N_, phrase

CODE = "F01"
TITLE = N_("declared done without evidence that can prove it")

_NONE = phrase(
    "Declared done, but no evidence is attached. One document, record or figure that shows the result settles this."
)
_ONLY_TALK = phrase(
    "All evidence is of meetings, study or notices. Add something that shows what changed: a document in force, "
    "a voucher, a contract, a photo, or data."
)
_MEASURE_BARE = phrase(
    "No evidence is attached to this measure. Attach some, or link evidence that is already here."
)
_MEASURE_TALK = phrase(
    "This measure is to leave more than a meeting or a notice behind, and its evidence is of nothing else. "
    "Evidence of the deliverable itself would settle this."
)


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield one remark for a finding without (good) evidence, else one for each measure without it."""
    if not facts.is_declared_done:
        return
    kinds = {piece.kind for measure in facts.measures for piece in measure.evidence}
    if not kinds:
        yield Remark(CODE, SEVERITY["no_evidence"], (facts.key,), WHOLE_FINDING, None, "", _NONE)
        return
    if kinds <= TALK:
        titles = [piece.title for measure in facts.measures for piece in measure.evidence if piece.title]
        quotation = shorten("；".join(dict.fromkeys(titles)))
        yield Remark(CODE, SEVERITY["only_talk"], (facts.key,), WHOLE_FINDING, None, quotation, _ONLY_TALK)
    yield from _measures(facts, all_talk=kinds <= TALK)


def _measures(facts: FindingFacts, *, all_talk: bool) -> Iterator[Remark]:
    for measure in facts.measures:
        if not measure.evidence:
            sign, reason = "measure_without_evidence", _MEASURE_BARE
        elif not all_talk and _falls_short(measure):
            sign, reason = "measure_only_talk", _MEASURE_TALK
        else:
            continue
        place = measure_place(measure.ordinal)
        yield Remark(
            CODE, SEVERITY[sign], (facts.key,), place, measure.ordinal, shorten(measure.text), reason
        )


def _falls_short(measure: MeasureFacts) -> bool:
    """Tell whether talk is to prove a deliverable that is more than talk; an unnamed deliverable is not judged."""
    wanted = measure.deliverable_kind
    return bool(wanted) and wanted not in TALK and {piece.kind for piece in measure.evidence} <= TALK
