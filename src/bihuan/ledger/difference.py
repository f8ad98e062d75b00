"""What a document changes against what the ledger holds; values in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bihuan.documents.model import Category, Document, Finding
from bihuan.words import N_, Phrase, phrase

Key = tuple[str, int | None, int]


class ChangeKind(StrEnum):
    """How a finding differs."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.REMOVED: N_("no longer in the document"),
}


@dataclass(frozen=True)
class Change:
    """One difference of one finding; `field` is empty for a finding added or removed as a whole."""

    kind: ChangeKind
    key: Key
    title: str
    field: Phrase
    old: str = ""
    new: str = ""


def category_key(category: Category) -> tuple[str, int | None]:
    """The identity of a category: part and ordinal; one without any number is known by its title."""
    unnumbered = category.part is None and category.ordinal is None
    return category.title if unnumbered else category.part or "", category.ordinal


def key_of(finding: Finding) -> Key:
    """The identity of a finding within a document: that of its category, and its own ordinal."""
    return (*category_key(finding.category), finding.ordinal)


def differences(old: Document, new: Document) -> tuple[Change, ...]:
    """List what `new` changes against `old`, in the order of `new`, removals last."""
    before = {key_of(finding): finding for finding in old.findings}
    after = {key_of(finding): finding for finding in new.findings}
    changes: list[Change] = []
    for key, finding in after.items():
        if key not in before:
            changes.append(Change(ChangeKind.ADDED, key, finding.title, phrase("")))
        else:
            changes += _fields(key, before[key], finding)
    for key, finding in before.items():
        if key not in after:
            changes.append(Change(ChangeKind.REMOVED, key, finding.title, phrase("")))
    return tuple(changes)


def _fields(key: Key, old: Finding, new: Finding) -> Iterator[Change]:
    pairs = (
        (phrase("title"), old.title, new.title),
        (phrase("declared status"), old.declared.raw, new.declared.raw),
        (phrase("measures"), "\n".join(old.measures), "\n".join(new.measures)),
        (phrase("next steps"), "\n".join(old.next_steps), "\n".join(new.next_steps)),
    )
    for field, before, after in pairs:
        if before != after:
            yield Change(ChangeKind.CHANGED, key, new.title, field, before, after)
