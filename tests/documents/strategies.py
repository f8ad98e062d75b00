"""Plausible documents for property tests: fictional places, real shapes."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    PartialDate,
    Section,
    Totals,
)
from bihuan.documents.numerals import numeral
from bihuan.documents.write import progress_report

_ORGANISATIONS = ("中共清梧市澄湖区望舒街道工作委员会", "中共澄湖区住房建设局党组", "中共云岫县杉溪镇委员会")
_ROUNDS = ("", "三届区委第五轮", "六届市委第十二轮")
_TEAMS = ("区委第二巡察组", "市委第十巡察组", "县委第一巡察组")
_SUBJECTS = (
    "理论学习",
    "‘第一议题’学习",
    "河湖巡查",
    "合同管理",
    "‘三会一课’",
    "党费收缴",
    "2023年度预算执行",
    "落实‘学习“双签”规定’",
)
_FAULTS = ("不够严谨", "存在漏项", "落实不到位", "流于形式", "监管有缺失", "‘重形式、轻实效’现象较突出")
_DEEDS = (
    "修订工作规则",
    "补齐缺失记录",
    "开展专题培训3次",
    "建立“一事一档”台账",
    "收回资金12.5万元",
    "对9名干部谈话提醒",
    "自2024年3月起每月自查",
    "统一管理。由专人统一归档",
)
_WAYS = (
    "明确专人负责",
    "按月通报进展",
    "纳入年度考核",
    "由班子成员带队督办",
    "确保“应改尽改”",
    "覆盖全部6个社区（村）",
    "完成率达98.5%；余下1户正在办理",
)
_CHAPTERS = (
    "贯彻上级部署有差距的问题",
    "党组“一把手”履职不够有力的问题",
    "基层组织建设有短板的问题",
    "以往整改不彻底的问题",
)
_DECLARED = (
    Declared(Completion.DONE, raw="已完成"),
    Declared(Completion.DONE, sustained=True, raw="已完成并长期坚持"),
    Declared(Completion.BASIC, raw="基本完成"),
    Declared(Completion.STAGE, raw="阶段性完成"),
    Declared(Completion.IN_PROGRESS, raw="正在整改"),
    Declared(Completion.NOT_DONE, raw="未完成"),
)
_SUSTAINED = Declared(Completion.UNKNOWN, sustained=True, raw="长期坚持")
_CONTACTS = (
    "",
    "欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0000-5550123；电子邮箱：zg@example.org。",
    "联系电话：0000-5550123\n邮政信箱：清梧市澄湖区望舒路1号整改办",
)

sentences = st.builds("{}，{}。".format, st.sampled_from(_DEEDS), st.sampled_from(_WAYS))
"""One measure as it is printed."""

results = st.one_of(st.just(""), sentences, st.builds("一是{}二是{}".format, sentences, sentences))
"""What came of the measures: nothing told, or a paragraph that stays whole."""

titles = st.builds("{}{}".format, st.sampled_from(_SUBJECTS), st.sampled_from(_FAULTS))
"""What a finding is called, with quotations in ‘ ’."""


def findings(category: Category, ordinal: int, *, sustained: bool = False) -> st.SearchStrategy[Finding]:
    """Return findings of one category, claimed or only planned, with next steps where the matter is `sustained`."""
    steps = st.lists(sentences, min_size=1, max_size=3, unique=True).map(tuple)
    claims = st.just(_SUSTAINED) if sustained else st.sampled_from(_DECLARED)
    claimed = st.fixed_dictionaries({"declared": claims, "result": results})
    only_planned = st.just(
        {"declared": Declared(), "planned": True}
    )  # a chapter of long-term matters claims by itself
    works = claimed if sustained else st.one_of(claimed, only_planned)
    whole = st.builds(
        Finding,
        category=st.just(category),
        ordinal=st.just(ordinal),
        title=titles,
        aspects=st.lists(sentences, max_size=2, unique=True).map(tuple),
        measures=st.lists(sentences, min_size=1, max_size=12, unique=True).map(tuple),
        next_steps=steps if sustained else st.just(()),
    )
    return st.builds(lambda finding, work: replace(finding, **work), whole, works)


@st.composite
def _with_chapters(draw: st.DrawFn) -> tuple[tuple[Finding, ...], tuple[Section, ...]]:
    """一、organisation; 二、categories with findings; sometimes 三、long-term findings; at last the next arrangements."""
    drawn: list[Finding] = []
    sections = [Section("一", "组织整改落实情况", (draw(sentences) + draw(sentences),), position=0)]
    chapters = draw(st.integers(1, len(_CHAPTERS)))
    for number in range(1, chapters + 1):
        category = Category("二", number, _CHAPTERS[number - 1])
        drawn += [draw(findings(category, ordinal)) for ordinal in range(1, draw(st.integers(1, 4)) + 1)]
    last = 3
    if draw(st.booleans()):
        last = 4
        lasting = Category("三", None, "长期整改任务推进情况")
        drawn += [
            draw(findings(lasting, ordinal, sustained=True))
            for ordinal in range(1, draw(st.integers(1, 3)) + 1)
        ]
    paragraphs = tuple(f"（{numeral(number)}）{draw(sentences)}{draw(sentences)}" for number in (1, 2))
    sections.append(Section(numeral(last), "下一步工作安排", paragraphs, position=chapters + last - 3))
    return tuple(drawn), tuple(sections)


@st.composite
def _without_chapters(draw: st.DrawFn) -> tuple[tuple[Finding, ...], tuple[Section, ...]]:
    """Categories at the top, or nothing but findings."""
    categories = [
        Category(None, number + 1, title) for number, title in enumerate(_CHAPTERS[: draw(st.integers(0, 3))])
    ]
    drawn = [
        draw(findings(category, ordinal))
        for category in categories or [Category(None, None, "")]
        for ordinal in range(1, draw(st.integers(1, 12)) + 1)
    ]
    return tuple(drawn), ()


def _totals(drawn: tuple[Finding, ...]) -> Totals:
    claims = [finding.declared.completion for finding in drawn]
    return Totals(
        findings=len(drawn),
        done=claims.count(Completion.DONE),
        basic=claims.count(Completion.BASIC),
        not_done=claims.count(Completion.NOT_DONE),
        measures=sum(len(finding.measures) for finding in drawn),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a whole progress report whose facts all stand in its text, so that it can be read back."""
    start = draw(st.dates(date(2020, 1, 1), date(2025, 6, 30)))
    days = draw(st.tuples(st.integers(10, 90), st.integers(10, 120), st.integers(30, 400)))
    dates = [start + timedelta(days=sum(days[:count])) for count in range(4)]
    started, ended, feedback, signed = (PartialDate(on.year, on.month, on.day) for on in dates)
    drawn, sections = draw(st.one_of(_with_chapters(), _without_chapters()))
    organisation = draw(st.sampled_from(_ORGANISATIONS))
    document = Document(
        kind=DocumentKind.PROGRESS_REPORT,
        organisation=organisation,
        round=draw(st.sampled_from(_ROUNDS)),
        team=draw(st.sampled_from(_TEAMS)),
        started_on=started,
        ended_on=ended,
        feedback_on=feedback,
        signed_on=signed,
        sections=sections,
        findings=drawn,
        totals=draw(st.sampled_from((Totals(), _totals(drawn)))),
        signature=organisation,
        contact=draw(st.sampled_from(_CONTACTS)),
    )
    return replace(document, title=progress_report.title(document), opening=progress_report.opening(document))
