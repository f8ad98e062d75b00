"""The progress report written from a ledger: whose words it holds, and that it reads back as it was meant."""

from dataclasses import replace

import pytest
import typer
from tests import factories as make
from tests.documents.read.places import GOLDEN
from typer.testing import CliRunner

from bihuan.cli import commands
from bihuan.documents.model import Document, DocumentKind, Parsed
from bihuan.documents.read import read
from bihuan.documents.write import write
from bihuan.errors import BadInput, Refusal
from bihuan.ledger.actions import importing
from bihuan.ledger.models import Inspection
from bihuan.ledger.queries import papers
from bihuan.people import actions as people

UNIT = "中共澄湖区望舒街道工作委员会"
TEAM = "中共澄湖区委第二巡察组"

pytestmark = pytest.mark.django_db


@pytest.fixture
def bihuan():
    app = typer.Typer()
    commands.register(app)

    def run(*arguments: object):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if isinstance(result.exception, Refusal):
            raise result.exception
        return result

    return run


@pytest.fixture(scope="session")
def letter() -> Document:
    """A letter whose issuer stands where a report has the inspected organisation."""
    text = (GOLDEN / "feedback_letter.txt").read_text(encoding="utf-8")
    text = text.replace("“一岗双责”", "一岗双责")  # quoted in a heading once more, its marks would turn
    title, rest = text.split("\n", 1)
    return read(f"{TEAM}关于反馈巡察情况的函\n{rest}".encode(), filename="letter.txt").document


def the_inspection(document: Document) -> Inspection:
    """Give the inspection of UNIT that a document begins."""
    unit = people.NewOrganisation(code="wangshu", name=UNIT, short_name="望舒", kind="committee")
    people.create_organisation(unit, actor=make.SETUP, at=make.AT)
    received = importing.receive_document(
        data=document.title.encode(),
        filename="paper.txt",
        parsed=Parsed(document),
        organisation_code=unit.code,
        actor=make.SETUP,
        at=make.AT,
    )
    return importing.confirm_upload(received.upload.pk, actor=make.SETUP, at=make.AT)


def as_printed(document: Document) -> Document:
    """Leave out what a paper cannot carry: places in a source, and figures that the reader recounts."""
    return replace(
        document, findings=tuple(replace(each, source=None, quantities=()) for each in document.findings)
    )


# Whose words


@pytest.mark.parametrize("kind", [DocumentKind.FEEDBACK_LETTER, DocumentKind.UNKNOWN])
def test_a_report_on_somebody_else_s_paper_is_the_inspected_organisation_s_own(letter, kind):
    inspection = the_inspection(replace(letter, kind=kind, organisation=TEAM))
    report = papers.report(inspection.pk, actor=make.SETUP)
    assert report.title == f"{UNIT}关于巡察整改进展情况的说明"
    assert report.organisation == report.signature == UNIT
    assert f"对{UNIT}开展了巡察" in report.opening[0]
    assert [section.title for section in report.sections] == ["整改总体情况"]


def test_a_report_that_was_read_keeps_its_own_words(letter):
    words = {
        "title": "望舒街道关于巡察整改情况的通报",
        "organisation": "望舒街道",
        "opening": ("现通报如下。",),
        "signature": "望舒街道党工委",
    }
    inspection = the_inspection(replace(letter, kind=DocumentKind.PROGRESS_REPORT, **words))
    report = papers.report(inspection.pk, actor=make.SETUP)
    assert {name: getattr(report, name) for name in words} == words


@pytest.mark.parametrize("format", ["txt", "docx"])
def test_a_report_from_a_letter_reads_back_as_it_was_composed(letter, format):
    report = papers.report(the_inspection(letter).pk, actor=make.SETUP)
    again = read(write(report, format=format), filename=f"report.{format}")
    assert again.problems == ()
    assert as_printed(again.document) == as_printed(report)
    assert again.document.totals.findings == 5


def test_figures_stand_in_the_opening_where_no_chapter_of_the_letter_is_left_out(letter):
    chapterless = tuple(
        replace(finding, category=replace(finding.category, part=None)) for finding in letter.findings
    )
    report = papers.report(the_inspection(replace(letter, findings=chapterless)).pk, actor=make.SETUP)
    assert "共反馈问题5个。" in report.opening[0]
    assert report.sections == ()


# The command


def test_a_report_that_does_not_exist_is_answered_with_the_words_to_type(bihuan, tmp_path):
    with pytest.raises(BadInput) as refusal:
        bihuan("report", "foo", "--inspection", 1, "-o", tmp_path / "a.txt")
    assert str(refusal.value) == "There is no report foo; choose one of progress."


def test_a_file_without_an_extension_is_answered_with_those_that_are_known(bihuan, tmp_path):
    with pytest.raises(BadInput) as refusal:
        bihuan("report", "progress", "--inspection", 1, "-o", tmp_path / "report")
    assert str(refusal.value).endswith("has no extension; choose one of .docx, .html, .txt.")
