"""F18: basically done, not done or long-term, and no word on what remains and by when."""

from collections.abc import Iterable

from bihuan.documents.model import Completion, Document, Finding
from bihuan.scrutiny.model import WHOLE_FINDING, FindingKey, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain, shorten
from bihuan.words import N_, phrase

CODE = "F18"
TITLE = N_("remaining work not stated")

_UNFINISHED = frozenset({Completion.BASIC, Completion.STAGE, Completion.IN_PROGRESS, Completion.NOT_DONE})

_NOTHING = phrase(
    "Not declared done, and the text does not say what remains. The remaining work, who does it and the date "
    "of the next result would settle this."
)
_NO_DATE = phrase(
    "The work that remains is named, but no date for it. A date for the next result, or for each stage, "
    "would settle this."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield at most one remark for each unfinished or long-term finding."""
    for finding in document.findings:
        if finding.declared.completion in _UNFINISHED or _is_long_term(finding):
            yield from _of_finding(finding)


def _is_long_term(finding: Finding) -> bool:
    return finding.declared.sustained and finding.declared.completion is not Completion.DONE


def _of_finding(finding: Finding) -> Iterable[Remark]:
    text = plain("。".join((*finding.work, *finding.next_steps)))
    if not finding.next_steps and not words("remaining", "work.stated").search(text):
        sign, reason = "nothing_remaining_said", _NOTHING
    elif not words("remaining", "date.stated").search(text):
        sign, reason = "no_next_date", _NO_DATE
    else:
        return
    yield Remark(
        CODE,
        SEVERITY[sign],
        (FindingKey.of(finding),),
        WHOLE_FINDING,
        None,
        shorten(finding.declared.raw or finding.title),
        reason,
    )
