"""How an inspection stands, from the maintained tallies: never by counting its findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bihuan.documents.model import Completion
from bihuan.ledger.models import Inspection, Tally
from bihuan.scope import Actor
from bihuan.workflow.deadlines import Lamp, lamp
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.words import State

UNDER_REVIEW = (State.DECLARED, State.ENDORSED, State.REVIEWED, State.SIGNED_OFF)


@dataclass(frozen=True)
class Standing:
    """The figures of one inspection. The proof gap is what lies between the first three."""

    findings: int = 0
    declared_done: int = 0
    """Declared complete by the organisation, whoever believes it."""
    written_off: int = 0
    """Verified by a second party."""
    proven: int = 0
    """Written off, and every measure carries evidence that can prove something."""
    sustained: int = 0
    relapsed: int = 0
    states: Mapping[State, int] = field(default_factory=dict)
    declared: Mapping[Completion, int] = field(default_factory=dict)
    categories: Mapping[int, int] = field(default_factory=dict)
    lamps: Mapping[Lamp, int] = field(default_factory=dict)

    @property
    def gap(self) -> int:
        """Findings declared complete that nobody verified yet."""
        return max(0, self.declared_done - self.written_off)

    @property
    def under_review(self) -> int:
        """Findings somewhere between declared and written off."""
        return sum(self.states.get(state, 0) for state in UNDER_REVIEW)


def total(parts: Iterable[Standing]) -> Standing:
    """Add up the headline figures of several inspections, for a page that shows them together."""
    summed = list(parts)
    return Standing(
        findings=sum(part.findings for part in summed),
        declared_done=sum(part.declared_done for part in summed),
        written_off=sum(part.written_off for part in summed),
        proven=sum(part.proven for part in summed),
        sustained=sum(part.sustained for part in summed),
        relapsed=sum(part.relapsed for part in summed),
        lamps={lamp: sum(part.lamps.get(lamp, 0) for part in summed) for lamp in Lamp},
    )


def standings(inspections: Iterable[Inspection], *, actor: Actor, today: date) -> dict[int, Standing]:
    """Give the standing of each inspection, by its key, with one query for all of them."""
    wanted = [inspection.pk for inspection in inspections]
    cells: dict[int, dict[str, dict[str, int]]] = {key: {} for key in wanted}
    rows = Tally.objects.scoped(actor).filter(inspection_id__in=wanted, count__gt=0)
    for inspection_id, facet, key, count in rows.values_list("inspection_id", "facet", "key", "count"):
        cells[inspection_id].setdefault(facet, {})[key] = count
    return {key: _standing(facets, today) for key, facets in cells.items()}


def _standing(facets: dict[str, dict[str, int]], today: date) -> Standing:
    states = {State(key): count for key, count in facets.get("state", {}).items()}
    declared = {Completion(key): count for key, count in facets.get("declared", {}).items()}
    written_off = states.get(State.WRITTEN_OFF, 0)
    return Standing(
        findings=_single(facets, "all"),
        declared_done=declared.get(Completion.DONE, 0),
        written_off=written_off,
        proven=_single(facets, "proven"),
        sustained=_single(facets, "sustained"),
        relapsed=_single(facets, "relapsed"),
        states=states,
        declared=declared,
        categories={int(key): count for key, count in facets.get("category", {}).items()},
        lamps=_lamps(facets.get("due", {}), written_off, today),
    )


def _single(facets: dict[str, dict[str, int]], facet: str) -> int:
    return facets.get(facet, {}).get("", 0)


def _lamps(due: dict[str, int], closed: int, today: date) -> dict[Lamp, int]:
    counts = dict.fromkeys(Lamp, 0)
    counts[Lamp.CLOSED] = closed
    for text, count in due.items():
        due_on = date.fromisoformat(text) if text else None
        counts[lamp(due_on=due_on, state=State.RECTIFYING, today=today, policy=DEFAULT)] += count
    return counts
