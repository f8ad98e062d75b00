"""Builds Word documents from a plain text, in the ways in which people build them."""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table
from docx.text.paragraph import Paragraph

_HEADINGS = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"[(（][一二三四五六七八九十]+[)）]\s*")),
    (3, re.compile(r"\d+[.．、]")),
)
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
_LABEL = re.compile(r"(整改状态|整改情况|下一步计划)[:：]\s*(.*)")


def with_headings(text: str) -> bytes:
    """Save the text with heading styles; the numbers stay in the text."""
    return _built(text, lambda document, level, number, words: document.add_heading(number + words, level))


def with_automatic_numbers(text: str) -> bytes:
    """Save the text with Word's own numbers instead of those in the text."""

    def add(document: Document, level: int, number: str, words: str) -> None:
        paragraph = document.add_heading(words, level)
        numbering(paragraph, level - 1)

    return _built(text, add, prepare=_define_numbering)


def with_bare_headings(text: str) -> bytes:
    """Save the text with heading styles and no numbers at all."""
    return _built(text, lambda document, level, number, words: document.add_heading(words, level))


def with_tables(text: str) -> bytes:
    """Save the text with one table per category, one row per finding."""
    document = docx.Document()
    table = None
    for line in _lines(text):
        level, number, words = _heading(line)
        is_finding = words.startswith("关于“")
        label = _LABEL.match(line)
        if is_finding:
            table = table or _table(document, ("序号", "问题", "整改状态", "整改情况", "下一步计划"))
            cells = table.add_row().cells
            cells[0].text, cells[1].text = number.strip("."), words
        elif table is not None and label:
            column = {"整改状态": 2, "整改情况": 3, "下一步计划": 4}[label[1]]
            table.rows[-1].cells[column].text = label[2]
        elif table is not None and not level and not line.startswith("中共"):
            cell = next(cell for cell in reversed(table.rows[-1].cells) if cell.text)
            cell.add_paragraph(line)
        else:
            table = None
            document.add_paragraph(line)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return the bytes of a document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def numbering(paragraph: Paragraph, level: int, number_id: int = 77) -> None:
    """Give a paragraph an automatic number."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
        )
    )


def tracked(paragraph: Paragraph, text: str, tag: str) -> None:
    """Add tracked text: `ins` inserts, `del` deletes."""
    change = OxmlElement(f"w:{tag}")
    change.set(qn("w:id"), "1")
    change.set(qn("w:author"), "x")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t" if tag == "ins" else "w:delText")
    words.text = text
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def _table(document: Document, headings: Sequence[str]) -> Table:
    table = document.add_table(rows=1, cols=len(headings))
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = words
    return table


def _built(
    text: str,
    add_heading: Callable[[Document, int, str, str], object],
    prepare: Callable[[Document], None] = lambda document: None,
) -> bytes:
    document = docx.Document()
    prepare(document)
    for line in _lines(text):
        level, number, words = _heading(line)
        # A long line with a number is a paragraph, not a heading.
        if level and len(line) < 80:
            add_heading(document, level, number, words)
        else:
            document.add_paragraph(line)
    return saved(document)


def _define_numbering(document: Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (kind, text) in enumerate(_LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _heading(line: str) -> tuple[int, str, str]:
    for level, pattern in _HEADINGS:
        if match := pattern.match(line):
            return level, match[0].strip(), line[match.end() :]
    return 0, "", line


def with_one_table(text: str, *, category_column: bool) -> bytes:
    """Save the text with one table for all categories, which head rows or fill a column."""
    document = docx.Document()
    headings = ["序号", *(["方面"] if category_column else []), "问题", "整改状态", "整改情况"]
    place = {words: index for index, words in enumerate(headings)}
    table, category = None, ""
    for line in _lines(text):
        level, number, words = _heading(line)
        label = _LABEL.match(line)
        if words.startswith("关于“"):
            table = table or _table(document, headings)
            cells = table.add_row().cells
            cells[0].text, cells[place["问题"]].text = number.strip(".()（）"), words
            if category_column:
                cells[place["方面"]].text, category = category, ""
        elif table is not None and label and label[1] in place:
            table.rows[-1].cells[place[label[1]]].text = label[2]
        elif level == 2 and len(line) < 40 and category_column:
            category = line
        elif level == 2 and len(line) < 40 and table is not None:
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = line
        elif table is not None and not level and not line.startswith("中共"):
            table.rows[-1].cells[-1].add_paragraph(line)
        else:
            table, category = None, ""
            document.add_paragraph(line)
    return saved(document)
