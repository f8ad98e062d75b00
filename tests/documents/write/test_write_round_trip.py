"""What is written can be read back: the same title, facts, chapters, findings, signature and contact."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.documents.strategies import documents
from tests.scrutiny.sample import sample_document

from bihuan.documents.model import Document
from bihuan.documents.read import read
from bihuan.documents.write import progress_report, write

FORMATS = ("txt", "docx")


def as_printed(document: Document) -> Document:
    """Leave out what a paper cannot carry: where a finding stood in its source, and figures the reader recounts."""
    return replace(
        document,
        findings=tuple(replace(finding, source=None, quantities=()) for finding in document.findings),
    )


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60)
@given(document=documents())
def test_a_written_report_reads_back_equal_and_without_problems(format: str, document: Document) -> None:
    parsed = read(write(document, format=format), filename=f"report.{format}")
    assert parsed.problems == ()
    assert as_printed(parsed.document) == as_printed(document)


@pytest.mark.parametrize("format", FORMATS)
def test_the_sample_survives_being_written_and_read_again(format: str) -> None:
    sample = sample_document()
    assert len(sample.findings) == 62
    again = read(write(sample, format=format), filename=f"sample.{format}")
    assert as_printed(again.document) == as_printed(sample)
    assert [finding.quantities for finding in again.document.findings] == [
        finding.quantities for finding in sample.findings
    ]
    assert again.problems == ()
    # What is written needs no mending, but for a title that the layout breaks into lines.
    assert {repair.code for repair in again.repairs} <= {"title_joined"}


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=20)
@given(document=documents())
def test_facts_alone_are_enough(format: str, document: Document) -> None:
    # Without title and opening the writer composes both; the facts are read back from what it composed.
    bare = replace(document, title="", opening=())
    parsed = read(write(bare, format=format), filename=f"report.{format}").document
    assert parsed.title == progress_report.title(bare)
    facts = ("organisation", "round", "team", "started_on", "ended_on", "feedback_on", "signed_on", "totals")
    assert [getattr(parsed, name) for name in facts] == [getattr(document, name) for name in facts]
