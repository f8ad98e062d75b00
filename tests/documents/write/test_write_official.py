import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.documents.numerals import number, numeral
from bihuan.documents.write.official import CHARACTERS, signature_starts, width


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_numbers_are_spelt_as_headings_spell_them(number: int, words: str) -> None:
    assert numeral(number) == words


@pytest.mark.parametrize("number", [0, 1000, -1])
def test_numbers_that_no_heading_reaches_stay_in_digits(number: int) -> None:
    assert numeral(number) == str(number)


@given(st.integers(1, 999))
def test_the_reader_reads_what_is_spelt(value: int) -> None:
    assert number(numeral(value)) == value


def test_digits_are_half_as_wide() -> None:
    assert width("2025年8月5日") == 6


def test_the_date_begins_two_characters_after_a_long_signature() -> None:
    signature, date = signature_starts("某某某某某某某某某某", "2025年8月5日")
    assert signature + 10 == CHARACTERS - 2
    assert date == signature + 2


def test_a_short_signature_moves_left_of_the_date() -> None:
    signature, date = signature_starts("某党委", "2025年12月15日")
    assert date + width("2025年12月15日") == CHARACTERS - 2
    assert signature == date - 2


def test_a_signature_longer_than_the_line_begins_at_the_edge() -> None:
    assert signature_starts("某" * 40, "2025年8月5日")[0] == 0
