"""Attaching evidence to measures and taking it off again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bihuan.errors import BadInput, NotAllowed, RuleBroken
from bihuan.journal.actions import plain
from bihuan.ledger import store
from bihuan.ledger.actions.findings import put_back, take_in_hand
from bihuan.ledger.actions.planning import count_evidenced
from bihuan.ledger.models import Evidence, EvidenceKind, EvidenceLink, Finding, Measure
from bihuan.ledger.rights import carries, helpers_of
from bihuan.scope import Actor
from bihuan.words import Phrase, phrase
from bihuan.workflow.steps import WORKING

SUFFIXES = frozenset({".pdf", ".docx", ".xlsx", ".txt", ".csv", ".jpg", ".jpeg", ".png", ".doc", ".xls", ".ofd", ".wps"})  # fmt: skip


@dataclass(frozen=True)
class EvidenceFields:
    """What is said about a file, asked once however many measures it serves."""

    title: str
    kind: str
    dated_on: date
    doc_no: str = ""
    issuer: str = ""


@transaction.atomic
def attach_evidence(
    finding_id: int,
    *,
    data: bytes,
    filename: str,
    fields: EvidenceFields,
    measure_ids: tuple[int, ...],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Evidence:
    """Keep a file and attach it to measures of one finding; the same file is stored once per inspection.

    Raises NotAllowed for another department, RuleBroken outside the work phases, BadInput for a
    file or a date that cannot be.
    """
    hand = take_in_hand(finding_id, actor=actor, version=version)
    finding = hand.finding
    refuse_other_departments(finding, actor)
    _refuse_unless_working(finding)
    _check(filename, fields, measure_ids, at)
    measures = list(Measure.objects.scoped(actor).filter(finding=finding, pk__in=measure_ids))
    if len(measures) != len(set(measure_ids)):
        raise BadInput(phrase("Choose measures of this finding."))
    evidence = _keep(finding, data, filename, fields, actor, at)
    links = EvidenceLink.objects.scoped(actor)
    for measure in measures:
        links.get_or_create(
            evidence=evidence, measure=measure, defaults={"organisation_path": finding.organisation_path}
        )
    finding.evidenced_count = count_evidenced(finding, actor)
    after = {
        # What the ledger says of the file: it may have been here before, under other words.
        **{name: getattr(evidence, name) for name in asdict(fields)},
        "evidence": evidence.pk,
        "digest": evidence.digest,
        "filename": filename,
        "measures": sorted(measure.ordinal for measure in measures),
    }
    put_back(hand, "attach_evidence", actor=actor, at=at, before={}, after=plain(after) or {})
    return evidence


@transaction.atomic
def detach_evidence(
    finding_id: int,
    *,
    evidence_id: int,
    reason: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Finding:
    """Take a piece of evidence off all measures of a finding; the file stays in the store and the journal."""
    hand = take_in_hand(finding_id, actor=actor, version=version)
    finding = hand.finding
    refuse_other_departments(finding, actor)
    _refuse_unless_working(finding)
    if not reason.strip():
        raise BadInput(phrase("Say why the evidence is taken off."))
    links = EvidenceLink.objects.scoped(actor).filter(evidence_id=evidence_id, measure__finding=finding)
    evidence = Evidence.objects.scoped(actor).one(pk=evidence_id, inspection=finding.inspection)
    if not links.delete()[0]:
        raise RuleBroken(phrase("This evidence is not attached to the finding."))
    finding.evidenced_count = count_evidenced(finding, actor)
    before = {"evidence": evidence.pk, "digest": evidence.digest, "title": evidence.title}
    return put_back(hand, "detach_evidence", actor=actor, at=at, before=before, after={"reason": reason})


def refuse_other_departments(finding: Finding, actor: Actor) -> None:
    """Raise NotAllowed unless the post belongs to the lead department or one that cooperates."""
    if not carries(actor, finding, helpers_of(finding, actor=actor)):
        raise NotAllowed(phrase("This is done by the departments that carry the finding."))


def _refuse_unless_working(finding: Finding) -> None:
    if finding.state not in WORKING:
        raise RuleBroken(phrase("Evidence can be changed only while the finding is being worked on."))


def _check(filename: str, fields: EvidenceFields, measure_ids: tuple[int, ...], at: datetime) -> None:
    suffix = "." + filename.rpartition(".")[2].lower()
    wrong: list[tuple[bool, Phrase]] = [
        (suffix not in SUFFIXES, phrase("Files of the kind “%(suffix)s” are not taken as evidence.", suffix=suffix)),
        (not fields.title.strip(), phrase("Give the evidence a title.")),
        (fields.kind not in EvidenceKind.values, phrase("Choose what kind of evidence it is.")),
        (fields.dated_on > timezone.localdate(at), phrase("The evidence is dated in the future.")),
        (not measure_ids, phrase("Choose at least one measure that the evidence is for.")),
    ]  # fmt: skip
    reasons = [reason for is_wrong, reason in wrong if is_wrong]
    if reasons:
        raise BadInput(*reasons)


def _keep(
    finding: Finding, data: bytes, filename: str, fields: EvidenceFields, actor: Actor, at: datetime
) -> Evidence:
    """Store the bytes first, then name them in a row: a row never points at a file that is not there."""
    digest = store.put(data)
    said = {
        **asdict(fields),
        "organisation_path": finding.organisation_path,
        "size_bytes": len(data),
        "filename": filename,
        "uploaded_at": at,
        "uploaded_by_id": actor.person_id,
    }
    rows = Evidence.objects.scoped(actor)
    evidence: Evidence
    evidence, is_new = rows.get_or_create(inspection=finding.inspection, digest=digest, defaults=said)
    return evidence if is_new else _same_file_again(evidence, fields, actor)


def _same_file_again(evidence: Evidence, fields: EvidenceFields, actor: Actor) -> Evidence:
    """One file says one thing: what carries proof must agree with what is said of it elsewhere.

    A file that is attached nowhere any more takes the new words. Raises BadInput with the words that
    hold when they differ in kind, date or document number.
    """
    if not EvidenceLink.objects.scoped(actor).filter(evidence=evidence).exists():
        for name, value in asdict(fields).items():
            setattr(evidence, name, value)
        evidence.save(update_fields=list(asdict(fields)))
        return evidence
    if any(getattr(evidence, name) != getattr(fields, name) for name in ("kind", "dated_on", "doc_no")):
        raise BadInput(
            phrase(
                "This file is here already as “%(title)s” (%(kind)s, %(date)s, %(doc_no)s). Give the same facts, "
                "or take it off everywhere first.",
                title=evidence.title,
                kind=EvidenceKind(evidence.kind).label,
                date=evidence.dated_on.isoformat(),
                doc_no=evidence.doc_no or "—",
            )
        )
    return evidence
