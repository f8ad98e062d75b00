"""Documents to print and to scrutinise, from the ledger as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q

from bihuan.documents.model import Completion, Document
from bihuan.errors import RuleBroken
from bihuan.ledger import paper, printed
from bihuan.ledger.models import Finding, Inspection, Review
from bihuan.ledger.queries.inspections import inspection as inspection_of
from bihuan.scope import Actor
from bihuan.scrutiny import FindingKey, Scrutiny, known_elsewhere, scrutinise
from bihuan.words import Phrase, phrase

COMPARED = 2_000
"""Findings that scrutiny compares pair by pair; real inspections have fewer than 1,000."""


def document(inspection_id: int, *, actor: Actor) -> Document:
    """Give the document that the ledger of an inspection amounts to; raises NotFound outside the reach."""
    return printed.document_of_inspection(inspection_of(inspection_id, actor=actor), actor=actor)


def report(
    inspection_id: int,
    *,
    actor: Actor,
    today: date,
    signed_on: date | None = None,
    contact: str | None = None,
) -> Document:
    """Give the progress report that the inspected organisation can print; raises NotFound outside the reach.

    `signed_on` and `contact` are for this paper only and change nothing in the ledger. Without them the contact
    is the one that was read, and the date that of the report that was read, or today if steps were taken since.
    """
    inspection = inspection_of(inspection_id, actor=actor)
    document = paper.report_of_inspection(inspection, actor=actor)
    stepped = Review.objects.scoped(actor).filter(finding__inspection=inspection)
    signed = document.signed_on
    if signed_on or signed is None or stepped.exists():
        signed = paper.exact(signed_on or today)
    return replace(document, signed_on=signed, contact=document.contact if contact is None else contact)


def contradictions(report: Document) -> tuple[Phrase, ...]:
    """Say which figures in a report's own words are not those of the ledger."""
    return paper.contradictions(report)


def scrutiny_of(document: Document) -> Scrutiny:
    """Scrutinise a document; raises RuleBroken for more findings than can be compared in pairs."""
    _refuse_too_many(len(document.findings))
    return scrutinise(document)


def scrutiny(inspection: Inspection, *, actor: Actor, findings: int) -> Scrutiny:
    """Scrutinise a whole inspection; `findings` is its tally, so that too many are refused before they are read."""
    _refuse_too_many(findings)
    result = known_elsewhere(
        scrutinise(printed.document_of_inspection(inspection, actor=actor)), frozenset(LACKING)
    )
    return replace(result, missing=(*_gaps(inspection, actor, findings), *result.missing))


LACKING: Mapping[str, tuple[Q, Phrase]] = {
    "leader": (Q(responsible_leader__isnull=True), phrase("without a responsible leader")),
    "department": (Q(lead_department__isnull=True), phrase("without a lead department")),
    "deadline": (Q(due_on__isnull=True), phrase("without a due date")),
    "completed_on": (
        Q(declared_completion=Completion.DONE, measures__done_on__isnull=True),
        phrase("claimed done without a declaration in this ledger"),
    ),
    "evidence": (
        Q(declared_completion=Completion.DONE, evidenced_count=0),
        phrase("claimed done without evidence that can prove it"),
    ),
}
"""Facts that a ledger holds beside the text: which findings lack them, and how that is said."""


def _gaps(inspection: Inspection, actor: Actor, findings: int) -> Iterator[Phrase]:
    """Say of how many findings the ledger lacks each fact; nothing is said of a fact that none lacks."""
    rows = Finding.objects.scoped(actor).filter(inspection=inspection)
    for lacking, what in LACKING.values():
        count = rows.filter(lacking).distinct().count()
        if count:
            yield phrase("%(what)s: %(count)s of %(all)s findings", what=what, count=count, all=findings)


def _refuse_too_many(findings: int) -> None:
    if findings > COMPARED:
        raise RuleBroken(phrase("Scrutiny compares at most %(limit)s findings at once.", limit=COMPARED))


def places(inspection: Inspection, *, actor: Actor) -> dict[FindingKey, tuple[int, str]]:
    """Say which finding a remark speaks of: its key in the ledger and its title."""
    rows = Finding.objects.scoped(actor).filter(inspection=inspection).select_related("category")
    return {
        FindingKey(row.category.part or None, row.category.ordinal, row.ordinal): (row.pk, row.title)
        for row in rows
    }
