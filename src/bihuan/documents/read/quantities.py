"""Figures with units: 12支, 92.31%, 336 名, 10余次, 四分之三, 20-100 万元. Dates and ordinals are no quantities."""

import re
from collections.abc import Iterator, Sequence

from bihuan.documents.model import Quantity
from bihuan.documents.numerals import number
from bihuan.documents.read.glyphs import fold

# Longer units first: 人次 before 人, 万元 before 元.
UNITS = (
    "个工作日|个百分点|个小时|平方米|平方公里|万余元|亿余元|人次|场次|万元|亿元|万人次|万人|万户|万件|万份|户次|家次|件次|课时|个月|小时|公里"
    "|公顷|公斤|亿|万|元|人|项|个|条|次|场|宗|件|家|支|名|份|%|处|户|篇|期|亩|吨|套|台|辆|批|类|所|间|座|本|册|天|倍|轮|起|款|盏|株|棵|栋|米|只|例"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PATTERN = re.compile(
    rf"(?P<before>(?:超过?|近|约|逾|将近|大约|不少于|至少|>|≥)\s*)?"
    rf"(?<![\d.第年月])(?P<value>{_NUMBER})(?P<until>\s*(?:、|-|—|~|至)\s*(?:{_NUMBER}))?\s*(?P<more>余|多)?\s*(?P<unit>{UNITS})(?P<after>余|多|左右|以上)?"
    r"(?![月日号])"
    r"|(?P<parts>[二三四五六七八九十百]{1,3})分之(?P<share>[一二三四五六七八九十]{1,3})"
    r"|(?<![第每])(?P<few>[两二三四五六七八九十])(?P<times>次|场|轮|批)(?!全会|会议)"
)


def quantities(texts: Sequence[str]) -> tuple[Quantity, ...]:
    """Return every figure with a unit, in the order of the text.

    A range or an alternative (20-100 万元, 4、5次) gives its lower value and counts as approximate.
    """
    return tuple(quantity for text in texts for quantity in _in_text(text))


def _in_text(text: str) -> Iterator[Quantity]:
    for match in _PATTERN.finditer(fold(text)):
        printed = text[match.start() : match.end()]
        if match["parts"]:
            whole = number(match["parts"])
            yield Quantity(printed, f"{number(match['share']) / whole:.4g}", "", approximate=False)
        elif match["few"]:
            yield Quantity(
                printed, str(number(match["few"])), text[match.start("times") : match.end("times")]
            )
        else:
            rough = any(match[part] for part in ("before", "until", "more", "after"))
            yield Quantity(
                printed,
                match["value"].replace(",", ""),
                text[match.start("unit") : match.end("unit")],
                approximate=rough,
            )
