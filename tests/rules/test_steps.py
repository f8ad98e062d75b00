"""The table of steps against a second table, typed from the design and independent of the first.

`ALLOWED` lists every cell of state × verb × role × kind that may be taken; the tests walk all cells,
so that a step added, widened or forgotten in `steps.py` fails here by name.
"""

import itertools
from collections.abc import Collection

import pytest

from bihuan.documents.model import Completion
from bihuan.errors import NotAllowed, RuleBroken
from bihuan.workflow.steps import (
    STEPS,
    VERBS,
    InputKind,
    When,
    find_step,
    label_of,
    open_steps,
    rows,
    whose_turn,
)
from bihuan.workflow.words import Kind, Role, State

# verb              | from                  | to          | who                                          | kinds
ALLOWED = """
submit_plan         | draft                 | plan_review | office                                       | any
approve_plan        | plan_review           | rectifying  | principal                                    | dated
approve_plan        | plan_review           | sustaining  | principal                                    | long_term
return_plan         | plan_review           | draft       | principal                                    | any
report_progress     | rectifying            | rectifying  | handler department_head                      | any
report_progress     | sustaining            | sustaining  | handler department_head                      | any
declare_done        | rectifying sustaining | declared    | department_head                              | any
endorse             | declared              | endorsed    | responsible_leader                           | any
review              | endorsed              | reviewed    | office                                       | any
sign_off            | reviewed              | signed_off  | principal                                    | any
write_off           | signed_off            | written_off | supervisor                                   | any
accept_in_part      | signed_off            | rectifying  | supervisor                                   | dated
accept_in_part      | signed_off            | sustaining  | supervisor                                   | long_term
send_back           | declared              | rectifying  | responsible_leader                           | dated
send_back           | declared              | sustaining  | responsible_leader                           | long_term
send_back           | endorsed              | rectifying  | office                                       | dated
send_back           | endorsed              | sustaining  | office                                       | long_term
send_back           | reviewed              | rectifying  | principal                                    | dated
send_back           | reviewed              | sustaining  | principal                                    | long_term
send_back           | signed_off            | rectifying  | supervisor                                   | dated
send_back           | signed_off            | sustaining  | supervisor                                   | long_term
request_extension   | rectifying            | rectifying  | department_head                              | any
approve_extension   | rectifying            | rectifying  | responsible_leader principal supervisor      | any
refuse_extension    | rectifying            | rectifying  | responsible_leader principal supervisor      | any
propose_long_term   | rectifying            | rectifying  | principal                                    | dated
make_long_term      | rectifying            | sustaining  | supervisor                                   | dated
complete_phase      | sustaining            | sustaining  | office                                       | any
spot_check          | written_off           | written_off | supervisor                                   | any
relapse             | written_off           | rectifying  | supervisor                                   | dated
relapse             | written_off           | sustaining  | supervisor                                   | long_term
"""

KINDS = {"any": tuple(Kind), "dated": (Kind.IMMEDIATE, Kind.DUE), "long_term": (Kind.LONG_TERM,)}

Cell = tuple[str, State, Role, Kind]


def allowed_cells() -> dict[Cell, State]:
    """Read the table above: every allowed cell with the state it leads to."""
    cells: dict[Cell, State] = {}
    for line in ALLOWED.strip().splitlines():
        verb, sources, target, roles, kinds = (column.strip() for column in line.split("|"))
        for source, role, kind in itertools.product(sources.split(), roles.split(), KINDS[kinds]):
            cell = (verb, State(source), Role(role), kind)
            assert cell not in cells, f"typed twice: {cell}"
            cells[cell] = State(target)
    return cells


CELLS = allowed_cells()
LEADS_SOMEWHERE = {(verb, state, kind) for verb, state, _, kind in CELLS}
EVERYTHING = [
    (verb, state, role, kind)
    for verb in dict.fromkeys(cell[0] for cell in CELLS)
    for state in State
    for role in Role
    for kind in Kind
]


def target_of(cell: Cell) -> State:
    """Ask the code under test where a cell leads; a step without a target stays where it is."""
    verb, state, role, kind = cell
    return find_step(verb, state=state, kind=kind, role=role).leads_to(kind) or state


