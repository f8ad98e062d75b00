"""F19: totals the text declares and what was read in it differ, or ordinals are left out or used twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bihuan.documents.model import Category, Completion, Document
from bihuan.scrutiny.model import WHOLE_DOCUMENT, FindingKey, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.words import N_, Phrase, phrase

CODE = "F19"
COMPARES_FINDINGS = True
TITLE = N_("counts that do not add up")

_TEMPLATES = {
    "findings": N_(
        "The text speaks of %(said)d findings; %(read)d were read. Every finding should be found in both."
    ),
    "measures": N_(
        "The text speaks of %(said)d measures; %(read)d were read. Every measure should be found in both."
    ),
    "done": N_("The text speaks of %(said)d findings done; %(read)d are declared so one by one."),
    "basic": N_("The text speaks of %(said)d findings basically done; %(read)d are declared so one by one."),
    "in_progress": N_(
        "The text speaks of %(said)d findings in progress; %(read)d are declared so one by one."
    ),
    "not_done": N_("The text speaks of %(said)d findings not done; %(read)d are declared so one by one."),
}
_SUM = N_(
    "By status the text declares %(sum)d findings in all, but %(said)d as their total. One of them needs correcting."
)
_GAP = N_(
    "In this category finding %(ordinal)d follows finding %(before)d. If what stood between was merged or dropped, "
    "the text should say so."
)
_START = N_(
    "The first finding of this category has the ordinal %(ordinal)d. If any before it was dropped, the text should say so."
)
_TWICE = N_(
    "Ordinal %(ordinal)d occurs %(count)d times in this category. Numbering each finding once would settle this."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield a remark for each declared total that differs, and for each ordinal missing or repeated.

    A paper that speaks in totals alone has no findings to compare them with.
    """
    if not document.findings:
        return
    yield from _totals(document)
    yield from _sum(document)
    yield from _ordinals(document)


def _whole(reason: Phrase) -> Remark:
    return Remark(CODE, SEVERITY["total_differs"], (), WHOLE_DOCUMENT, None, "", reason)


def _totals(document: Document) -> Iterator[Remark]:
    for name, read in _read_totals(document).items():
        said = getattr(document.totals, name)
        if said is not None and said != read:
            yield _whole(phrase(_TEMPLATES[name], said=said, read=read))


def _read_totals(document: Document) -> dict[str, int]:
    """Count what was read; statuses are left out where no finding carries one of its own."""
    counted = {
        "findings": len(document.findings),
        "measures": sum(len(finding.measures) for finding in document.findings),
    }
    by_status = Counter(finding.declared.completion for finding in document.findings)
    if set(by_status) <= {Completion.UNKNOWN}:
        return counted
    return counted | {
        "done": by_status[Completion.DONE],
        "basic": by_status[Completion.BASIC] + by_status[Completion.STAGE],
        "in_progress": by_status[Completion.IN_PROGRESS],
        "not_done": by_status[Completion.NOT_DONE],
    }


def _sum(document: Document) -> Iterator[Remark]:
    totals = document.totals
    parts = (totals.done, totals.basic, totals.in_progress, totals.not_done)
    total = sum(part for part in parts if part is not None)
    if totals.findings is not None and total > totals.findings:
        yield _whole(phrase(_SUM, sum=total, said=totals.findings))


def _ordinals(document: Document) -> Iterator[Remark]:
    for category in document.categories:
        ordinals = Counter(finding.ordinal for finding in document.findings if finding.category == category)
        for before, ordinal in pairwise((0, *sorted(ordinals))):
            if ordinal > before + 1:
                reason = (
                    phrase(_GAP, before=before, ordinal=ordinal)
                    if before
                    else phrase(_START, ordinal=ordinal)
                )
                yield _numbering(category, ordinal, reason)
            if (count := ordinals[ordinal]) > 1:
                yield _numbering(category, ordinal, phrase(_TWICE, ordinal=ordinal, count=count))


def _numbering(category: Category, ordinal: int, reason: Phrase) -> Remark:
    return Remark(
        CODE,
        SEVERITY["ordinal_gap"],
        (FindingKey(category.part, category.ordinal, ordinal),),
        phrase("category “%(title)s”", title=category.title),
        None,
        category.title,
        reason,
    )
