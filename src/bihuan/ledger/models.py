"""Tables of the ledger. Constraints refuse nonsense; actions explain it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from bihuan.documents.model import Completion
from bihuan.people.models import Organisation, Person
from bihuan.scope import Scoped
from bihuan.words import N_
from bihuan.workflow.words import DeliverableKind, Kind, State

FAR_AWAY = date(9999, 12, 31)


def _choices(
    words: type[State] | type[Kind] | type[DeliverableKind] | type[Completion],
) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class InspectionKind(models.TextChoices):
    """Who looked. Values are stored."""

    INSPECTION = "inspection", N_("inspection (district or city)")
    TOUR = "tour", N_("inspection (province or central)")
    AUDIT = "audit", N_("audit")
    SUPERVISION = "supervision", N_("supervision")


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is; the first group proves nothing alone (sign F01). Values are stored."""

    MEETING = "meeting", N_("meeting minutes")
    STUDY = "study", N_("study or training record")
    NOTICE = "notice", N_("notice")
    RULE = "rule", N_("rule or document in force")
    MONEY = "money", N_("voucher or account")
    DECISION = "decision", N_("decision on a person")
    CONTRACT = "contract", N_("contract or procurement file")
    PHOTO = "photo", N_("photo of the place")
    DATA = "data", N_("data or statistics")
    RECORD = "record", N_("work record")
    OTHER = "other", N_("other")


class SourceDocument(Scoped):
    """A file as it arrived, kept byte for byte in the store under its digest."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    digest = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="source_document_once")
        ]

    def __str__(self) -> str:
        return self.filename


class Inspection(Scoped):
    """One inspection of one organisation, with the document that reported on it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    kind = models.CharField(max_length=20, choices=InspectionKind, default=InspectionKind.INSPECTION)
    round = models.CharField(max_length=100, blank=True)
    team = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    started_on = models.CharField(max_length=10, blank=True)
    """Dates of the document keep the precision it gives: 2024, 2024-09 or 2024-09-06."""
    ended_on = models.CharField(max_length=10, blank=True)
    feedback_on = models.CharField(max_length=10, blank=True)
    signed_on = models.CharField(max_length=10, blank=True)
    document = models.ForeignKey(SourceDocument, models.PROTECT, null=True)
    frame = models.JSONField(default=dict)
    """Opening, sections without findings, signature, contact, declared totals: what a report reprints."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "round", "team", "started_on"], name="inspection_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=InspectionKind.values), name="inspection_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Category(Scoped):
    """A 方面 of an inspection, in the order of the document."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="categories")
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=10, blank=True)
    ordinal = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="category_position_once")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Finding(Scoped):
    """One 问题. `state` is the workflow's truth; `declared_*` is only what the organisation claims."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    category = models.ForeignKey(Category, models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField()
    ordinal = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    aspects = models.JSONField(default=list)
    next_steps = models.JSONField(default=list)
    kind = models.CharField(max_length=20, choices=_choices(Kind), default=Kind.DUE)
    objective = models.TextField(blank=True)
    criterion = models.TextField(blank=True)
    lead_department = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    responsible_leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    due_order = models.GeneratedField(
        expression=Coalesce(F("due_on"), Value(FAR_AWAY, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    state = models.CharField(max_length=20, choices=_choices(State), default=State.DRAFT)
    declared_completion = models.CharField(
        max_length=20, choices=_choices(Completion), default=Completion.UNKNOWN
    )
    declared_sustained = models.BooleanField(default=False)
    declared_raw = models.CharField(max_length=60, blank=True)
    source_first_line = models.PositiveIntegerField(null=True)
    source_last_line = models.PositiveIntegerField(null=True)
    round = models.PositiveIntegerField(default=1)
    """Counts the ways round the loop: a return, a partial acceptance or a relapse begins the next."""
    relapse_count = models.PositiveIntegerField(default=0)
    extension_count = models.PositiveIntegerField(default=0)
    measure_count = models.PositiveIntegerField(default=0)
    evidenced_count = models.PositiveIntegerField(default=0)
    """Measures with at least one piece of evidence that can prove something; kept by the actions."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "position"], name="finding_position_once"),
            models.UniqueConstraint(fields=["category", "ordinal"], name="finding_ordinal_once"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="finding_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="finding_kind_known"),
            models.CheckConstraint(
                condition=Q(declared_completion__in=list(Completion)), name="finding_completion_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | (
                    Q(due_on__isnull=False)
                    & Q(lead_department__isnull=False)
                    & Q(responsible_leader__isnull=False)
                    & ~Q(criterion="")
                ),
                name="finding_planned_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUSTAINING) | Q(kind=Kind.LONG_TERM),
                name="finding_sustaining_is_long_term",
            ),
            models.CheckConstraint(
                condition=Q(evidenced_count__lte=F("measure_count")), name="finding_evidenced_within_measures"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["inspection", "due_order", "position"], name="finding_by_due"),
            models.Index(fields=["inspection", "category", "position"], name="finding_by_category"),
            models.Index(fields=["inspection", "state", "position"], name="finding_by_state"),
            models.Index(
                fields=["inspection", "declared_completion", "position"], name="finding_by_declared"
            ),
            models.Index(fields=["inspection", "lead_department", "position"], name="finding_by_department"),
            models.Index(fields=["inspection", "responsible_leader", "position"], name="finding_by_leader"),
            models.Index(fields=["state", "due_order"], name="finding_waiting"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def proven(self) -> bool:
        """Written off, and every measure carries evidence that can prove something."""
        return self.state == State.WRITTEN_OFF and 0 < self.measure_count == self.evidenced_count


class Cooperation(Scoped):
    """A department that helps the lead department with a finding."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="cooperations")
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "department"], name="cooperation_once")]

    def __str__(self) -> str:
        return str(self.department_id)


class Measure(Scoped):
    """One 整改措施 and what it is to leave behind."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="measures")
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    deliverable = models.CharField(max_length=300, blank=True)
    deliverable_kind = models.CharField(max_length=20, choices=_choices(DeliverableKind), blank=True)
    target = models.CharField(max_length=100, blank=True)
    frequency = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "ordinal"], name="measure_ordinal_once")]
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.text[:60]


