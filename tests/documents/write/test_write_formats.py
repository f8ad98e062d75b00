import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from tests.documents.strategies import documents

from bihuan.documents.model import Document
from bihuan.documents.write import FORMATS, MEDIA_TYPES, REPORTS, progress_report, write
from bihuan.errors import BadInput


def test_formats_and_reports_are_found_by_their_place() -> None:
    assert {"docx", "html", "txt"} <= set(FORMATS)
    assert set(MEDIA_TYPES) == set(FORMATS)
    assert REPORTS["progress_report"] is progress_report.blocks


@pytest.mark.parametrize(("format", "report"), [("doc", "progress_report"), ("txt", "poem")])
def test_an_unknown_format_or_report_is_refused_with_what_there_is(format: str, report: str) -> None:
    with pytest.raises(BadInput, match="txt|progress_report"):
        write(Document(), format=format, report=report)


@pytest.mark.parametrize("format", sorted(FORMATS))
@settings(max_examples=10)
@given(document=documents())
def test_the_same_document_gives_the_same_bytes(format: str, document: Document) -> None:
    assert write(document, format=format) == write(document, format=format)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_an_empty_document_still_gives_a_paper(format: str) -> None:
    assert write(Document(), format=format)


@settings(max_examples=30)
@given(documents())
def test_text_has_one_paragraph_a_line_and_an_empty_line_between(document: Document) -> None:
    text = write(document, format="txt").decode()
    words = [block.words for block in progress_report.blocks(document)]
    assert text == "\n\n".join(words) + "\n"


class _Outline(HTMLParser):
    """Collects the words of every element that holds words, and everything the page would have to fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[str, str]] = []
        self.fetched: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag in ("h1", "h2", "h3", "h4", "p"):
            self.open.append(tag)
            self.words.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag == self.open[-1]:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, words = self.words[-1]
            self.words[-1] = (tag, words + data)


@settings(max_examples=30)
@given(documents())
def test_a_page_has_every_paragraph_and_fetches_nothing(document: Document) -> None:
    page = write(document, format="html").decode()
    outline = _Outline()
    outline.feed(page)
    assert [words for _, words in outline.words] == [
        block.words for block in progress_report.blocks(document)
    ]
    assert [tag for tag, _ in outline.words].count("h1") == 1
    assert not outline.fetched
    assert "url(" not in page
    assert '<html lang="zh-Hans">' in page


def test_a_page_escapes_what_it_prints() -> None:
    page = write(Document(title='<script>"&'), format="html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_page_carries_the_official_margins() -> None:
    [margins] = re.findall(
        r"@page \{ size: A4; margin: ([^}]+) \}", write(Document(), format="html").decode()
    )
    assert margins == "37mm 26mm 35mm 28mm"
