"""Documents to print and to scrutinise, from the ledger as it stands."""

from bihuan.documents.model import Document
from bihuan.errors import RuleBroken
from bihuan.ledger import paper, printed
from bihuan.ledger.models import Evidence, Finding, Inspection, Measure
from bihuan.ledger.queries.inspections import inspection as inspection_of
from bihuan.scope import Actor
from bihuan.scrutiny import FindingKey, Scrutiny, known_elsewhere, scrutinise
from bihuan.words import phrase

COMPARED = 2_000
"""Findings that scrutiny compares pair by pair; real inspections have fewer than 1,000."""


def document(inspection_id: int, *, actor: Actor) -> Document:
    """Give the document that the ledger of an inspection amounts to; raises NotFound outside the reach."""
    return printed.document_of_inspection(inspection_of(inspection_id, actor=actor), actor=actor)


def report(inspection_id: int, *, actor: Actor) -> Document:
    """Give the progress report that the inspected organisation can print today; raises NotFound outside the reach."""
    return paper.report_of_inspection(inspection_of(inspection_id, actor=actor), actor=actor)


def scrutiny_of(document: Document) -> Scrutiny:
    """Scrutinise a document; raises RuleBroken for more findings than can be compared in pairs."""
    _refuse_too_many(len(document.findings))
    return scrutinise(document)


def scrutiny(inspection: Inspection, *, actor: Actor, findings: int) -> Scrutiny:
    """Scrutinise a whole inspection; `findings` is its tally, so that too many are refused before they are read."""
    _refuse_too_many(findings)
    result = scrutinise(printed.document_of_inspection(inspection, actor=actor))
    return known_elsewhere(result, _facts_held(inspection, actor))


def _facts_held(inspection: Inspection, actor: Actor) -> frozenset[str]:
    """Say which facts the ledger holds for at least one finding, whatever the texts say."""
    findings = Finding.objects.scoped(actor).filter(inspection=inspection)
    measures = Measure.objects.scoped(actor).filter(finding__inspection=inspection)
    held = {
        "leader": findings.filter(responsible_leader__isnull=False),
        "department": findings.filter(lead_department__isnull=False),
        "deadline": findings.filter(due_on__isnull=False),
        "completed_on": measures.filter(done_on__isnull=False),
        "evidence": Evidence.objects.scoped(actor).filter(inspection=inspection),
    }
    return frozenset(fact for fact, rows in held.items() if rows.exists())


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
