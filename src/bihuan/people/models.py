"""Tables of organisations and the people in them."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from bihuan.scope import ScopedManager
from bihuan.words import N_
from bihuan.workflow.words import Role


class OrganisationKind(models.TextChoices):
    """What sort of body it is. Values are stored."""

    COMMITTEE = "committee", N_("party committee")
    DEPARTMENT = "department", N_("department")
    COMMUNITY = "community", N_("community")
    SUPERVISOR = "supervisor", N_("supervising body")


PART_KINDS = (OrganisationKind.DEPARTMENT, OrganisationKind.COMMUNITY)
"""Kinds that are part of the unit right above them; the other kinds are units themselves."""


class Organisation(models.Model):
    """A node of the tree. `path` is the chain of codes from the root, each followed by a slash."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=255, unique=True)

    objects: ScopedManager[Any] = ScopedManager()
    scope_field = "path"

    class Meta:
        constraints = [
            # Lower case only: SQLite compares path prefixes without regard to case.
            models.CheckConstraint(condition=Q(code=Lower("code")), name="organisation_code_lower"),
            models.CheckConstraint(
                condition=~Q(code__contains="/") & ~Q(code=""), name="organisation_code_is_one_step"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(condition=Q(path__endswith="/"), name="organisation_path_closed"),
        ]
        ordering = ["path"]

    def __str__(self) -> str:
        return self.short_name


class Supervision(models.Model):
    """`supervisor` watches `subject` and everything below it, from a day and until the day before another."""

    supervisor = models.ForeignKey(Organisation, models.PROTECT, related_name="supervises")
    subject = models.ForeignKey(Organisation, models.PROTECT, related_name="supervised_by")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects: ScopedManager[Any] = ScopedManager()
    scope_field = "subject__path"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="supervision_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(supervisor=F("subject")), name="supervision_of_another"),
            models.UniqueConstraint(fields=["supervisor", "subject", "valid_from"], name="supervision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id} → {self.subject_id}"


class People(BaseUserManager["Person"]):
    """Finds persons for signing in; lists of persons come from posts, which are scoped."""


class Person(AbstractBaseUser):
    """Somebody who may sign in. Rights come from posts only; there is no superuser."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    objects = People()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="person_username_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role at an organisation, from a day and until the day before another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects: ScopedManager[Any] = ScopedManager()
    scope_field = "organisation__path"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="post_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "valid_from"], name="post_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.organisation}"
