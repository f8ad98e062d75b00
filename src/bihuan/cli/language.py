"""Phrases in the language of the console, from the same catalogue as the pages, without loading Django."""

import gettext
import os
from functools import cache
from pathlib import Path

from bihuan.words import Phrase

LOCALE = Path(__file__).resolve().parent.parent / "locale"


@cache
def _catalogue() -> gettext.NullTranslations:
    wanted = os.environ.get("BIHUAN_LANGUAGE", "zh_Hans")
    return gettext.translation("django", LOCALE, [wanted], fallback=True)


def say(value: Phrase | str) -> str:
    """Translate a phrase, with the phrases and labels among its values, or a plain label."""
    if not isinstance(value, Phrase):
        return _catalogue().gettext(value) if value else ""
    values = {name: _value(item) for name, item in value.values.items()}
    template = _catalogue().gettext(value.template) if value.template else ""
    return template % values if values else template


def _value(item: object) -> object:
    return item if isinstance(item, int | float) else say(item if isinstance(item, Phrase) else str(item))
