"""Which inspections a post can see, and one of them."""

from dataclasses import dataclass
from datetime import date

from bihuan.ledger.models import Category, Inspection
from bihuan.ledger.queries.standing import Standing, standings
from bihuan.scope import Actor
from bihuan.workflow import deadlines
from bihuan.workflow.policy import DEFAULT

SHOWN = 100


@dataclass(frozen=True)
class InspectionLine:
    """An inspection with its figures."""

    inspection: Inspection
    standing: Standing


def inspections(*, actor: Actor, today: date, limit: int = SHOWN) -> list[InspectionLine]:
    """Give the newest inspections within reach with their standing."""
    rows = list(
        Inspection.objects.scoped(actor)
        .select_related("organisation")
        .order_by("-feedback_on", "-pk")[:limit]
    )
    figures = standings(rows, actor=actor, today=today)
    return [InspectionLine(row, figures[row.pk]) for row in rows]


def inspection(inspection_id: int, *, actor: Actor) -> Inspection:
    """Give one inspection; raises NotFound outside the reach."""
    rows = Inspection.objects.scoped(actor).select_related("organisation", "document")
    return rows.one(pk=inspection_id)  # type: ignore[no-any-return]


def standing(inspection: Inspection, *, actor: Actor, today: date) -> Standing:
    """Give the figures of one inspection."""
    return standings([inspection], actor=actor, today=today)[inspection.pk]


def categories(inspection: Inspection, *, actor: Actor) -> list[Category]:
    """Give the categories of an inspection in the order of its document."""
    return list(Category.objects.scoped(actor).filter(inspection=inspection))


def concentrated_until(inspection: Inspection) -> date | None:
    """Give the last day of the concentrated period; None while the day of feedback is not known."""
    if len(inspection.feedback_on) < len("2024-09-06"):
        return None
    return deadlines.concentrated_until(date.fromisoformat(inspection.feedback_on), DEFAULT)
