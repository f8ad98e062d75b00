"""The command from a document to a ledger and back onto paper, on the real report that the software is for."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import SETUP, a_unit

from bihuan.documents.read import read
from bihuan.errors import BadInput, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.journal.models import Entry
from bihuan.ledger.models import Finding, Inspection, Measure
from bihuan.ledger.queries import papers
from bihuan.workflow.words import State

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(os.environ.get("BIHUAN_SHARED", ROOT.parent / "shared")) / "data" / "lianhua-2025.txt"

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample() -> Path:
    if not SAMPLE.exists() and os.environ.get("CI") != "true":
        pytest.skip("the shared sample is not beside this checkout")
    return SAMPLE


@pytest.fixture
def unit():
    return a_unit()


@pytest.fixture
def ledger(bihuan, sample, unit) -> Inspection:
    result = bihuan("import", sample, "--organisation", unit.organisation.code)
    assert result.exit_code == 0, result.output
    return Inspection.objects.scoped(SETUP).get()


def test_a_report_becomes_a_ledger_of_claims(ledger):
    findings = Finding.objects.scoped(SETUP).filter(inspection=ledger)
    assert findings.count() == 62
    assert Measure.objects.scoped(SETUP).count() == 158
    assert set(findings.values_list("state", flat=True)) == {State.DRAFT}
    assert findings.filter(declared_completion="done").count() == 53


def test_the_same_file_again_changes_nothing(bihuan, sample, unit, ledger):
    entries = Entry.objects.scoped(SETUP).count()
    result = bihuan("import", sample, "--organisation", unit.organisation.code)
    assert result.exit_code == 0
    assert Entry.objects.scoped(SETUP).count() == entries
    assert Inspection.objects.scoped(SETUP).count() == 1


def test_a_changed_file_shows_what_it_changes(bihuan, sample, unit, ledger, tmp_path):
    changed = tmp_path / "later.txt"
    text = sample.read_text(encoding="utf-8").replace("整改状态：未完成", "整改状态：已完成")
    changed.write_text(text, encoding="utf-8")
    again = ("import", changed, "--organisation", unit.organisation.code)
    with pytest.raises(RuleBroken, match="--yes"):
        bihuan(*again)
    assert Finding.objects.scoped(SETUP).filter(declared_completion="done").count() == 53
    result = bihuan(*again, "--yes")
    shown = [line for line in result.output.splitlines() if "资产监管" in line]
    assert len(shown) == 1
    assert Inspection.objects.scoped(SETUP).count() == 1
    assert Finding.objects.scoped(SETUP).filter(declared_completion="done").count() == 54


@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_the_report_written_from_the_ledger_reads_back_as_the_ledger(bihuan, ledger, tmp_path, suffix):
    path = tmp_path / f"report.{suffix}"
    result = bihuan("report", "progress", "--inspection", ledger.pk, "-o", path)
    assert result.exit_code == 0, result.output
    again = read(path.read_bytes(), filename=path.name).document
    held = papers.document(ledger.pk, actor=SETUP)
    assert _printed(again) == _printed(held)


def _printed(document):
    """What the ledger keeps: places in the source and figures found in texts are the reader's own."""
    findings = tuple(replace(finding, source=None, quantities=()) for finding in document.findings)
    return replace(document, findings=findings)


def test_the_html_report_holds_every_finding(bihuan, ledger, tmp_path):
    path = tmp_path / "report.html"
    bihuan("report", "progress", "--inspection", ledger.pk, "-o", path)
    text = path.read_text(encoding="utf-8")
    titles = Finding.objects.scoped(SETUP).values_list("title", flat=True)
    assert all(title in text for title in titles)


def test_the_journal_holds_after_an_import(bihuan, ledger):
    assert bihuan("journal", "verify").exit_code == 0
    assert list(journal.verify()) == []


def test_an_altered_journal_is_named_and_exits_with_1(bihuan, ledger):
    Entry.objects.scoped(SETUP).filter(seq=2).update(person_name="somebody else")
    result = bihuan("journal", "verify")
    assert result.exit_code == 1
    assert result.stderr.startswith("2\t")


def test_parse_prints_the_structure(bihuan, sample):
    printed = json.loads(bihuan("parse", sample, "--json").stdout)
    assert len(printed["findings"]) == 62
    assert printed["feedback_on"] == "2024-09-06"


def test_scrutinise_prints_the_headline(bihuan, sample):
    printed = json.loads(bihuan("scrutinise", sample, "--json").stdout)
    assert printed["headline"]["declared_done"] == 53


def test_an_organisation_that_is_not_there_is_refused(bihuan, sample, unit):
    with pytest.raises(NotFound, match=unit.organisation.code):
        bihuan("import", sample, "--organisation", "nowhere")


def test_a_department_is_not_what_a_document_is_about(bihuan, sample, unit):
    with pytest.raises(BadInput, match=unit.organisation.code):
        bihuan("import", sample, "--organisation", unit.department.code)


def test_a_document_that_names_another_organisation_is_taken_in_with_a_word_of_doubt(bihuan, sample, unit):
    result = bihuan("import", sample, "--organisation", unit.organisation.code)
    assert result.exit_code == 0
    assert unit.organisation.name in result.stderr and "莲花" in result.stderr


def test_a_file_that_cannot_be_written_is_named(bihuan, ledger, tmp_path):
    with pytest.raises(BadInput) as refusal:
        bihuan("report", "progress", "--inspection", ledger.pk, "-o", tmp_path / "missing" / "a.txt")
    assert "a.txt" in str(refusal.value)


def test_wrong_usage_exits_with_2(bihuan):
    assert bihuan("parse").exit_code == 2
