"""Findings that a letter only counts in its text (一是 … 二是 …), without a heading of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.documents.model import Category, Finding, Source
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.headings import quoted_heading, sentence_heading
from bihuan.documents.read.measures import cut
from bihuan.documents.read.outline import Text


@dataclass(frozen=True)
class Enumerated:
    """What stands before the first item, and a finding for each item; the caller knows the category."""

    lead: str
    findings: tuple[Finding, ...]


def enumerated_findings(texts: Sequence[Text]) -> Enumerated:
    """Read the paragraphs as one text and make a finding of each item of its enumeration."""
    joined = "".join(text.text for text in texts)
    found = cut(joined)
    findings = (
        _finding(number, words, _source(texts, place))
        for number, (place, words) in enumerate(found.items, start=1)
    )
    return Enumerated(found.lead if found.items else "", tuple(findings))


def _finding(ordinal: int, words: str, source: Source) -> Finding:
    key = fold(words)
    heading = quoted_heading(words, key) or sentence_heading(words, key)
    rest = words[heading.end :].lstrip("。；;：:，, ")
    return Finding(
        Category(None, None, ""), ordinal, heading.title, aspects=(rest,) if rest else (), source=source
    )


def _source(texts: Sequence[Text], place: int) -> Source:
    """The lines of the paragraph in which the item begins."""
    for text in texts:
        if place < len(text.text):
            return Source(text.first_line, text.last_line)
        place -= len(text.text)
    raise ValueError("the place lies outside the texts")
