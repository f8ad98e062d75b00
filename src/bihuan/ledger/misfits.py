"""What the ledger cannot hold of a document: two findings under one number, words too long for their column."""

from collections.abc import Iterator

from django.db.models import Model

from bihuan.documents.model import Document
from bihuan.ledger import models
from bihuan.ledger.difference import Key, key_of
from bihuan.words import N_, Phrase, phrase

SHOWN = 20


def misfits(document: Document) -> list[Phrase]:
    """Name everything that stands against taking a document into the ledger; empty when it fits."""
    return [*_numbered_twice(document), *_too_long(document)]


def _numbered_twice(document: Document) -> Iterator[Phrase]:
    """The number within its category is how a finding is known again in a later document."""
    titles: dict[Key, str] = {}
    for finding in document.findings:
        key = key_of(finding)
        if key in titles:
            yield phrase(
                "“%(first)s” and “%(second)s” stand under the same number. Number the categories apart.",
                first=titles[key][:SHOWN],
                second=finding.title[:SHOWN],
            )
        titles[key] = finding.title


def _too_long(document: Document) -> Iterator[Phrase]:
    for model, column, label, text in _texts(document):
        limit = getattr(model._meta.get_field(column), "max_length", None)
        if limit is not None and len(text) > limit:
            yield phrase(
                "“%(label)s” may have %(limit)s characters; “%(begin)s…” has %(length)s.",
                label=label,
                limit=limit,
                begin=text[:SHOWN],
                length=len(text),
            )


def _texts(document: Document) -> Iterator[tuple[type[Model], str, str, str]]:
    """Yield the texts that go into a column of limited length: model, column, label, text."""
    yield models.Inspection, "title", N_("title"), document.title
    yield models.Inspection, "round", N_("round"), document.round
    yield models.Inspection, "team", N_("team"), document.team
    for category in document.categories:
        yield models.Category, "title", N_("category"), category.title
        yield models.Category, "part", N_("part"), category.part or ""
    for finding in document.findings:
        yield models.Finding, "title", N_("title"), finding.title
        yield models.Finding, "declared_raw", N_("declared status"), finding.declared.raw
