"""From the tree of headings to findings, categories and the chapters that hold none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from bihuan.documents.model import Category, Declared, Finding, Section, Source
from bihuan.documents.numerals import numeral
from bihuan.documents.read import labels, statuses
from bihuan.documents.read.body import read_body
from bihuan.documents.read.enumerations import Enumerated, enumerated_findings
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.headings import Heading, quoted_heading, sentence_heading
from bihuan.documents.read.notes import Notes
from bihuan.documents.read.outline import Node, Text, as_printed
from bihuan.documents.read.quantities import quantities
from bihuan.words import phrase

# Chapters by their title: those that hold no findings win over those that do (组织整改落实情况).
_WITHOUT = re.compile(
    r"组织|领导|责任|部署|认识|下一步|下步|今后|打算|安排|计划|意见建议|整改意见|整改建议|工作要求|整改要求|建议|总体|基本情况|主要成效|工作成效|评价|肯定|成绩"
)
_WITH = re.compile(r"问题|整改(?:任务)?(?:落实|完成|进展)?情况|整改任务|整改进展|整改落实|方面|清单|事项")
_STANDARD_CHAPTER = re.compile(r"(?:巡视|巡察|督察|审计)整改任务落实情况")
"""The chapter title that says nothing of its own; writers print it again by themselves."""

_OUTLOOK = re.compile(r"下一步|下步|今后|组织领导|组织实施|总体情况|基本情况|工作打算|工作安排")
_FIELD_END = re.compile(r"方面$")
_PROBLEMS_END = re.compile(r"(?:问题|方面)$")
_CHAPTERS = {"division", "chapter", "unnumbered"}
_ENUMERATED_AT_LEAST = 2
_ITEMS = {"bracket_digit", "circled"}


@dataclass
class Content:
    """What the tree holds: findings in order, chapters without findings, in order."""

    findings: list[Finding] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def content(root: Node, notes: Notes, *, letter: bool) -> Content:
    """Read the tree; in a feedback `letter` findings stand bare, without labels and status."""
    return _Reader(notes, letter).read(root)


class _Reader:
    def __init__(self, notes: Notes, letter: bool) -> None:
        self.notes = notes
        self.letter = letter
        self.result = Content()
        self.categories: dict[Category, set[int]] = {}
        self.highest: dict[Category, int] = {}

    def read(self, root: Node) -> Content:
        chosen = dict(_Chooser(self.letter, any(node.style in _CHAPTERS for node in root.children)).all(root))
        self._walk(root, chosen, [])
        if self.letter and not self.result.findings:
            told = [text for text in root.paragraphs if "问题" in text.key]
            self._told(Category(None, None, ""), enumerated_findings(told))
        return self.result

    def _walk(self, node: Node, chosen: Mapping[int, bool], path: list[Node]) -> None:
        for child in node.children:
            if id(child) in chosen:
                tell = self._counted if chosen[id(child)] else self._finding
                tell(child, path)
            elif any(id(each) in chosen for each in child.walk()):
                self._heading(child, path, chosen)
                self._walk(child, chosen, [*path, child])
            else:
                self._section(child, path)

    # Chapters

    def _heading(self, node: Node, path: list[Node], chosen: Mapping[int, bool]) -> None:
        """A heading above findings: kept as a section only if it says something of its own."""
        first = list(takewhile(lambda item: isinstance(item, Text), node.content))
        paragraphs = tuple(item.text for item in first)
        title = _title_of(node)
        # Where findings stand right below, the heading is their category and says so itself.
        is_chapter = not path and all(chosen.get(id(child), True) for child in node.children)
        if paragraphs or (is_chapter and not _STANDARD_CHAPTER.fullmatch(fold(title))):
            self.result.sections.append(
                Section(_part([*path, node]), title, paragraphs, len(self.categories))
            )
        for item in islice(node.paragraphs, len(first), None):
            message = phrase("not understood, and left out: %(text)s", text=item.text)
            self.notes.problem("line_unplaced", item.first_line, message)

    def _section(self, node: Node, path: list[Node]) -> None:
        title, *paragraphs = as_printed(node)
        position = len(self.categories)
        if path:
            self.result.sections.append(Section(_part([*path, node]), "", (title, *paragraphs), position))
            return
        words = _section_words(node)
        self.result.sections.append(Section(_part([node]), words[0], (*words[1:], *paragraphs), position))

    # Findings

    def _counted(self, node: Node, path: list[Node]) -> None:
        title, found = _counted_in_words(node)
        if found.lead:
            part = _part([*path, node])
            self.result.sections.append(Section(part, title, (found.lead,), len(self.categories)))
        self._told(replace(_category([*path, node]), title=title), found)

    def _told(self, category: Category, found: Enumerated) -> None:
        for finding in found.findings:
            line = finding.source.first_line if finding.source else 0
            ordinal = self._ordinal(category, finding.ordinal, line)
            self.result.findings.append(replace(finding, category=category, ordinal=ordinal))

    def _finding(self, node: Node, path: list[Node]) -> None:
        heading = heading_of(node)
        if heading.unbalanced:
            self.notes.problem(
                "quotation_unbalanced",
                node.first_line,
                phrase("a quotation mark in this heading has no partner"),
            )
        category = _category(path)
        body = read_body(node, heading, self.notes, letter=self.letter)
        if not heading.title:
            self.notes.problem("title_empty", node.first_line, phrase("this finding has no title"))
        self.result.findings.append(
            Finding(
                category=category,
                ordinal=self._ordinal(category, node.ordinal, node.first_line),
                title=heading.title,
                declared=body.declared or _from_chapter(path) or Declared(),
                aspects=body.aspects,
                measures=body.measures,
                planned=body.planned,
                result=body.result,
                next_steps=body.next_steps,
                quantities=quantities((*body.measures, body.result)),
                source=Source(node.first_line, node.end_line()),
            )
        )

    def _ordinal(self, category: Category, printed: int, line: int) -> int:
        """The printed number; a number used twice in a category counts on instead, because it identifies the finding."""
        used = self.categories.setdefault(category, set())
        number = printed if printed not in used else self.highest[category] + 1
        used.add(number)
        self.highest[category] = max(number, self.highest.get(category, 0))
        if number != printed:
            message = phrase(
                "number %(printed)s is used twice; counted as %(number)s", printed=printed, number=number
            )
            self.notes.problem("number_repeated", line, message)
        return number


def heading_of(node: Node) -> Heading:
    """Return a finding's title: the quoted form, the words after 问题：, or the first sentence."""
    text, key = node.words, node.key
    lead = re.match(r"(?:存在的?问题|问题|反馈问题)\s*:\s*", key)
    start = lead.end() if lead else 0
    found = quoted_heading(text[start:], key[start:]) or sentence_heading(text[start:], key[start:])
    return Heading(found.title, found.end + start, found.quoted, found.about, found.unbalanced)


