"""Gathers what the guards look at, for an act and for the page that shows the act beforehand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bihuan.ledger import facts
from bihuan.ledger.guards import Case
from bihuan.ledger.models import Extension, Finding, Measure, Review
from bihuan.scope import Actor


def case_of(finding: Finding, *, given: Mapping[str, object], actor: Actor, at: datetime) -> Case:
    """Read everything that hangs on a finding, as guards want it."""
    reviews = list(Review.objects.scoped(actor).filter(finding=finding).order_by("pk"))
    open_extensions = Extension.objects.scoped(actor).filter(finding=finding, approved__isnull=True)
    evidence = facts.evidence_by_measure(finding, actor=actor)
    return Case(
        finding=finding,
        measures=list(Measure.objects.scoped(actor).filter(finding=finding)),
        evidence=evidence,
        reused=facts.reuse(evidence, finding, actor=actor),
        reviews=[review for review in reviews if review.round == finding.round],
        last_return=last_return(finding, reviews),
        open_extension=open_extensions.first(),
        actor=actor,
        at=at,
        given=dict(given),
    )


def last_return(finding: Finding, reviews: Sequence[Review]) -> Review | None:
    """Give the step that began the current round; `reviews` are all of the finding, oldest first."""
    return next((review for review in reversed(reviews) if review.round == finding.round - 1), None)