def test_both_tables_know_the_same_verbs() -> None:
    assert set(VERBS) == {cell[0] for cell in CELLS}
    assert len(EVERYTHING) == len(VERBS) * len(State) * len(Role) * len(Kind) == 3078


@pytest.mark.parametrize("verb", VERBS)
def test_every_allowed_cell_leads_where_the_design_says(verb: str) -> None:
    wanted = {cell: target for cell, target in CELLS.items() if cell[0] == verb}
    assert {cell: target_of(cell) for cell in wanted} == wanted


@pytest.mark.parametrize("verb", VERBS)
def test_a_wrong_role_is_told_that_it_may_not_and_a_wrong_state_that_it_cannot(verb: str) -> None:
    refused = [cell for cell in EVERYTHING if cell[0] == verb and cell not in CELLS]
    assert refused
    for cell in refused:
        _, state, role, kind = cell
        expected = NotAllowed if (verb, state, kind) in LEADS_SOMEWHERE else RuleBroken
        with pytest.raises(expected) as refusal:
            find_step(verb, state=state, kind=kind, role=role)
        assert type(refusal.value) is expected
        assert refusal.value.reasons, f"a refusal without a reason: {cell}"


def test_an_unknown_verb_is_refused_by_its_name() -> None:
    with pytest.raises(RuleBroken, match="abolish"):
        find_step("abolish", state=State.DRAFT, kind=Kind.DUE, role=Role.OFFICE)


def test_a_refused_role_learns_whom_to_ask() -> None:
    with pytest.raises(NotAllowed) as refusal:
        find_step("sign_off", state=State.REVIEWED, kind=Kind.DUE, role=Role.OFFICE)
    assert Role.PRINCIPAL.label in str(refusal.value)


# What pages draw from the table


@pytest.mark.parametrize("state", State)
def test_open_steps_are_exactly_the_allowed_cells_with_the_main_ones_first(state: State) -> None:
    for role, kind in itertools.product(Role, Kind):
        steps = open_steps(state=state, kind=kind, role=role)
        assert sorted(step.verb for step in steps) == sorted(
            verb for verb, at, by, of in CELLS if (at, by, of) == (state, role, kind)
        )
        mains = [step.main for step in steps]
        assert mains == sorted(mains, reverse=True)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.DRAFT, (Role.OFFICE,)),
        (State.PLAN_REVIEW, (Role.PRINCIPAL,)),
        (State.RECTIFYING, (Role.HANDLER, Role.DEPARTMENT_HEAD)),
        (State.SUSTAINING, (Role.HANDLER, Role.DEPARTMENT_HEAD)),
        (State.DECLARED, (Role.RESPONSIBLE_LEADER,)),
        (State.ENDORSED, (Role.OFFICE,)),
        (State.REVIEWED, (Role.PRINCIPAL,)),
        (State.SIGNED_OFF, (Role.SUPERVISOR,)),
        (State.WRITTEN_OFF, ()),
    ],
)
def test_it_is_always_clear_whose_turn_it_is(state: State, who: tuple[Role, ...]) -> None:
    for kind in Kind:
        assert whose_turn(state=state, kind=kind) == who


# What each step demands besides state and role

