"""F03: the same or nearly the same text for different findings, and one deliverable claimed for several.

Texts are compared by their letters and digits alone. Two measures, both from 0 to 1: the Indel ratio tells that
two texts are one; the share of the shorter text's neighbouring pairs of letters that the other has too finds a
short text that lives inside a longer one, which the ratio cannot see.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import combinations, pairwise
from operator import or_

from rapidfuzz import fuzz

from bihuan.documents.model import Document, Finding
from bihuan.scrutiny.model import WHOLE_FINDING, FindingKey, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.text import clauses, letters, plain, quote, shorten
from bihuan.words import N_, phrase

CODE = "F03"
TITLE = N_("same text for different findings")

NEAR_IDENTICAL = 0.85
"""Indel ratio; practice in checking ledgers for copied text."""
SIMILAR = 0.5
"""Share of letter pairs; on real reports unlike texts stay below 0.35."""
_HEAD_COUNT = re.compile(r"\d{1,9}余?(?:人次|人|名|个|项|家|支|次|场)")

SHORTEST_TEXT = 16
"""Letters; below this two texts are alike by chance."""
SHORTEST_CLAUSE = 10
"""Letters; shorter clauses are set phrases of official language."""

_NEAR_IDENTICAL = N_(
    "The rectification texts of these findings agree to %(percent)d %%. Saying for each finding what was done "
    "for it in particular, or joining the two, would settle this."
)
_SIMILAR = N_(
    "Much of the shorter text (%(percent)d %%) stands under the other finding too. If one piece of work serves "
    "both, say so and link both to the same evidence."
)
_SHARED = N_(
    "The same words stand under %(count)d findings. If it is one piece of work, name it once, with its document "
    "number or date, and say what in it answers which finding; if there are several, name each."
)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield a remark for each pair of like texts, then one for each clause shared by findings not yet paired."""
    pairs = list(_pairs(document.findings))
    yield from pairs
    yield from _shared_clauses(document.findings, {frozenset(remark.findings) for remark in pairs})


def _pairs(findings: tuple[Finding, ...]) -> Iterator[Remark]:
    readable = [
        (finding, text) for finding in findings if len(text := letters(finding.text)) >= SHORTEST_TEXT
    ]
    bits = _letter_pairs([text for _, text in readable])
    for one, other in combinations(range(len(readable)), 2):
        share = (bits[one] & bits[other]).bit_count() / min(bits[one].bit_count(), bits[other].bit_count())
        if share < SIMILAR:
            continue
        (first, text), (second, second_text) = readable[one], readable[other]
        ratio = fuzz.ratio(text, second_text) / 100
        sign, template, likeness = (
            ("near_identical", _NEAR_IDENTICAL, ratio)
            if ratio >= NEAR_IDENTICAL
            else ("similar", _SIMILAR, share)
        )
        yield Remark(
            CODE,
            SEVERITY[sign],
            (FindingKey.of(first), FindingKey.of(second)),
            WHOLE_FINDING,
            None,
            shorten(second.text),
            phrase(template, percent=int(likeness * 100)),
        )


def _letter_pairs(texts: list[str]) -> list[int]:
    """Return each text as a number whose bits are the pairs of neighbouring letters in it: sets that meet fast."""
    places: dict[tuple[str, str], int] = {}
    return [
        reduce(or_, (1 << places.setdefault(pair, len(places)) for pair in pairwise(text))) for text in texts
    ]


def _shared_clauses(findings: tuple[Finding, ...], paired: set[frozenset[FindingKey]]) -> Iterator[Remark]:
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
        if len(keys) > 1 and frozenset(keys) not in paired:
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
