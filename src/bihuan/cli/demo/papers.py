"""Makes the small evidence files of the demonstration out of `data/papers.toml`; none is kept in the repository."""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from bihuan.cli.demo.script import Row, table

FICTION = "本件为演示数据，其中的地名、单位、文号和金额均为虚构。"
Slots = Mapping[str, str]
"""title, doc_no, issuer, dated, finding, measure, criterion, department."""


def paper(kind: str, slots: Slots) -> tuple[str, bytes]:
    """Make one file: its name and its bytes. Figures come as a table, records as plain text, all else as a letter."""
    suffix, make = _MAKERS.get(kind, (".docx", _letter))
    name = slots["title"].translate(str.maketrans("/\\:", "———"))
    return name + suffix, make(kind, slots)


@cache
def _wording() -> Row:
    return table("papers.toml")


def _letter(kind: str, slots: Slots) -> bytes:
    wording = _wording()[kind]
    letter = docx.Document()
    if slots["doc_no"]:
        letter.add_paragraph(slots["doc_no"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter.add_heading(slots["title"], level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (wording["opening"], *wording["paragraphs"]):
        letter.add_paragraph(text.format(**slots))
    for text in (slots["issuer"], slots["dated"]):
        letter.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    letter.add_paragraph(FICTION)
    stream = io.BytesIO()
    letter.save(stream)
    return stream.getvalue()


def _figures(kind: str, slots: Slots) -> bytes:
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow(["名称", slots["title"]])
    rows.writerow(["文号", slots["doc_no"]])
    rows.writerow(["对应问题", slots["finding"]])
    rows.writerow(["统计口径", slots["measure"]])
    rows.writerow(["完成标准", slots["criterion"]])
    rows.writerow(["填报单位", slots["issuer"]])
    rows.writerow(["填报日期", slots["dated"]])
    rows.writerow(["说明", FICTION])
    return stream.getvalue().encode("utf-8-sig")


def _note(kind: str, slots: Slots) -> bytes:
    wording = _wording()[kind]
    texts = [slots["title"], slots["doc_no"], wording["opening"], *wording["paragraphs"]]
    texts += [slots["issuer"], slots["dated"], "", FICTION]
    return "\n".join(text.format(**slots) for text in texts).encode()


_MAKERS: dict[str, tuple[str, Callable[[str, Slots], bytes]]] = {
    "data": (".csv", _figures),
    "record": (".txt", _note),
    "money": (".txt", _note),
}
