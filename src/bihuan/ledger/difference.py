"""What a document changes against what the ledger holds, and whether it may; values in, values out."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Generic, TypeVar

from bihuan.documents.model import Category, Completion, Document, Finding
from bihuan.words import N_, Phrase, phrase

Key = tuple[str, int | None, int]
Whole = TypeVar("Whole", Document, Finding)

HEAD: Key = ("", None, 0)
"""Stands for the document as a whole; no finding has the ordinal 0 of no category."""

REPEATED = phrase("The earlier document said the same; what was changed since then is kept.")
ACTED_ON = phrase("Steps were taken on this finding; what they made of it is kept.")
NEVER_REMOVED = phrase("Nothing is ever removed from the ledger.")


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
    """One difference; `field` is empty for a finding added or removed as a whole."""

    kind: ChangeKind
    key: Key
    title: str
    field: Phrase
    old: str = ""
    new: str = ""
    name: str = ""
    """The field as the code calls it."""
    applies: bool = True
    """Whether it enters the ledger unless a person decides otherwise."""
    open: bool = True
    """Whether a person can decide otherwise."""
    reason: Phrase = phrase("")
    """Why it does not apply."""

    @property
    def number(self) -> str:
        """Give the number of the finding, such as `二1.3`; nothing for the head."""
        part, category, ordinal = self.key
        return "" if self.key == HEAD else f"{part}{category or ''}.{ordinal}"

    @property
    def place(self) -> str:
        """Say for the journal where the change is, such as `二1.3 measures`."""
        return f"{self.number} {self.name or self.kind}".lstrip()

    @property
    def id(self) -> str:
        """Names this very difference, so that a tick given to it never counts for another."""
        return sha256(repr((self.kind, self.key, self.name, self.old, self.new)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Part(Generic[Whole]):
    """A field that a newer document can change."""

    name: str
    label: str
    value: Callable[[Whole], object]
    text: Callable[[Whole], str]


def _claim(finding: Finding) -> str:
    unknown = finding.declared.completion is Completion.UNKNOWN
    return finding.declared.raw or ("" if unknown else finding.declared.completion.label)


_FINDING: tuple[_Part[Finding], ...] = (
    _Part("title", N_("title"), lambda row: row.title, lambda row: row.title),
    _Part(
        "declared",
        N_("declared status"),
        lambda row: (row.declared.completion, row.declared.raw),
        _claim,
    ),
    _Part(
        "sustained",
        N_("sustained"),
        lambda row: row.declared.sustained,
        lambda row: N_("sustained") if row.declared.sustained else "",
    ),
    _Part("aspects", N_("aspects"), lambda row: row.aspects, lambda row: "\n".join(row.aspects)),
    _Part("measures", N_("measures"), lambda row: row.measures, lambda row: "\n".join(row.measures)),
    _Part("result", N_("what came of it"), lambda row: row.result, lambda row: row.result),
    _Part("next_steps", N_("next steps"), lambda row: row.next_steps, lambda row: "\n".join(row.next_steps)),
)
_HEAD: tuple[_Part[Document], ...] = (
    _Part("title", N_("title"), lambda paper: paper.title, lambda paper: paper.title),
    _Part(
        "organisation", N_("organisation"), lambda paper: paper.organisation, lambda paper: paper.organisation
    ),
    _Part("ended_on", N_("ended on"), lambda paper: paper.ended_on, lambda paper: str(paper.ended_on or "")),
    _Part(
        "feedback_on",
        N_("feedback"),
        lambda paper: paper.feedback_on,
        lambda paper: str(paper.feedback_on or ""),
    ),
    _Part(
        "signed_on", N_("signed on"), lambda paper: paper.signed_on, lambda paper: str(paper.signed_on or "")
    ),
    _Part(
        "frame",
        N_("text around the findings"),
        lambda paper: (
            paper.kind,
            paper.opening,
            paper.sections,
            paper.totals,
            paper.signature,
            paper.contact,
        ),
        lambda paper: "",
    ),
)


def category_key(category: Category) -> tuple[str, int | None]:
    """The identity of a category: part and ordinal; one without any number is known by its title."""
    unnumbered = category.part is None and category.ordinal is None
    return category.title if unnumbered else category.part or "", category.ordinal


def key_of(finding: Finding) -> Key:
    """The identity of a finding within a document: that of its category, and its own ordinal."""
    return (*category_key(finding.category), finding.ordinal)


def repeated(earlier: Document, later: Document, document: Document) -> frozenset[tuple[Key, str]]:
    """Give the fields that a later document words like the one before it, so that they are no news.

    `earlier` and `later` are the documents as read; a field that was corrected in `document`,
    which is `later` as it was looked at, is news whatever the source says.
    """
    before = {key_of(finding): finding for finding in earlier.findings}
    found = {(HEAD, name) for name in _alike(_HEAD, earlier, later, document)}
    for read, corrected in zip(later.findings, document.findings, strict=True):
        key = key_of(read)
        if key in before:
            found |= {(key, name) for name in _alike(_FINDING, before[key], read, corrected)}
    return frozenset(found)


def _alike(parts: tuple[_Part[Whole], ...], first: Whole, *others: Whole) -> Iterator[str]:
    for part in parts:
        if all(part.value(other) == part.value(first) for other in others):
            yield part.name


def differences(
    old: Document,
    new: Document,
    *,
    acted_on: Collection[Key] = (),
    repeated: Collection[tuple[Key, str]] = (),
) -> tuple[Change, ...]:
    """List what `new` changes against `old`: the head, then findings in the order of `new`, removals last.

    Findings in `acted_on` left the hands of documents: what people made of them stays. Fields in
    `repeated` are no news, so that a correction since the earlier document stays, unless a person wants otherwise.
    """
    before = {key_of(finding): finding for finding in old.findings}
    after = {key_of(finding): finding for finding in new.findings}
    changes = list(_head(old, new))
    for key, finding in after.items():
        if key not in before:
            changes.append(Change(ChangeKind.ADDED, key, finding.title, phrase("")))
        else:
            changes += _changed(_FINDING, key, finding.title, before[key], finding)
    for key, finding in before.items():
        if key not in after:
            gone = Change(ChangeKind.REMOVED, key, finding.title, phrase(""))
            changes.append(replace(gone, applies=False, open=False, reason=NEVER_REMOVED))
    return tuple(_judged(change, acted_on, repeated) for change in changes)


def _head(old: Document, new: Document) -> Iterator[Change]:
    """What a newer document does not say, it does not change."""
    for change in _changed(_HEAD, HEAD, N_("The document as a whole"), old, new):
        if change.new or change.name == "frame":
            yield change


def _changed(
    parts: tuple[_Part[Whole], ...], key: Key, title: str, old: Whole, new: Whole
) -> Iterator[Change]:
    for part in parts:
        if part.value(old) != part.value(new):
            texts = part.text(old), part.text(new)
            yield Change(ChangeKind.CHANGED, key, title, phrase(part.label), *texts, part.name)


def _judged(change: Change, acted_on: Collection[Key], repeated: Collection[tuple[Key, str]]) -> Change:
    if change.kind is ChangeKind.CHANGED and change.key in acted_on:
        return replace(change, applies=False, open=False, reason=ACTED_ON)
    if change.kind is ChangeKind.CHANGED and (change.key, change.name) in repeated:
        return replace(change, applies=False, reason=REPEATED)
    return change
