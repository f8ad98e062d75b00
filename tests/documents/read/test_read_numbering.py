"""Word's automatic numbers by themselves: what counts on, what restarts, and what a hostile file may not do."""

import time

import pytest

from bihuan.documents.read import read_text
from bihuan.documents.read.notes import NOTES_AT_MOST, Notes
from bihuan.documents.read.word.numbering import Numbering
from bihuan.documents.read.word.xml import Element
from bihuan.words import phrase


def element(name: str, *children: Element, **attributes: object) -> Element:
    return Element(name, {key: str(value) for key, value in attributes.items()}, "", list(children))


def level(depth: int, *, text: str = "%1.", start: int = 1) -> Element:
    values = {"start": start, "numFmt": "decimal", "lvlText": text}
    return element("lvl", *(element(name, val=value) for name, value in values.items()), ilvl=depth)


def abstract(number: int, *levels: Element) -> Element:
    return element("abstractNum", *levels, abstractNumId=number)


def a_list(number: int, of: int, *overrides: Element) -> Element:
    return element("num", element("abstractNumId", val=of), *overrides, numId=number)


def override(depth: int, *inside: Element) -> Element:
    return element("lvlOverride", *inside, ilvl=depth)


def numbering(*parts: Element) -> Numbering:
    return Numbering.from_xml(element("numbering", *parts))


def test_lists_of_one_abstract_list_count_on_together() -> None:
    lists = numbering(abstract(1, level(0)), a_list(1, 1), a_list(2, 1))
    assert [lists.number(name, 0) for name in "1121"] == ["1.", "2.", "3.", "4."]


def test_a_list_that_restarts_counts_for_itself_with_the_looks_of_its_abstract_list() -> None:
    start = override(0, element("startOverride", val=5))
    lists = numbering(abstract(1, level(0), level(1, text="%1.%2")), a_list(1, 1), a_list(2, 1, start))
    assert [lists.number("1", 0), lists.number("2", 0), lists.number("2", 1)] == ["1.", "5.", "5.1"]
    assert [lists.number("1", 1), lists.number("1", 0), lists.number("2", 0)] == ["1.1", "2.", "6."]


def test_a_level_of_its_own_replaces_that_of_the_abstract_list_only_there() -> None:
    own = override(0, level(0, text="(%1)", start=3))
    lists = numbering(abstract(1, level(0), level(1)), a_list(1, 1), a_list(2, 1, own))
    assert [lists.number("2", 0), lists.number("1", 0)] == ["(3)", "1."]


@pytest.mark.parametrize("name", ["9", "a1", ""])
def test_a_list_that_does_not_exist_prints_no_number(name: str) -> None:
    assert numbering(abstract(1, level(0)), a_list(1, 1)).number(name, 0) == ""


def test_levels_deeper_than_word_has_are_nobody_s() -> None:
    lists = numbering(
        abstract(1, *(level(depth) for depth in range(3_000))), a_list(1, 1, override(9, level(9)))
    )
    assert [bool(lists.number("1", depth)) for depth in (8, 9, 2_999)] == [True, False, False]
    assert len(lists.levels) == 9


def test_many_lists_that_restart_take_no_time_of_each_other() -> None:
    def seconds(count: int) -> float:
        start = override(0, element("startOverride", val=1))
        parts = [abstract(1, level(0)), *(a_list(number, 1, start) for number in range(count))]
        began = time.process_time()
        numbering(*parts)
        return time.process_time() - began

    assert seconds(20_000) < 9 * max(seconds(5_000), 0.05)


# Notes on what was read


def test_of_too_many_notes_the_rest_is_counted() -> None:
    notes = Notes()
    for line in range(1, NOTES_AT_MOST + 4):
        notes.repair("rejoined", line, phrase("mended"))
        notes.problem("line_unplaced", line, phrase("in doubt"))
    repairs, problems = notes.in_order()
    assert [len(repairs), len(problems)] == [NOTES_AT_MOST, NOTES_AT_MOST + 1]
    assert (problems[0].code, problems[0].message.values) == ("too_many_notes", {"count": 6})
    assert [repairs[-1].line, problems[-1].line] == [NOTES_AT_MOST, NOTES_AT_MOST]


def test_a_text_of_nothing_but_damage_is_read_with_a_bounded_list_of_repairs() -> None:
    parsed = read_text("\u200b做一\n" * (NOTES_AT_MOST + 100))
    assert len(parsed.repairs) == NOTES_AT_MOST
    assert "too_many_notes" in {problem.code for problem in parsed.problems}
