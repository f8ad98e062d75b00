"""Maintained counts: every act that changes what is counted moves the finding from one set of cells to another."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import F

from bihuan.journal import actions as journal
from bihuan.ledger.models import Finding, Inspection, Tally
from bihuan.scope import Actor

Cell = tuple[str, str]
ALL = ("all", "")


def cells(finding: Finding) -> frozenset[Cell]:
    """Say in which cells (facet, key) a finding is counted."""
    due = finding.due_on.isoformat() if finding.due_on else ""
    counted = {
        ALL,
        ("category", str(finding.category_id)),
        ("state", finding.state),
        ("declared", finding.declared_completion),
    }
    if finding.state != "written_off":
        counted.add(("due", due))
    if finding.declared_sustained:
        counted.add(("sustained", ""))
    if finding.relapse_count:
        counted.add(("relapsed", ""))
    if finding.proven:
        counted.add(("proven", ""))
    return frozenset(counted)


def move(inspection: Inspection, before: Iterable[Cell], after: Iterable[Cell], *, actor: Actor) -> None:
    """Move one finding from the cells it was counted in to those it is counted in now."""
    change = Counter(after)
    change.subtract(Counter(before))
    _apply(inspection, change, actor)


def add(inspection: Inspection, findings: Iterable[Finding], *, actor: Actor) -> None:
    """Count new findings."""
    _apply(inspection, Counter(_all_cells(findings)), actor)


def _all_cells(findings: Iterable[Finding]) -> Iterator[Cell]:
    for finding in findings:
        yield from cells(finding)


def _apply(inspection: Inspection, change: Counter[Cell], actor: Actor) -> None:
    # Two who make the same cell at one moment would fail; two who wait for each other's cells would too.
    journal.take_turn()
    rows = Tally.objects.scoped(actor).filter(inspection=inspection)
    for (facet, key), by in sorted(change.items()):
        if by and not rows.filter(facet=facet, key=key).update(count=F("count") + by):
            rows.create(
                inspection=inspection,
                facet=facet,
                key=key,
                count=by,
                organisation_path=inspection.organisation_path,
            )
