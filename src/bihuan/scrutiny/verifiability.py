"""Sorts measures by how far their words could be verified; the words are in `tables/results.toml`."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from bihuan.documents.model import Completion, Finding
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain


class Verifiability(StrEnum):
    """What a measure gives a verifier to hold on to, strongest first. Values are the classes A–D of the tables."""

    RESULT = "A"
    DELIVERABLE = "B"
    FREQUENCY = "C"
    NOTHING = "D"


def figures(text: str, entry: str = "counted") -> Iterator[str]:
    """Yield the figures in `text` that count or measure something, leaving out limits, plans and names.

    `entry` is a key of the table `results.figures`: `counted` for any figure, `ratio` for proportions and ranks.
    """
    reading = words("results", "figures.blanked").sub("□", plain(text))
    return (found.group() for found in words("results", f"figures.{entry}").finditer(reading))


@lru_cache(maxsize=8192)
def verifiability(measure: str) -> Verifiability:
    """Return the class of one measure; a measure that fits several classes belongs to the strongest."""
    reading = plain(measure)
    if any(figures(measure)) or words("results", "states.reached").search(reading):
        return Verifiability.RESULT
    if words("results", "frequency.stated").search(reading):
        return Verifiability.FREQUENCY
    if words("results", "deliverable.named").search(reading) or words("results", "acts.provable").search(
        reading
    ):
        return Verifiability.DELIVERABLE
    return Verifiability.NOTHING


def is_declared_done(finding: Finding) -> bool:
    """Tell whether the organisation claims the finding as finished, sustained or not."""
    return finding.declared.completion is Completion.DONE


def states_result(finding: Finding) -> bool:
    """Tell whether the result, or at least one measure, states something that came of the work."""
    return any(verifiability(text) is Verifiability.RESULT for text in finding.work)


def is_unverifiable(finding: Finding) -> bool:
    """Tell whether the finding has measures and neither they nor their result could be verified."""
    return bool(finding.measures) and all(
        verifiability(text) is Verifiability.NOTHING for text in finding.work
    )
