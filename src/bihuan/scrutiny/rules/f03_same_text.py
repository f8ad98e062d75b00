"""F03: the same or nearly the same text for different findings, and one deliverable claimed for several.

Texts are compared by their letters and digits alone. Two measures, both from 0 to 1: the Indel ratio tells that
two texts are one; the share of the shorter text's neighbouring pairs of letters that the other has too finds a
short text that lives inside a longer one, which the ratio cannot see.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from bihuan.documents.model import Document, Finding
from bihuan.scrutiny.likeness import groups, shares
from bihuan.scrutiny.model import WHOLE_FINDING, FindingKey, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import clauses, letters, plain, quote, shorten
from bihuan.words import N_, phrase

CODE = "F03"
COMPARES_FINDINGS = True
TITLE = N_("same text for different findings")

NEAR_IDENTICAL = 0.85
"""Indel ratio; practice in checking ledgers for copied text."""
SIMILAR = 0.5
"""Share of letter pairs; on real reports unlike texts stay below 0.35."""
_HEAD_COUNT = re.compile(r"\d{1,9}余?(?:人次|人|名|个|项|家|支|次|场)")

_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?")

SHORTEST_TEXT = 10
"""Letters; below this two texts are one by chance."""
SHORTEST_SIMILAR = 16
"""Letters; below this two texts are similar by chance."""
SHORTEST_CLAUSE = 10
"""Letters; shorter clauses are set phrases of official language."""

_NEAR_IDENTICAL = N_(
    "The rectification texts of these findings agree to at least %(percent)d %%. Saying for each finding what was done "
    "for it in particular, or joining the two, would settle this."
)
_SIMILAR = N_(
    "Much of the shorter text (at least %(percent)d %%) stands under the other finding too. If one piece of work "
    "serves both, say so and link both to the same evidence."
)
_SHARED = N_(
    "The same words stand under %(count)d findings. If it is one piece of work, name it once, with its document "
    "number or date, and say what in it answers which finding; if there are several, name each."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield a remark for each group of like texts, then one for each clause shared by findings not yet grouped."""
    grouped = list(_groups(document.findings))
    yield from grouped
    yield from _shared_clauses(document.findings, [frozenset(remark.findings) for remark in grouped])


def _groups(findings: tuple[Finding, ...]) -> Iterator[Remark]:
    """Yield the groups of texts that are one, then the groups of first members that are similar.

    Ten copies of one text are one remark, not forty-five.
    """
    readable = [
        (finding, text) for finding in findings if len(text := _undated(finding.text)) >= SHORTEST_TEXT
    ]
    texts = [text for _, text in readable]
    shared = shares(texts, SIMILAR)
    same = groups(
        (one, other, ratio)
        for one, other, _ in shared
        if (ratio := fuzz.ratio(texts[one], texts[other]) / 100) >= NEAR_IDENTICAL
    )
    settled = {place for group, _ in same for place in group[1:]}
    settled |= {place for place, text in enumerate(texts) if len(text) < SHORTEST_SIMILAR}
    similar = groups(link for link in shared if not settled & {link[0], link[1]})
    for sign, template, found in (
        ("near_identical", _NEAR_IDENTICAL, same),
        ("similar", _SIMILAR, similar),
    ):
        for group, least in found:
            members = [readable[place][0] for place in group]
            yield Remark(
                CODE,
                SEVERITY[sign],
                tuple(map(FindingKey.of, members)),
                WHOLE_FINDING,
                None,
                shorten(members[1].text),
                phrase(template, percent=int(least * 100)),
            )


def _undated(text: str) -> str:
    """Return the letters of a text without its dates: the same words on another day are the same words."""
    return letters(_DATE.sub("", plain(text)))


def _shared_clauses(findings: tuple[Finding, ...], grouped: list[frozenset[FindingKey]]) -> Iterator[Remark]:
    holders: dict[str, dict[FindingKey, str]] = defaultdict(dict)
    for finding in findings:
        for measure in finding.measures:
            for clause in clauses(measure):
                if len(essence := _essence(clause)) >= SHORTEST_CLAUSE:
                    start = plain(measure).index(clause)
                    holders[essence].setdefault(
                        FindingKey.of(finding), quote(measure, start, start + len(clause))
                    )
    for keys in holders.values():
        if len(keys) > 1 and not any(group.issuperset(keys) for group in grouped):
            yield Remark(
                CODE,
                SEVERITY["same_deliverable"],
                tuple(keys),
                phrase("the same words under several findings"),
                None,
                next(iter(keys.values())),
                phrase(_SHARED, count=len(keys)),
            )


def _essence(clause: str) -> str:
    """Return the letters of a clause without its head-counts, so that a figure does not hide a repetition."""
    return letters(_HEAD_COUNT.sub("", clause))
