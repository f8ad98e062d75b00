"""Reading the journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from bihuan.journal import chain
from bihuan.journal.models import Entry, Head
from bihuan.scope import Actor


@dataclass(frozen=True)
class Line:
    """One entry as people read it."""

    seq: int
    at: datetime
    verb: str
    person_name: str
    role: str
    organisation: str
    before: dict[str, object]
    after: dict[str, object]
    hash: str
    previous: str


@dataclass(frozen=True)
class Origin:
    """Acts on another object out of which this one came, such as the confirming of a document."""

    object_type: str
    object_id: str
    verb: str


def extract(
    object_type: str, object_id: str, *, actor: Actor, origin: Origin | None = None, limit: int = 30
) -> list[Line]:
    """Give the newest entries about one object, and about its origin, that this actor may see, newest first."""
    wanted = Q(object_type=object_type, object_id=object_id)
    if origin is not None:
        wanted |= Q(object_type=origin.object_type, object_id=origin.object_id, verb=origin.verb)
    entries = Entry.objects.scoped(actor).filter(wanted)
    return [_line(entry) for entry in entries.order_by("-seq")[:limit]]


def head() -> tuple[int, str]:
    """Give the number and hash of the last entry."""
    row = Head.objects.get(pk=1)
    return row.seq, row.hash


def verify() -> Iterator[chain.Fault]:
    """Check the whole journal and yield every fault; nothing yielded means that it holds.

    Others may go on writing meanwhile: the chain is checked as far as the head that stood at the beginning.
    """
    seq, last = head()
    entries = Entry.objects.unscoped("the chain is checked as a whole").order_by("seq")
    walked = entries.filter(seq__lte=seq).iterator()
    yield from chain.check((_link(entry) for entry in walked), head_seq=seq, head_hash=last)
    # Rows first, then the head: what was truly appended in between never stands beyond it.
    later = list(entries.filter(seq__gt=seq).values_list("seq", flat=True))
    seq, _last = head()
    yield from (chain.beyond_head(number) for number in later if number > seq)


def _link(entry: Entry) -> chain.Link:
    columns: dict[str, object] = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "person_name": entry.person_name,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "organisation_path": entry.organisation_path,
    }
    return chain.Link(entry.seq, entry.previous, entry.hash, entry.body, columns)


def _line(entry: Entry) -> Line:
    body = json.loads(entry.body)
    return Line(
        seq=entry.seq,
        at=entry.at,
        verb=entry.verb,
        person_name=entry.person_name,
        role=body["actor"]["role"] or "",
        organisation=body["actor"]["organisation"],
        before=body["before"] or {},
        after=body["after"] or {},
        hash=entry.hash,
        previous=entry.previous,
    )
