"""A read document laid beside its source: every line once, every note where it belongs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    Finding,
    Parsed,
    Problem,
    Repair,
    Source,
    Totals,
)
from bihuan.documents.read import read
from bihuan.ledger.queries.uploads import Preview
from bihuan.web import reading
from bihuan.words import phrase

GOLDEN = sorted((Path(__file__).parents[1] / "documents" / "golden").glob("*.txt"))
CATEGORY = Category("二", 1, "pavilions")
LINES = ("a title", "", "1. leaks", "status: done", "repaired", "", "2. creaks", "oiled", "a signature")


def _finding(ordinal, first, last):
    source = Source(first, last) if first else None
    return Finding(
        CATEGORY, ordinal, f"no. {ordinal}", Declared(Completion.DONE), measures=("repaired",), source=source
    )


def _preview(*findings, repairs=(), problems=(), lines=LINES, corrected=(), totals=None):
    document = Document(findings=findings, totals=totals or Totals())
    parsed = Parsed(document, repairs, problems, lines)
    return Preview(
        upload=None,
        parsed=parsed,
        document=document,
        changes=(),
        corrected=frozenset(corrected),
        names_another=False,
    )


def test_each_finding_stands_beside_its_own_lines():
    before, first, second, after = reading.blocks(_preview(_finding(1, 3, 6), _finding(2, 7, 8)))
    assert [line.text for line in first.lines] == ["1. leaks", "status: done", "repaired"]
    assert [line.number for line in second.lines] == [7, 8]
    assert (before.finding, after.finding) == (None, None)
    assert [line.text for line in after.lines] == ["a signature"]


def test_a_finding_without_a_place_is_shown_all_the_same():
    blocks = reading.blocks(_preview(_finding(1, 3, 5), _finding(2, None, None)))
    assert [block.index for block in blocks if block.finding] == [0, 1]
    assert blocks[-1].lines == []


def test_findings_read_out_of_the_same_lines_do_not_repeat_them():
    blocks = reading.blocks(_preview(_finding(1, 3, 6), _finding(2, 3, 6)))
    numbers = Counter(line.number for block in blocks for line in block.lines)
    assert set(numbers.values()) == {1}
    assert [block.index for block in blocks if block.finding] == [0, 1]


def test_notes_stand_beside_the_lines_that_they_speak_of():
    repair, problem = Repair("r", 4, phrase("mended")), Problem("p", 7, phrase("doubtful"))
    _, first, second, _ = reading.blocks(
        _preview(_finding(1, 3, 6), _finding(2, 7, 8), repairs=(repair,), problems=(problem,))
    )
    assert (first.repairs, first.problems) == ((repair,), ())
    assert (second.repairs, second.problems) == ((), (problem,))
    assert [line.mark for line in first.lines] == [reading.Mark.NONE, reading.Mark.REPAIR, reading.Mark.NONE]
    assert second.lines[0].mark is reading.Mark.PROBLEM


def test_a_problem_outweighs_a_repair_of_the_same_line():
    notes = {"repairs": (Repair("r", 3, phrase("x")),), "problems": (Problem("p", 3, phrase("x")),)}
    blocks = reading.blocks(_preview(_finding(1, 3, 6), **notes))
    assert blocks[1].lines[0].mark is reading.Mark.PROBLEM


def test_what_was_corrected_is_marked():
    blocks = reading.blocks(_preview(_finding(1, 3, 6), _finding(2, 7, 8), corrected={1}))
    assert [block.corrected for block in blocks if block.finding] == [False, True]


def test_a_text_that_counts_itself_wrongly_is_set_apart_and_a_silent_one_is_not():
    sums = reading.sums(_preview(_finding(1, 3, 6), _finding(2, 7, 8), totals=Totals(findings=3, done=2)))
    told = {sum.label: (sum.stated, sum.read, sum.apart) for sum in (*sums.parts, sums.whole, sums.measures)}
    assert told == {
        "declared done": (2, 2, False),
        "findings in all": (3, 2, True),
        "measures": (None, 2, False),
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_no_line_of_a_real_skeleton_is_lost_or_doubled(path):
    parsed = read(path.read_bytes(), filename=path.name)
    preview = replace(_preview(), parsed=parsed, document=parsed.document)
    blocks = reading.blocks(preview)
    shown = Counter(line.number for block in blocks for line in block.lines)
    wanted = [number for number, text in enumerate(parsed.lines, 1) if text.strip()]
    assert shown == Counter(wanted)
    assert [block.index for block in blocks if block.finding] == sorted(
        range(len(parsed.document.findings)), key=lambda index: _place(parsed.document.findings[index])
    )


def _place(finding):
    return (finding.source.first_line, finding.source.last_line) if finding.source else (10**9, 0)
