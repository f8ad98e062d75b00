"""Scope by construction: who acts, how far that post reaches, and managers that refuse to look without it.

Checks in single views do not converge (two well-known systems needed dozens of fixes in a year), so
the default manager of everything that belongs to an organisation raises until it is told for whom.
Lower than `people` and `journal` because both of them are scoped themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In

from bihuan.errors import NotFound
from bihuan.words import phrase
from bihuan.workflow.words import Role

M = TypeVar("M", bound=models.Model)
FEW_PREFIXES = 200
"""Up to here each prefix is a condition that an index serves; SQLite takes no more than 1,000 of them in a row."""


class ScopeMissing(RuntimeError):
    """A fault of the program: somebody asked for organisation data without saying for whom."""


@dataclass(frozen=True)
class Actor:
    """A person acting in one post. `reach` holds the path prefixes of what the post may see."""

    person_id: int | None
    person_name: str
    post_id: int | None
    role: Role | None
    organisation_id: int | None
    organisation_name: str
    organisation_path: str
    unit_path: str
    """Path of the inspected organisation that the post belongs to; a department's post reaches its unit."""
    reach: tuple[str, ...]

    def watches(self, path: str) -> bool:
        """Say whether this post's organisation supervises `path` today, standing outside of it itself."""
        if self.role != Role.SUPERVISOR or self.organisation_path.startswith(path):
            return False
        watched = (prefix for prefix in self.reach if prefix != self.unit_path)
        return any(path.startswith(prefix) for prefix in watched)

    def reaches(self, path: str) -> bool:
        """Say whether something that belongs to `path` is inside the reach of this post."""
        return any(path.startswith(prefix) for prefix in self.reach)


def system(reason: str) -> Actor:
    """An actor for acts no person takes (first set-up, imports at the console); `reason` stands in the journal."""
    return Actor(None, f"system: {reason}", None, None, None, "", "", "", ("",))


class ScopedQuerySet(QuerySet[M]):
    """Rows inside one reach; creating a row outside of it is refused like a row that does not exist."""

    _reach: tuple[str, ...] | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._reach = self._reach
        return clone

    def create(self, **fields: Any) -> M:
        """Save a new row after checking that it lies inside the reach."""
        self._refuse_outside([self.model(**fields)])
        return super().create(**fields)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Save many new rows after checking that each lies inside the reach."""
        rows = list(objs)
        self._refuse_outside(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def one(self, **lookup: Any) -> M:
        """Give the one row, or raise NotFound: a foreign row and a missing row answer alike."""
        try:
            return self.get(**lookup)
        except (ObjectDoesNotExist, ValueError, OverflowError):
            raise NotFound(phrase("There is nothing here that this post may see.")) from None

    def _refuse_outside(self, rows: list[M]) -> None:
        if self._reach is None:
            return
        for row in rows:
            path = scope_path(row)
            if not any(path.startswith(prefix) for prefix in self._reach):
                raise NotFound(phrase("There is nothing here that this post may see."))


def scope_path(row: models.Model) -> str:
    """Follow a model's `scope_field` from a row to the path it belongs to."""
    value: Any = row
    for name in row.scope_field.split("__"):  # type: ignore[attr-defined]
        value = getattr(value, name)
    return str(value)


class ScopedManager(models.Manager[M]):
    """A manager that raises until `scoped(actor)` or, in listed modules only, `unscoped(reason)` is called."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        raise ScopeMissing(f"{self.model.__name__}.objects needs .scoped(actor)")

    def scoped(self, actor: Actor) -> ScopedQuerySet[M]:
        """Give the rows that this actor may see."""
        rows: ScopedQuerySet[M] = ScopedQuerySet(self.model, using=self._db)
        if hasattr(self, "_apply_rel_filters"):
            # The manager of a relation (`finding.measures`): without this it would give every finding's measures.
            rows = self._apply_rel_filters(rows)
        field = self.model.scope_field  # type: ignore[attr-defined]
        rows = rows if "" in actor.reach else rows.filter(_within(field, actor.reach))
        rows._reach = actor.reach
        return rows

    def unscoped(self, reason: str) -> ScopedQuerySet[M]:
        """Give all rows; only the modules listed in the architecture test may call this, with a reason."""
        if not reason:
            raise ScopeMissing("unscoped() needs a reason")
        return ScopedQuerySet(self.model, using=self._db)


def _within(field: str, reach: Iterable[str]) -> Q:
    """Ask for the rows whose path begins with one of the prefixes."""
    prefixes = _outermost(reach)
    if len(prefixes) <= FEW_PREFIXES:
        return Q(pk__in=[]) | Q(
            *(Q(**{f"{field}__startswith": prefix}) for prefix in prefixes), _connector=Q.OR
        )
    by_length: dict[int, list[str]] = {}
    for prefix in prefixes:
        by_length.setdefault(len(prefix), []).append(prefix)
    begins = (In(Left(F(field), length), group) for length, group in by_length.items())
    return Q(*begins, _connector=Q.OR)


def _outermost(reach: Iterable[str]) -> list[str]:
    """Leave out the prefixes that another one covers; in their order they stand right behind it."""
    found: list[str] = []
    for prefix in sorted(reach):
        if not found or not prefix.startswith(found[-1]):
            found.append(prefix)
    return found


class Scoped(models.Model):
    """Base of everything that belongs to an organisation: carries its path, so that it can be distributed by it."""

    organisation_path = models.CharField(max_length=255, db_index=True)

    objects: ScopedManager[Any] = ScopedManager()
    scope_field = "organisation_path"

    class Meta:
        abstract = True
