"""What stands under one finding: status, aspects, measures and next steps, whatever their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.documents.model import Completion, Declared
from bihuan.documents.read import labels, statuses
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.headings import Heading, quoted_heading
from bihuan.documents.read.labels import Role
from bihuan.documents.read.measures import Paragraph, split
from bihuan.documents.read.notes import Notes
from bihuan.documents.read.outline import Node
from bihuan.words import phrase

_BRACKET = re.compile(r"^\s*[(【\[]([^()【】\[\]]{2,20})[)】\]]\s*|^\s*[-—]{1,2}\s*(\S{2,12})\s*$")
_PUNCTUATION = "。；;：:，, "
_FIRST_SENTENCE = re.compile(r"[^。]*。")
_LAST_SENTENCE = re.compile(r"(?:^|(?<=。))[^。]+。?$")
_AFTER_STATUS = {Role.STATUS: Role.WORK, Role.EITHER: Role.WORK, Role.OUTCOME: Role.RESULT}
"""What the words after a status are."""

_ADVANCEMENT = (
    Completion.NOT_DONE,
    Completion.IN_PROGRESS,
    Completion.STAGE,
    Completion.BASIC,
    Completion.DONE,
    Completion.UNKNOWN,
)


@dataclass(frozen=True)
class Body:
    """The parts of a finding's text."""

    declared: Declared | None
    aspects: tuple[str, ...]
    measures: tuple[str, ...]
    planned: bool
    result: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True)
class _Stretch:
    """A line of the finding: its words, and whether the source numbered it as an item of its own."""

    text: str
    line: int
    item: bool = False


def read_body(node: Node, heading: Heading, notes: Notes, *, letter: bool) -> Body:
    """Sort what follows a finding's heading into its parts; nothing is left out but labels."""
    return _Sorter(notes, letter).read(node, heading)


