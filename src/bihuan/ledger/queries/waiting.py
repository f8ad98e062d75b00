"""What waits for a post: the findings that it can carry forward, and the requests that it must answer."""

from dataclasses import dataclass
from datetime import date
from heapq import merge

from django.db.models import Q, QuerySet

from bihuan.ledger.models import Cooperation, Extension, Finding
from bihuan.ledger.queries.ledger import Row, row_of
from bihuan.scope import Actor
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.steps import STEPS
from bihuan.workflow.words import Role, State

SHOWN = 20
COUNTED = 1_000
"""Beyond this many nobody reads the number; counting on would read the whole table."""


@dataclass(frozen=True)
class Waiting:
    """The most pressing findings that wait for a post."""

    rows: list[Row]
    count: int
    """How many wait in all, `COUNTED` at most."""

    @property
    def more(self) -> bool:
        """Whether more wait than are shown."""
        return self.count > len(self.rows)


def waiting(*, actor: Actor, today: date, limit: int = SHOWN) -> Waiting:
    """Give what waits for this post, the most pressing first."""
    parts = [*_by_state(actor), *_requests(actor)]
    related = ("inspection__organisation", "category", "lead_department", "responsible_leader")
    # One ordered list for each state: the index gives the first rows without sorting the rest.
    lists = [part.select_related(*related).order_by("due_order", "pk")[:limit] for part in parts]
    first = list(merge(*lists, key=lambda finding: (finding.due_order, finding.pk)))[:limit]
    count = sum(len(part.values_list("pk")[:COUNTED]) for part in parts)
    return Waiting([row_of(finding, today) for finding in first], min(count, COUNTED))


def _by_state(actor: Actor) -> list[QuerySet[Finding]]:
    if actor.role is None:
        return []
    states = {state for step in STEPS if step.main and actor.role in step.roles for state in step.sources}
    mine = Finding.objects.scoped(actor).filter(_mine(actor))
    return [mine.filter(state=state) for state in sorted(states)]


def _requests(actor: Actor) -> list[QuerySet[Finding]]:
    """Requests for a later date that are this rank's to answer."""
    ranks = [number for number, role in enumerate(DEFAULT.extension_ranks) if role == actor.role]
    requests = Extension.objects.scoped(actor).filter(approved__isnull=True).values("finding_id")
    findings = Finding.objects.scoped(actor).filter(state=State.RECTIFYING, pk__in=requests)
    return [findings.filter(extension_count=number) for number in ranks]


def _mine(actor: Actor) -> Q:
    if actor.role in (Role.HANDLER, Role.DEPARTMENT_HEAD):
        department = actor.organisation_id
        helps = Cooperation.objects.scoped(actor).filter(department_id=department).values("finding_id")
        return Q(lead_department_id=department) | Q(pk__in=helps)
    if actor.role == Role.RESPONSIBLE_LEADER:
        return Q(responsible_leader_id=actor.person_id)
    if actor.role == Role.SUPERVISOR:
        return ~Q(organisation_path=actor.unit_path)
    return Q(organisation_path=actor.unit_path)
