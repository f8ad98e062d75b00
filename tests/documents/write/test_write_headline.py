import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.documents.write.headline import lines, pieces
from bihuan.documents.write.official import TITLE_CHARACTERS, width


@pytest.mark.parametrize(
    "broken",
    [
        ("整改进展情况的通报",),
        ("中共清梧市澄湖区望舒街道工作委员会", "关于三届区委第五轮巡察整改进展情况的说明"),
        ("中共澄湖区委组织部", "关于巡察整改落实情况的通报"),
        ("中共云岫县自然资源局党组", "关于县委巡察组专项巡察反馈意见", "整改进展情况的通报"),
        ("关于2024年度区级预算执行", "和其他财政收支审计查出问题", "整改情况的报告"),
    ],
)
def test_titles_break_where_a_person_would_break_them(broken: tuple[str, ...]) -> None:
    assert lines("".join(broken)) == broken


@given(st.text("中共区委关于的巡察整改情况通报第三轮“”2024年", max_size=70))
def test_no_character_is_lost_and_no_line_is_too_long(title: str) -> None:
    broken = lines(title)
    assert "".join(broken) == title
    assert all(width(line) <= TITLE_CHARACTERS for line in broken)


def test_words_stay_whole_on_a_narrow_screen() -> None:
    assert pieces("关于三届区委第五轮巡察整改进展情况的说明") == (
        "关于三届",
        "区委",
        "第五轮",
        "巡察",
        "整改进展",
        "情况的说明",
    )