class _Sorter:
    def __init__(self, notes: Notes, letter: bool) -> None:
        self.notes = notes
        self.parts: dict[Role, list[Paragraph]] = {
            Role.PLAIN: [],
            Role.ASPECT: [],
            Role.WORK: [],
            Role.PLAN: [],
            Role.RESULT: [],
            Role.NEXT: [],
        }
        self.statuses: list[Declared] = []
        self.role = Role.ASPECT if letter else Role.PLAIN
        self.start = self.role
        self.group = 0
        self.block = 0
        self.groups_with_status: set[int] = set()

    def read(self, node: Node, heading: Heading) -> Body:
        rest = node.words[heading.end :].lstrip(_PUNCTUATION)
        rest = self._bracket(rest)
        if rest.strip(_PUNCTUATION + "”）"):
            self._stretch(_Stretch(rest, node.first_line))
        for stretch in self._stretches(node):
            self._stretch(stretch)
        planned = self._settle()
        return Body(
            self._declared(node.first_line),
            split(self.parts[Role.ASPECT]),
            split(self.parts[Role.WORK]),
            planned,
            "".join(paragraph.text for paragraph in self.parts[Role.RESULT]),
            split(self.parts[Role.NEXT]),
        )

    def _settle(self) -> bool:
        """Give parts whose meaning hangs on the others their place; tell whether the measures are only planned."""
        parts = self.parts
        planned = bool(parts[Role.PLAN]) and not parts[Role.WORK]
        # Beside work that was done, a plan is what comes next; a result that stands alone tells the work itself.
        parts[Role.WORK if planned else Role.NEXT][:0] = parts[Role.PLAN]
        if not parts[Role.WORK]:
            parts[Role.WORK], parts[Role.RESULT] = parts[Role.RESULT], []
        # Words before the first label say what was wrong; without any label they say what was done.
        parts[Role.ASPECT if parts[Role.WORK] else Role.WORK][:0] = parts[Role.PLAIN]
        return planned

    def _stretches(self, node: Node) -> Iterator[_Stretch]:
        for item in node.content:
            if isinstance(item, Node):
                yield from self._item(item)
            else:
                yield _Stretch(item.text, item.first_line)

    def _item(self, node: Node) -> Iterator[_Stretch]:
        """A numbered line under a finding: an aspect if it quotes one, else a measure."""
        heading = quoted_heading(node.words, node.key)
        if heading is None or heading.runs_on:
            yield _Stretch(node.words, node.first_line, item=True)
        else:
            self.role = self.start
            self.group += 1
            self.block += 1
            self.parts[Role.ASPECT].append(Paragraph(heading.title, item=True, group=self.block))
            rest = self._bracket(node.words[heading.end :].lstrip(_PUNCTUATION))
            if rest:
                yield _Stretch(rest, node.first_line)
        yield from self._stretches(node)

    def _bracket(self, rest: str) -> str:
        """A status in brackets after the heading: （已完成）."""
        key = fold(rest)
        match = _BRACKET.match(key)
        group = 1 if match and match[1] else 2
        found = statuses.whole(rest[match.start(group) : match.end(group)], match[group]) if match else None
        if match is None or found is None:
            return rest
        self._found(found)
        return rest[match.end() :].lstrip(_PUNCTUATION)

    def _stretch(self, stretch: _Stretch) -> None:
        for piece in labels.pieces(stretch.text, fold(stretch.text)):
            if piece.half_width_colon and ":" in stretch.text:
                self.notes.repair("colon_half_width", stretch.line, phrase("half-width colon after a label"))
            if piece.role is not Role.PLAIN:
                self.role = piece.role
                self.block += 1
            self._piece(piece, stretch)

    def _piece(self, piece: labels.Piece, stretch: _Stretch) -> None:
        if self.role is Role.OTHER:
            self._without_place(piece, stretch)
            self.role = self.start
            return
        text = piece.text
        if self.role in _AFTER_STATUS:
            text = self._status(piece, stretch)
        elif self.role in (Role.PLAIN, Role.WORK, Role.RESULT):
            text = self._edges(text, stretch)
        if text:
            target = self.role if self.role in self.parts else Role.WORK
            self.parts[target].append(Paragraph(text, stretch.item and piece.start == 0, self.block))

    def _without_place(self, piece: labels.Piece, stretch: _Stretch) -> None:
        """A deadline may say a status too (整改时限：8月底前，已完成); the rest has no place yet."""
        clauses = [clause for clause in re.split(r"[,，。;；]", piece.text) if clause.strip()]
        found = [status for clause in clauses if (status := statuses.whole(clause, fold(clause)))]
        for status in found:
            self._found(status)
        if len(found) < len(clauses):
            message = phrase("this label has no place in the ledger yet: %(text)s", text=stretch.text)
            self.notes.problem("label_without_place", stretch.line, message)

    def _status(self, piece: labels.Piece, stretch: _Stretch) -> str:
        """Read the words after a status label; what follows them is the work."""
        strict = self.role is Role.STATUS and piece.role is Role.STATUS
        self.role = _AFTER_STATUS[self.role]
        found = statuses.whole(piece.text, piece.key)
        if found:
            self._found(found)
            return ""
        first = _FIRST_SENTENCE.match(piece.key)
        found = statuses.whole(piece.text[: first.end()], first[0]) if first else None
        if first and found:
            self._found(found)
            return piece.text[first.end() :].strip()
        if not strict:
            return self._edges(piece.text, stretch)
        if piece.text:
            self._found(Declared(raw=piece.text.rstrip("。")))
            self.notes.problem(
                "status_unknown",
                stretch.line,
                phrase("unknown words for a status: %(text)s", text=piece.text),
            )
        return ""

    def _edges(self, text: str, stretch: _Stretch) -> str:
        """Take a status out of the first sentence (已完成整改。…) or out of the last (该问题已完成整改。).

        Where a label has given the status already, the sentence stays where it is.
        """
        if self.group in self.groups_with_status:
            return text
        key = fold(text)
        first = _FIRST_SENTENCE.match(key)
        if first and (found := statuses.sentence(text[: first.end()], first[0])):
            self._found(found)
            return text[first.end() :].strip()
        last = _LAST_SENTENCE.search(key)
        if (
            last
            and statuses.names_subject(last[0])
            and (found := statuses.sentence(text[last.start() :], last[0]))
        ):
            self._found(found)
            return text[: last.start()].strip()
        return text

    def _found(self, declared: Declared) -> None:
        self.statuses.append(declared)
        self.groups_with_status.add(self.group)

    def _declared(self, line: int) -> Declared | None:
        if not self.statuses:
            return None
        if 0 not in self.groups_with_status and len(self.groups_with_status) < self.group:
            raw = _merged(self.statuses).raw
            self.notes.problem(
                "status_partial",
                line,
                phrase("only some aspects of this finding have a status: %(text)s", text=raw),
            )
            return Declared(raw=raw)
        merged = _merged(self.statuses)
        if len({found.completion for found in self.statuses} - {Completion.UNKNOWN}) > 1:
            self.notes.problem(
                "status_mixed", line, phrase("different statuses for one finding: %(text)s", text=merged.raw)
            )
        return merged


def _merged(found: list[Declared]) -> Declared:
    """Several statuses count as the least advanced one; all raw words are kept."""
    completion = min((each.completion for each in found), key=_ADVANCEMENT.index)
    return Declared(
        completion,
        any(each.sustained for each in found),
        "；".join(dict.fromkeys(each.raw for each in found)),
    )
