import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.scrutiny.text import clauses, letters, plain, quote


def test_plain_reads_over_blanks_marks_and_widths() -> None:
    assert plain("**一是** 组织 ３６ 名干部,\u200b已基本完成；") == "一是组织36名干部，已基本完成；"


def test_letters_leave_out_all_punctuation() -> None:
    assert letters("建立“双查”制度（试行），落实。") == "建立双查制度试行落实"


def test_clauses_end_at_commas_stops_semicolons_and_list_items() -> None:
    assert clauses("召开会议,研究方案、预算；落实。") == ("召开会议", "研究方案", "预算", "落实")


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("第一步 已完成，后 续将 推进。", "后续将", "后 续将 推进"),
        ("已 **基本** 完成。", "基本", "已 **基本** 完成"),
        ("基本完成", "基本", "基本完成"),
    ],
)
def test_a_quotation_is_the_clause_as_it_was_printed(text: str, wanted: str, expected: str) -> None:
    start = plain(text).index(wanted)
    assert quote(text, start, start + len(wanted)) == expected


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_quotation_never_invents_text(text: str, start: int, length: int) -> None:
    end = min(len(plain(text)), start + length)
    found = quote(text, min(start, end), end)
    assert len(found) <= 80
    assert found.removesuffix("…") in " ".join(text.split())
