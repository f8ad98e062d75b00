"""What templates need to speak: phrases in the reader's language, ordinals, dates, icons from the sprite."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from bihuan.documents.model import Completion
from bihuan.documents.numerals import numeral
from bihuan.ledger.actions.steps import OVERRIDE
from bihuan.scrutiny import TITLES, FindingKey
from bihuan.words import N_, Phrase
from bihuan.workflow import steps
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.words import Kind, Role, State

register = template.Library()

SHORT_DIGEST = 10


@register.filter
def said(what: object) -> str:
    """Say a phrase, a word of an enumeration or a plain msgid in the reader's language."""
    if isinstance(what, Phrase):
        return _say_phrase(what)
    text = str(getattr(what, "label", "" if what is None else what))
    return gettext(text) if text else ""


def _say_phrase(what: Phrase) -> str:
    text = gettext(what.template) if what.template else ""
    return text % _say_values(what.values) if what.values else text


def _say_values(values: Mapping[str, object]) -> dict[str, object]:
    # A value may itself be a word of the glossary, such as the label of a state.
    return {name: _say_value(value) for name, value in values.items()}


def _say_value(value: object) -> object:
    return said(value) if isinstance(value, Phrase) or (isinstance(value, str) and value) else value


@register.filter
def said_verb(verb: str) -> str:
    """Say what an act of the journal is called."""
    return gettext(steps.label_of(verb) if verb in steps.VERBS else _OTHER_ACTS.get(verb, verb))


_OTHER_ACTS = {
    "plan_finding": N_("Write the plan"),
    "assign": N_("Assign"),
    "attach_evidence": N_("Attach evidence"),
    "detach_evidence": N_("Take evidence off"),
    "confirm_upload": N_("Confirm a document"),
}


@register.filter
def said_role(role: str) -> str:
    """Say a stored role; empty for what the system did by itself."""
    return gettext(Role(role).label) if role else ""


@register.filter
def said_code(code: str) -> str:
    """Say what a sign of rectification on paper is called."""
    return gettext(TITLES[code]) if code in TITLES else code


@register.filter
def said_input(name: str) -> str:
    """Say what a step asked for, by the name under which the answer is kept."""
    asked = _INPUTS.get(name)
    return gettext(asked) if asked else name


_INPUTS = {asked.name: asked.label for step in steps.STEPS for asked in step.inputs}
_INPUTS[OVERRIDE] = N_("Why the warnings were passed over")


@register.filter
def sends_back(verb: str) -> bool:
    """Say whether an act sent the finding back and so ended a round."""
    return any(step.returns for step in steps.rows(verb))


@register.filter
def last_into(reviews: Sequence[Any], state: str) -> Any:
    """Find the newest act that brought a finding into a state; none for the state in which it began."""
    moved = (review for review in reversed(reviews) if review.to_state == state != review.from_state)
    return next(moved, None)


@register.filter
def alone(title: str) -> str:
    """Show a title that stands alone: its inner quotation marks are then the outer ones."""
    return title if "“" in title else title.replace("‘", "“").replace("’", "”")


@register.filter
def awaits(finding: Any, role: str) -> str:
    """Say which main steps of a role a finding waits for, in the order of the table."""
    open_here = steps.open_steps(state=State(finding.state), kind=Kind(finding.kind), role=Role(role))
    return " / ".join(gettext(step.label) for step in open_here if step.main) or gettext("Answer a request")


@register.filter(expects_localtime=True)
def on(day: object) -> str:
    """Write a date as precisely as it is known, in figures that align: 2024-09-06, 2024-09, 2024.

    An instant is written as the day that it was where people are.
    """
    if not day:
        return ""
    return day.date().isoformat() if isinstance(day, datetime) else str(day)


@register.filter
def short(digest: object) -> str:
    """Give the first characters of a digest, enough for two eyes to compare."""
    return str(digest or "")[:SHORT_DIGEST]


@register.filter
def number(finding: Any) -> str:
    """Number a finding as papers do: （一）11, or 三、1 where its category has no ordinal."""
    key = finding if isinstance(finding, FindingKey) else _key_of(finding)
    return str(FindingKey(None, key.category, key.ordinal) if key.category else key)


def _key_of(finding: Any) -> FindingKey:
    category = finding.category
    return FindingKey(category.part or None, category.ordinal, finding.ordinal)


@register.filter
def heading(category: Any) -> str:
    """Write the heading of a category with its ordinal as papers do."""
    if category.ordinal:
        return f"（{numeral(category.ordinal)}）{category.title}"
    return f"{category.part}、{category.title}" if category.part else str(category.title)


@register.filter
def lookup(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """Look up what the template language cannot: a key that is not a plain word."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of the sprite; it never carries meaning alone, so readers of screens skip it."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("bihuan/icons.svg"),
        name,
    )


# A ledger shows these signs in each of its rows, so each of them is drawn once for a language.


@register.simple_tag
def lamp(burning: str) -> SafeString:
    """Draw a lamp; colour, shape and word say the same."""
    return _lamp(Lamp(burning), get_language())


@cache
def _lamp(burning: Lamp, _language: str | None) -> SafeString:
    return format_html(
        '<span class="lamp lamp--{}">{}{}</span>', burning, _icon(f"lamp-{burning}"), gettext(burning.label)
    )


@register.simple_tag
def badge(state: str) -> SafeString:
    """Draw the state of a finding, the truth of the workflow."""
    return _badge(State(state), get_language())


@cache
def _badge(state: State, _language: str | None) -> SafeString:
    return format_html('<span class="badge badge--{}">{}</span>', state, gettext(state.label))


@register.simple_tag
def claim(completion: str, sustained: bool) -> SafeString:
    """Draw what the organisation says of itself, quieter than what is so."""
    return _claim(Completion(completion), sustained, get_language())


@cache
def _claim(completion: Completion, sustained: bool, _language: str | None) -> SafeString:
    also = format_html('<span class="claim-sustained">{}</span>', gettext("sustained")) if sustained else ""
    return format_html(
        '<span class="claim claim--{}">{}{}</span>', completion, gettext(completion.label), also
    )


@register.filter
def address(key: int, page: str) -> str:
    """Give the address of a page about one object; a ledger asks for fifty of the same kind."""
    before, after = _around(page)
    return f"{before}{key}{after}"


@cache
def _around(page: str) -> tuple[str, str]:
    before, _, after = reverse(page, args=[_PLACE]).rpartition(str(_PLACE))
    return before, after


@register.filter
def as_seen(finding: Any) -> str:
    """Name a finding as it was when the page was drawn, so that nobody overwrites what came after."""
    return f"{finding.pk}:{finding.version}"


_PLACE = 1_000_000_007
