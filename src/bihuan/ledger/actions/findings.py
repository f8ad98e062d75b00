"""How a finding is taken in hand and put back: locked, checked for a newer version, counted, journaled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bihuan.errors import RuleBroken
from bihuan.journal import actions as journal
from bihuan.ledger import tallies
from bihuan.ledger.models import Finding
from bihuan.scope import Actor
from bihuan.words import phrase


@dataclass
class InHand:
    """A finding under change, with the cells it was counted in before."""

    finding: Finding
    cells_before: frozenset[tuple[str, str]]


def take_in_hand(finding_id: int, *, actor: Actor, version: int | None) -> InHand:
    """Lock a finding for change.

    Raises NotFound outside the reach, and RuleBroken when somebody changed it since `version` was
    shown: nobody overwrites another's work unseen. None skips that check (acts of the console).
    """
    rows = Finding.objects.scoped(actor).select_related("inspection")
    finding = rows.select_for_update(of=("self",)).one(pk=finding_id)
    if version is not None and version != finding.version:
        raise RuleBroken(phrase("This finding was changed meanwhile. Look at it again before you go on."))
    return InHand(finding, tallies.cells(finding))


def hold(rows: QuerySet[Finding]) -> None:
    """Lock several findings before the first of them is changed, in the order that every bulk act keeps."""
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def put_back(
    hand: InHand,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> Finding:
    """Save a changed finding, move its counts and write the one journal entry of the act."""
    finding = hand.finding
    finding.version += 1
    finding.save()
    tallies.move(finding.inspection, hand.cells_before, tallies.cells(finding), actor=actor)
    journal.append(verb, subject_of(finding), actor=actor, at=at, before=before, after=after)
    return finding


def subject_of(finding: Finding) -> journal.Subject:
    """Name a finding to the journal."""
    return journal.Subject("finding", str(finding.pk), finding.organisation_path)
