"""Reads a finding into the plain values that scrutiny weighs and that a review is sealed over."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from bihuan.documents.model import Completion, PartialDate
from bihuan.journal import chain
from bihuan.journal.actions import plain
from bihuan.ledger.models import Evidence, EvidenceLink, Finding, Measure, Review
from bihuan.scope import Actor
from bihuan.scrutiny.evidence import EvidenceFacts, FindingFacts, MeasureFacts, evidence_remarks
from bihuan.scrutiny.model import FindingKey, Remark
from bihuan.workflow.words import Kind

EvidenceByMeasure = dict[int, list[Evidence]]

PLAN_FIELDS = (
    "title",
    "kind",
    "objective",
    "criterion",
    "lead_department_id",
    "responsible_leader_id",
    "handler_id",
    "due_on",
)
MEASURE_FIELDS = (
    "ordinal",
    "text",
    "deliverable",
    "deliverable_kind",
    "target",
    "frequency",
    "due_on",
    "owner_id",
    "done_on",
)


def plan_of(finding: Finding, measures: list[Measure]) -> dict[str, object]:
    """Give the plan of a finding as it would be approved: what the journal and the digest hold."""
    return {
        **{name: getattr(finding, name) for name in PLAN_FIELDS},
        "measures": [plain({name: getattr(row, name) for name in MEASURE_FIELDS}) for row in measures],
    }


def evidence_by_measure(finding: Finding, *, actor: Actor) -> EvidenceByMeasure:
    """Give the evidence attached to each measure of a finding, by the measure's key."""
    links = (
        EvidenceLink.objects.scoped(actor)
        .filter(measure__finding=finding)
        .select_related("evidence", "evidence__uploaded_by")
        .order_by("evidence__dated_on", "evidence_id")
    )
    found: EvidenceByMeasure = {}
    for link in links:
        found.setdefault(link.measure_id, []).append(link.evidence)
    return found


def seal(finding: Finding, measures: list[Measure], evidence: EvidenceByMeasure) -> str:
    """Give the digest of exactly what a step was taken on: plan, claim and every piece of evidence."""
    pieces = {str(key): sorted(piece.digest for piece in row) for key, row in evidence.items()}
    body = {
        **(plain(plan_of(finding, measures)) or {}),
        "declared": finding.declared_completion,
        "sustained": finding.declared_sustained,
        "evidence": pieces,
    }
    return hashlib.sha256(chain.canonical(body).encode()).hexdigest()


def reuse(evidence: EvidenceByMeasure, finding: Finding, *, actor: Actor) -> dict[str, int]:
    """Count, by digest, the other findings that rest on the same files; asked only where there is evidence."""
    pieces = {piece.pk for row in evidence.values() for piece in row}
    if not pieces:
        return {}
    links = EvidenceLink.objects.scoped(actor).filter(evidence__in=pieces).exclude(measure__finding=finding)
    others: dict[str, set[int]] = {}
    for digest, finding_id in links.values_list("evidence__digest", "measure__finding_id"):
        others.setdefault(digest, set()).add(finding_id)
    return {digest: len(found) for digest, found in others.items()}


def remarks(
    finding: Finding,
    measures: Sequence[Measure],
    evidence: EvidenceByMeasure,
    reviews: Sequence[Review],
    reused: Mapping[str, int],
) -> tuple[Remark, ...]:
    """Put the evidence rules of scrutiny to a finding; `reviews` are those of its current round."""
    last = {review.verb: review for review in reviews}
    signed = last.get("sign_off")
    category = finding.category
    return evidence_remarks(
        FindingFacts(
            key=FindingKey(category.part or None, category.ordinal, finding.ordinal),
            declared_completion=Completion(finding.declared_completion),
            measures=tuple(_measure(row, evidence.get(row.pk, []), reused) for row in measures),
            feedback_on=answerable_from(finding),
            declarer_id=_person(last, "declare_done"),
            endorser_id=_person(last, "endorse"),
            reviewer_id=_person(last, "review"),
            decided_on=date.fromisoformat(str(signed.given["decided_on"])) if signed else None,
            written_off_on=timezone.localdate(last["write_off"].at) if "write_off" in last else None,
        )
    )


def _person(last: Mapping[str, Review], verb: str) -> int | None:
    return last[verb].person_id if verb in last else None


def _first_day(text: str) -> date | None:
    """An imprecise date begins with its first day: evidence is not held to be too early by our guess."""
    if not text:
        return None
    day = PartialDate.from_iso(text)
    return date(day.year, day.month or 1, day.day or 1)


def answerable_from(finding: Finding) -> date | None:
    """Give the first day on which work could answer a finding; None while it is not known.

    What is to be fixed at once is handed over while the inspection still runs.
    """
    inspection = finding.inspection
    immediate = finding.kind == Kind.IMMEDIATE and inspection.started_on
    return _first_day(inspection.started_on if immediate else inspection.feedback_on)


def _measure(row: Measure, pieces: Sequence[Evidence], reused: Mapping[str, int]) -> MeasureFacts:
    return MeasureFacts(
        ordinal=row.ordinal,
        text=row.text,
        deliverable_kind=row.deliverable_kind,
        due_on=row.due_on,
        done_on=row.done_on,
        recorded_on=row.done_on,  # entered by the declaration itself, on that very day
        evidence=tuple(
            EvidenceFacts(
                kind=piece.kind,
                title=piece.title,
                doc_no=piece.doc_no,
                dated_on=piece.dated_on,
                uploaded_on=timezone.localdate(piece.uploaded_at),
                digest=piece.digest,
                used_by_findings=1 + reused.get(piece.digest, 0),
            )
            for piece in pieces
        ),
    )
