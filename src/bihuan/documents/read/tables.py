"""Tables of findings, one row each (序号 / 问题 / 整改状态 / 整改情况 …), told as the lines a plain text would have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bihuan.documents.numerals import CHINESE, numeral
from bihuan.documents.numerals import number as number_of
from bihuan.documents.read.columns import CATEGORY, FINDING, NUMBER, column, heads_findings, is_header_line
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.lines import Line
from bihuan.documents.read.markers import marker

_CELLS = re.compile(r"[\t|]")
_HEADING_AT_MOST = 60
_NUMERALS = re.compile(rf"[^{CHINESE}\d]|\d+\D+\d+")


@dataclass
class Row:
    """A table row: the text of each cell (paragraphs apart) and for each cell whether it only goes on from above."""

    cells: list[list[str]]
    goes_on: list[bool]

    @property
    def words(self) -> list[str]:
        return ["".join(cell).strip() for cell in self.cells]


def lines_of_table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a table; a table that is no list of findings keeps its rows as they are."""
    headings: list[str] | None = None
    writer = _Writer()
    for row in rows:
        if heads_findings(row.words):
            headings = row.words
            yield "　".join(filter(None, row.words))
        elif headings is None or len([word for word in row.words if word]) <= 1:
            yield from _plain(row)
        else:
            yield from writer.row(row, headings)


def untabulate(lines: Sequence[Line]) -> list[Line]:
    """Tell tables pasted into a text, cells apart by tabs or bars, as lines; the numbers stay."""
    result: list[Line] = []
    headings: list[str] | None = None
    writer = _Writer()
    for line in lines:
        cells = _CELLS.split(line.text.strip("|"))
        if is_header_line(line.text):
            headings, writer = cells if len(cells) > 1 else None, _Writer()
        elif headings and len(cells) == len(headings):
            row = Row([[cell.strip()] for cell in cells], [False] * len(cells))
            result += [replace(line, text=text, key=fold(text)) for text in writer.row(row, headings)]
            continue
        elif len(cells) == 1:
            headings = headings if _is_category(line) else None
        result.append(line)
    return result


def _is_category(line: Line) -> bool:
    return marker(line.key) is not None and len(line.key) < _HEADING_AT_MOST


def _plain(row: Row) -> Iterator[str]:
    filled = [cell for cell in row.cells if "".join(cell).strip()]
    if len(filled) == 1:
        yield from filled[0]
    elif filled:
        yield "　".join("".join(cell).strip() for cell in filled)


@dataclass
class _Writer:
    """Turns rows into lines; it counts where the table has no numbers and prints a category once."""

    category: str = ""
    categories: int = 0
    findings: int = 0

    def row(self, row: Row, headings: Sequence[str]) -> Iterator[str]:
        named: dict[str, list[str]] = {}
        others: list[tuple[str, list[str]]] = []
        for heading, cell, goes_on in zip(headings, row.cells, row.goes_on, strict=False):
            name = column(heading)
            if name in (NUMBER, FINDING, CATEGORY):
                named.setdefault(name, [] if goes_on and name == CATEGORY else cell)
            elif any(text.strip() for text in cell):
                others.append((heading, cell))
        yield from self._category("".join(named.get(CATEGORY, [])).strip())
        yield from self._finding(named, others)

    def _category(self, words: str) -> Iterator[str]:
        if words and words != self.category:
            self.category = words
            self.categories += 1
            self.findings = 0
            yield words if marker(fold(words)) else f"（{numeral(self.categories)}）{words}"

    def _finding(self, named: dict[str, list[str]], others: Sequence[tuple[str, list[str]]]) -> Iterator[str]:
        first, *rest = [text for text in named.get(FINDING, []) if text.strip()] or [""]
        if first:
            self.findings += 1
            yield self._numbered("".join(named.get(NUMBER, [])).strip(), first)
        yield from rest
        for label, cell in others:
            first, *rest = [text for text in cell if text.strip()]
            yield first if first.startswith(label) else f"{label}：{first}"
            yield from rest

    def _numbered(self, number: str, words: str) -> str:
        if marker(fold(words)):
            return words
        # Rows stand below categories, whose numbers may look like theirs: （一） becomes 1. here.
        ordinal = number_of(_NUMERALS.sub("", fold(number))) or (0 if number else self.findings)
        return f"{ordinal}.{words}" if ordinal else f"{number}、{words}"
