"""What waits for a post: the findings that it, and nobody else, can carry forward."""

from datetime import date

from django.db.models import Q

from bihuan.ledger.models import Cooperation, Finding
from bihuan.ledger.queries.ledger import Row, row_of
from bihuan.scope import Actor
from bihuan.workflow.steps import STEPS
from bihuan.workflow.words import Role, State

SHOWN = 20


def waiting(*, actor: Actor, today: date, limit: int = SHOWN) -> list[Row]:
    """Give the findings whose next main step is this post's, the most pressing first."""
    states = {state for step in STEPS if step.main and actor.role in step.roles for state in step.sources}
    if actor.role is None or not states:
        return []
    rows = Finding.objects.scoped(actor).filter(state__in=states).filter(_mine(actor))
    related = rows.select_related(
        "inspection__organisation", "category", "lead_department", "responsible_leader"
    )
    return [row_of(finding, today) for finding in related.order_by("due_order", "pk")[:limit]]


def _mine(actor: Actor) -> Q:
    if actor.role in (Role.HANDLER, Role.DEPARTMENT_HEAD):
        department = actor.organisation_id
        helps = Cooperation.objects.scoped(actor).filter(department_id=department).values("finding_id")
        return Q(lead_department_id=department) | Q(pk__in=helps)
    if actor.role == Role.RESPONSIBLE_LEADER:
        return Q(responsible_leader_id=actor.person_id)
    if actor.role == Role.SUPERVISOR:
        return Q(state=State.SIGNED_OFF)
    return Q()
