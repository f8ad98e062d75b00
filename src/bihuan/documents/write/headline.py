"""Breaks a long title into lines: words stay whole and the lines form a trapezium or a rhombus (GB/T 9704-2012, 7.3.1)."""

import re
from itertools import combinations, pairwise

from bihuan.documents.write.official import TITLE_CHARACTERS, width

_WHOLE = re.compile(
    # what is quoted, what is counted
    r"“[^”]*”|‘[^’]*’|《[^》]*》|（[^）]*）"
    r"|[\d.]+[年月日度]*|[一二三四五六七八九十]+届|第[一二三四五六七八九十]+[轮次批]"
    # who
    r"|中共|[省市区县镇乡]委|党(?:委|组|工委)|委员会|工作|街道|社区"
    # about what
    r"|关于|巡视|巡察|督察|审计|专项|反馈|意见|问题|查出|预算|执行|财政|收支|年度"
    r"|集中整改|整改进展|整改落实|整改|落实|进展|完成"
    # the kind of paper
    r"|(?:情况)?的?(?:通报|说明|公告|公示|报告|函|方案|清单)|情况"
)
_WELCOME_FIRST = re.compile(r"关于|整改|落实|专项|集中|和其他")
MOST_LINES = 4
_NEVER_FIRST = tuple("的了、，。：；！？”’》）")
_NEVER_LAST = tuple("“‘《（")


def lines(title: str, limit: int = TITLE_CHARACTERS) -> tuple[str, ...]:
    """Return the title in few lines of at most `limit` characters, broken at the best places.

    A title without any good place to break, or of more than four lines, is cut at the limit.
    """
    fewest = -int(-width(title) // limit)
    if fewest <= 1:
        return (title,)
    places = _places(title)
    ways = [
        way
        for count in (fewest, fewest + 1)
        if count <= MOST_LINES
        for way in (_cut(title, chosen) for chosen in combinations(places, count - 1))
        if max(map(width, way)) <= limit
    ]
    if ways:
        return min(ways, key=_ugliness)
    return tuple(title[start : start + limit] for start in range(0, len(title), limit))


def pieces(line: str) -> tuple[str, ...]:
    """Return what must stay together if even one line of the title is too long for a screen."""
    return _cut(line, tuple(_places(line)))


def _places(title: str) -> list[int]:
    inside = {place for match in _WHOLE.finditer(title) for place in range(match.start() + 1, match.end())}
    return [
        place
        for place in range(2, len(title) - 1)
        if place not in inside
        and not title.startswith(_NEVER_FIRST, place)
        and not title.endswith(_NEVER_LAST, 0, place)
        and not title.endswith("关于", 0, place)
    ]


def _cut(title: str, places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(title[start:end] for start, end in pairwise((0, *places, len(title))))


def _ugliness(way: tuple[str, ...]) -> float:
    widths = [width(line) for line in way]
    triples = zip(widths, widths[1:], widths[2:], strict=False)
    return (
        1.5 * len(way)
        + (max(widths) - min(widths))
        + 8 * sum(not _WELCOME_FIRST.match(line) for line in way[1:])
        + 10 * sum("关于" in line[1:] for line in way)
        + 2 * (max(widths) - min(widths) < 1)  # a rectangle
        + 8 * sum(middle < min(above, below) for above, middle, below in triples)  # an hourglass
    )
