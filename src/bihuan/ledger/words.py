"""The choices of the ledger as pairs of stored value and label, for forms."""

from bihuan.documents.model import Completion
from bihuan.ledger.models import EvidenceKind
from bihuan.workflow.words import DeliverableKind, Kind

Choices = list[tuple[str, str]]


def evidence_kinds() -> Choices:
    """Kinds of evidence in the order of the table."""
    return [(kind.value, kind.label) for kind in EvidenceKind]


def deliverable_kinds() -> Choices:
    """Kinds of deliverable in the order of the table."""
    return [(kind.value, kind.label) for kind in DeliverableKind]


def finding_kinds() -> Choices:
    """How a finding can be put right."""
    return [(kind.value, kind.label) for kind in Kind]


def completions() -> Choices:
    """What an organisation can claim."""
    return [(word.value, word.label) for word in Completion]
