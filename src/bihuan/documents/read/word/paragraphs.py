"""The text of a paragraph as it would be printed: insertions read, deletions not, alternatives once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bihuan.documents.read.word.numbering import Numbering, Styles, outline_level
from bihuan.documents.read.word.xml import Element, integer

# Deleted or moved-away text, and instructions of fields, are not printed.
_SILENT = {
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_BREAKS_OF_LAYOUT = {"page", "column"}


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph; `level` is its heading level (0 = title) or None; `continues` says its end was deleted."""

    text: str
    level: int | None
    continues: bool = False


@dataclass
class Reader:
    """Reads paragraphs in their order, because automatic numbers count on."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Footnotes and endnotes by their kind and id."""

    def paragraph(self, element: Element, *, in_cell: bool = False) -> Paragraph:
        """Read one paragraph with its automatic number before its text.

        In a table cell the number may be all there is (序号); elsewhere an empty paragraph has none.
        """
        properties = element.first("pPr")
        style = properties.value("pStyle") if properties else None
        text = "".join(_printed(element, self.notes))
        number = self._number(properties, style) if in_cell or text.strip() else ""
        outline = outline_level(properties.value("outlineLvl") if properties else None)
        level = self.styles.level(style) if outline is None else outline
        deleted = properties is not None and properties.first("rPr", "del") is not None
        return Paragraph(number + text, level, deleted)

    def _number(self, properties: Element | None, style: str | None) -> str:
        own = properties.first("numPr") if properties else None
        passed_on = self.styles.list_of(style)
        list_id = (own.value("numId") if own else None) or (passed_on.value("numId") if passed_on else None)
        level = (
            (own.value("ilvl") if own else None) or (passed_on.value("ilvl") if passed_on else None) or "0"
        )
        if not list_id or list_id == "0":
            return ""
        return self.numbering.number(list_id, integer(level))


def notes(kind: str, part: Element | None) -> dict[tuple[str, str], str]:
    """Read the notes of one kind (`footnote`, `endnote`) from their part, by kind and id."""
    found = part.all(kind) if part else ()
    return {(kind, note.attributes.get("id", "")): "".join(_printed(note, {})).strip() for note in found}


def _printed(element: Element, called: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for child in element.children:
        if child.name in _SILENT:
            continue
        if child.name == "t":
            yield child.text
        elif child.name in _SIGNS:
            yield "" if child.attributes.get("type") in _BREAKS_OF_LAYOUT else _SIGNS[child.name]
        elif child.name in _NOTES:
            note = called.get((_NOTES[child.name], child.attributes.get("id", "")))
            yield f"（注：{note}）" if note else ""
        elif child.name == "mc:AlternateContent":
            yield from _printed(_alternative(child), called)
        elif child.name == "p":
            # A paragraph inside a run stands in a text box.
            yield "\n" + "".join(_printed(child, called)) + "\n"
        else:
            yield from _printed(child, called)


def _alternative(element: Element) -> Element:
    return element.first("mc:Choice") or element.first("mc:Fallback") or Element("none")