@dataclass(frozen=True)
class _Chooser:
    """Tells which headings are findings; in a document without chapters, plain lists may be."""

    letter: bool
    has_chapters: bool

    def all(self, root: Node) -> Iterator[tuple[int, bool]]:
        """The identities of the headings that are findings, or (True) that count findings in their text."""
        for child in root.children:
            yield from self._below(child, [])

    def _below(self, node: Node, above: list[Node]) -> Iterator[tuple[int, bool]]:
        if self.letter and _counts_findings(node, above):
            yield id(node), True
        elif self._is_finding(node, above):
            yield id(node), False
        else:
            for child in node.children:
                yield from self._below(child, [*above, node])

    def _is_finding(self, node: Node, above: list[Node]) -> bool:
        if any(child.style == "question" for child in node.children):
            return False
        if node.style == "question" or _is_quoted_finding(node) or _has_labels(node):
            return True
        if any(_is_quoted_finding(each) or _has_labels(each) for each in node.walk()):
            return False
        return self._is_bare_finding(node, above)

    def _is_bare_finding(self, node: Node, above: list[Node]) -> bool:
        """A heading that quotes nothing and labels nothing: a leaf of a chapter about problems, or of a plain list."""
        if any(self.letter or child.style not in _ITEMS for child in node.children):
            return False
        if not above:
            return not self.has_chapters and not _OUTLOOK.match(node.key)
        verdict = _speaks_of_findings(above[0])
        return verdict is True or (verdict is None and not self.has_chapters)


def _is_quoted_finding(node: Node) -> bool:
    if not node.quoted:
        return False
    heading = heading_of(node)
    if heading.about == "方面" or not heading.quoted:
        return not any(child.quoted or _has_labels(child) for child in node.children) and _says_something(
            node
        )
    return True


def _says_something(node: Node) -> bool:
    return bool(node.content) and not (node.style == "chapter" and _WITHOUT.search(node.key))


def _has_labels(node: Node) -> bool:
    texts = [node.key, *(item.key for item in node.paragraphs)]
    roles = [piece.role for key in texts for piece in labels.pieces(key, key)]
    known = [role for role in roles if role not in (labels.Role.PLAIN, labels.Role.NEXT, labels.Role.OTHER)]
    return bool(known) or any(_opens_with_status(item) for item in node.paragraphs)


def _opens_with_status(item: Text) -> bool:
    first = item.key.split("。")[0]
    return statuses.names_subject(first) and statuses.sentence(first, first) is not None


def _counted_in_words(node: Node) -> tuple[str, Enumerated]:
    """A heading's title and the findings that its text counts 一是, 二是 …, on the same line or below."""
    title, *rest = _section_words(node)
    texts = [Text([words], node.first_line, node.last_line) for words in rest]
    return title, enumerated_findings([*texts, *node.paragraphs])


def _counts_findings(node: Node, above: Sequence[Node]) -> bool:
    """Whether a letter counts its findings in the text of this chapter (…问题) or field (…方面)."""
    title = node.key.split("。")[0]
    speaks = (
        _FIELD_END.search(title) and _speaks_of_findings(above[0]) is not False
        if above
        else _PROBLEMS_END.search(title)
    )
    return (
        bool(speaks)
        and not any(node.children)
        and len(_counted_in_words(node)[1].findings) >= _ENUMERATED_AT_LEAST
    )


def _speaks_of_findings(node: Node) -> bool | None:
    """What a chapter's title says of its content; None if it says nothing of the kind."""
    title = node.key.split("。")[0]
    if _PROBLEMS_END.search(title):
        return True
    if _WITHOUT.search(title):
        return False
    return True if _WITH.search(title) else None


def _title_of(node: Node) -> str:
    return node.words.rstrip("。：:；; ")


def _section_words(node: Node) -> list[str]:
    """A chapter's title, and the text that follows it on the same line."""
    words = node.words
    cut = words.find("。")
    if 0 < cut < len(words) - 1:
        return [words[:cut], words[cut + 1 :]]
    return [_title_of(node)]


def _part(path: Sequence[Node]) -> str | None:
    first = path[0]
    return numeral(first.ordinal) if first.style in _CHAPTERS else None


def _category(path: Sequence[Node]) -> Category:
    if not path:
        return Category(None, None, "")
    parent = path[-1]
    part = _part(path)
    own = None if len(path) == 1 and part is not None else parent.ordinal
    return Category(part, own, _title_of(parent))


def _from_chapter(path: Sequence[Node]) -> Declared | None:
    return next((found for node in reversed(path) if (found := statuses.within(node.key))), None)
