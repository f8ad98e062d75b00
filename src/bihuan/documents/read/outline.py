"""Lines become a tree of numbered headings. Levels are not fixed: each list goes on where its next number fits.

A line that starts no heading belongs to the heading above it; a paragraph that was broken in the middle
(by a page, say) is joined again, and the joining is noted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.documents.read import labels, statuses
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.headings import quoted_heading
from bihuan.documents.read.lines import Line
from bihuan.documents.read.markers import RANKS, Marker, marker
from bihuan.documents.read.measures import place_of_item, starts_item
from bihuan.documents.read.notes import Notes
from bihuan.documents.read.quotations import balanced
from bihuan.words import phrase

_CLOSED = tuple("。；;：:！!？?”’」』)）】…—")
_UNNUMBERED = "unnumbered"
_PAIRED = "paired"
_FIELD_END = re.compile(r"方面[。:]?$")
_PAIR = re.compile(r"(?:存在的?|反馈|查出|审计查出)?问题\s*:\s*")
_TITLE_END = re.compile(r"(?:问题|方面|情况|不力|不够|不足|不严|不实|不到位|差距|薄弱|缺失)$")
_REST_OF_TITLE = re.compile(rf"[^。,;:]*{_TITLE_END.pattern}")
_HEADING_AT_MOST = 80
_SMALL_GAP = 3
_DEEPEST = 12
_JOINED_HEADING_AT_MOST = 600


@dataclass
class Text:
    """A paragraph under a heading; `pieces` are its lines, several if it had been broken."""

    pieces: list[str]
    first_line: int
    last_line: int

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def key(self) -> str:
        return fold(self.text)

    @property
    def is_closed(self) -> bool:
        """Whether the paragraph ends as sentences and labels end."""
        return self.pieces[-1].endswith(_CLOSED)

    def join(self, line: Line) -> None:
        self.pieces.append(line.text)
        self.last_line = line.number


@dataclass
class Node:
    """A numbered heading and everything under it, in order. `start` is where its words begin in `text`."""

    style: str
    ordinal: int
    text: str
    start: int
    first_line: int
    last_line: int
    quoted: bool = False
    level: int | None = None
    content: list["Text | Node"] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text[self.start :].strip()

    @property
    def key(self) -> str:
        return fold(self.words)

    @property
    def children(self) -> Iterator["Node"]:
        return (item for item in self.content if isinstance(item, Node))

    @property
    def paragraphs(self) -> Iterator[Text]:
        return (item for item in self.content if isinstance(item, Text))

    def walk(self) -> Iterator["Node"]:
        """Yield every heading below this one, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.walk()

    def end_line(self) -> int:
        """Return the last line that belongs to this heading."""
        return max(
            [
                self.last_line,
                *(each.end_line() if isinstance(each, Node) else each.last_line for each in self.content),
            ]
        )


def outline(lines: list[Line], notes: Notes) -> Node:
    """Build the tree; the root holds what stands before the first heading."""
    builder = _Builder(notes)
    for line in lines:
        builder.take(line)
    return builder.root


