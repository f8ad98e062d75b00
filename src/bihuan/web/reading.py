"""Lays a read document beside its source, so that a person can compare the two line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bihuan.documents.model import Completion, Finding, Parsed, Problem, Repair
from bihuan.ledger.queries.uploads import Preview
from bihuan.words import N_

Note = TypeVar("Note", Repair, Problem)


class Mark(StrEnum):
    """What is to be seen at a line of the source."""

    NONE = ""
    REPAIR = "repair"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Line:
    """A line of the source that is not blank, counted from 1."""

    number: int
    text: str
    mark: Mark


@dataclass(frozen=True)
class Block:
    """Some lines of the source and the finding that was read out of them, if any."""

    lines: list[Line]
    index: int | None = None
    """Place of the finding in the document, by which corrections name it."""
    finding: Finding | None = None
    corrected: bool = False
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sum:
    """A figure that the text states of itself, against what was read."""

    label: str
    stated: int | None
    read: int

    @property
    def apart(self) -> bool:
        """Whether the text contradicts itself; a text that says nothing contradicts nothing."""
        return self.stated is not None and self.stated != self.read


@dataclass(frozen=True)
class Sums:
    """Findings by what is claimed of them, which add up to the whole; and measures."""

    parts: list[Sum]
    whole: Sum
    measures: Sum

    @property
    def rows(self) -> list[Sum]:
        return [*self.parts, self.whole, self.measures]

    @property
    def silent(self) -> bool:
        """Whether the text states no total at all."""
        return all(row.stated is None for row in self.rows)


def blocks(preview: Preview) -> list[Block]:
    """Cut the source into the lines of each finding and the lines between them, in order."""
    parsed = preview.parsed
    placed = sorted(_placed(preview.document.findings))
    found: list[Block] = []
    cursor = 1
    for first, last, index in placed:
        found += _between(parsed, cursor, first - 1)
        start = max(cursor, first)
        found.append(_block(preview, start, last, index))
        cursor = max(cursor, last + 1)
    found += _between(parsed, cursor, len(parsed.lines))
    adrift = [index for index, finding in enumerate(preview.document.findings) if finding.source is None]
    return found + [_block(preview, 1, 0, index) for index in adrift]


def _placed(findings: Iterable[Finding]) -> Iterator[tuple[int, int, int]]:
    for index, finding in enumerate(findings):
        if finding.source is not None:
            yield finding.source.first_line, finding.source.last_line, index


def _between(parsed: Parsed, first: int, last: int) -> list[Block]:
    lines = _lines(parsed, first, last)
    if not lines:
        return []
    return [
        Block(lines, repairs=_at(parsed.repairs, first, last), problems=_at(parsed.problems, first, last))
    ]


def _block(preview: Preview, first: int, last: int, index: int) -> Block:
    parsed = preview.parsed
    return Block(
        lines=_lines(parsed, first, last),
        index=index,
        finding=preview.document.findings[index],
        corrected=index in preview.corrected,
        repairs=_at(parsed.repairs, first, last),
        problems=_at(parsed.problems, first, last),
    )


def _at(notes: Iterable[Note], first: int, last: int) -> tuple[Note, ...]:
    return tuple(note for note in notes if first <= note.line <= last)


def _lines(parsed: Parsed, first: int, last: int) -> list[Line]:
    mended = {repair.line for repair in parsed.repairs}
    doubted = {problem.line for problem in parsed.problems}
    return [
        Line(number, text, _mark(number, mended, doubted))
        for number, text in enumerate(parsed.lines[first - 1 : last], start=first)
        if text.strip()
    ]


def _mark(number: int, mended: set[int], doubted: set[int]) -> Mark:
    if number in doubted:
        return Mark.PROBLEM
    return Mark.REPAIR if number in mended else Mark.NONE


def source_of(preview: Preview, index: int) -> list[Line]:
    """Give the source lines of one finding, to stand beside the form that corrects it."""
    source = preview.document.findings[index].source
    return _lines(preview.parsed, source.first_line, source.last_line) if source else []


_COUNTED = (
    ("done", Completion.DONE),
    ("basic", Completion.BASIC),
    ("", Completion.STAGE),
    ("in_progress", Completion.IN_PROGRESS),
    ("not_done", Completion.NOT_DONE),
)
"""Statuses with the name of the total that a text can state; no text states one for a stage."""


def sums(preview: Preview) -> Sums:
    """Set the totals that the text states of itself beside what was counted."""
    findings, totals = preview.document.findings, preview.document.totals
    claims = [finding.declared for finding in findings]
    counted = [
        Sum(word.label, getattr(totals, name, None), sum(claim.completion is word for claim in claims))
        for name, word in _COUNTED
    ]
    open_claims = [claim for claim in claims if claim.completion is Completion.UNKNOWN]
    sustained = sum(claim.sustained for claim in open_claims)
    counted += [
        Sum(N_("sustained"), None, sustained),
        Sum(Completion.UNKNOWN.label, None, len(open_claims) - sustained),
    ]
    measures = sum(len(finding.measures) for finding in findings)
    return Sums(
        parts=[row for row in counted if row.read or row.stated is not None],
        whole=Sum(N_("findings in all"), totals.findings, len(findings)),
        measures=Sum(N_("measures"), totals.measures, measures),
    )
