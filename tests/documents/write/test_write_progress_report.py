from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.documents.strategies import documents

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
from bihuan.documents.write.content import BlockKind
from bihuan.documents.write.progress_report import STATUS_WORDS, blocks, opening, status, title

FIRST = Category("二", 1, "履行职责有差距的问题")
LASTING = Category("三", None, "长期整改任务推进情况")


def finding(**fields: object) -> Finding:
    values = {"category": FIRST, "ordinal": 1, "title": "台账不清", "measures": ("补齐台账。",), **fields}
    return Finding(**values)  # type: ignore[arg-type]


def printed(document: Document, kind: BlockKind) -> list[str]:
    return [block.words for block in blocks(document) if block.kind is kind]


def test_the_parts_stand_in_the_order_of_the_document() -> None:
    document = Document(
        title="某单位整改进展情况的说明",
        opening=("开头。",),
        sections=(Section("一", "组织情况", ("已部署。",), 0), Section("四", "下一步安排", ("继续抓。",), 2)),
        findings=(finding(), finding(category=LASTING, title="道路积水", next_steps=("修管网。",))),
        signature="某单位",
        signed_on=PartialDate(2025, 8, 5),
        contact="联系电话：0000-5550123。",
    )
    assert [block.words for block in blocks(document)] == [
        "某单位整改进展情况的说明",
        "开头。",
        "一、组织情况",
        "已部署。",
        "二、巡察整改任务落实情况",
        "（一）履行职责有差距的问题",
        "1.关于“台账不清”的问题",
        "整改情况：补齐台账。",
        "三、长期整改任务推进情况",
        "（一）关于“道路积水”的问题",
        "整改情况：补齐台账。",
        "下一步计划：修管网。",
        "四、下一步安排",
        "继续抓。",
        "联系电话：0000-5550123。",
        "某单位",
        "2025年8月5日",
    ]


def test_a_chapter_that_the_document_names_is_not_named_again() -> None:
    document = Document(sections=(Section("二", "逐项整改情况", (), 0),), findings=(finding(),))
    assert printed(document, BlockKind.HEADING_1) == ["二、逐项整改情况"]


def test_words_under_a_heading_of_findings_stand_between_it_and_them() -> None:
    lasting = finding(category=LASTING)
    document = Document(
        sections=(
            Section("二", FIRST.title, ("共1项。",), 0),
            Section("三", LASTING.title, ("共1项长期任务。",), 1),
        ),
        findings=(finding(), lasting),
    )
    words = [block.words for block in blocks(document)]
    assert words[words.index("二、巡察整改任务落实情况") : words.index("1.关于“台账不清”的问题")] == [
        "二、巡察整改任务落实情况",
        "（一）履行职责有差距的问题",
        "共1项。",
    ]
    assert words[words.index("三、长期整改任务推进情况") :][1:3] == [
        "共1项长期任务。",
        "（一）关于“台账不清”的问题",
    ]


def test_a_section_without_a_title_is_printed_without_a_heading() -> None:
    document = Document(
        sections=(Section("二", "", ("（二）其他工作", "照常开展。"), 1),), findings=(finding(),)
    )
    assert printed(document, BlockKind.HEADING_1) == ["二、巡察整改任务落实情况"]
    assert [block.words for block in blocks(document)][-2:] == ["（二）其他工作", "照常开展。"]


def test_categories_without_a_chapter_are_printed_without_one() -> None:
    document = Document(findings=(finding(category=Category(None, 2, "作风方面")),))
    assert printed(document, BlockKind.HEADING_1) == []
    assert printed(document, BlockKind.HEADING_2) == ["（二）作风方面"]


def test_findings_without_a_category_are_numbered_with_digits() -> None:
    document = Document(findings=(finding(category=Category(None, None, ""), ordinal=3),))
    assert printed(document, BlockKind.HEADING_3) == ["3.关于“台账不清”的问题"]


def test_several_measures_are_counted_and_one_is_not() -> None:
    one, several = finding(), finding(ordinal=2, measures=tuple(f"第{n}件事。" for n in range(1, 12)))
    first, second = printed(Document(findings=(one, several)), BlockKind.LABELLED)
    assert first == "整改情况：补齐台账。"
    assert second.startswith("整改情况：一是第1件事。二是第2件事。")
    assert second.endswith("十是第10件事。十一是第11件事。")


def test_what_came_of_the_work_stands_behind_it_and_stays_whole() -> None:
    document = Document(findings=(finding(result="一是账实相符。二是追回3万元", next_steps=("年底复查。",)),))
    assert printed(document, BlockKind.LABELLED) == [
        "整改情况：补齐台账。",
        "整改成效：一是账实相符。二是追回3万元。",
        "下一步计划：年底复查。",
    ]


def test_what_is_only_planned_is_not_printed_as_done() -> None:
    assert printed(Document(findings=(finding(planned=True),)), BlockKind.LABELLED) == [
        "拟采取措施：补齐台账。"
    ]


