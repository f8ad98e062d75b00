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
    lists: dict[str, str] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def from_xml(cls, root: Element | None) -> "Numbering":
        """Read numbering.xml; without one no paragraph has an automatic number."""
        result = cls()
        for abstract in root.all("abstractNum") if root else ():
            for level in abstract.all("lvl"):
                key = (f"a{abstract.attributes.get('abstractNumId')}", integer(level.attributes.get("ilvl")))
                result.levels[key] = _level(level)
        for number in root.all("num") if root else ():
            result._add(number)
        return result

    def number(self, list_id: str, level: int) -> str:
        """Count one paragraph on and return its printed number, or an empty string."""
        family = self.lists.get(list_id)
        found = self.levels.get((list_id, level)) or self.levels.get((str(family), level))
        if family is None or found is None:
            return ""
        counter = self.counters[family]
        counter[level] = counter.get(level, found.start - 1) + 1
        for deeper in [each for each in counter if each > level]:
            del counter[deeper]
        if found.format in _SILENT_FORMATS:
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._spelled(list_id, family, int(match[1]) - 1), found.text
        )

    def _spelled(self, list_id: str, family: str, level: int) -> str:
        found = self.levels.get((list_id, level)) or self.levels.get((family, level)) or Level()
        value = self.counters[family].get(level, found.start)
        if found.format in _CHINESE_FORMATS:
            return numeral(value)
        if found.format in _CIRCLED_FORMATS and 0 < value <= 20:
            return chr(ord("①") + value - 1)
        return str(value)

    def _add(self, number: Element) -> None:
        list_id = number.attributes.get("numId", "")
        self.lists[list_id] = f"a{number.value('abstractNumId')}"
        overrides = list(number.all("lvlOverride"))
        if overrides:
            # A list that restarts counts for itself.
            self._separate(list_id)
        for override in overrides:
            level = integer(override.attributes.get("ilvl"))
            own = override.first("lvl")
            base = _level(own) if own else self.levels.get((list_id, level), Level())
            start = override.value("startOverride")
            self.levels[list_id, level] = Level(
                base.format, base.text, integer(start) if start else base.start
            )

    def _separate(self, list_id: str) -> None:
        family = self.lists[list_id]
        for (owner, level), found in list(self.levels.items()):
            if owner == family:
                self.levels[list_id, level] = found
        self.lists[list_id] = list_id


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


def _level(element: Element) -> Level:
    return Level(
        element.value("numFmt") or "decimal",
        element.value("lvlText") or "",
        integer(element.value("start"), 1),
    )
