"""Tables of the journal: entries that are only ever added, and the one head row that orders writers."""

from django.db import models

from bihuan.scope import Scoped


class Entry(Scoped):
    """One act. The columns beside `body` are copies for queries; the chain check compares them."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    person_name = models.CharField(max_length=200)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    body = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(seq__gte=1), name="journal_seq_from_one")]
        indexes = [models.Index(fields=["object_type", "object_id", "seq"], name="journal_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.object_type} {self.object_id}"


class Head(models.Model):
    """The last entry. Its one row is locked by every writer, so the chain neither forks nor refuses."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="journal_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
