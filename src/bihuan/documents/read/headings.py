"""How a finding is quoted in its heading, as a list of alternatives: 关于“…”的问题, 针对“…”问题。, 关于“…”方面 …"""

import re
from dataclasses import dataclass

from bihuan.documents.read.labels import first_label
from bihuan.documents.read.quotations import depths, end_of_quotation, is_quotation

_LEAD = re.compile(
    r"(?:关于|针对|对于|就)(?:(?:市委|区委|县委|省委)?巡[察视]组?)?(?:反馈|指出|提出)?(?:的|中)?(?=[“‘])|关于|针对|对于|就"
)
_BARE = re.compile(r"[“‘]")
# What may follow the quoted words, up to the end of the heading.
_TAIL = re.compile(
    r"(?:的?(?:等)?(?:具体|突出)?问题|方面(?:的?问题)?|的?整改(?:落实|进展)?情况)"
    r"(?:的?整改(?:落实|工作)?(?:进展)?(?:情况)?)?"
)
_TAIL_FIRST = frozenset("的等问题方整具突")
_STOP = re.compile(r"\s*(?:$|[。:;(【]|[-—]{1,2}\s*(?=\S{1,12}$))")
_SOFT_STOP = re.compile(r"\s*[,，]")
_QUOTES = "“”‘’"
_PRINTED_QUOTES = _QUOTES + '「」『』"＂'
_LONGEST = 400
_SENTENCE_END = re.compile(r"[。;]")
_LAST_BRACKET = re.compile(r"[(【][^()【】]{2,12}[)】]$")


@dataclass(frozen=True)
class Heading:
    """A finding's heading: its title as printed and the place where the rest of the line begins."""

    title: str
    end: int
    quoted: bool
    about: str = "问题"
    """`方面` when the heading names a field rather than a finding."""
    unbalanced: bool = False
    runs_on: bool = False
    """The heading is the first part of a sentence: 针对“…”问题，…"""


def quoted_heading(text: str, key: str) -> Heading | None:
    """Read a heading in one of the quoted forms (or 关于 … 的问题 without quotes), else return None."""
    lead = _LEAD.match(key) or _BARE.match(key)
    if lead is None:
        return None
    start = lead.end() if key[lead.start()] not in _QUOTES else 0
    label = first_label(key)
    end = min(len(key) if label is None else label, start + _LONGEST)
    body = key[:end]
    return _by_tail(text, body, start) or _by_quotation(text, body, start) or _damaged(text, body, start)


def sentence_heading(text: str, key: str) -> Heading:
    """Take the first sentence of a line as the title, for lists that quote nothing."""
    match = _SENTENCE_END.search(key)
    label = first_label(key)
    end = min(place for place in (match.end() if match else len(key), label, len(key)) if place is not None)
    bracket = _LAST_BRACKET.search(key[:end].rstrip("。;: "))
    stop = bracket.start() if bracket and bracket.start() else end
    return Heading(text[:stop].rstrip("。；;：: "), stop, quoted=False)


def _by_tail(text: str, key: str, start: int) -> Heading | None:
    depth = depths(key)
    for place in range(start + 1, len(key)):
        if depth[place]:
            continue
        if key[place] == "。":
            return None
        if key[place] not in _TAIL_FIRST:
            continue
        tail = _TAIL.match(key, place)
        title = _stripped(text[start:place], key[start:place]) if tail else ""
        if tail and title and (_STOP.match(key, tail.end()) or _SOFT_STOP.match(key, tail.end())):
            unbalanced = key[start:place].count("“") != key[start:place].count("”")
            return Heading(
                title.strip(_PRINTED_QUOTES) if unbalanced else title,
                tail.end(),
                quoted=any(mark in key[start:place] for mark in _QUOTES),
                about="方面" if tail[0].startswith("方面") else "问题",
                unbalanced=unbalanced,
                runs_on=_STOP.match(key, tail.end()) is None,
            )
    return None


def _by_quotation(text: str, key: str, start: int) -> Heading | None:
    """关于“…”。 without a word after the quotation; a lone quotation without 关于 is no heading."""
    if start == 0 or key[start : start + 1] not in ("“", "‘"):
        return None
    end = end_of_quotation(key, start)
    if end is None or not _STOP.match(key, end):
        return None
    return Heading(text[start + 1 : end - 1], end, quoted=True)


def _damaged(text: str, key: str, start: int) -> Heading | None:
    """A heading whose quotation marks do not close: it must fill the line and end in a known tail."""
    body = key.rstrip("。;: ")
    tails = [tail for tail in _TAIL.finditer(body, start + 1) if tail.end() == len(body)]
    if not tails or not any(mark in body[start:] for mark in _QUOTES) or "。" in body:
        return None
    return Heading(
        text[start : tails[0].start()].strip(_PRINTED_QUOTES), len(body), quoted=True, unbalanced=True
    )


def _stripped(text: str, key: str) -> str:
    text, key = text.strip(), key.strip()
    return text[1:-1] if is_quotation(key) else text
