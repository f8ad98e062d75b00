"""The progress report written from a ledger: whose words it holds, and that it reads back as it was meant."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories as make
from tests.documents.read.places import GOLDEN

from bihuan.documents.model import (
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    Parsed,
    PartialDate,
    Totals,
)
from bihuan.documents.read import read
from bihuan.documents.write import write
from bihuan.errors import BadInput
from bihuan.ledger.actions import importing
from bihuan.ledger.models import Finding as Row
from bihuan.ledger.models import Inspection
from bihuan.ledger.queries import papers
from bihuan.people import actions as people
from bihuan.workflow.words import Kind, Role, State

UNIT = "中共澄湖区望舒街道工作委员会"
TEAM = "中共澄湖区委第二巡察组"

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> make.Unit:
    return make.a_unit()


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
    importing.confirm_upload(received.upload.pk, actor=make.SETUP, at=make.AT)
    return Inspection.objects.scoped(make.SETUP).get()


def the_report(inspection: Inspection, **given: object) -> Document:
    """Give the report of an inspection as it is printed on TODAY."""
    return papers.report(inspection.pk, actor=make.SETUP, today=make.TODAY, **given)


def the_finding(unit: make.Unit, state: State, **plan: object) -> tuple[Inspection, Finding]:
    """Give the inspection of a finding that is worked on, and how its report prints it; another one is a draft."""
    finding = make.planned(unit, make.findings_of(make.an_inspection(unit))[0], **plan)
    make.carry_on(unit, finding, state)
    return finding.inspection, the_report(finding.inspection).findings[0]


def as_printed(document: Document) -> Document:
    """Leave out what a paper cannot carry: places in a source, and figures that the reader recounts."""
    return replace(
        document, findings=tuple(replace(each, source=None, quantities=()) for each in document.findings)
    )


# Whose words


@pytest.mark.parametrize("kind", [DocumentKind.FEEDBACK_LETTER, DocumentKind.UNKNOWN])
def test_a_report_on_somebody_else_s_paper_is_the_inspected_organisation_s_own(letter, kind):
    inspection = the_inspection(replace(letter, kind=kind))
    report = the_report(inspection)
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
    report = the_report(inspection)
    assert {name: getattr(report, name) for name in words} == words


@pytest.mark.parametrize("format", ["txt", "docx"])
def test_a_report_from_a_letter_reads_back_as_it_was_composed(letter, format):
    report = the_report(the_inspection(letter))
    again = read(write(report, format=format), filename=f"report.{format}")
    assert again.problems == ()
    assert as_printed(again.document) == as_printed(report)
    assert again.document.totals.findings == 5


def test_figures_stand_in_the_opening_where_no_chapter_of_the_letter_is_left_out(letter):
    chapterless = tuple(
        replace(finding, category=replace(finding.category, part=None)) for finding in letter.findings
    )
    report = the_report(the_inspection(replace(letter, findings=chapterless)))
    assert "共反馈问题5个。" in report.opening[0]
    assert report.sections == ()


# What is done, and what is only planned


@pytest.mark.parametrize("format", ["txt", "docx"])
def test_a_report_of_findings_at_every_stage_reads_back_as_it_was_printed(unit, letter, format):
    measures = ("补齐记录。", "每月自查。")
    findings = tuple(replace(finding, measures=measures) for finding in letter.findings)
    inspection = make.an_inspection(unit, replace(letter, organisation="", findings=findings))
    stages = (State.PLAN_REVIEW, State.RECTIFYING, State.DECLARED, State.WRITTEN_OFF)
    for row, state in zip(make.findings_of(inspection), stages, strict=False):
        make.carry_on(unit, make.planned(unit, row), state)
    written = the_report(inspection)
    # The invented people write English; a reader of official papers expects Chinese.
    report = replace(
        written,
        signature=UNIT,
        findings=tuple(
            replace(each, result=each.result and "三座亭子已经修好。") for each in written.findings
        ),
    )
    again = read(write(report, format=format), filename=f"report.{format}")
    assert again.problems == ()
    assert as_printed(again.document).findings == as_printed(report).findings
    assert [each.declared.raw for each in report.findings] == ["", "正在整改", "已完成", "已完成", ""]
    assert [each.planned for each in report.findings] == [True, True, False, False, True]
    assert (again.document.totals.done, again.document.totals.in_progress) == (2, 1)


@pytest.mark.parametrize("state", [State.DRAFT, State.PLAN_REVIEW])
def test_measures_of_a_plan_are_not_printed_as_done(unit, state):
    _, finding = the_finding(unit, state)
    assert finding.planned
    assert finding.measures
    assert finding.declared == Declared()


@pytest.mark.parametrize(
    ("state", "kind", "raw"),
    [(State.RECTIFYING, Kind.DUE, "正在整改"), (State.SUSTAINING, Kind.LONG_TERM, "正在整改并长期坚持")],
)
def test_an_approved_plan_is_printed_as_in_progress(unit, state, kind, raw):
    _, finding = the_finding(unit, state, kind=kind)
    assert finding.planned
    assert finding.declared.raw == raw


def test_a_claim_that_was_read_is_printed_as_it_was_read(letter):
    first, *others = letter.findings
    raw = "已完成整改"
    claimed = replace(
        first, declared=Declared(Completion.DONE, raw=raw), measures=("补齐记录。",), result="不再漏学。"
    )
    document = replace(letter, kind=DocumentKind.PROGRESS_REPORT, findings=(claimed, *others))
    finding = the_report(the_inspection(document)).findings[0]
    assert (finding.declared.raw, finding.planned, finding.result) == (raw, False, "不再漏学。")


def test_what_a_declaration_says_came_of_it_is_printed(unit):
    inspection, finding = the_finding(unit, State.DECLARED)
    assert finding.result == make.GIVEN["declare_done"]["result_summary"]
    assert (finding.declared.raw, finding.planned) == ("已完成", False)
    assert the_report(inspection).findings[1].result == ""


def test_of_several_declarations_the_newest_of_this_round_counts(unit):
    inspection, _ = the_finding(unit, State.DECLARED)
    row = make.take(unit, "send_back", make.findings_of(inspection)[0])
    assert the_report(inspection).findings[0].result == ""
    make.take(unit, "declare_done", row, result_summary="一是清点完毕。\n二是追回3万元。")
    assert the_report(inspection).findings[0].result == "一是清点完毕。二是追回3万元。"


def test_a_report_costs_the_same_for_any_number_of_findings(unit, django_assert_max_num_queries):
    few, many = (make.an_inspection(unit, make.a_document(count, round=f"{count}")) for count in (2, 40))
    with CaptureQueriesContext(connection) as small:
        the_report(few)
    with django_assert_max_num_queries(len(small)):
        assert len(the_report(many).findings) == 40


# Figures, date and contact


def a_counted_report(letter: Document) -> Document:
    """Give a report whose figures were right when it was written."""
    claims = (Declared(Completion.DONE, raw="已完成"),) * 4 + (Declared(Completion.NOT_DONE, raw="未完成"),)
    findings = tuple(
        replace(finding, declared=declared, measures=("补齐记录。",))
        for finding, declared in zip(letter.findings, claims, strict=True)
    )
    return replace(
        letter,
        kind=DocumentKind.PROGRESS_REPORT,
        title="望舒街道关于巡察整改情况的通报",
        findings=findings,
        totals=Totals(findings=5, done=4, measures=5),
        signed_on=PartialDate(2025, 8, 5),
        contact="联系电话：0000-5550123",
    )


def test_figures_of_the_text_that_the_ledger_agrees_with_are_no_contradiction(letter):
    assert papers.contradictions(the_report(the_inspection(a_counted_report(letter)))) == ()


def test_figures_of_the_text_that_the_ledger_left_behind_are_named(letter, bihuan, tmp_path):
    inspection = the_inspection(a_counted_report(letter))
    Row.objects.scoped(make.SETUP).filter(ordinal=1).update(
        declared_completion="in_progress", declared_raw=""
    )
    said = [str(message) for message in papers.contradictions(the_report(inspection))]
    assert said == ["The text says 4 findings are done; in the ledger it is now 2."]
    result = bihuan("report", "progress", "--inspection", inspection.pk, "-o", tmp_path / "a.txt")
    assert result.exit_code == 0
    assert "文中称已完成4个，台账现为2个。" in result.stderr
    assert "文中称已完成4个，台账现为2个。" in page_of(inspection)


def test_a_report_keeps_its_date_until_a_step_is_taken(letter, unit):
    assert the_report(the_inspection(a_counted_report(letter))).signed_on == PartialDate(2025, 8, 5)
    document = a_counted_report(replace(letter, organisation="", round="another"))
    inspection = make.an_inspection(unit, document)
    assert the_report(inspection).signed_on == PartialDate(2025, 8, 5)
    make.take(unit, "submit_plan", make.planned(unit, make.findings_of(inspection)[0]))
    assert the_report(inspection).signed_on == PartialDate(2026, 3, 2)


def test_a_letter_s_date_is_never_that_of_the_report(letter):
    assert the_report(the_inspection(letter)).signed_on == PartialDate(2026, 3, 2)


def test_date_and_contact_can_be_given_for_one_paper(letter):
    inspection = the_inspection(a_counted_report(letter))
    given = the_report(inspection, signed_on=date(2026, 4, 1), contact="邮政信箱：望舒路1号")
    assert (given.signed_on, given.contact) == (PartialDate(2026, 4, 1), "邮政信箱：望舒路1号")
    assert the_report(inspection, contact="").contact == ""
    assert the_report(inspection).contact == "联系电话：0000-5550123"


# The page


def page_of(inspection: Inspection, **given: str) -> str:
    """Give the page of a report as its office sees it."""
    return answered("report", inspection, **given).content.decode()


def answered(address: str, inspection: Inspection, **given: str) -> HttpResponse:
    """Give what its office is answered at an address of an inspection."""
    office = make.an_actor(inspection.organisation, Role.OFFICE)
    client = Client()
    client.force_login(make.Person.objects.get(pk=office.person_id))
    return client.get(reverse(address, args=[inspection.pk]), given)


def test_the_page_prints_the_whole_paper(unit):
    inspection = make.an_inspection(unit, make.a_document(60))
    page = page_of(inspection)
    assert all(f"no. {number} leaks" in page for number in range(1, 61))
    assert "paper-more" not in page


def test_a_page_too_long_to_print_says_that_the_rest_is_in_the_file(unit, monkeypatch):
    monkeypatch.setattr("bihuan.web.views.papers.SHOWN", 3)
    page = page_of(make.an_inspection(unit, make.a_document(4)))
    assert "paper-more" in page
    assert "no. 4 leaks" not in page


def test_the_page_shows_the_date_and_the_contact_that_were_asked_for(letter):
    page = page_of(the_inspection(letter), signed_on="2026-04-01", contact="联系电话：0000-5550199")
    assert "2026年4月1日</p>" in page
    assert 'value="2026-04-01"' in page
    assert "<p>联系电话：0000-5550199</p>" in page


def test_a_date_that_is_none_is_refused(letter):
    inspection = the_inspection(letter)
    assert answered("report", inspection, signed_on="tomorrow").status_code == 400
    assert answered("report_file", inspection, signed_on="tomorrow").status_code == 400


def test_the_file_bears_the_date_and_the_contact_too(letter):
    contact = "联系电话：0000-5550199\r\n邮政信箱：望舒路1号"
    given = {"format": "txt", "signed_on": "2026-04-01", "contact": contact}
    data = answered("report_file", the_inspection(letter), **given).content
    again = read(data, filename="report.txt").document
    assert again.signed_on == PartialDate(2026, 4, 1)
    assert again.contact == "联系电话：0000-5550199\n邮政信箱：望舒路1号"


# The command


def test_the_command_takes_a_date_and_a_contact(letter, bihuan, tmp_path):
    path = tmp_path / "report.txt"
    given = ("--signed-on", "2026-04-01", "--contact", "联系电话：0000-5550199")
    result = bihuan("report", "progress", "--inspection", the_inspection(letter).pk, "-o", path, *given)
    assert result.exit_code == 0, result.output
    again = read(path.read_bytes(), filename=path.name).document
    assert (again.signed_on, again.contact) == (PartialDate(2026, 4, 1), "联系电话：0000-5550199")


def test_a_report_that_does_not_exist_is_answered_with_the_words_to_type(bihuan, tmp_path):
    with pytest.raises(BadInput) as refusal:
        bihuan("report", "foo", "--inspection", 1, "-o", tmp_path / "a.txt")
    assert str(refusal.value) == "There is no report foo; choose one of progress."


def test_a_file_without_an_extension_is_answered_with_those_that_are_known(bihuan, tmp_path):
    with pytest.raises(BadInput) as refusal:
        bihuan("report", "progress", "--inspection", 1, "-o", tmp_path / "report")
    assert str(refusal.value).endswith("has no extension; choose one of .docx, .html, .txt.")
