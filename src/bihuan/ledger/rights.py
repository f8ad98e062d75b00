"""Whose work a finding is: one rule for acts and for the pages that offer them."""

from collections.abc import Collection

from bihuan.ledger.models import Cooperation, Finding
from bihuan.scope import Actor
from bihuan.workflow.words import Role

WORKERS = (Role.HANDLER, Role.DEPARTMENT_HEAD)


def helpers_of(finding: Finding, *, actor: Actor) -> list[int]:
    """Give the departments that cooperate on a finding, by key."""
    rows = Cooperation.objects.scoped(actor).filter(finding=finding)
    return list(rows.values_list("department_id", flat=True))


def carries(actor: Actor, finding: Finding, helpers: Collection[int]) -> bool:
    """Say whether the post belongs to the lead department or to one of those that cooperate."""
    if actor.role not in WORKERS:
        return False
    return actor.organisation_id == finding.lead_department_id or actor.organisation_id in helpers
