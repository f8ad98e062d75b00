"""F06: declared done, while the text speaks of what is still to come, of part of it, or of a time before it all."""

import re
from collections.abc import Callable, Iterable, Iterator

from bihuan.documents.model import Document, Finding, PartialDate
from bihuan.scrutiny.model import FindingKey, Remark, Told, told
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain, quote
from bihuan.scrutiny.verifiability import is_declared_done
from bihuan.words import N_, phrase

CODE = "F06"
TITLE = N_("status against text")

_REASONS = {
    "still_to_come": phrase(
        "Declared done, while the text speaks of work still to come. Saying what is finished, and giving the "
        "rest a date or a lower status, would settle this."
    ),
    "not_quite": phrase(
        "Declared done, while the text says: basically. Saying what is left, or declaring it basically done, "
        "would settle this."
    ),
    "only_part": phrase(
        "Declared done, while the text says it holds for part of the whole. Saying what happens to the rest, "
        "and by when, would settle this."
    ),
    "below_full": phrase(
        "Declared done, while the rate given falls short of the whole. Saying which cases are left, and why, would settle this.",
    ),
    "below_target": phrase(
        "Declared done, while the figure is below the target given beside it. Saying when the target will be "
        "reached, or lowering the status, would settle this."
    ),
    "before_inspection": phrase(
        "This work is dated before the inspection began, and yet the finding was made. Saying what has changed "
        "since then would settle this."
    ),
}

Found = Iterator[tuple[str, re.Match[str]]]


def remarks(document: Document) -> Iterable[Remark]:
    """Yield at most one remark of each sign for each measure and the result of the findings declared done."""
    for finding in document.findings:
        if not is_declared_done(finding):
            continue
        for text in told(finding):
            yield from _of_text(document, finding, text)


def _of_text(document: Document, finding: Finding, told: Told) -> Iterator[Remark]:
    found: dict[str, re.Match[str]] = {}
    for look in _LOOKS:
        for sign, match in look(document, finding, plain(told.text)):
            found.setdefault(sign, match)
    for sign, match in found.items():
        yield Remark(
            CODE,
            SEVERITY[sign],
            (FindingKey.of(finding),),
            told.place,
            told.ordinal,
            quote(told.text, *match.span()),
            _REASONS[sign],
        )


def _words(document: Document, finding: Finding, reading: str) -> Found:
    """Look for words of the future, of hedging and of parts; a finding also declared sustained may look ahead."""
    for sign in ("still_to_come", "not_quite", "only_part"):
        if sign == "still_to_come" and finding.declared.sustained:
            continue
        if match := words("contradictions", f"{sign}.words").search(reading):
            yield sign, match


def _rates(document: Document, finding: Finding, reading: str) -> Found:
    for match in words("contradictions", "below_full.rate").finditer(reading):
        if float(match["rate"]) < 100:
            yield "below_full", match
    for match in words("contradictions", "below_target.pair").finditer(reading):
        if float(match["value"]) < float(match["target"]):
            yield "below_target", match


def _dates(document: Document, finding: Finding, reading: str) -> Found:
    began = document.started_on or document.feedback_on
    if began is None:
        return
    for match in words("contradictions", "dated.work").finditer(reading):
        if _is_before(match, began):
            yield "before_inspection", match


def _is_before(match: re.Match[str], began: PartialDate) -> bool:
    """Tell whether the whole period named in `match` lies before the earliest day that `began` may mean."""
    year = int(match["year"] or match["year2"])
    month = int(match["month"] or match["month2"] or 12)
    day = int(match["day"] or match["day2"] or 31)
    return (year, month, day) < (began.year, began.month or 1, began.day or 1)


_LOOKS: tuple[Callable[[Document, Finding, str], Found], ...] = (_words, _rates, _dates)
