"""Word's automatic numbers, which stand in no paragraph's text, and the outline levels of its styles."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from bihuan.documents.numerals import numeral
from bihuan.documents.read.word.xml import Element, integer

_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_CIRCLED_FORMATS = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_SILENT_FORMATS = {"bullet", "none"}
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_STYLES = {"title", "标题"}
_CHAIN_AT_MOST = 20
_BODY_TEXT = 9
_DEEPEST = 8
"""Word's lists have nine levels (ECMA-376, 17.9.6), counted from 0; deeper ones are nobody's."""


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number looks (`%1.`), and where it starts."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document and how far each has counted; call `number` for the paragraphs in their order."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    """By owner: an abstract list, or a list that says otherwise than its abstract one."""
    lists: dict[str, str] = field(default_factory=dict)
    """The abstract list of each list."""
    restarted: set[str] = field(default_factory=set)
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def from_xml(cls, root: Element | None) -> "Numbering":
        """Read numbering.xml; without one no paragraph has an automatic number."""
        result = cls()
        for abstract in root.all("abstractNum") if root else ():
            for level in abstract.all("lvl"):
                result._set(f"a{abstract.attributes.get('abstractNumId')}", level, _level(level))
        for number in root.all("num") if root else ():
            result._add(number)
        return result

    def number(self, list_id: str, level: int) -> str:
        """Count one paragraph on and return its printed number, or an empty string."""
        found = self._found(list_id, level) if list_id in self.lists else None
        if found is None:
            return ""
        counter = self._counter(list_id)
        counter[level] = counter.get(level, found.start - 1) + 1
        for deeper in [each for each in counter if each > level]:
            del counter[deeper]
        if found.format in _SILENT_FORMATS:
            return ""
        return re.sub(r"%([1-9])", lambda match: self._spelled(list_id, int(match[1]) - 1), found.text)

    def _spelled(self, list_id: str, level: int) -> str:
        found = self._found(list_id, level) or Level()
        value = self._counter(list_id).get(level, found.start)
        if found.format in _CHINESE_FORMATS:
            return numeral(value)
        if found.format in _CIRCLED_FORMATS and 0 < value <= 20:
            return chr(ord("①") + value - 1)
        return str(value)

    def _add(self, number: Element) -> None:
        list_id = number.attributes.get("numId", "")
        self.lists[list_id] = f"a{number.value('abstractNumId')}"
        for override in number.all("lvlOverride"):
            self.restarted.add(list_id)
            own = override.first("lvl")
            base = _level(own) if own else self._found(list_id, _depth(override)) or Level()
            start = override.value("startOverride")
            level = Level(base.format, base.text, integer(start) if start else base.start)
            self._set(list_id, override, level)

    def _set(self, owner: str, element: Element, level: Level) -> None:
        if _depth(element) <= _DEEPEST:
            self.levels[owner, _depth(element)] = level

    def _found(self, list_id: str, level: int) -> Level | None:
        return self.levels.get((list_id, level)) or self.levels.get((self.lists[list_id], level))

    def _counter(self, list_id: str) -> dict[int, int]:
        # A list that restarts counts for itself; the others of one abstract list count on together.
        return self.counters[list_id if list_id in self.restarted else self.lists[list_id]]


@dataclass
class Styles:
    """What paragraph styles pass on: heading level and list."""

    styles: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: Element | None) -> "Styles":
        """Read styles.xml."""
        found = root.all("style") if root else ()
        return cls({style.attributes.get("styleId", ""): style for style in found})

    def level(self, style_id: str | None) -> int | None:
        """Return the heading level of a style (0 = title), or None for body text."""
        for style in self._chain(style_id):
            name = (style.value("name") or "").lower()
            if name in _TITLE_STYLES:
                return 0
            if match := _HEADING_STYLE.match(name):
                return int(match[1])
            outline = outline_level(style.value("pPr", "outlineLvl"))
            if outline is not None:
                return outline
        return None

    def list_of(self, style_id: str | None) -> Element | None:
        """Return the numbering properties a style passes on."""
        return next(
            (found for style in self._chain(style_id) if (found := style.first("pPr", "numPr"))), None
        )

    def _chain(self, style_id: str | None) -> list[Element]:
        chain: list[Element] = []
        while style_id in self.styles and len(chain) < _CHAIN_AT_MOST:
            chain.append(self.styles[style_id])
            style_id = chain[-1].value("basedOn")
        return chain


def outline_level(value: str | None) -> int | None:
    """Turn Word's outline level (0 to 8, 9 = body text) into a heading level, or None."""
    level = integer(value, _BODY_TEXT)
    return level + 1 if level < _BODY_TEXT else None


def _depth(element: Element) -> int:
    return integer(element.attributes.get("ilvl"))


def _level(element: Element) -> Level:
    return Level(
        element.value("numFmt") or "decimal",
        element.value("lvlText") or "",
        integer(element.value("start"), 1),
    )
