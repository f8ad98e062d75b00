"""The tables of the grammar, row by row: how statuses, headings, dates, figures, totals and facts are said."""

import pytest

from bihuan.documents.model import Completion, PartialDate, Totals
from bihuan.documents.read import header, read_text, statuses
from bihuan.documents.read.dates import arabic, dates, ranges
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.headings import quoted_heading
from bihuan.documents.read.markers import marker
from bihuan.documents.read.measures import enumerated
from bihuan.documents.read.notes import Notes
from bihuan.documents.read.quantities import quantities
from bihuan.documents.read.totals import declared_totals

DONE, BASIC, STAGE = Completion.DONE, Completion.BASIC, Completion.STAGE
PROGRESS, NOT, UNKNOWN = Completion.IN_PROGRESS, Completion.NOT_DONE, Completion.UNKNOWN


@pytest.mark.parametrize(
    ("words", "completion", "sustained"),
    [
        ("已完成", DONE, False),
        ("完成整改", DONE, False),
        ("整改完成。", DONE, False),
        ("已整改", DONE, False),
        ("已销号", DONE, False),
        ("基本完成", BASIC, False),
        ("已基本完成整改", BASIC, False),
        ("阶段性完成", STAGE, False),
        ("取得阶段性成果", STAGE, False),
        ("部分整改", STAGE, False),
        ("正在整改", PROGRESS, False),
        ("推进中", PROGRESS, False),
        ("持续整改", PROGRESS, False),
        ("未完成", NOT, False),
        ("尚未整改", NOT, False),
        ("未启动", NOT, False),
        ("长期坚持", UNKNOWN, True),
        ("已完成并长期坚持", DONE, True),
        ("已经完成,长期坚持", DONE, True),
        ("立行立改，已完成", DONE, False),
        ("長期堅持", UNKNOWN, True),
    ],
)
def test_words_of_status(words: str, completion: Completion, sustained: bool) -> None:
    found = statuses.whole(words, fold(words))
    assert found is not None
    assert (found.completion, found.sustained, found.raw) == (completion, sustained, words.rstrip("。"))


@pytest.mark.parametrize(
    "words", ["", "整改", "已完成培训3次", "完成率达90%", "一是已完成", "未来", "长期以来"]
)
def test_other_words_are_no_status(words: str) -> None:
    assert statuses.whole(words, fold(words)) is None


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("关于“账目不清”的问题", "账目不清"),
        ("关于“账目不清”问题", "账目不清"),
        ("关于“账目不清”问题的整改", "账目不清"),
        ("关于“账目不清”问题的整改情况：", "账目不清"),
        ("关于“账目不清”。整改进展情况：已完成。", "账目不清"),
        ("关于“落实方针”方面", "落实方针"),
        ("针对“账目不清”问题。", "账目不清"),
        ("针对营造“亲清”环境不力问题", "营造“亲清”环境不力"),
        ("针对巡察反馈的“账目不清”问题，一是补记。", "账目不清"),
        ("关于「『三重一大』不規範」的問題", "『三重一大』不規範"),
        ('关于"账目不清"的问题', "账目不清"),
        ("关于“‘甲’‘乙’落实有差距”的问题", "‘甲’‘乙’落实有差距"),
        ("关于“甲”和“乙”都不到位的问题", "“甲”和“乙”都不到位"),
        ("关于“甲不实。乙《办法》未执行”的问题", "甲不实。乙《办法》未执行"),
        ("关于账目问题仍然存在的问题", "账目问题仍然存在"),
        ("“账目不清”的问题", "账目不清"),
        ("关于“账目不清的问题", "账目不清"),
        ("关于“账目“不清”的问题", "账目“不清"),
    ],
)
def test_ways_to_quote_a_finding(heading: str, title: str) -> None:
    found = quoted_heading(heading, fold(heading))
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    "line",
    ["修订“三重一大”制度。", "关于进一步加强管理", "“双会”制度建立。", "针对薄弱环节开展专题剖析。", "关于"],
)
def test_lines_that_quote_no_finding(line: str) -> None:
    assert quoted_heading(line, fold(line)) is None


