"""Whatever comes in: no crash, no endless reading, no line lost without a word."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.read.accounting import unaccounted
from tests.documents.read.places import GOLDEN, sample

from bihuan.documents.numerals import number, numeral
from bihuan.documents.read import as_json, from_json, read_text

TEXTS = sorted(GOLDEN.glob("*.txt"))
LINES = [line for path in TEXTS for line in path.read_text(encoding="utf-8").split("\n")]
# What the grammar looks at, so that random text meets it often.
_SIGNS = (
    '一二三十1230、.．（）()：:，。；“”‘’「」"关于的问题整改状态情况已完成是年月日 \n\x0c\u200b*【】—-%万元\t'
)

any_text = st.text(st.sampled_from(_SIGNS) | st.characters(codec="utf-8"), max_size=300)


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Lines of the golden texts: shuffled, cut, doubled, broken in two, joined, with strange lines between."""
    drawn = draw(st.lists(st.sampled_from(LINES), max_size=40))
    result = []
    for line in drawn:
        place = draw(st.integers(0, max(len(line), 1)))
        change = draw(st.sampled_from(["keep"] * 6 + ["cut", "break", "double", "join", "noise"]))
        if change == "break":
            result += [line[:place], line[place:]]
        elif change == "join" and result:
            result[-1] += line
        elif change == "noise":
            result += [line, draw(any_text)]
        else:
            result += [line[:place] if change == "cut" else line] * (2 if change == "double" else 1)
    return "\n".join(result)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_word_of_the_golden_texts_is_accounted_for(path: Path) -> None:
    assert unaccounted(read_text(path.read_text(encoding="utf-8"))) == []


def test_every_word_of_the_sample_is_accounted_for() -> None:
    assert unaccounted(read_text(sample("lianhua-2025.txt").decode())) == []


def test_the_account_notices_a_loss() -> None:
    parsed = read_text("1.关于“账目不清”的问题\n整改状态：已完成\n整改情况：补记账目。\n")
    poorer = from_json(as_json(parsed) | {"findings": [as_json(parsed)["findings"][0] | {"measures": []}]})
    assert unaccounted(parsed) == []
    assert unaccounted(poorer) == [(3, "补记账目")]


@given(any_text)
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    assert unaccounted(read_text(text)) == []


@settings(max_examples=200)
@given(mutilated())
def test_mutilated_documents_are_read_and_accounted_for(text: str) -> None:
    parsed = read_text(text)
    assert unaccounted(parsed) == []
    assert from_json(as_json(parsed)) == parsed


@settings(max_examples=200)
@given(mutilated())
def test_findings_keep_their_identity_and_their_order(text: str) -> None:
    findings = read_text(text).document.findings
    identities = [(finding.category, finding.ordinal) for finding in findings]
    assert len(set(identities)) == len(identities)
    starts = [finding.source.first_line for finding in findings if finding.source]
    assert starts == sorted(starts)


HOSTILE = {
    "one long line": "“" * 40_000,
    "quotations": "“‘" * 20_000 + "’”" * 20_000,
    "markers": "一是" * 20_000,
    "numbers": "1.2.3." * 10_000,
    "brackets": "（" * 20_000 + "）" * 20_000,
    "labels": "整改情况：" * 8_000,
    "headings": "1.关于“甲”的问题\n" * 4_000,
    "plain list": "1.甲乙。丙丁。\n" * 4_000,
    "nested lists": "1.甲\n整改情况：\n" * 4_000,
    "broken lines": "甲乙丙\n" * 20_000,
    "open heading": "1.关于“" + "甲乙\n" * 20_000,
    "feedback": "反馈2024年1月1日至" * 5_000,
    "blanks": "1." + " " * 40_000 + "。",
    "dates": "2024年1月1日" * 8_000,
    "digits": "1" * 40_000,
    "statuses": "已完成，" * 15_000,
    "organisations": "委员会关于" * 10_000,
    "title": "整改情况的" * 10_000,
    "pairs": "问题：甲。\n整改情况：乙。\n" * 3_000,
    "chrome": "首页\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    quarter = HOSTILE[name][: len(HOSTILE[name]) // 4]
    started = time.process_time()
    read_text(quarter)
    first = time.process_time() - started
    started = time.process_time()
    read_text(HOSTILE[name])
    second = time.process_time() - started
    assert second < 3
    # Four times the text takes about four times the time; sixteen times would be quadratic.
    assert second < 9 * max(first, 0.05)


@given(st.integers(1, 99))
def test_numerals_go_there_and_back(value: int) -> None:
    assert number(numeral(value)) == value
