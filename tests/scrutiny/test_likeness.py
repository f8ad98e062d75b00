from hypothesis import given
from hypothesis import strategies as st

from bihuan.scrutiny.likeness import groups, shares

PLACES = st.integers(0, 12)
LINKS = st.lists(
    st.tuples(PLACES, PLACES, st.floats(0.5, 1)).filter(lambda link: link[0] < link[1]), max_size=20
)


def test_the_share_is_that_of_the_shorter_text() -> None:
    assert shares(["甲乙丙丁", "乙丙丁戊己庚", "子丑"], 0.5) == [(0, 1, 2 / 3)]


def test_groups_follow_chains_and_keep_the_weakest_link() -> None:
    assert groups([(3, 4, 0.9), (0, 2, 0.8), (2, 5, 0.6)]) == [([0, 2, 5], 0.6), ([3, 4], 0.9)]


@given(LINKS)
def test_groups_are_the_components_of_the_links(links: list[tuple[int, int, float]]) -> None:
    def reached(start: int) -> set[int]:
        found = {start}
        while grown := {b for a, b, _ in links if a in found} | {a for a, b, _ in links if b in found}:
            if grown <= found:
                return found
            found |= grown
        return found

    named = sorted({place for link in links for place in link[:2]})
    assert [set(group) for group, _ in groups(links)] == list(
        {min(component): component for component in map(reached, named)}.values()
    )
    for group, least in groups(links):
        assert least == min(likeness for one, _, likeness in links if one in group)
