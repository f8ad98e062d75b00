"""Marks phrases for translation without knowing any framework; the edge of the system translates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark `text` as a phrase that the catalogue must translate, and return it unchanged."""
    return text


@dataclass(frozen=True)
class Phrase:
    """A sentence for people: an English template (the msgid) and the values that fill it.

    The pure packages cannot know the reader's language, so they hand out phrases;
    web, api and cli translate `template` and then fill in `values`.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.values if self.values else self.template


def phrase(template: str, **values: object) -> Phrase:
    """Build a phrase; a literal `template` is collected for translation like one marked with `N_`."""
    return Phrase(template, values)
