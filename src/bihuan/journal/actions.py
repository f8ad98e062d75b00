"""Adding to the journal: the only way in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from bihuan.journal import chain
from bihuan.journal.models import Entry, Head
from bihuan.scope import Actor


@dataclass(frozen=True)
class Subject:
    """What an act was done to: the type and key of the object, and the organisation it belongs to."""

    type: str
    id: str
    organisation_path: str


def append(
    verb: str,
    subject: Subject,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Entry:
    """Add one entry for one act, inside the transaction of that act.

    Locks the head row, so that concurrent writers queue up instead of forking the chain.
    Raises RuntimeError outside a transaction: no entry without an act, no act without an entry.
    """
    head = take_turn()
    instant = at.astimezone(UTC)
    given = {
        "verb": verb,
        "person_name": actor.person_name,
        "object_type": subject.type,
        "object_id": subject.id,
        "organisation_path": subject.organisation_path,
    }
    # The columns are compared with the body, where text stands in its composed form.
    columns = {name: chain.composed(text) for name, text in given.items()}
    body = chain.canonical(
        {
            **columns,
            "at": instant.isoformat(timespec="microseconds"),
            "seq": head.seq + 1,
            "previous": head.hash,
            "suite": chain.SUITE,
            "actor": {
                "person": actor.person_id,
                "post": actor.post_id,
                "role": actor.role,
                "organisation": actor.organisation_name,
            },
            "before": plain(before),
            "after": plain(after),
        }
    )
    entry = Entry(
        seq=head.seq + 1, at=instant, body=body, previous=head.hash, hash=chain.digest(body), **columns
    )
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


def take_turn() -> Head:
    """Lock the head row: from here to the end of the transaction, nobody else appends.

    Everything that many acts share is locked after this one, and what only some share (findings,
    in the order of their keys) before it; in that order no two acts can wait for each other.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act and its journal entry must share one transaction")
    return Head.objects.select_for_update().get(pk=1)


def plain(values: Mapping[str, object] | None) -> dict[str, object] | None:
    """Turn dates into ISO text, the one form in which they enter the journal."""
    if values is None:
        return None
    return {
        key: value.isoformat() if isinstance(value, date | datetime) else value
        for key, value in values.items()
    }
