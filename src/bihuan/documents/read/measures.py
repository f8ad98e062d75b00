"""Cuts a finding's text into measures at its own enumeration (一是 … 二是 …; （1） …; 1. …; ① …)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bihuan.documents.numerals import CHINESE, number
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.quotations import depths

# In the order in which they are tried; the first whose item 1 is found in a fitting place is the enumeration.
ENUMERATIONS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"([{CHINESE}]{{1,3}})是(?![{CHINESE}]是|一[、,，。;”])[,:]?\s*"),
    re.compile(r"\(\s*(\d{1,2})\s*\)\s*[、.]?\s*"),
    re.compile(r"([①-⑳])\s*"),
    re.compile(r"(\d{1,2})\s*[.、](?!\d)\s*"),
    re.compile(rf"第([{CHINESE}]{{1,3}})[,:]\s*"),
)
_STRONG = frozenset("。;!?:)”…")
_WEAK = frozenset(",、 ")


@dataclass(frozen=True)
class Paragraph:
    """A stretch of work text; `item` says that the source itself numbered it on a line of its own."""

    text: str
    item: bool = False
    group: int = 0
    """Stretches under different labels or aspects are cut apart."""


@dataclass(frozen=True)
class _Mark:
    ordinal: int
    start: int
    end: int
    strong: bool


def split(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the measures of a text.

    Numbered lines are measures each. Otherwise the paragraphs are read as one text and cut at its
    enumeration; a text without one gives a measure per paragraph. Nothing but the markers is left out.
    """
    groups = groupby(paragraphs, key=lambda paragraph: paragraph.group)
    return tuple(measure for _, group in groups for measure in _split_group(list(group)))


@dataclass(frozen=True)
class Cut:
    """A text cut at its enumeration: what stands before item 1, and each item with the place of its mark."""

    lead: str = ""
    items: tuple[tuple[int, str], ...] = ()


def cut(text: str) -> Cut:
    """Cut `text` at its enumeration; without one there are no items."""
    key = fold(text)
    quoted = depths(key)
    for form in ENUMERATIONS:
        marks = _sequence(_marks(form, key, quoted))
        if marks and (len(marks) > 1 or form is ENUMERATIONS[0]):
            ends = [mark.start for mark in marks[1:]] + [len(text)]
            items = (
                (mark.start, text[mark.end : end].strip().rstrip("，,、"))
                for mark, end in zip(marks, ends, strict=True)
            )
            return Cut(text[: marks[0].start].strip(), tuple(item for item in items if item[1]))
    return Cut(text)


def enumerated(text: str) -> list[str]:
    """Return the items of a text's enumeration; a sentence before them is an item of its own."""
    found = cut(text)
    pieces = [item for _, item in found.items]
    if pieces and found.lead.endswith(("。", "！", "；")):
        return [found.lead, *pieces]
    return [found.lead + pieces[0], *pieces[1:]] if pieces else []


def starts_item(key: str) -> int | None:
    """Return the ordinal if a line begins with 二是, 三是 …, else None."""
    match = ENUMERATIONS[0].match(key)
    return number(match[1]) if match else None


def place_of_item(key: str, ordinal: int) -> int | None:
    """Return where item `ordinal` of a 一是 … 二是 … enumeration starts in the line, or None."""
    places = [m.start() for m in ENUMERATIONS[0].finditer(key) if number(m[1]) == ordinal]
    return places[-1] if places else None


def _split_group(paragraphs: Sequence[Paragraph]) -> Sequence[str]:
    if any(paragraph.item for paragraph in paragraphs):
        return _items(paragraphs)
    items = enumerated("".join(paragraph.text for paragraph in paragraphs))
    return items or [paragraph.text for paragraph in paragraphs]


def _items(paragraphs: Sequence[Paragraph]) -> Sequence[str]:
    measures: list[str] = []
    numbered = False
    for paragraph in paragraphs:
        if paragraph.item or not numbered:
            measures.append(paragraph.text)
        else:
            measures[-1] += paragraph.text
        numbered = numbered or paragraph.item
    return measures


def _marks(form: re.Pattern[str], key: str, quoted: Sequence[int]) -> list[_Mark]:
    marks = []
    for match in form.finditer(key):
        place = match.start()
        before = _before(key, place)
        if quoted[place] == 0 and (not before or before in _STRONG or before in _WEAK):
            marks.append(_Mark(number(match[1]), place, match.end(), not before or before in _STRONG))
    return marks


def _before(key: str, place: int) -> str:
    """The last character before `place` that is no blank, or nothing."""
    while place and key[place - 1] == " ":
        place -= 1
    return key[place - 1] if place else ""


def _sequence(marks: Sequence[_Mark]) -> list[_Mark]:
    """Follow 1, 2, 3 …; a mark after a full stop is preferred to an earlier one after a comma."""
    chosen: list[_Mark] = []
    by_ordinal: dict[int, list[_Mark]] = {}
    for mark in marks:
        by_ordinal.setdefault(mark.ordinal, []).append(mark)
    place = 0
    for ordinal in range(1, len(marks) + 1):
        later = [mark for mark in by_ordinal.get(ordinal, []) if mark.start >= place]
        if not later:
            break
        chosen.append(next((mark for mark in later if mark.strong), later[0]))
        place = chosen[-1].end
    return chosen
