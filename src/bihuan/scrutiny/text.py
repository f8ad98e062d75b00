"""Reads Chinese text without caring for blanks, bold marks and half-width punctuation, yet quotes it as printed."""

import re
import unicodedata
from functools import cache, lru_cache

_DROPPED = re.compile(r"[\s*\u200b-\u200d\ufeff]")
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CLAUSE_END = "，。；！？"
_QUOTATION_LIMIT = 80


@cache
def _plain_character(character: str) -> str:
    if _DROPPED.match(character):
        return ""
    normal = unicodedata.normalize("NFKC", character)
    return _FULL_WIDTH.get(normal, normal)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return `text` without blanks and bold marks, digits half-width, clause marks full-width."""
    return "".join(map(_plain_character, text))


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Return only the letters and digits of `text`, for comparing what two texts say."""
    return re.sub(r"[\W_]", "", plain(text))


def clauses(text: str) -> tuple[str, ...]:
    """Split plain text at commas, stops, semicolons and the items of lists; quotation marks do not shelter them."""
    return tuple(filter(None, re.split(f"[{_CLAUSE_END}、]", plain(text))))


def quote(text: str, start: int, end: int) -> str:
    """Return the clause of the raw `text` that holds plain positions [start, end), cut at 80 characters."""
    reading = plain(text)
    first = max((reading.rfind(mark, 0, start) for mark in _CLAUSE_END), default=-1) + 1
    ends = [position for mark in _CLAUSE_END if (position := reading.find(mark, end)) >= 0]
    return shorten(_raw(text, first, min(ends, default=len(reading))))


def shorten(text: str) -> str:
    """Return `text` on one line, cut at 80 characters with an ellipsis."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= _QUOTATION_LIMIT else line[: _QUOTATION_LIMIT - 1] + "…"


def _raw(text: str, start: int, end: int) -> str:
    """Return the stretch of the raw text whose plain reading is [start, end)."""
    places = _places(text)
    return text[places[start] : places[end - 1] + 1] if start < end else ""


@lru_cache(maxsize=256)
def _places(text: str) -> tuple[int, ...]:
    """Return, for each character of the plain reading, where it came from."""
    return tuple(place for place, character in enumerate(text) for _ in _plain_character(character))