class Evidence(Scoped):
    """One file that is to prove something. `dated_on` is when it came to be, `uploaded_at` when we got it."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="evidence")
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    title = models.CharField(max_length=300)
    doc_no = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "digest"], name="evidence_file_once"),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def proves(self) -> bool:
        """Whether this kind of evidence can carry a closure (sign F01)."""
        return self.kind not in (EvidenceKind.MEETING, EvidenceKind.STUDY, EvidenceKind.NOTICE)


class EvidenceLink(Scoped):
    """Evidence attached to a measure. One file may serve several measures, and that is counted."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="links")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="evidence_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "measure"], name="evidence_link_once")]

    def __str__(self) -> str:
        return f"{self.evidence_id} → {self.measure_id}"


class Review(Scoped):
    """One step taken on a finding: by whom, from where to where, with which words, on exactly what."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="reviews")
    round = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, choices=_choices(State))
    to_state = models.CharField(max_length=20, choices=_choices(State))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, blank=True)
    given = models.JSONField(default=dict)
    """What the step asked for, by input name, with the reason for passing over warnings."""
    digest = models.CharField(max_length=64)
    """Digest of the finding, its measures and evidence as they stood when the step was taken."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["finding", "at"], name="review_by_finding")]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d}"


class Extension(Scoped):
    """A request for a later date and the answer to it."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="extensions")
    number = models.PositiveIntegerField()
    reason = models.TextField()
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    requested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=(Q(approved__isnull=True) & Q(answered_at__isnull=True))
                | (Q(approved__isnull=False) & Q(answered_at__isnull=False)),
                name="extension_answer_dated",
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(approved__isnull=True), name="extension_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.new_due_on}"


class Phase(Scoped):
    """A stage of a long-term finding: its objective, its date, and what came of it."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="phases")
    ordinal = models.PositiveIntegerField()
    objective = models.TextField()
    due_on = models.DateField()
    result = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "ordinal"], name="phase_ordinal_once")]
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.objective[:60]


class Tally(Scoped):
    """Maintained counts of an inspection, so that no page counts a ledger: one row per facet and value."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="tallies")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "facet", "key"], name="tally_once"),
            models.CheckConstraint(condition=Q(count__gte=0), name="tally_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.key} {self.count}"


class Upload(Scoped):
    """A document that was read and waits to be looked at, corrected and confirmed."""

    document = models.ForeignKey(SourceDocument, models.PROTECT)
    inspection = models.ForeignKey(Inspection, models.SET_NULL, null=True)
    """The inspection that it would change; None for a new one."""
    parsed = models.JSONField()
    corrections = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.document_id)
