"""F11: one person on both sides of a check, or a collective decision later than the write-off it carries."""

from collections.abc import Iterable

from bihuan.scrutiny.evidence.facts import FindingFacts, Limits
from bihuan.scrutiny.model import WHOLE_FINDING, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.words import N_, phrase

CODE = "F11"
TITLE = N_("chain of signatures")

_ENDORSER = phrase("The person who declared it done also endorsed it. Somebody else has to endorse.")
_REVIEWER = phrase("The person who declared it done also reviewed it. Somebody else has to review.")
_DECIDED_LATE = N_(
    "The collective decision of %(decided_on)s is later than the write-off of %(written_off_on)s. Correct the date, "
    "or write off again after the decision."
)


def remarks(facts: FindingFacts, limits: Limits) -> Iterable[Remark]:
    """Yield one remark for each link of the chain that does not hold; steps not yet taken are not judged."""
    for other, reason in ((facts.endorser_id, _ENDORSER), (facts.reviewer_id, _REVIEWER)):
        if other is not None and other == facts.declarer_id:
            yield Remark(CODE, SEVERITY["same_person"], (facts.key,), WHOLE_FINDING, None, "", reason)
    decided_on, written_off_on = facts.decided_on, facts.written_off_on
    if decided_on and written_off_on and decided_on > written_off_on:
        reason = phrase(_DECIDED_LATE, decided_on=decided_on, written_off_on=written_off_on)
        yield Remark(CODE, SEVERITY["decided_late"], (facts.key,), WHOLE_FINDING, None, "", reason)
