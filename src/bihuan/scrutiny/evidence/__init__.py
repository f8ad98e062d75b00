"""Signs that lie in what the ledger knows: evidence sets, dates and chains of signatures, not words.

One file a rule, found by its place; each has CODE, TITLE and `remarks(facts, limits) -> Iterable[Remark]`.
"""

import sys

from bihuan.scrutiny.discovery import rules_in
from bihuan.scrutiny.evidence.facts import (
    DEFAULT_LIMITS,
    EvidenceFacts,
    FindingFacts,
    Limits,
    MeasureFacts,
)
from bihuan.scrutiny.model import Remark

__all__ = ["DEFAULT_LIMITS", "EvidenceFacts", "FindingFacts", "Limits", "MeasureFacts", "evidence_remarks"]

RULES = rules_in(sys.modules[__name__])


def evidence_remarks(facts: FindingFacts, limits: Limits = DEFAULT_LIMITS) -> tuple[Remark, ...]:
    """Weigh what the ledger knows of one finding: remarks in the order of the rules' codes; pure."""
    return tuple(remark for rule in RULES for remark in rule.remarks(facts, limits))