def test_a_measure_without_a_full_stop_gets_one() -> None:
    document = Document(findings=(finding(measures=("补齐台账", " 明确专人；", " ", "按月检查，")),))
    assert printed(document, BlockKind.LABELLED) == ["整改情况：一是补齐台账。二是明确专人；三是按月检查。"]


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("落实‘双签’要求有差距", "1.关于“落实‘双签’要求有差距”的问题"),
        ("落实“双签”要求有差距", "1.关于“落实‘双签’要求有差距”的问题"),
        ("落实“学习‘双签’规定”有差距", "1.关于“落实‘学习“双签”规定’有差距”的问题"),
        ("落实‘学习“双签”规定’有差距", "1.关于“落实‘学习“双签”规定’有差距”的问题"),
        ("任务未完成。", "1.关于“任务未完成”的问题"),
    ],
)
def test_quotations_alternate_inside_a_heading(words: str, heading: str) -> None:
    assert printed(Document(findings=(finding(title=words),)), BlockKind.HEADING_3) == [heading]


def test_a_paragraph_may_open_with_its_own_heading() -> None:
    paragraphs = (
        "（一）压实责任。各部门负责。",
        "（二）具体安排",
        "（三）分三步：先查。再改。",
        "一般段落。",
    )
    kinds = [
        (block.kind, block.lead) for block in blocks(Document(sections=(Section("四", "安排", paragraphs),)))
    ]
    assert kinds[-4:] == [
        (BlockKind.RUN_IN, "（一）压实责任。"),
        (BlockKind.HEADING_2, ""),
        (BlockKind.RUN_IN, "（三）分三步：先查。"),
        (BlockKind.BODY, ""),
    ]


def test_the_organisations_own_words_are_printed_before_any_table() -> None:
    assert status(Declared(Completion.DONE, raw="已经完成,长期坚持")) == "已经完成,长期坚持"
    assert status(Declared()) == ""


def test_every_claim_has_words() -> None:
    claims = {(completion, sustained) for completion in Completion for sustained in (False, True)}
    assert set(STATUS_WORDS) == claims - {(Completion.UNKNOWN, False)}
    assert len(set(STATUS_WORDS.values())) == len(STATUS_WORDS)


FACTS = Document(
    organisation="中共澄湖区望舒街道工作委员会",
    round="三届区委第五轮",
    team="区委第二巡察组",
    started_on=PartialDate(2024, 4, 15),
    ended_on=PartialDate(2024, 6, 28),
    feedback_on=PartialDate(2024, 9, 6),
)


def test_a_missing_title_is_composed() -> None:
    assert title(FACTS) == "中共澄湖区望舒街道工作委员会关于三届区委第五轮巡察整改进展情况的说明"
    assert "巡视整改进展" in title(replace(FACTS, round="", team="省委第三巡视组"))


def test_a_missing_opening_is_composed_of_the_facts() -> None:
    [paragraph] = opening(FACTS)
    for fact in (
        "三届区委第五轮巡察工作统一部署",
        "2024年4月15日至6月28日",
        "区委第二巡察组",
        FACTS.organisation,
        "2024年9月6日",
    ):
        assert fact in paragraph


def test_the_opening_says_only_what_is_known() -> None:
    [paragraph] = opening(Document(started_on=PartialDate(2024, 4)))
    assert "2024年4月，巡察组对我单位开展了巡察。现将" in paragraph
    assert "None" not in paragraph
    assert "反馈" not in paragraph


def test_a_period_over_two_years_names_both() -> None:
    [paragraph] = opening(replace(FACTS, ended_on=PartialDate(2025, 1)))
    assert "2024年4月15日至2025年1月，" in paragraph


def test_declared_totals_stand_in_the_composed_opening() -> None:
    [paragraph] = opening(replace(FACTS, totals=Totals(findings=9, done=7, not_done=2, measures=20)))
    assert "共反馈问题9个，制定整改措施20条。目前已完成7个、未完成2个。" in paragraph


def test_of_a_feedback_letter_only_facts_and_findings_are_ours_to_print() -> None:
    letter = replace(
        FACTS,
        kind=DocumentKind.FEEDBACK_LETTER,
        title="关于对望舒街道开展巡察的反馈意见",
        opening=("现将巡察情况反馈如下。",),
        sections=(Section("二", "意见建议", ("立即整改。",), 1),),
        findings=(finding(category=Category(None, 1, "履职方面"), declared=Declared(), measures=()),),
        signature="区委第二巡察组",
        signed_on=PartialDate(2024, 9, 6),
    )
    assert [block.words for block in blocks(letter)] == [
        title(FACTS),
        *opening(FACTS),
        "（一）履职方面",
        "1.关于“台账不清”的问题",
        FACTS.organisation,
    ]


def test_damage_does_not_reach_the_paper() -> None:
    document = Document(findings=(finding(title="台\x00账\n不清", measures=("补\ud800齐。",)),))
    assert printed(document, BlockKind.HEADING_3) == ["1.关于“台账 不清”的问题"]
    assert printed(document, BlockKind.LABELLED) == ["整改情况：补齐。"]


@settings(max_examples=30)
@given(documents())
def test_every_finding_and_every_sentence_is_printed_once(document: Document) -> None:
    laid_out = blocks(document)
    words = "\n".join(block.words for block in laid_out)
    subjects = [f"关于“{each.title}”的问题" for each in document.findings]
    headings = [block.text for block in laid_out if block.kind in (BlockKind.HEADING_2, BlockKind.HEADING_3)]
    assert [
        heading[-len(subject) :]
        for heading, subject in zip([h for h in headings if "关于“" in h], subjects, strict=True)
    ] == subjects
    for each in document.findings:
        assert all(sentence in words for sentence in (*each.measures, *each.next_steps))
    for section in document.sections:
        assert words.count(f"{section.part}、{section.title}\n") == 1
        assert all(paragraph in words for paragraph in section.paragraphs)
