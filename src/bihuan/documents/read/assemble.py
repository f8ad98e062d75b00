"""Puts the parts together: lines in, `Parsed` out."""

import re
from collections.abc import Sequence

from bihuan.documents.model import Document, Parsed, Section
from bihuan.documents.read import header, totals
from bihuan.documents.read.findings import Content, content
from bihuan.documents.read.frame import Frame, frame
from bihuan.documents.read.lines import Line, mend
from bihuan.documents.read.notes import Notes
from bihuan.documents.read.outline import Node, Text, outline
from bihuan.documents.read.tables import untabulate

_CLOSING = re.compile(r"(?:下一步|今后|接下来|下阶段|下步)[,，].*(?:整改|巡[察视])")


def parse(lines: Sequence[Line]) -> Parsed:
    """Read a document from its lines; whatever it cannot place becomes a problem."""
    notes = Notes()
    outer = frame(untabulate(mend(list(lines), notes)), notes)
    root = outline(outer.middle, notes)
    opening = tuple(item.text for item in root.paragraphs)
    closing = _take_closing(root)
    letter = header.is_letter(outer.title, opening)
    found = content(root, notes, letter=letter)
    if closing:
        found.sections.append(
            Section(None, "", tuple(closing), len({finding.category for finding in found.findings}))
        )
    document = _document(outer, opening, found, notes)
    totals.reconcile(document, notes)
    repairs, problems = notes.in_order()
    return Parsed(document, repairs, problems, tuple(line.text for line in lines))


def _take_closing(root: Node) -> list[str]:
    """Take 下一步，… after the last finding: it closes the document and is no part of that finding."""
    last = root
    while children := list(last.children):
        last = children[-1]
    if last is root or len(last.content) < 2:
        return []
    text = last.content[-1]
    if isinstance(text, Text) and _CLOSING.match(text.key):
        last.content.pop()
        return [text.text]
    return []


def _document(outer: Frame, opening: Sequence[str], found: Content, notes: Notes) -> Document:
    facts = header.facts(outer.title, opening, outer.signature, notes)
    told = [*opening, *(paragraph for section in found.sections for paragraph in section.paragraphs)]
    work = any(finding.measures or finding.declared.raw for finding in found.findings)
    return Document(
        kind=header.kind(outer.title, opening, work),
        title=outer.title,
        **vars(facts),
        signed_on=outer.signed_on,
        opening=tuple(opening),
        sections=tuple(found.sections),
        findings=tuple(found.findings),
        totals=totals.declared_totals(told),
        signature=outer.signature,
        contact=outer.contact,
    )
