"""What templates need to speak: phrases in the reader's language, icons from the sprite, short digests."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bihuan.documents.model import PartialDate
from bihuan.words import Phrase

register = template.Library()

SHORT_HASH = 10


@register.filter
def say(what: object) -> str:
    """Say a phrase, an enumeration's word or a plain msgid in the reader's language."""
    if isinstance(what, Phrase):
        return _say_phrase(what)
    if what in (None, ""):
        return ""
    return gettext(str(getattr(what, "label", what)))


def _say_phrase(what: Phrase) -> str:
    text = gettext(what.template)
    return text % _say_values(what.values) if what.values else text


def _say_values(values: Mapping[str, object]) -> dict[str, object]:
    # A value may itself be a word of the glossary, such as the label of a state.
    return {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in values.items()
    }


@register.filter
def on(day: date | PartialDate | None) -> str:
    """Write a date as precisely as it is known, in figures that align: 2024-09-06, 2024-09, 2024."""
    if day is None:
        return ""
    return str(day) if isinstance(day, PartialDate) else date_format(day, "Y-m-d")


@register.filter
def short(digest: object) -> str:
    """Give the first characters of a hexadecimal digest, enough for two eyes to compare."""
    text = digest.hex() if isinstance(digest, bytes) else str(digest or "")
    return text[:SHORT_HASH]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of the sprite; it never carries meaning alone, so readers of screens skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("bihuan/icons.svg"),
        name,
    )
