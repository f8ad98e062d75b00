"""Documents to print and to scrutinise, from the ledger as it stands."""

from bihuan.documents.model import Document
from bihuan.errors import RuleBroken
from bihuan.ledger import printed
from bihuan.ledger.models import Inspection
from bihuan.ledger.queries.inspections import inspection as inspection_of
from bihuan.scope import Actor
from bihuan.scrutiny import scrutinise
from bihuan.scrutiny.model import Scrutiny
from bihuan.words import phrase

COMPARED = 2_000
"""Findings that scrutiny compares pair by pair; real inspections have fewer than 1,000."""


def document(inspection_id: int, *, actor: Actor) -> Document:
    """Give the document that the ledger of an inspection amounts to; raises NotFound outside the reach."""
    return printed.document_of_inspection(inspection_of(inspection_id, actor=actor), actor=actor)


def scrutiny(inspection: Inspection, *, actor: Actor, findings: int) -> Scrutiny:
    """Scrutinise a whole inspection; raises RuleBroken for more findings than can be compared in pairs."""
    if findings > COMPARED:
        raise RuleBroken(phrase("Scrutiny compares at most %(limit)s findings at once.", limit=COMPARED))
    return scrutinise(printed.document_of_inspection(inspection, actor=actor))
