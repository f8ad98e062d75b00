"""Draws the step table: `docs/workflow.md` is what `document()` returns, and a test compares the two."""

from collections.abc import Callable

from bihuan.workflow.steps import STEPS, Step
from bihuan.workflow.words import Kind, Role, State


def _same(text: str) -> str:
    return text


def mermaid() -> str:
    """Draw the states and the steps that move a finding between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.DRAFT}"]
    edges = dict.fromkeys(
        (source, target, step.verb)
        for step in STEPS
        for kind in Kind
        if kind in step.kinds and (target := step.leads_to(kind)) is not None
        for source in step.sources
    )
    lines += [f"    {source} --> {target}: {verb}" for source, target, verb in edges]
    return "\n".join(lines)


def document(translate: Callable[[str], str] = _same) -> str:
    """Write the whole page: diagram, then every row with who, from where, to where, and what is asked."""
    head = "| verb | from | to | who | asked for | must hold |\n|---|---|---|---|---|---|"
    rows = "\n".join(_row(step, translate) for step in STEPS)
    return (
        "# Workflow of a finding\n\n"
        "Generated from `src/bihuan/workflow/steps.py` by `script/docs`; do not edit.\n\n"
        f"```mermaid\n{mermaid()}\n```\n\n{head}\n{rows}\n"
    )


def _row(step: Step, translate: Callable[[str], str]) -> str:
    conditions = list(step.guards)
    conditions += [f"other person than {verb}" for verb in step.different_from]
    if step.after:
        conditions.append(f"after {step.after}")
    if Role.SUPERVISOR in step.roles:
        conditions.append("from outside the organisation")
    if step.named_leader:
        conditions.append("the leader whom the plan names")
    if step.own_department:
        conditions.append("lead or cooperating department")
    cells = (
        f"`{step.verb}` {translate(step.label)}",
        ", ".join(step.sources),
        "/".join(dict.fromkeys(step.leads_to(kind) or "stays" for kind in Kind if kind in step.kinds)),
        ", ".join(step.roles),
        ", ".join(translate(asked.label) for asked in step.inputs),
        ", ".join(conditions),
    )
    return "| " + " | ".join(cells) + " |"
