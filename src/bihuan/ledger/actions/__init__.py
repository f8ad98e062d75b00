"""The verbs of the ledger. Each is one transaction and one journal entry."""

from bihuan.ledger.actions.evidence import attach_evidence, detach_evidence
from bihuan.ledger.actions.importing import (
    confirm_upload,
    correct_finding,
    correct_head,
    discard_upload,
    receive_document,
)
from bihuan.ledger.actions.planning import PlanFields, assign, plan_finding
from bihuan.ledger.actions.steps import take

__all__ = [
    "PlanFields",
    "assign",
    "attach_evidence",
    "confirm_upload",
    "correct_finding",
    "correct_head",
    "detach_evidence",
    "discard_upload",
    "plan_finding",
    "receive_document",
    "take",
]