class _Builder:
    def __init__(self, notes: Notes) -> None:
        self.root = Node("root", 0, "", 0, 0, 0)
        self.stack = [self.root]
        self.latest: dict[str, int] = {}
        self.notes = notes

    @property
    def top(self) -> Node:
        return self.stack[-1]

    def take(self, line: Line) -> None:
        if self._continues_heading(line):
            self._join_heading(line)
            return
        found = marker(line.key)
        rest = line.key[found.end :] if found else line.key
        quoted = quoted_heading(line.text[found.end :] if found else line.text, rest) is not None
        if found and not self._blocked(found, line):
            depth = self._place(found, quoted, line)
            if depth is not None:
                where = (line.number, line.number)
                node = Node(found.style, found.ordinal, line.text, found.end, *where, quoted, line.level)
                self._open(node, depth)
                self._note_brackets(line, found)
                return
        if found is None and (self._unnumbered(line, quoted) or self._pair(line)):
            return
        self._text(line)

    # Where a numbered heading goes

    def _blocked(self, found: Marker, line: Line) -> bool:
        """A weak form needs an open list and a finished line before it."""
        if not found.form.weak:
            return False
        deepest = next((node for node in reversed(self.stack) if node.style in RANKS), None)
        fits = deepest is not None and deepest.style == "digit" and deepest.ordinal + 1 == found.ordinal
        if not fits or self._is_cut():
            return True
        self.notes.repair(
            "dot_missing",
            line.number,
            phrase("the dot after the number %(number)s is missing", number=found.ordinal),
        )
        return False

    def _place(self, found: Marker, quoted: bool, line: Line) -> int | None:
        """Return how much of the stack stays above the new heading, or None if the line is no heading."""
        same = [index for index, node in enumerate(self.stack) if node.style == found.style]
        fitting = [index for index in same if self.stack[index].ordinal + 1 == found.ordinal]
        if fitting:
            alike = [index for index in fitting if self.stack[index].quoted == quoted]
            return (alike or fitting)[-1]
        if found.ordinal == 1:
            return self._first_item(found, quoted, same, line)
        return self._out_of_order(found, quoted, same, line)

    def _first_item(self, found: Marker, quoted: bool, same: list[int], line: Line) -> int | None:
        if not same:
            return self._below_rank(found.form.rank)
        if not quoted and len(self.stack) < _DEEPEST and (self.stack[same[-1]].quoted or self._label_waits()):
            return len(self.stack)
        if self._is_cut() and not quoted:
            return None
        self.notes.problem(
            "number_restarts", line.number, phrase("the numbering starts again at 1 without a new heading")
        )
        return same[-1]

    def _out_of_order(self, found: Marker, quoted: bool, same: list[int], line: Line) -> int | None:
        short_chapter = (
            found.style == "chapter" and len(line.key) <= _HEADING_AT_MOST and "。" not in line.key
        )
        counts_on = not same and self.latest.get(found.style, 0) + 1 == found.ordinal
        if counts_on and not self._is_cut():
            # Some papers count on through all their categories.
            return self._below_rank(found.form.rank)
        if not quoted and not short_chapter and (self._is_cut() or not same):
            return None
        last = self.stack[same[-1]].ordinal if same else 0
        far = not 0 < found.ordinal - last <= _SMALL_GAP + 1
        self.notes.problem(
            "number_unexpected",
            line.number,
            phrase(
                "number %(found)s stands where %(expected)s was expected",
                found=found.ordinal,
                expected=last + 1,
            ),
        )
        if far and not quoted and not short_chapter:
            return None
        return same[-1] if same else self._below_rank(found.form.rank)

    def _below_rank(self, rank: int) -> int:
        kept = len(self.stack)
        while kept > 1 and RANKS.get(self.stack[kept - 1].style, -1) >= rank:
            kept -= 1
        return kept

    def _label_waits(self) -> bool:
        """The last paragraph is a label with nothing after it yet, such as 整改情况： alone on its line."""
        last = self.top.content[-1] if self.top.content else None
        if not isinstance(last, Text):
            return False
        found = list(labels.pieces(last.pieces[-1], fold(last.pieces[-1])))
        return bool(found) and found[-1].role is not labels.Role.PLAIN and not found[-1].text

    def _open(self, node: Node, depth: int) -> None:
        del self.stack[depth:]
        self.top.content.append(node)
        self.stack.append(node)
        self.latest[node.style] = node.ordinal

    # Headings without a number

    def _unnumbered(self, line: Line, quoted: bool) -> bool:
        if quoted and self._fills_line(line) and not self._is_cut():
            siblings = [index for index, node in enumerate(self.stack) if node.quoted]
            depth = siblings[-1] if siblings else len(self.stack)
        elif line.level and len(line.key) <= _HEADING_AT_MOST and not line.key.endswith("。"):
            siblings = [index for index, node in enumerate(self.stack) if node.level == line.level]
            depth = siblings[-1] if siblings else self._below_level(line.level)
        else:
            return False
        sibling = self.stack[siblings[-1]] if siblings else None
        ordinal = sibling.ordinal + 1 if sibling else 1
        style = sibling.style if sibling else _UNNUMBERED
        self._open(Node(style, ordinal, line.text, 0, line.number, line.number, quoted, line.level), depth)
        self._note_inferred(line.number, ordinal)
        return True

    def _pair(self, line: Line) -> bool:
        """问题： under the heading of a field, or for the second time under any: a finding without a number."""
        lead = _PAIR.match(line.key)
        if lead is None or self.top.quoted:
            return False
        ordinal = 1
        if self.top.style == _PAIRED:
            ordinal = self.stack.pop().ordinal + 1
        elif self._gather_first_pair():
            ordinal = 2
        elif not _FIELD_END.search(self.top.key):
            return False
        self._open(Node(_PAIRED, ordinal, line.text, lead.end(), line.number, line.number), len(self.stack))
        self._note_inferred(line.number, ordinal)
        return True

    def _gather_first_pair(self) -> bool:
        """Make a heading of the first 问题： under the current heading, with what stands below it."""
        content = self.top.content
        for index, item in enumerate(content):
            lead = _PAIR.match(item.key) if isinstance(item, Text) else None
            if isinstance(item, Text) and lead:
                first = Node(_PAIRED, 1, item.text, lead.end(), item.first_line, item.last_line)
                first.content = content[index + 1 :]
                content[index:] = [first]
                self._note_inferred(item.first_line, 1)
                return True
        return False

    def _note_inferred(self, line: int, ordinal: int) -> None:
        message = phrase("a heading without a number was counted as %(number)s", number=ordinal)
        self.notes.repair("number_inferred", line, message)

    def _fills_line(self, line: Line) -> bool:
        heading = quoted_heading(line.text, line.key)
        if heading is None or not heading.quoted:
            return False
        rest = line.key[heading.end :].strip("。;: ")
        return not rest or labels.first_label(rest) == 0 or rest[0] in "(【"

    def _below_level(self, level: int) -> int:
        kept = len(self.stack)
        while kept > 1 and (self.stack[kept - 1].level or 0) >= level:
            kept -= 1
        return kept

    # Lines that belong to the heading above

    def _text(self, line: Line) -> None:
        last = self.top.content[-1] if self.top.content else None
        if labels.first_label(line.key) == 0 or not isinstance(last, Text):
            self.top.content.append(Text([line.text], line.number, line.number))
        elif not last.is_closed and not self._ends_in_status(last):
            last.join(line)
            self._note_rejoined(line)
        else:
            if self._breaks_enumeration(last, line):
                self._note_rejoined(line)
            self.top.content.append(Text([line.text], line.number, line.number))

    def _is_cut(self) -> bool:
        """Whether the paragraph above stops in the middle of a sentence."""
        last = self.top.content[-1] if self.top.content else None
        if not isinstance(last, Text) or last.is_closed:
            return False
        return len(last.pieces[-1]) > _SMALL_GAP and not self._ends_in_status(last)

    @staticmethod
    def _ends_in_status(last: Text) -> bool:
        """整改状态：已完成 is whole without a full stop, and so is 责任部门：办公室."""
        found = list(labels.pieces(last.pieces[-1], fold(last.pieces[-1])))
        if not found or found[-1].role is labels.Role.PLAIN:
            return False
        return (
            found[-1].role is labels.Role.OTHER or statuses.whole(found[-1].text, found[-1].key) is not None
        )

    @staticmethod
    def _breaks_enumeration(last: Text, line: Line) -> bool:
        """三是 opens a line although 二是 stood in the middle of one: a page break, not a layout."""
        ordinal = starts_item(line.key)
        return (
            ordinal is not None and ordinal > 1 and bool(place_of_item(last.key, ordinal - 1)) and ordinal > 2
        )

    def _continues_heading(self, line: Line) -> bool:
        """Whether the heading above was broken and this line is its rest."""
        top = self.top
        if top is self.root or top.content or line.level or labels.first_label(line.key) == 0:
            return False
        if len(top.text) > _JOINED_HEADING_AT_MOST or marker(line.key) is not None:
            return False
        words = top.key
        if not balanced(words):
            return "。" not in line.key.split("”")[0]
        if top.quoted or words.endswith(_CLOSED):
            return False
        joined = quoted_heading(top.words + line.text, words + line.key)
        return (
            (joined is not None and joined.quoted)
            or "。" in words
            or words.endswith((",", "、"))
            or (_TITLE_END.search(words) is None and _REST_OF_TITLE.fullmatch(line.key) is not None)
        )

    def _join_heading(self, line: Line) -> None:
        node = self.top
        node.text += line.text
        node.last_line = line.number
        node.quoted = quoted_heading(node.words, node.key) is not None
        self._note_rejoined(line)

    def _note_rejoined(self, line: Line) -> None:
        self.notes.repair(
            "rejoined", line.number, phrase("a broken paragraph was joined to the line before it")
        )

    def _note_brackets(self, line: Line, found: Marker) -> None:
        printed = line.text[: found.end]
        if "(" in printed and ")" in printed:
            self.notes.repair(
                "bracket_half_width", line.number, phrase("half-width brackets around a number")
            )
        elif "(" in printed or (")" in printed and "（" in printed):
            self.notes.repair("bracket_mixed", line.number, phrase("brackets of two widths around a number"))


def as_printed(node: Node) -> Iterator[str]:
    """Yield the heading and everything under it as paragraphs, word for word."""
    yield node.text
    for item in node.content:
        if isinstance(item, Node):
            yield from as_printed(item)
        else:
            yield item.text
