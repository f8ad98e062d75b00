"""The layout facts of GB/T 9704-2012, read from the written Word file."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from lxml import etree
from tests.documents.strategies import documents

from bihuan.documents.model import Category, Document, Finding, PartialDate, Section
from bihuan.documents.write import progress_report, write

DOCUMENT = Document(
    title="中共清梧市澄湖区望舒街道工作委员会关于三届区委第五轮巡察整改进展情况的说明",
    organisation="中共清梧市澄湖区望舒街道工作委员会",
    opening=("根据区委统一部署，现将整改进展情况公布如下。",),
    findings=(Finding(Category("二", 1, "履行职责有差距的问题"), 1, "‘台账’不清", measures=("补齐台账。",)),),
    sections=(Section("三", "下一步安排", ("（一）压实责任。各部门负责。", "继续推进。"), 1),),
    signature="中共清梧市澄湖区望舒街道工作委员会",
    signed_on=PartialDate(2025, 8, 5),
)


def parts_of(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def file() -> bytes:
    return write(DOCUMENT, format="docx")


@pytest.fixture(scope="module")
def word(file: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(file))


def paragraph(word: docx.document.Document, beginning: str) -> Paragraph:
    return next(each for each in word.paragraphs if each.text.startswith(beginning))


def east_asian_font(style: docx.styles.style.BaseStyle) -> str:
    return style.element.rPr.rFonts.get(qn("w:eastAsia"))


def test_the_page_is_a4_with_the_official_margins(word: docx.document.Document) -> None:
    [section] = word.sections
    lengths = {
        section.page_width: 210,
        section.page_height: 297,
        section.top_margin: 37,
        section.bottom_margin: 35,
        section.left_margin: 28,
        section.right_margin: 26,
    }
    for found, millimetres in lengths.items():
        assert abs(found - Mm(millimetres)) < Mm(0.02)


def test_22_lines_fill_the_page_and_28_characters_the_line(word: docx.document.Document) -> None:
    [section] = word.sections
    normal = word.styles["Normal"]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert grid.get(qn("w:linePitch")) == "579"
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    height = section.page_height - section.top_margin - section.bottom_margin
    assert height // Pt(28.95) == 22
    tracking = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width = section.page_width - section.left_margin - section.right_margin
    assert width // Pt(16 + tracking) == 28


def test_body_and_headings_have_their_faces(word: docx.document.Document) -> None:
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}")
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(f".//{qn('w:sz')}").get(qn("w:val")) == "32"
    faces = {
        name: (east_asian_font(word.styles[name]), word.styles[name].font.size.pt)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3")
    }
    assert faces == {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16),
    }


def test_paragraphs_have_the_style_of_their_kind(word: docx.document.Document) -> None:
    styles = {
        "二、": "Heading 1",
        "（一）履行": "Heading 2",
        "1.关于": "Heading 3",
        "整改情况：": "带标签段落",
        "（一）压实": "带标题段落",
        "继续推进": "Normal",
        "2025年": "Date",
    }
    assert {beginning: paragraph(word, beginning).style.name for beginning in styles} == styles


def test_a_heading_never_stands_last_on_a_page(word: docx.document.Document) -> None:
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Signature"):
        assert word.styles[name].paragraph_format.keep_with_next, name
    assert paragraph(word, "继续推进").paragraph_format.keep_with_next, "a signature never stands alone"


def test_first_lines_are_indented_by_two_characters(word: docx.document.Document) -> None:
    indent = word.styles["Normal"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == "630"
    assert word.styles["Title"].paragraph_format.first_line_indent == 0


def test_a_long_title_is_one_paragraph_of_several_centred_lines(word: docx.document.Document) -> None:
    title = word.paragraphs[0]
    assert title.text == "中共清梧市澄湖区望舒街道工作委员会\n关于三届区委第五轮巡察整改进展情况的说明"
    assert title.style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER


def test_page_numbers_stand_outside(word: docx.document.Document) -> None:
    [section] = word.sections
    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        [number] = footer.paragraphs
        assert number.text == "— 1 —"
        assert number.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH[side]
        assert " PAGE " in [field.text for field in number._p.iter(qn("w:instrText"))]
    style = word.styles["footer"]
    assert (east_asian_font(style), style.font.size.pt) == ("宋体", 14)


def test_the_dashes_hang_seven_millimetres_below_the_text(word: docx.document.Document) -> None:
    [section] = word.sections
    line = word.styles["footer"].paragraph_format.line_spacing
    middle = section.footer_distance + line / 2
    assert abs(section.bottom_margin - middle - Mm(7)) < Mm(0.02)


def test_signature_and_date_stand_where_the_rule_puts_them(word: docx.document.Document) -> None:
    character = Pt(15.75)
    signature = word.paragraphs[-2].paragraph_format
    date = word.paragraphs[-1].paragraph_format
    assert abs(signature.left_indent + (17 + 2) * character - 28 * character) < Pt(1)
    assert abs(date.left_indent - signature.left_indent - 2 * character) < Pt(0.1)


def test_every_run_takes_its_quotation_marks_from_the_chinese_font(file: bytes) -> None:
    body = etree.fromstring(parts_of(file)["word/document.xml"])
    runs = [run for run in body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    assert runs
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) == "eastAsia" for run in runs)


def test_the_file_says_what_it_is_and_nothing_of_its_maker(file: bytes, word: docx.document.Document) -> None:
    properties = word.core_properties
    assert (properties.title, properties.author) == (DOCUMENT.title, DOCUMENT.signature)
    assert properties.comments == ""
    parts = parts_of(file)
    assert not any("theme" in name for name in parts)
    assert not any(b"python" in content.lower() or b"theme=" in content.lower() for content in parts.values())


@settings(max_examples=30)
@given(documents())
def test_the_paragraphs_are_the_blocks(document: Document) -> None:
    word = docx.Document(BytesIO(write(document, format="docx")))
    words = [each.text for each in word.paragraphs]
    blocks = [block.words for block in progress_report.blocks(document)]
    assert [words[0].replace("\n", ""), *words[1:]] == blocks


def test_characters_that_mean_something_to_xml_stay_characters() -> None:
    word = docx.Document(BytesIO(write(Document(title='甲<乙>&"丙"\x01'), format="docx")))
    assert word.paragraphs[0].text == '甲<乙>&"丙"'


def test_no_punctuation_is_lost_at_the_end_of_a_line(word: docx.document.Document) -> None:
    # LibreOffice drops a mark that overflows a justified, tightened line; see docs/official-layout.md.
    overflow = word.styles["Normal"].element.pPr.find(qn("w:overflowPunct"))
    assert overflow.get(qn("w:val")) == "1"
