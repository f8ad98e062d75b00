"""The table of steps: who may do what to a finding, from where to where, and what must be given.

This table is the rule. Actions read it, pages draw their buttons from it, `docs/workflow.md` is
generated from it, and the tests walk every state × verb × role. Source: design §5.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bihuan.documents.model import Completion
from bihuan.errors import NotAllowed, RuleBroken
from bihuan.words import N_, phrase
from bihuan.workflow.words import Kind, Role, State


class InputKind(StrEnum):
    """How a person gives a value."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    PLEDGE = "pledge"


class When(StrEnum):
    """On which side of today a date must lie; today itself is past."""

    PAST = "past"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Input:
    """One thing a step asks for; `name` is the key in the journal and in forms."""

    name: str
    label: str
    kind: InputKind
    required: bool = True
    when: When | None = None


OPINION = Input("opinion", N_("Opinion"), InputKind.TEXT, required=False)
REASON = Input("reason", N_("Reason"), InputKind.TEXT)
TEXT = Input("text", N_("What was done"), InputKind.TEXT)
MEETING = Input("meeting", N_("Meeting that decided (name and number)"), InputKind.LINE)
DECIDED_ON = Input("decided_on", N_("Date of the decision"), InputKind.DATE, when=When.PAST)
PLEDGE = Input("pledge", N_("I pledge that this is true and answer for it"), InputKind.PLEDGE)
REMAINING = Input("remaining_work", N_("Remaining work"), InputKind.TEXT)
NEXT_DUE_ON = Input("next_due_on", N_("Next date"), InputKind.DATE, when=When.AHEAD)
NEW_DUE_ON = Input("new_due_on", N_("New due date"), InputKind.DATE, when=When.AHEAD)
OBJECTIVE = Input("stage_objective", N_("Objective of the first phase"), InputKind.TEXT)
RESULT = Input("result", N_("Result of the phase"), InputKind.TEXT)
FINDING_AGAIN = Input("detail", N_("What was found again (where, when, how many)"), InputKind.TEXT)
CHECKED = Input("detail", N_("What was checked and seen"), InputKind.TEXT)

ANY = frozenset(Kind)
DATED = frozenset({Kind.IMMEDIATE, Kind.DUE})
WORKING = (State.RECTIFYING, State.SUSTAINING)


@dataclass(frozen=True)
class Step:
    """One row: `verb` leads from any of `sources` to `target` (None: the state stays) for `roles`.

    A long-term finding sustains where others rectify: see `leads_to`.
    """

    verb: str
    label: str
    sources: tuple[State, ...]
    target: State | None
    roles: tuple[Role, ...]
    inputs: tuple[Input, ...] = ()
    kinds: frozenset[Kind] = ANY
    guards: tuple[str, ...] = ()
    """Names of guard sets that must pass before the step; see the ledger's guards."""
    different_from: tuple[str, ...] = ()
    """Verbs of the current round whose actor must be another person (F11)."""
    after: str | None = None
    """A verb that must have been taken in the current round and not yet answered."""
    own_department: bool = False
    """Only for a post in the lead department or one that cooperates."""
    named_leader: bool = False
    """Only for the person whom the plan names as responsible leader, while that person holds such a post."""
    declares: Completion | None = None
    """What this step makes of the organisation's claim."""
    main: bool = False
    """Whether the step carries the finding forward, so that pages show it first."""
    returns: bool = field(default=False)
    """Whether the step sends the finding back and so ends the current round."""

    def leads_to(self, kind: Kind) -> State | None:
        """Give the state that the step brings about for a finding of this kind; None: it stays."""
        if self.target == State.RECTIFYING and kind == Kind.LONG_TERM:
            return State.SUSTAINING
        return self.target


