"""F12: a system is said to be set up or revised, with no document number by which to find it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bihuan.documents.model import Document
from bihuan.scrutiny.model import FindingKey, Remark, Told, told
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import letters, plain, quote
from bihuan.words import N_, phrase

CODE = "F12"
TITLE = N_("a system claimed without a document number")

_REASON = phrase(
    "A rule or mechanism is said to be set up or revised. Naming the document, its number and the day it was "
    "issued would settle this."
)
_TITLE_ONLY = phrase(
    "The document is named but not numbered. Its number and the day it was issued would settle this."
)


def claims(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans, in the plain reading of `text`, of systems said to be made and given no number there."""
    reading = plain(text)
    if words("systems", "proof.number").search(reading):
        return
    for found in words("systems", "claim.made").finditer(reading):
        yield found.span()


def remarks(document: Document) -> Iterable[Remark]:
    """Yield one remark for each system claimed; the same words under several findings share one remark."""
    places: dict[str, list[tuple[FindingKey, Told, tuple[int, int]]]] = defaultdict(list)
    for finding in document.findings:
        for text in told(finding):
            for start, end in claims(text.text):
                claimed = letters(plain(text.text)[start:end])
                places[claimed].append((FindingKey.of(finding), text, (start, end)))
    for found in places.values():
        yield _remark(found)


def _remark(found: list[tuple[FindingKey, Told, tuple[int, int]]]) -> Remark:
    _, first, span = found[0]
    alone = len(found) == 1
    return Remark(
        CODE,
        SEVERITY["system_unnumbered"],
        tuple(dict.fromkeys(key for key, *_ in found)),
        first.place if alone else phrase("the same words under several findings"),
        first.ordinal if alone else None,
        quote(first.text, *span),
        _TITLE_ONLY if words("systems", "proof.title").search(plain(first.text)) else _REASON,
    )
