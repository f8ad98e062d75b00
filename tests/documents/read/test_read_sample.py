"""The real published report, read from plain text: every count and every word as a careful reader has it."""

import re
from collections import Counter
from typing import Any

import pytest
from tests.documents.read.places import expected_sample, sample

from bihuan.documents.model import DocumentKind, Parsed
from bihuan.documents.read import as_json, from_json, read, read_text


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return read(sample("lianhua-2025.txt"), filename="lianhua-2025.txt")


@pytest.fixture(scope="module")
def found(parsed: Parsed) -> dict[str, Any]:
    return as_json(parsed)


def test_the_head_and_the_counts_are_exact(found: dict[str, Any]) -> None:
    expected = expected_sample()
    keys = expected.keys() - {"findings"}
    assert {key: found[key] for key in keys} == {key: expected[key] for key in keys}


def test_every_finding_is_exact(found: dict[str, Any]) -> None:
    for got, wanted in zip(found["findings"], expected_sample()["findings"], strict=True):
        assert {key: got[key] for key in wanted} == wanted


def test_nothing_is_in_doubt(parsed: Parsed) -> None:
    assert parsed.problems == ()
    assert parsed.document.kind is DocumentKind.PROGRESS_REPORT
    assert all(value is None for value in vars(parsed.document.totals).values())
    assert parsed.document.contact == ""


def test_the_chapters_without_findings_are_kept_word_for_word(parsed: Parsed) -> None:
    first, last = parsed.document.sections
    assert (first.part, first.position, len(first.paragraphs)) == ("一", 0, 1)
    assert (last.part, last.position, len(last.paragraphs)) == ("四", 6, 4)
    source = {line.strip() for line in parsed.lines}
    assert {*first.paragraphs, *last.paragraphs} <= source


def test_every_repair_is_on_its_line(parsed: Parsed) -> None:
    codes = Counter(repair.code for repair in parsed.repairs)
    assert codes == {
        "rejoined": 6,
        "bold_marker": 2,
        "colon_half_width": 6,
        "bracket_half_width": 3,
        "chrome_cut": 1,
    }
    rejoined = [repair.line for repair in parsed.repairs if repair.code == "rejoined"]
    assert rejoined == [65, 85, 253, 273, 293, 313]


def test_figures_are_found_where_a_reader_finds_them(parsed: Parsed) -> None:
    places = {
        (finding.category.ordinal, finding.ordinal): [(q.value, q.unit) for q in finding.quantities]
        for finding in parsed.document.findings
        if finding.quantities
    }
    assert places == {
        (1, 11): [("12", "支")],
        (1, 14): [("12", "宗"), ("37.5", "%"), ("92.31", "%")],
        (3, 13): [("99", "%"), ("0.75", "")],
        (4, 4): [("2", "次")],
        (4, 5): [("20", "万元"), ("10", "万元")],
        (5, 2): [("336", "名"), ("9", "名")],
    }


def test_sources_follow_each_other_and_start_at_the_heading(parsed: Parsed) -> None:
    last = 0
    for finding in parsed.document.findings:
        assert finding.source is not None
        assert last < finding.source.first_line <= finding.source.last_line
        assert finding.title[:4] in parsed.lines[finding.source.first_line - 1]
        last = finding.source.last_line


def test_json_goes_there_and_back(parsed: Parsed, found: dict[str, Any]) -> None:
    assert from_json(found) == parsed


def wrapped(text: str, width: int) -> str:
    """Break every paragraph after `width` characters, as a mail program or an old web page does."""
    pieces = (
        line[start : start + width].strip()
        for line in map(str.strip, text.splitlines())
        for start in range(0, len(line), width)
    )
    return "\n".join(pieces)


@pytest.mark.parametrize("width", [30, 38, 60])
def test_a_hard_wrapped_copy_says_the_same(width: int) -> None:
    found = as_json(read_text(wrapped(sample("lianhua-2025.txt").decode(), width)))
    expected = expected_sample()
    assert found["counts"] | {"paragraphs_rejoined": 6} == expected["counts"]
    keys = expected.keys() - {"findings", "counts"}
    assert {key: found[key] for key in keys} == {key: expected[key] for key in keys}
    for got, wanted in zip(found["findings"], expected["findings"], strict=True):
        assert {key: squash(got[key]) for key in wanted} == {key: squash(wanted[key]) for key in wanted}


def squash(value: object) -> str:
    """A blank at the place of a break is lost for good; all else must stay."""
    return "".join(str(value).split())


def status_last(text: str) -> str:
    """Move every status line behind the text of its finding."""
    moved: list[str] = []
    held: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if re.match(r"\d+\.|[(（][一二三四五]+[)）]|[一二三四]、", line):
            moved += held
            held = []
        (held if line.startswith("整改状态") else moved).append(line)
    return "\n\n".join(moved)


VARIANTS = {
    "no empty lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "status beside the heading": lambda text: re.sub("的问题\n\n整改状态：", "的问题 整改状态：", text),
    "status and work on one line": lambda text: text.replace("\n\n整改情况：", "　整改情况："),
    "labels in brackets": lambda text: re.sub("(整改状态|整改情况)[:：]", r"【\1】", text),
    "status in brackets after the heading": lambda text: re.sub(
        "的问题\n\n整改状态[:：] ?(.+)", r"的问题（\1）", text
    ),
    "status after the work": status_last,
}


@pytest.mark.parametrize("name", VARIANTS)
def test_another_layout_says_the_same(name: str) -> None:
    text = sample("lianhua-2025.txt").decode()
    changed = VARIANTS[name](text)
    assert changed != text
    findings = as_json(read_text(changed))["findings"]
    for got, wanted in zip(findings, expected_sample()["findings"], strict=True):
        assert {key: got[key] for key in wanted} == wanted