STEPS: tuple[Step, ...] = (
    Step(
        "submit_plan", N_("Submit the plan"), (State.DRAFT,), State.PLAN_REVIEW, (Role.OFFICE,),
        inputs=(OPINION,), guards=("plan_complete",), main=True,
    ),
    Step(
        "approve_plan", N_("Approve the plan"), (State.PLAN_REVIEW,), State.RECTIFYING, (Role.PRINCIPAL,),
        inputs=(MEETING, DECIDED_ON, OPINION), guards=("decided_after_feedback",),
        different_from=("submit_plan",), main=True,
    ),
    Step(
        "return_plan", N_("Return the plan"), (State.PLAN_REVIEW,), State.DRAFT, (Role.PRINCIPAL,),
        inputs=(REASON,), returns=True,
    ),
    Step(
        "report_progress", N_("Report progress"), WORKING, None, (Role.HANDLER, Role.DEPARTMENT_HEAD),
        inputs=(TEXT,), own_department=True, main=True,
    ),
    Step(
        "declare_done", N_("Declare done"), WORKING, State.DECLARED, (Role.DEPARTMENT_HEAD,),
        inputs=(Input("result_summary", N_("Result in one paragraph"), InputKind.TEXT),),
        guards=("evidence_present",), own_department=True, declares=Completion.DONE, main=True,
    ),
    Step(
        "endorse", N_("Endorse"), (State.DECLARED,), State.ENDORSED, (Role.RESPONSIBLE_LEADER,),
        inputs=(OPINION,), different_from=("declare_done",), named_leader=True, main=True,
    ),
    Step(
        "review", N_("Review"), (State.ENDORSED,), State.REVIEWED, (Role.OFFICE,),
        inputs=(OPINION,), guards=("evidence_sound",), different_from=("declare_done", "endorse"), main=True,
    ),
    Step(
        "sign_off", N_("Sign off"), (State.REVIEWED,), State.SIGNED_OFF, (Role.PRINCIPAL,),
        inputs=(MEETING, DECIDED_ON, PLEDGE, OPINION), guards=("decided_after_feedback",),
        different_from=("declare_done", "review"), main=True,
    ),
    Step(
        "write_off", N_("Write off"), (State.SIGNED_OFF,), State.WRITTEN_OFF, (Role.SUPERVISOR,),
        inputs=(Input("opinion", N_("What was verified and how"), InputKind.TEXT),),
        guards=("evidence_sound", "sealed_as_signed"),
        different_from=("declare_done", "endorse", "review", "sign_off"), main=True,
    ),
    Step(
        "accept_in_part", N_("Accept in part"), (State.SIGNED_OFF,), State.RECTIFYING, (Role.SUPERVISOR,),
        inputs=(REMAINING, NEXT_DUE_ON), different_from=("declare_done", "endorse", "review", "sign_off"),
        declares=Completion.BASIC, returns=True,
    ),
    Step(
        "send_back", N_("Send back"), (State.DECLARED,), State.RECTIFYING, (Role.RESPONSIBLE_LEADER,),
        inputs=(REASON,), named_leader=True, declares=Completion.IN_PROGRESS, returns=True,
    ),
    Step(
        "send_back", N_("Send back"), (State.ENDORSED,), State.RECTIFYING, (Role.OFFICE,),
        inputs=(REASON,), declares=Completion.IN_PROGRESS, returns=True,
    ),
    Step(
        "send_back", N_("Send back"), (State.REVIEWED,), State.RECTIFYING, (Role.PRINCIPAL,),
        inputs=(REASON,), declares=Completion.IN_PROGRESS, returns=True,
    ),
    Step(
        "send_back", N_("Send back"), (State.SIGNED_OFF,), State.RECTIFYING, (Role.SUPERVISOR,),
        inputs=(REASON,), declares=Completion.IN_PROGRESS, returns=True,
    ),
    Step(
        "request_extension", N_("Request an extension"), (State.RECTIFYING,), None, (Role.DEPARTMENT_HEAD,),
        inputs=(REASON, NEW_DUE_ON), guards=("extension_within_cap",), own_department=True,
    ),
    Step(
        "approve_extension", N_("Approve the extension"), (State.RECTIFYING,), None,
        (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR),
        inputs=(OPINION,), guards=("extension_rank",), different_from=("request_extension",),
        after="request_extension",
    ),
    Step(
        "refuse_extension", N_("Refuse the extension"), (State.RECTIFYING,), None,
        (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR),
        inputs=(REASON,), guards=("extension_rank",), after="request_extension",
    ),
    Step(
        "propose_long_term", N_("Propose as long-term"), (State.RECTIFYING,), None, (Role.PRINCIPAL,),
        inputs=(REASON, OBJECTIVE, NEXT_DUE_ON), kinds=DATED,
    ),
    Step(
        "make_long_term", N_("Accept as long-term"), (State.RECTIFYING,), State.SUSTAINING, (Role.SUPERVISOR,),
        inputs=(OPINION,), kinds=DATED, after="propose_long_term",
    ),
    Step(
        "complete_phase", N_("Complete the phase"), (State.SUSTAINING,), None, (Role.OFFICE,),
        inputs=(RESULT, OBJECTIVE, NEXT_DUE_ON), guards=("evidence_present",),
    ),
    Step(
        "spot_check", N_("Record a spot check"), (State.WRITTEN_OFF,), None, (Role.SUPERVISOR,),
        inputs=(CHECKED,), different_from=("declare_done",),
    ),
    Step(
        "relapse", N_("Reopen as relapse"), (State.WRITTEN_OFF,), State.RECTIFYING, (Role.SUPERVISOR,),
        inputs=(FINDING_AGAIN, NEXT_DUE_ON), declares=Completion.IN_PROGRESS, returns=True,
    ),
)  # fmt: skip


VERBS: tuple[str, ...] = tuple(dict.fromkeys(step.verb for step in STEPS))


def rows(verb: str) -> tuple[Step, ...]:
    """All rows of one verb; empty when there is no such verb."""
    return tuple(step for step in STEPS if step.verb == verb)


def label_of(verb: str) -> str:
    """The label of a verb as printed on buttons and in the life-cycle of a finding."""
    return rows(verb)[0].label


def find_step(verb: str, *, state: State, kind: Kind, role: Role) -> Step:
    """Look up the one row that lets `role` take `verb` from `state`.

    Raises RuleBroken when the verb does not lead from this state, NotAllowed when it does but
    not for this role: the two are told apart so that a person learns whom to ask.
    """
    here = [step for step in rows(verb) if state in step.sources and kind in step.kinds]
    if not here:
        raise RuleBroken(
            phrase("“%(verb)s” is not possible while the finding is “%(state)s”.",
                   verb=label_of(verb) if rows(verb) else verb, state=state.label)
        )  # fmt: skip
    for step in here:
        if role in step.roles:
            return step
    raise NotAllowed(
        phrase("“%(verb)s” is for: %(roles)s.", verb=here[0].label, roles=here[0].roles[0].label)
    )


def open_steps(*, state: State, kind: Kind, role: Role) -> tuple[Step, ...]:
    """The rows a role could take from a state, main steps first; guards are not asked here."""
    found = [s for s in STEPS if state in s.sources and kind in s.kinds and role in s.roles]
    return tuple(sorted(found, key=lambda step: not step.main))


def whose_turn(*, state: State, kind: Kind) -> tuple[Role, ...]:
    """The roles that can carry a finding forward from this state, in the order of the table."""
    turn = [role for s in STEPS if s.main and state in s.sources and kind in s.kinds for role in s.roles]
    return tuple(dict.fromkeys(turn))
