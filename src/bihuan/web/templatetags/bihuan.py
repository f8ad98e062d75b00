"""Template words of our own: phrases and labels of the pure packages, translated at the edge."""

from django import template
from django.utils.translation import gettext

from bihuan.words import Phrase

register = template.Library()


@register.filter
def said(value: object) -> str:
    """Translate a phrase (and the phrases or labels among its values), a label, or anything that has a label."""
    if value is None or value == "":
        return ""
    if isinstance(value, Phrase):
        return gettext(value.template) % {name: _value(item) for name, item in value.values.items()}
    return gettext(str(getattr(value, "label", value)))


def _value(item: object) -> object:
    return item if isinstance(item, int | float) else said(item)


@register.filter
def short(digest: str) -> str:
    """Show the beginning of a digest, enough to compare by eye."""
    return digest[:12]


@register.filter
def percent_of(part: int, whole: int) -> int:
    """Give `part` of `whole` in whole percent, 0 of an empty whole."""
    return round(100 * part / whole) if whole else 0