@pytest.mark.parametrize(
    ("line", "style", "ordinal"),
    [
        ("一、总体", "chapter", 1),
        ("二十一、总体", "chapter", 21),
        ("（三)方面", "bracket_chinese", 3),
        ("( 三 ) 方面", "bracket_chinese", 3),
        ("㈢方面", "bracket_chinese", 3),
        ("１２．题", "digit", 12),
        ("4、题", "digit", 4),
        ("⒋题", "digit", 4),
        ("（5）题", "bracket_digit", 5),
        ("⑸题", "bracket_digit", 5),
        ("⑤题", "circled", 5),
        ("问题2：题", "question", 2),
        ("问题二：题", "question", 2),
        ("第二部分 题", "division", 2),
    ],
)
def test_ways_to_number_a_heading(line: str, style: str, ordinal: int) -> None:
    found = marker(fold(line))
    assert found is not None
    assert (found.style, found.ordinal, found.form.weak) == (style, ordinal, False)


@pytest.mark.parametrize("line", ["4、5次", "2.5万元", "2024年", "一是培训", "十余次", "3个月", "题", ""])
def test_lines_that_begin_with_no_number(line: str) -> None:
    assert marker(fold(line)) is None


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("一是甲。二是乙。", ["甲。", "乙。"]),
        ("一是甲；二是乙；三是丙。", ["甲；", "乙；", "丙。"]),
        ("一是甲，二是乙，三是丙。", ["甲", "乙", "丙。"]),
        ("一是坚持一是一、二是二。二是乙。", ["坚持一是一、二是二。", "乙。"]),
        ("一是学习“一是一，二是二”精神。二是乙。", ["学习“一是一，二是二”精神。", "乙。"]),
        ("一是甲，二是甲的细节。二是乙。", ["甲，二是甲的细节。", "乙。"]),
        ("高度重视。一是甲。二是乙。", ["高度重视。", "甲。", "乙。"]),
        ("主要做法：一是甲。二是乙。", ["主要做法：甲。", "乙。"]),
        ("（1）甲。（2）乙。", ["甲。", "乙。"]),
        ("①甲。②乙。", ["甲。", "乙。"]),
        ("1.甲2.5公里。2.乙。", ["甲2.5公里。", "乙。"]),
        ("甲乙丙。", []),
        ("投入1.5万元。", []),
        ("二是乙。", []),
    ],
)
def test_measures_are_cut_at_their_own_enumeration(text: str, measures: list[str]) -> None:
    assert enumerated(text) == measures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年9月6日", ["2024-09-06"]),
        ("2024 年 9 月", ["2024-09"]),
        ("2022年8月下旬", ["2022-08"]),
        ("2022年始", ["2022"]),
        ("2020年度", []),
        ("20211228日", ["2021-12-28"]),
        ("2021915日", ["2021-09-15"]),
        ("二〇二五年八月五日", ["2025-08-05"]),
        ("二○二四年十二月三十一日", ["2024-12-31"]),
        ("2024-03-11", ["2024-03-11"]),
        ("2023年2月30日", [None]),
    ],
)
def test_dates_are_as_precise_as_printed(text: str, found: list[str | None]) -> None:
    assert [str(each.on()) if each.on() else None for each in dates(arabic(text))] == found


@pytest.mark.parametrize("dash", ["至", "—", "——", "-", "～", "到"])
def test_ranges_are_joined_by_any_dash(dash: str) -> None:
    [(first, second)] = ranges(f"2024年4月15日{dash}6月28日")
    assert (str(first.on()), str(second.on(2024))) == ("2024-04-15", "2024-06-28")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("组建12支队伍", [("12", "支", False)]),
        ("成功率92.31%", [("92.31", "%", False)]),
        ("培训 336 名书记", [("336", "名", False)]),
        ("召开10余次会议", [("10", "次", True)]),
        ("调研4、5次", [("4", "次", True)]),
        ("20-100 万元", [("20", "万元", True)]),
        ("追回1,250.6万元", [("1250.6", "万元", False)]),
        ("投入150.04亿元", [("150.04", "亿元", False)]),
        ("已达四分之三", [("0.75", "", False)]),
        ("已两次更新", [("2", "次", False)]),
        ("涉及2024年1-5月", []),
        ("第12条、第三次会议、每两次", []),
        ("2024年3月15日", []),
    ],
)
def test_figures_have_units(text: str, figures: list[tuple[str, str, bool]]) -> None:
    assert [(found.value, found.unit, found.approximate) for found in quantities([text])] == figures


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("反馈25个问题", Totals(findings=25)),
        ("反馈4个方面12类39个具体问题", Totals(findings=39)),
        ("共反馈问题486个", Totals(findings=486)),
        ("反馈的36个问题中，已完成30个，基本完成3个，正在整改2个，未完成1个", Totals(36, 30, 3, 2, 1)),
        ("巡察反馈的二十五个问题已全部完成整改", Totals(findings=25, done=25)),
        ("指出具体问题41个,其中35个已整改", Totals(findings=41, done=35)),
        ("制定整改措施158条", Totals(measures=158)),
        ("细化为42项整改措施", Totals(measures=42)),
        ("同一个问题反复出现，完成率98%，2024年完成", Totals()),
        ("召开会议3次，修订制度12项", Totals()),
    ],
)
def test_totals_that_a_text_declares(text: str, totals: Totals) -> None:
    assert declared_totals([text]) == totals


