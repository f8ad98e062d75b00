"""Word documents: however they were built, they say the same; what is deleted is not read, what is inserted is."""

from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.documents.read import word_files
from tests.documents.read.places import expected_sample, sample

from bihuan.documents.model import Completion, Parsed
from bihuan.documents.read import as_json, read

WAYS = (
    word_files.with_headings,
    word_files.with_automatic_numbers,
    word_files.with_bare_headings,
    word_files.with_tables,
    lambda text: word_files.with_one_table(text, category_column=False),
    lambda text: word_files.with_one_table(text, category_column=True),
)
NAMES = (
    "headings",
    "automatic numbers",
    "bare headings",
    "tables",
    "rows of categories",
    "column of categories",
)


def read_docx(document: Any) -> Parsed:
    return read(word_files.saved(document), filename="report.docx")


@pytest.mark.parametrize("build", WAYS, ids=NAMES)
def test_the_sample_says_the_same_in_every_build(build: Any) -> None:
    found = as_json(read(build(sample("lianhua-2025.txt").decode()), filename="Report.DOCX"))
    expected = expected_sample()
    keys = expected.keys() - {"findings"}
    assert {key: found[key] for key in keys} == {key: expected[key] for key in keys}
    for got, wanted in zip(found["findings"], expected["findings"], strict=True):
        assert {key: got[key] for key in wanted} == wanted
    assert found["problems"] == []


@pytest.mark.parametrize("build", WAYS, ids=NAMES)
def test_sources_point_at_the_lines_that_are_shown(build: Any) -> None:
    parsed = read(build(sample("lianhua-2025.txt").decode()), filename="report.docx")
    for finding in parsed.document.findings:
        assert finding.source is not None
        shown = "".join(parsed.lines[finding.source.first_line - 1 : finding.source.last_line])
        assert finding.title in shown
        assert finding.measures[-1][-12:] in shown


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    heading = document.add_paragraph("1.关于“账目")
    word_files.tracked(heading, "不实", "del")
    word_files.tracked(heading, "不清", "ins")
    heading.add_run("”的问题")
    document.add_paragraph("整改状态：已完成")
    gone = document.add_paragraph("整改情况：")
    word_files.tracked(gone, "一是补记账目。", "ins")
    word_files.tracked(gone, "二是通报批评。", "del")
    [finding] = read_docx(document).document.findings
    assert (finding.title, finding.measures) == ("账目不清", ("补记账目。",))


def test_a_paragraph_whose_end_was_deleted_flows_into_the_next() -> None:
    document = docx.Document()
    document.add_paragraph("1.关于“账目不清”的问题")
    cut = document.add_paragraph("整改情况：一是补记")
    cut._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="5" w:author="x"/></w:rPr>'))
    document.add_paragraph("账目。二是复核。")
    parsed = read_docx(document)
    assert parsed.document.findings[0].measures == ("补记账目。", "复核。")
    assert not [repair for repair in parsed.repairs if repair.code == "rejoined"]


def test_merged_cells_count_once_and_a_column_of_categories_becomes_headings() -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=5)
    rows = (
        ("序号", "方面", "反馈问题", "完成情况", "整改措施"),
        ("1", "政治建设方面", "学习走过场", "已完成", "一是补学。二是检查。"),
        ("2", "", "会议无记录", "基本完成", "补齐记录。"),
        ("1", "财务方面", "报销不规范", "正在整改", "修订报销办法。"),
        ("2", "", "往来款长期挂账", "未完成", "逐笔核对。"),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 1).merge(table.cell(4, 1))
    findings = read_docx(document).document.findings
    assert [(f.category.ordinal, f.category.title, f.ordinal, f.title) for f in findings] == [
        (1, "政治建设方面", 1, "学习走过场"),
        (1, "政治建设方面", 2, "会议无记录"),
        (2, "财务方面", 1, "报销不规范"),
        (2, "财务方面", 2, "往来款长期挂账"),
    ]
    assert [f.declared.completion for f in findings] == [
        Completion.DONE,
        Completion.BASIC,
        Completion.IN_PROGRESS,
        Completion.NOT_DONE,
    ]
    assert findings[0].measures == ("补学。", "检查。")


def test_a_row_merged_across_is_a_heading_and_a_repeated_head_is_cut() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for words in (
        ("序号", "问题", "整改情况"),
        ("（一）作风建设方面", "", ""),
        ("1", "办文拖延", "已完成。限时办结。"),
        ("序号", "问题", "整改情况"),
        ("2", "会议过多", "精简会议。"),
    ):
        for cell, word in zip(table.add_row().cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(1, 2))
    parsed = read_docx(document)
    assert [(f.category.title, f.title, f.measures) for f in parsed.document.findings] == [
        ("作风建设方面", "办文拖延", ("限时办结。",)),
        ("作风建设方面", "会议过多", ("精简会议。",)),
    ]
    assert sum(repair.code == "chrome_cut" for repair in parsed.repairs) == 2


def test_a_table_of_something_else_keeps_its_rows() -> None:
    document = docx.Document()
    document.add_paragraph("一、组织领导情况")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "会议", "3次"
    [section] = read_docx(document).document.sections
    assert section.paragraphs == ("会议　3次",)


def test_content_controls_and_text_boxes_are_read_once() -> None:
    document = docx.Document()
    document.add_paragraph("一、组织领导情况")
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的一段话。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, control)
    boxed = document.add_paragraph()
    alternative = parse_xml(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f"{nsdecls('w')}>"
        "<mc:Choice><w:p><w:r><w:t>文本框里的一段话。</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>文本框里的一段话。</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )
    run = OxmlElement("w:r")
    run.append(alternative)
    boxed._p.append(run)
    [section] = read_docx(document).document.sections
    assert section.paragraphs == ("控件里的一段话。", "文本框里的一段话。")


def test_a_number_passed_on_by_a_style_is_printed() -> None:
    document = docx.Document()
    style = document.styles["List Number"]
    for words in ("学习不深入", "作风不扎实"):
        document.add_paragraph(f"关于“{words}”的问题", style=style)
        document.add_paragraph("整改状态：已完成")
    assert style.element.find(qn("w:pPr")) is not None
    findings = read_docx(document).document.findings
    assert [(f.ordinal, f.title) for f in findings] == [(1, "学习不深入"), (2, "作风不扎实")]
    assert not [repair for repair in read_docx(document).repairs if repair.code == "number_inferred"]
