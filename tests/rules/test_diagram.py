"""The drawn workflow shows every row of the table."""

import re

from bihuan.workflow import diagram
from bihuan.workflow.steps import STEPS
from bihuan.workflow.words import State


def edges() -> set[tuple[str, str, str]]:
    return set(re.findall(r"(?m)^    (\w+) --> (\w+): (\w+)$", diagram.mermaid()))


def table_lines(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("| `")]


def test_every_step_that_moves_a_finding_is_an_edge_and_every_edge_is_a_step() -> None:
    assert edges() == {
        (source, target, step.verb)
        for step in STEPS
        for kind in step.kinds
        for source in step.sources
        if (target := step.leads_to(kind))
    }


def test_no_edge_is_drawn_twice() -> None:
    lines = diagram.mermaid().splitlines()
    assert len(lines) == len(set(lines))


def test_every_state_is_on_the_map_and_the_map_begins_with_the_draft() -> None:
    assert {end for source, target, _ in edges() for end in (source, target)} == set(State)
    assert "[*] --> draft" in diagram.mermaid()


def test_the_page_has_one_line_for_each_row_with_who_and_what_is_asked() -> None:
    lines = table_lines(diagram.document())
    assert len(lines) == len(STEPS)
    for step, line in zip(STEPS, lines, strict=True):
        assert f"`{step.verb}` {step.label}" in line
        wanted = [*step.sources, step.target or "stays", *step.roles, *step.guards, *step.different_from]
        wanted += [asked.label for asked in step.inputs]
        assert [word for word in wanted if word not in line] == []


def test_the_page_says_what_must_hold_besides() -> None:
    [make_long_term] = [line for line in table_lines(diagram.document()) if "`make_long_term`" in line]
    assert "after propose_long_term" in make_long_term
    assert "from outside the organisation" in make_long_term


def test_labels_are_shown_in_the_readers_language() -> None:
    chinese = {"Write off": "销号", "Reason": "原因"}
    page = diagram.document(lambda text: chinese.get(text, text))
    assert "`write_off` 销号" in page
    assert "原因" in page
