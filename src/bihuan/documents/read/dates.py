"""Dates as precise as they are printed: 2024年9月6日, 2022年8月下旬, 9月11日 (year inherited), 2021915日 (separators lost)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.documents.model import PartialDate

_PART = r"(?:[上中下]旬|底|初|末)"
_DATE = re.compile(
    r"(?P<glued>20\d{2}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9]))日"
    rf"|(?:(?P<year>(?:19|20)\d{{2}})\s*年\s*)?(?P<month>\d{{1,2}})\s*月(?:\s*(?P<day>\d{{1,2}})\s*日|{_PART})?"
    r"|(?P<alone>(?:19|20)\d{2})\s*年(?!度|\s*\d)"
    r"|(?P<iso>20\d{2}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)"
)
_BETWEEN = re.compile(r"\s*(?:至|到|—{1,2}|–|-{1,2}|~|～)\s*")
_GLUED = re.compile(r"(20\d{2})(1[0-2]|0[1-9]|[1-9])(3[01]|[12]\d|0?[1-9])")
_CHINESE_DATE = re.compile(
    r"[二〇零○一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class Found:
    """A date and its place in the text; `on` is None for a day that no calendar has."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def on(self, year: int | None = None) -> PartialDate | None:
        """Return the date, with `year` where the text names none; None if there is no such day."""
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            return PartialDate(chosen, self.month, self.day)
        except ValueError:
            return None


def arabic(key: str) -> str:
    """Rewrite 二〇二五年八月五日 with Arabic digits."""
    return _CHINESE_DATE.sub(lambda match: _in_digits(match[0]), key)


def dates(key: str) -> Iterator[Found]:
    """Yield every date in the text, in order."""
    for match in _DATE.finditer(key):
        year, month, day = _parts(match)
        yield Found(match.start(), match.end(), year, month, day)


def ranges(key: str) -> Iterator[tuple[Found, Found]]:
    """Yield pairs of dates joined by 至, — or the like."""
    found = list(dates(key))
    for first, second in zip(found, found[1:], strict=False):
        if _BETWEEN.fullmatch(key[first.end : second.start]):
            yield first, second


def after(found: Found, earlier: PartialDate | None) -> PartialDate | None:
    """Date `found` by `earlier` if it has no year: the same year, or the next if its month is smaller."""
    if found.year or earlier is None:
        return found.on()
    turned = found.month is not None and earlier.month is not None and found.month < earlier.month
    return found.on(earlier.year + turned)


def _parts(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if match["glued"] and (glued := _GLUED.fullmatch(match["glued"])):
        return int(glued[1]), int(glued[2]), int(glued[3])
    if match["iso"]:
        first, second, third = (int(part) for part in re.split(r"[-/.]", match["iso"]))
        return first, second, third
    if match["alone"]:
        return int(match["alone"]), None, None
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    return year, month, day


def _in_digits(text: str) -> str:
    year, rest = text.split("年")
    parts = re.split(r"([月日])", rest)
    return year.translate(_CHINESE_DIGITS) + "年" + "".join(_below_hundred(part) for part in parts)


def _below_hundred(word: str) -> str:
    if word in ("月", "日", ""):
        return word
    tens, has_ten, ones = word.rpartition("十")
    digits = "0一二三四五六七八九"
    value = (digits.index(tens) if tens else 1) * 10 if has_ten else 0
    return str(value + (digits.index(ones) if ones else 0))
