"""How much texts share, and which of them hang together; texts are told apart by their places in a list."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from itertools import combinations, pairwise
from operator import or_

Link = tuple[int, int, float]
"""Two places in a list of texts, the lower first, and how like the texts there are, from 0 to 1."""


def shares(texts: list[str], at_least: float) -> list[Link]:
    """Return the pairs of texts that share enough: the part of the shorter's letter pairs that the longer has too.

    Texts must have two letters or more.
    """
    bits = _letter_pairs(texts)
    counts = [each.bit_count() for each in bits]
    return [
        (one, other, share)
        for one, other in combinations(range(len(texts)), 2)
        if (share := (bits[one] & bits[other]).bit_count() / min(counts[one], counts[other])) >= at_least
    ]


def groups(links: Iterable[Link]) -> list[tuple[list[int], float]]:
    """Return the places that links join, group by group in order, each with the least likeness among its links."""
    head: dict[int, int] = {}

    def first_of(place: int) -> int:
        while (above := head.setdefault(place, place)) != place:
            head[place] = head[above]
            place = above
        return place

    links = list(links)
    for one, other, _ in links:
        low, high = sorted((first_of(one), first_of(other)))
        head[high] = low
    members: dict[int, list[int]] = defaultdict(list)
    for place in sorted(head):
        members[first_of(place)].append(place)
    least: dict[int, float] = defaultdict(lambda: 1.0)
    for one, _, likeness in links:
        least[first_of(one)] = min(least[first_of(one)], likeness)
    return [(members[first], least[first]) for first in sorted(members)]


def _letter_pairs(texts: list[str]) -> list[int]:
    """Return each text as a number whose bits are the pairs of neighbouring letters in it: sets that meet fast."""
    places: dict[tuple[str, str], int] = {}
    return [
        reduce(or_, (1 << places.setdefault(pair, len(places)) for pair in pairwise(text))) for text in texts
    ]
