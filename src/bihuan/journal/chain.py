"""Pure: the form of an entry, how entries are chained, and how a chain is checked."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bihuan.words import Phrase, phrase

SUITE = "sha256"
GENESIS = "0" * 64


def canonical(value: Mapping[str, object]) -> str:
    """Write a value in the one way that is hashed: sorted keys, NFC text, no floats, no spaces.

    Raises TypeError for a float or an unknown type: what cannot be written in one way only must
    not enter the journal.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def composed(text: str) -> str:
    """Write letters in their one composed form (NFC): the same name typed on two machines is the same text."""
    return unicodedata.normalize("NFC", str(text))


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, Mapping):
        return {composed(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form in the journal")


def digest(body: str) -> str:
    """Hash the canonical body of an entry; the body holds the previous hash, which makes the chain."""
    return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True)
class Link:
    """One stored entry as the checker sees it: the columns that queries use, and the hashed body."""

    seq: int
    previous: str
    hash: str
    body: str
    columns: Mapping[str, object]
    """The copies of body fields kept as columns; they must agree with the body."""


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, and why."""

    seq: int
    message: Phrase


def check(links: Iterable[Link], *, head_seq: int, head_hash: str) -> Iterator[Fault]:
    """Walk the chain from its beginning and yield every fault; nothing yielded means that it holds.

    Finds edited, removed, reordered and inserted entries, columns that differ from their body, and
    a head that does not point at the last entry.
    """
    seq, previous = 0, GENESIS
    for link in links:
        seq += 1
        yield from _faults(link, seq, previous)
        seq, previous = link.seq, link.hash
    if (seq, previous) != (head_seq, head_hash):
        yield Fault(head_seq, phrase("The head says entry %(head)s, the last entry is %(last)s.", head=head_seq, last=seq))  # fmt: skip


def beyond_head(seq: int) -> Fault:
    """Name an entry that stands behind the last one, where only an act could have put it."""
    return Fault(seq, phrase("The entry stands beyond the head: it was put in past the journal."))


def _faults(link: Link, seq: int, previous: str) -> Iterator[Fault]:
    if link.seq != seq:
        yield Fault(seq, phrase("Entry %(wanted)s is missing; entry %(found)s follows.", wanted=seq, found=link.seq))  # fmt: skip
    if link.previous != previous:
        yield Fault(link.seq, phrase("The entry does not follow the one before it."))
    if digest(link.body) != link.hash:
        yield Fault(link.seq, phrase("The entry was changed after it was written."))
    body = _read(link.body)
    copies = {**link.columns, "seq": link.seq, "previous": link.previous}
    different = sorted(name for name, value in copies.items() if body.get(name) != value)
    if different:
        yield Fault(link.seq, phrase("These columns differ from the entry: %(names)s.", names=", ".join(different)))  # fmt: skip


def _read(body: str) -> Mapping[str, object]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
