"""How much each sign weighs: the one table. A guard refuses on BLOCKS and asks for a written reason on WARNS.

Signs F01–F20 are those of false or perfunctory rectification; F00 is what is absent altogether. Signs
that rest on the wording of a text never block: words are a reason to look, not a proof.
"""

from bihuan.scrutiny.model import Severity

BLOCKS, WARNS, REVIEW = Severity.BLOCKS, Severity.WARNS, Severity.REVIEW

SEVERITY = {
    "missing_everywhere": WARNS,
    "no_evidence": BLOCKS,
    "only_talk": WARNS,
    "measure_without_evidence": WARNS,
    "measure_only_talk": REVIEW,
    "all_unverifiable": WARNS,
    "unverifiable": REVIEW,
    "near_identical": WARNS,
    "similar": REVIEW,
    "same_deliverable": REVIEW,
    "evidence_before_feedback": WARNS,
    "evidence_after_completion": WARNS,
    "evidence_ahead_of_upload": WARNS,
    "evidence_reused": WARNS,
    "still_to_come": WARNS,
    "not_quite": WARNS,
    "only_part": WARNS,
    "below_full": WARNS,
    "below_target": WARNS,
    "before_inspection": REVIEW,
    "ratio_asked": WARNS,
    "quantity_asked": REVIEW,
    "back_dated": WARNS,
    "same_person": BLOCKS,
    "decided_late": BLOCKS,
    "system_unnumbered": REVIEW,
    "system_unproven": WARNS,
    "nothing_remaining_said": WARNS,
    "no_next_date": WARNS,
    "total_differs": WARNS,
    "ordinal_gap": WARNS,
}