@pytest.mark.parametrize(
    ("opening", "team"),
    [
        ("2024年，区委第一巡察组对甲镇开展了巡察。", "区委第一巡察组"),
        ("由市委巡察三组对甲局开展巡察。", "市委巡察三组"),
        ("中央第十巡视组对甲公司进行了巡视。", "中央第十巡视组"),
        ("省委第二提级巡察组对甲村开展巡察。", "省委第二提级巡察组"),
        ("县委巡察组向甲局反馈。", "县委巡察组"),
        ("有关部门开展了检查。", ""),
    ],
)
def test_names_of_teams(opening: str, team: str) -> None:
    assert header.facts("", [opening], "", Notes()).team == team


def test_whoever_wrote_a_letter_is_not_whom_it_is_about() -> None:
    title = "中共甲市委第五巡察组关于反馈巡察情况的函"
    found = header.facts(title, ["市委第五巡察组对乙局党组开展了巡察。"], "中共甲市委第五巡察组", Notes())
    assert found.organisation == "乙局党组"


@pytest.mark.parametrize(
    ("opening", "feedback"),
    [
        ("2024年11月1日至12月30日，甲组巡察。2月17日反馈意见。", "2025-02-17"),
        ("2024年9月1日至10月30日，甲组巡察。12月26日反馈意见。", "2024-12-26"),
        ("2024年9月1日至10月30日，甲组巡察，并于2024年12月1日反馈意见。", "2024-12-01"),
        ("2024年9月1日至10月30日，甲组巡察并反馈意见。", "None"),
    ],
)
def test_the_year_of_the_feedback_is_inherited(opening: str, feedback: str) -> None:
    assert str(header.facts("", [opening], "", Notes()).feedback_on) == feedback


def test_an_inherited_year_turns_for_the_end_of_the_visit_too() -> None:
    found = header.facts("", ["2023年12月5日至2月3日，甲组对乙局开展了巡察。"], "", Notes())
    assert (found.started_on, found.ended_on) == (PartialDate(2023, 12, 5), PartialDate(2024, 2, 3))


@pytest.mark.parametrize(
    ("last", "raw", "measures"),
    [
        ("该问题已完成整改。", "已完成整改", ("甲。", "乙。")),
        ("目前，已完成整改。", "已完成整改", ("甲。", "乙。")),
        ("截至2024年3月底，该问题基本完成整改。", "基本完成整改", ("甲。", "乙。")),
        ("已完成甲的整改。", "", ("甲。", "乙。已完成甲的整改。")),
    ],
)
def test_a_status_in_the_last_sentence(last: str, raw: str, measures: tuple[str, ...]) -> None:
    [finding] = read_text(f"1.关于“账目不清”的问题\n一是甲。二是乙。{last}").document.findings
    assert (finding.declared.raw, finding.measures) == (raw, measures)


def test_a_status_without_a_full_stop_is_not_joined_to_the_work_below() -> None:
    text = "1.关于“账目不清”的问题\n整改状态：已完成\n补记账目，并\n逐笔复核。\n"
    [finding] = read_text(text).document.findings
    assert (finding.declared.raw, finding.measures) == ("已完成", ("补记账目，并逐笔复核。",))
