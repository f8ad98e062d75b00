"""Word documents: paragraphs with their automatic numbers, and tables of findings."""

from collections.abc import Iterator

from bihuan.documents.read.lines import LINES_AT_MOST, Line
from bihuan.documents.read.tables import Row, lines_of_table
from bihuan.documents.read.word.archive import Archive, refusal
from bihuan.documents.read.word.numbering import Numbering, Styles
from bihuan.documents.read.word.paragraphs import Paragraph, Reader, notes
from bihuan.documents.read.word.xml import Element, integer, parse
from bihuan.errors import BadInput
from bihuan.words import phrase

SUFFIXES = (".docx",)
MAIN_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_COLUMNS_AT_MOST = 64
_TYPES = "[Content_Types].xml"
_MACRO_TYPES = ("macroEnabled", "vbaProject")


def lines(data: bytes) -> list[Line]:
    """Read the printed lines of a .docx; raises BadInput for damaged or hostile files."""
    with Archive(data) as archive:
        main = _main_part(archive)
        folder = main.rpartition("/")[0]
        reader = Reader(
            Styles.from_xml(_part(archive, f"{folder}/styles.xml")),
            Numbering.from_xml(_part(archive, f"{folder}/numbering.xml")),
            notes("footnote", _part(archive, f"{folder}/footnotes.xml"))
            | notes("endnote", _part(archive, f"{folder}/endnotes.xml")),
        )
        body = parse(archive.read(main)).first("body")
    if body is None:
        raise refusal("broken")
    result: list[Line] = []
    for paragraph in _joined(_blocks(body, reader)):
        for text in paragraph.text.split("\n"):
            result.append(Line(len(result) + 1, text, paragraph.level))
        if len(result) > LINES_AT_MOST:
            raise BadInput(phrase("the text has more than %(lines)s lines", lines=LINES_AT_MOST))
    return result


def _main_part(archive: Archive) -> str:
    types = archive.read(_TYPES) if _TYPES in archive else b""
    if any(word.encode() in types for word in _MACRO_TYPES):
        raise refusal("macros")
    parts = [each.attributes for each in parse(types).children] if types else []
    for attributes in parts:
        name = attributes.get("PartName", "").lstrip("/")
        if attributes.get("ContentType") == MAIN_PART and name in archive:
            return name
    raise refusal("broken")


def _part(archive: Archive, name: str) -> Element | None:
    name = name.lstrip("/")
    return parse(archive.read(name)) if name in archive else None


def _blocks(body: Element, reader: Reader, *, in_cell: bool = False) -> Iterator[Paragraph]:
    for element in body.children:
        if element.name == "p":
            yield reader.paragraph(element, in_cell=in_cell)
        elif element.name == "tbl":
            rows = list(_rows(element, reader))
            yield from (Paragraph(text, None) for text in lines_of_table(rows))
        elif element.name in _WRAPPERS:
            yield from _blocks(element, reader, in_cell=in_cell)


def _joined(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """A paragraph whose end mark was deleted flows into the next one."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if held is not None:
            paragraph = Paragraph(held.text + paragraph.text, held.level, paragraph.continues)
        held = paragraph if paragraph.continues else None
        if held is None:
            yield paragraph
    if held is not None:
        yield held


def _rows(table: Element, reader: Reader) -> Iterator[Row]:
    for element in _unwrapped(table, "tr"):
        if element.first("trPr", "del"):
            continue
        row = Row([], [])
        for cell in _unwrapped(element, "tc"):
            merge = cell.first("tcPr", "vMerge")
            row.goes_on.append(merge is not None and merge.attributes.get("val") != "restart")
            row.cells.append(
                [
                    text
                    for each in _joined(_blocks(cell, reader, in_cell=True))
                    for text in each.text.split("\n")
                ]
            )
            span = integer(cell.value("tcPr", "gridSpan"), 1)
            for _ in range(min(span, _COLUMNS_AT_MOST) - 1):
                row.goes_on.append(True)
                row.cells.append([])
        yield row


def _unwrapped(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if child.name == name:
            yield child
        elif child.name in _WRAPPERS:
            yield from _unwrapped(child, name)
