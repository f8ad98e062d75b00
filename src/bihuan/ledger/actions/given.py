"""Takes what a step asks for out of what was given, and names everything that is missing or wrong at once."""

from collections.abc import Mapping
from datetime import date

from bihuan.errors import BadInput
from bihuan.words import Phrase, phrase
from bihuan.workflow.steps import Input, InputKind, Step, When

_TYPES: Mapping[InputKind, type] = {InputKind.DATE: date, InputKind.PLEDGE: bool}


def asked_for(step: Step, given: Mapping[str, object], *, today: date) -> dict[str, object]:
    """Give the values that the step's inputs name; raises BadInput with a reason for each fault."""
    faults: list[Phrase] = []
    values: dict[str, object] = {}
    for asked in step.inputs:
        value = given.get(asked.name)
        value = value.strip() if isinstance(value, str) else value
        fault = _fault(asked, value, today)
        if fault is not None:
            faults.append(fault)
        elif not _is_empty(value):
            values[asked.name] = value
    if faults:
        raise BadInput(*faults)
    return values


def _is_empty(value: object) -> bool:
    return value in ("", None, False)


def _fault(asked: Input, value: object, today: date) -> Phrase | None:
    if _is_empty(value):
        return phrase("“%(label)s” is missing.", label=asked.label) if asked.required else None
    if not isinstance(value, _TYPES.get(asked.kind, str)):
        return phrase("“%(label)s” is not of the right form.", label=asked.label)
    if isinstance(value, date) and asked.when == When.PAST and value > today:
        return phrase("“%(label)s” must not lie ahead.", label=asked.label)
    if isinstance(value, date) and asked.when == When.AHEAD and value <= today:
        return phrase("“%(label)s” must lie ahead.", label=asked.label)
    return None
