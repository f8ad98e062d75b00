"""Names that can mean one organisation, and names that cannot."""

import pytest

from bihuan.ledger.naming import names_another

ONE = (
    ("中共望川街道工作委员会", "望川街道"),
    ("望川街道党工委", "中共望川街道工作委员会"),
    ("中共清梧市澄湖区望川街道工委", "望川街道工作委员会"),
    ("望川街道", "清梧市澄湖区望川街道办事处"),
    ("中共澄湖区委员会", "澄湖区委"),
    ("澄湖区水务局党组", "区水务局", "澄湖区水务局"),
    ("Invented Office", "the invented office"),
    ("", "望川街道"),
    ("街道党工委", "望川街道"),
    ("望川街道", "党工委"),
)
OTHERS = (
    ("中共望川街道工作委员会", "望舒街道"),
    ("中共望川街道工作委员会", "中共望舒街道工作委员会", "望舒"),
    ("澄湖区水务局党组", "澄湖区财政局", "财政局"),
    ("望川镇", "organisation 1"),
)


@pytest.mark.parametrize(("printed", "names"), [(row[0], row[1:]) for row in ONE])
def test_forms_of_one_name_raise_no_doubt(printed, names) -> None:
    assert not names_another(printed, *names)


@pytest.mark.parametrize(("printed", "names"), [(row[0], row[1:]) for row in OTHERS])
def test_names_that_share_nothing_raise_a_doubt(printed, names) -> None:
    assert names_another(printed, *names)