DIFFERENT_PERSONS = {
    "approve_plan": {"submit_plan"},
    "endorse": {"declare_done"},
    "review": {"declare_done", "endorse"},
    "sign_off": {"declare_done", "review"},
    "write_off": {"declare_done", "endorse", "review", "sign_off"},
    "accept_in_part": {"declare_done", "endorse", "review", "sign_off"},
    "spot_check": {"declare_done"},
    "approve_extension": {"request_extension"},
}
OF_THE_OWN_DEPARTMENT = {"report_progress", "declare_done", "request_extension"}
OF_THE_NAMED_LEADER = {"endorse responsible_leader", "send_back responsible_leader"}
ANSWERS = {
    "approve_extension": "request_extension",
    "refuse_extension": "request_extension",
    "make_long_term": "propose_long_term",
}
CLAIMS = {
    "declare_done": Completion.DONE,
    "accept_in_part": Completion.BASIC,
    "send_back": Completion.IN_PROGRESS,
    "relapse": Completion.IN_PROGRESS,
}
MUST_BE_GIVEN = {
    "submit_plan": set(),
    "approve_plan": {"meeting", "decided_on"},
    "return_plan": {"reason"},
    "report_progress": {"text"},
    "declare_done": {"result_summary"},
    "endorse": set(),
    "review": set(),
    "sign_off": {"meeting", "decided_on", "pledge"},
    "write_off": {"opinion"},
    "accept_in_part": {"remaining_work", "next_due_on"},
    "send_back": {"reason"},
    "request_extension": {"reason", "new_due_on"},
    "approve_extension": set(),
    "refuse_extension": {"reason"},
    "propose_long_term": {"reason", "stage_objective", "next_due_on"},
    "make_long_term": set(),
    "complete_phase": {"result", "stage_objective", "next_due_on"},
    "spot_check": {"detail"},
    "relapse": {"detail", "next_due_on"},
}
GUARDS = {
    "submit_plan": {"plan_complete"},
    "approve_plan": {"decided_after_feedback"},
    "declare_done": {"evidence_present"},
    "sign_off": {"decided_after_feedback"},
    "review": {"evidence_sound"},
    "write_off": {"evidence_sound", "sealed_as_signed"},
    "request_extension": {"extension_within_cap"},
    "approve_extension": {"extension_rank"},
    "refuse_extension": {"extension_rank"},
    "complete_phase": {"evidence_present"},
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_row_of_a_verb_demands_what_the_design_says(verb: str) -> None:
    for step in rows(verb):
        assert {asked.name for asked in step.inputs if asked.required} == MUST_BE_GIVEN[verb]
        assert set(step.different_from) == DIFFERENT_PERSONS.get(verb, set())
        assert step.after == ANSWERS.get(verb)
        assert step.declares == CLAIMS.get(verb)
        assert set(step.guards) == GUARDS.get(verb, set())
        assert step.own_department is (verb in OF_THE_OWN_DEPARTMENT)


def test_a_declaration_is_answered_by_the_leader_whom_the_plan_names() -> None:
    found = {f"{step.verb} {role}" for step in STEPS if step.named_leader for role in step.roles}
    assert found == OF_THE_NAMED_LEADER


def test_whoever_goes_back_ends_the_round() -> None:
    returning = {step.verb for step in STEPS if step.returns}
    assert returning == {"return_plan", "accept_in_part", "send_back", "relapse"}


def test_no_step_asks_twice_for_the_same_thing() -> None:
    for step in STEPS:
        names = [asked.name for asked in step.inputs]
        assert len(names) == len(set(names)), step.verb


def test_a_value_that_is_a_day_is_asked_for_as_a_day() -> None:
    for asked in (asked for step in STEPS for asked in step.inputs):
        assert (asked.kind is InputKind.DATE) is asked.name.endswith("_on"), asked.name


def test_decisions_lie_behind_and_next_dates_ahead() -> None:
    sides = {asked.name: asked.when for step in STEPS for asked in step.inputs if asked.when}
    assert sides == {"decided_on": When.PAST, "next_due_on": When.AHEAD, "new_due_on": When.AHEAD}


def test_conditions_name_verbs_that_exist() -> None:
    for step in STEPS:
        assert set(step.different_from) | ({step.after} - {None}) <= set(VERBS)
        assert label_of(step.verb) == step.label, "one verb has one label"


# The table as a whole


def reachable(start: State, kind: Kind, roles: Collection[Role] = tuple(Role)) -> set[State]:
    """Follow every step that these roles may take from `start` until nothing new is found."""
    seen: set[State] = set()
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += [
                to for (_, at, by, of), to in CELLS.items() if (at, of) == (state, kind) and by in roles
            ]
    return seen


@pytest.mark.parametrize("state", State)
def test_from_every_state_a_finding_can_still_be_written_off(state: State) -> None:
    for kind in Kind:
        assert State.WRITTEN_OFF in reachable(state, kind)


def test_nothing_but_relapse_leads_out_of_written_off() -> None:
    assert {verb for (verb, at, _, _), to in CELLS.items() if at is State.WRITTEN_OFF != to} == {"relapse"}


@pytest.mark.parametrize("missing", sorted(set(Role) - {Role.HANDLER}))
def test_a_finding_is_never_written_off_without_each_of_the_five(missing: Role) -> None:
    for kind in Kind:
        assert State.WRITTEN_OFF not in reachable(State.DRAFT, kind, set(Role) - {missing})
