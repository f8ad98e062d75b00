"""F07: the finding asks for a ratio or a quantity, and the result gives none."""

from collections.abc import Iterable

from bihuan.documents.model import Completion, Document, Finding
from bihuan.scrutiny.model import WHOLE_FINDING, FindingKey, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain, shorten
from bihuan.scrutiny.verifiability import figures
from bihuan.words import N_, phrase

CODE = "F07"
TITLE = N_("a figure asked for and none given")

_ANSWERED = frozenset({Completion.DONE, Completion.BASIC, Completion.STAGE})

_RATIO = phrase(
    "The finding is about a rate or a rank, and the result gives none. The figure of the inspection and the "
    "figure of today, with the date, would settle this."
)
_QUANTITY = phrase(
    "The finding is about cases that can be counted, and the result counts none. How many there were, how many "
    "are settled and how many are left would settle this."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield at most one remark for each finding that is declared done, basically or for this stage."""
    for finding in document.findings:
        if finding.declared.completion in _ANSWERED and finding.measures:
            yield from _of_finding(finding)


def _of_finding(finding: Finding) -> Iterable[Remark]:
    asked = plain("。".join((finding.title, *finding.aspects)))
    if words("questions", "ratio.asks").search(asked):
        sign, reason, answered = "ratio_asked", _RATIO, any(figures(finding.text, "ratio"))
    elif words("questions", "quantity.asks").search(asked):
        sign, reason, answered = "quantity_asked", _QUANTITY, any(figures(finding.text))
    else:
        return
    if not answered:
        yield Remark(
            CODE,
            SEVERITY[sign],
            (FindingKey.of(finding),),
            WHOLE_FINDING,
            None,
            shorten(finding.title),
            reason,
        )
