"""What the ledger knows of a finding when its evidence is weighed: plain values, no rows, no clock."""

from dataclasses import dataclass
from datetime import date

from bihuan.documents.model import Completion
from bihuan.scrutiny.model import FindingKey

Person = int | str | None
"""Whatever identifies a person; None while that step has not been taken."""


@dataclass(frozen=True)
class EvidenceFacts:
    """One file attached to a measure.

    `kind` is a word of the ledger's kinds of evidence, `dated_on` the day it came to be, `uploaded_on` the day
    it was handed in, `used_by_findings` the number of findings of the inspection that rest on the same file.
    """

    kind: str
    title: str = ""
    doc_no: str = ""
    dated_on: date | None = None
    uploaded_on: date | None = None
    digest: str = ""
    used_by_findings: int = 1


@dataclass(frozen=True)
class MeasureFacts:
    """One measure with what is to prove it; `recorded_on` is the day on which `done_on` was entered."""

    ordinal: int
    text: str
    deliverable_kind: str = ""
    due_on: date | None = None
    done_on: date | None = None
    recorded_on: date | None = None
    evidence: tuple[EvidenceFacts, ...] = ()


@dataclass(frozen=True)
class FindingFacts:
    """One finding with its measures and the chain of those who signed for it.

    `feedback_on` is the first day from which work can answer the finding: the day of feedback, or, for a finding
    handed over to be fixed at once, the day it was handed over.
    """

    key: FindingKey
    declared_completion: Completion
    measures: tuple[MeasureFacts, ...]
    feedback_on: date | None = None
    declarer_id: Person = None
    endorser_id: Person = None
    reviewer_id: Person = None
    decided_on: date | None = None
    written_off_on: date | None = None

    @property
    def is_declared_done(self) -> bool:
        return self.declared_completion is Completion.DONE


@dataclass(frozen=True)
class Limits:
    """Numbers that a district may set differently; the defaults are ours, no rule names any."""

    reuse_findings: int = 3
    """More findings than this resting on one file call for a look."""
    back_dating_days: int = 15
    """A completion may be recorded this many days after it happened without a word."""


DEFAULT_LIMITS = Limits()
