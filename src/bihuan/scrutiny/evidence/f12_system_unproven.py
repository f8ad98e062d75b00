"""F12: a system is claimed, and no evidence is a document in force with its number."""

from collections.abc import Iterable

from bihuan.scrutiny.evidence.facts import FindingFacts, Limits, MeasureFacts
from bihuan.scrutiny.evidence.kinds import DOCUMENT_DELIVERABLE, DOCUMENT_IN_FORCE
from bihuan.scrutiny.model import Remark, measure_place
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain, shorten
from bihuan.words import N_, phrase

CODE = "F12"
TITLE = N_("a system claimed without a document number")

_NO_DOCUMENT = phrase(
    "A rule or mechanism is claimed, and no document in force is attached. The document with its number and "
    "date settles this."
)
_NO_NUMBER = phrase("The document attached has no number yet. Entering its number settles this.")


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield at most one remark for each measure of a finding declared done."""
    if not facts.is_declared_done:
        return
    for measure in facts.measures:
        documents = [piece for piece in measure.evidence if piece.kind == DOCUMENT_IN_FORCE]
        if not _claims_system(measure) or any(piece.doc_no.strip() for piece in documents):
            continue
        yield Remark(
            CODE,
            SEVERITY["system_unproven"],
            (facts.key,),
            measure_place(measure.ordinal),
            measure.ordinal,
            shorten(measure.text),
            _NO_NUMBER if documents else _NO_DOCUMENT,
        )


def _claims_system(measure: MeasureFacts) -> bool:
    return measure.deliverable_kind == DOCUMENT_DELIVERABLE or bool(
        words("systems", "claim.made").search(plain(measure.text))
    )
