"""F05: one and the same file is to prove many findings."""

from collections.abc import Iterable

from bihuan.scrutiny.evidence.facts import FindingFacts, Limits
from bihuan.scrutiny.model import Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import shorten
from bihuan.words import N_, phrase

CODE = "F05"
TITLE = N_("one file for many findings")

_REUSED = N_(
    "This file is evidence for %(count)d findings. Say which page or clause answers this one, or add evidence "
    "of its own."
)


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield one remark for each file that more findings rest on than the limit allows, at its first measure."""
    seen: set[str] = set()
    for measure in facts.measures:
        for piece in measure.evidence:
            if piece.used_by_findings <= limits.reuse_findings or piece.digest in seen:
                continue
            seen.add(piece.digest)
            yield Remark(
                CODE,
                SEVERITY["evidence_reused"],
                (facts.key,),
                measure_place(measure.ordinal),
                measure.ordinal,
                shorten(piece.title),
                phrase(_REUSED, count=piece.used_by_findings),
            )
