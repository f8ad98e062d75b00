"""The ledger of an inspection: filtered, sorted, page by key, so that page 1,000 costs what page 1 costs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from bihuan.documents.model import Completion
from bihuan.errors import BadInput
from bihuan.ledger.models import FAR_AWAY, Finding, Inspection
from bihuan.scope import Actor
from bihuan.words import N_, phrase
from bihuan.workflow.deadlines import DueRange, Lamp, due_range, lamp
from bihuan.workflow.policy import DEFAULT
from bihuan.workflow.words import State

PAGE_ROWS = 50
LONGEST_POSITION = 9
"""Digits; what is longer fits into no column of a database."""


class Sort(StrEnum):
    """Orders in which a ledger can be read; a leading minus reads it backwards."""

    POSITION = "position"
    DUE = "due"
    DUE_LAST = "-due"

    @property
    def label(self) -> str:
        return _SORT_LABELS[self]


_SORT_LABELS = {
    Sort.POSITION: N_("as in the document"),
    Sort.DUE: N_("due first"),
    Sort.DUE_LAST: N_("due last"),
}
_COLUMNS = {
    Sort.POSITION: ("position",),
    Sort.DUE: ("due_order", "position"),
    Sort.DUE_LAST: ("due_order", "position"),
}


@dataclass(frozen=True)
class Filters:
    """What of a ledger is wanted; None is all of it."""

    category: int | None = None
    department: int | None = None
    leader: int | None = None
    lamp: Lamp | None = None
    declared: Completion | None = None
    state: State | None = None

    @property
    def any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Row:
    """A finding in the ledger with the lamp that burns for it today."""

    finding: Finding
    lamp: Lamp
    days_left: int | None


@dataclass(frozen=True)
class Page:
    """One page of a ledger. The keys name the pages beside it; None where there is none."""

    rows: list[Row]
    before: str | None
    after: str | None


def page(
    inspection: Inspection,
    *,
    actor: Actor,
    today: date,
    filters: Filters = Filters(),
    sort: Sort = Sort.POSITION,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_ROWS,
) -> Page:
    """Give the rows after one key, or before another, or the first ones.

    Raises BadInput for a key that no page ever handed out.
    """
    wanted = _filtered(Finding.objects.scoped(actor).filter(inspection=inspection), filters, today)
    backwards = before is not None
    key = _key(sort, after or before)
    descending = sort.startswith("-") != backwards
    if key is not None:
        wanted = wanted.filter(_beyond(sort, key, descending))
    names = [F(name).desc() if descending else F(name).asc() for name in _COLUMNS[sort]]
    related = wanted.select_related("category", "lead_department", "responsible_leader")
    found: list[Finding] = list(related.order_by(*names)[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    return Page(
        rows=[row_of(finding, today) for finding in rows],
        before=_key_text(sort, rows[0]) if rows and (more if backwards else key is not None) else None,
        after=_key_text(sort, rows[-1]) if rows and (backwards or more) else None,
    )


def row_of(finding: Finding, today: date) -> Row:
    """Give a finding with the lamp that burns for it today."""
    days_left = (finding.due_on - today).days if finding.due_on else None
    burning = lamp(due_on=finding.due_on, state=State(finding.state), today=today, policy=DEFAULT)
    return Row(finding, burning, days_left)


def _filtered(rows: QuerySet[Finding], filters: Filters, today: date) -> QuerySet[Finding]:
    wanted = {
        "category_id": filters.category,
        "lead_department_id": filters.department,
        "responsible_leader_id": filters.leader,
        "declared_completion": filters.declared,
        "state": filters.state,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows.filter(_lamp_filter(filters.lamp, today)) if filters.lamp else rows


def _lamp_filter(wanted: Lamp, today: date) -> Q:
    if wanted == Lamp.CLOSED:
        return Q(state=State.WRITTEN_OFF)
    still_open = ~Q(state=State.WRITTEN_OFF)
    bounds = due_range(wanted, today=today, policy=DEFAULT)
    if bounds == DueRange():
        return still_open & Q(due_order=FAR_AWAY)
    condition = still_open & Q(due_order__lt=FAR_AWAY)
    if bounds.first:
        condition &= Q(due_order__gte=bounds.first)
    return condition & Q(due_order__lte=bounds.last) if bounds.last else condition


Key = tuple[int] | tuple[date, int]


def _key(sort: Sort, text: str | None) -> Key | None:
    if not text:
        return None
    try:
        if sort == Sort.POSITION:
            return (_position(text),)
        day, _, position = text.partition("_")
        return date.fromisoformat(day), _position(position)
    except ValueError:
        raise BadInput(phrase("This page address is not one of ours. Begin at the first page.")) from None


def _position(text: str) -> int:
    if len(text) > LONGEST_POSITION:
        raise ValueError(text)
    return int(text)


def _key_text(sort: Sort, finding: Finding) -> str:
    if sort == Sort.POSITION:
        return str(finding.position)
    return f"{finding.due_order.isoformat()}_{finding.position}"


def _beyond(sort: Sort, key: Key, descending: bool) -> Q:
    """Rows beyond a key; compared as a tuple, so that the index is entered at the key."""
    if sort == Sort.POSITION:
        return Q(position__lt=key[0]) if descending else Q(position__gt=key[0])
    columns = Tuple(*(F(name) for name in _COLUMNS[sort]))
    return Q((TupleLessThan if descending else TupleGreaterThan)(columns, key))
