"""F02: measures in which nothing could be verified: no result, no deliverable, no act, no frequency."""

from collections.abc import Iterable

from bihuan.documents.model import Document, Finding
from bihuan.scrutiny.model import WHOLE_FINDING, FindingKey, Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import shorten
from bihuan.scrutiny.verifiability import Verifiability, is_declared_done, is_unverifiable, verifiability
from bihuan.words import N_, phrase

CODE = "F02"
TITLE = N_("no verifiable result")

_WHOLE = phrase(
    "Declared done, but no measure says what could be checked. For at least one measure, name what was made "
    "(with its document number), what was done (with its date), or what changed (with a figure)."
)
_MEASURE = phrase(
    "Nothing here can be checked yet. Naming a document, an act with its date, a figure, or how often it "
    "happens would settle this."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield one remark for a finding declared done with nothing verifiable at all, else one for each such measure."""
    for finding in document.findings:
        if is_declared_done(finding) and is_unverifiable(finding):
            yield Remark(
                CODE,
                SEVERITY["all_unverifiable"],
                (FindingKey.of(finding),),
                WHOLE_FINDING,
                None,
                shorten(finding.text),
                _WHOLE,
            )
        else:
            yield from _measures(finding)


def _measures(finding: Finding) -> Iterable[Remark]:
    for ordinal, measure in enumerate(finding.measures, start=1):
        if verifiability(measure) is Verifiability.NOTHING:
            yield Remark(
                CODE,
                SEVERITY["unverifiable"],
                (FindingKey.of(finding),),
                measure_place(ordinal),
                ordinal,
                shorten(measure),
                _MEASURE,
            )
