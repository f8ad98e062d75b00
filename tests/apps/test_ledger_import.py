"""From a document to a ledger: received and confirmed, and the same again."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import (
    AT,
    SETUP,
    Unit,
    a_document,
    a_unit,
    an_inspection,
    confirm,
    findings_of,
    imported,
    received,
    with_finding,
)

from bihuan.documents.model import Completion, Declared, Document, Parsed, PartialDate, Section, Totals
from bihuan.documents.read import read
from bihuan.errors import BadInput, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger import store
from bihuan.ledger.actions import importing
from bihuan.ledger.difference import ChangeKind
from bihuan.ledger.models import Finding, Inspection, SourceDocument, Upload
from bihuan.ledger.queries import papers, uploads
from bihuan.workflow.words import Kind, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


# Nothing is lost on the way

FULL = a_document(
    7,
    measures=3,
    opening=("On 3 November, team 3 arrived.", "It left."),
    sections=(Section("一", "how the work is organised", ("a group was formed", "it met"), 0),),
    totals=Totals(findings=7, done=2),
    signature="the invented office",
    contact="telephone 000",
    signed_on=PartialDate(2026, 3),
)


def test_what_was_read_is_in_the_ledger_word_for_word(unit) -> None:
    document = with_finding(FULL, 1, next_steps=("go on", "and on"), aspects=("seen twice",))
    inspection = imported(unit, document)
    assert papers.document(inspection.pk, actor=unit.office) == document


def test_findings_arrive_as_drafts_in_the_order_of_the_document(unit) -> None:
    rows = findings_of(imported(unit, FULL))
    assert [row.title for row in rows] == [finding.title for finding in FULL.findings]
    assert [row.position for row in rows] == list(range(1, 8))
    assert {row.state for row in rows} == {State.DRAFT}
    assert {(row.measure_count, row.evidenced_count) for row in rows} == {(3, 0)}


@pytest.mark.parametrize("completion", Completion)
@pytest.mark.parametrize("sustained", [False, True])
def test_what_a_document_declares_is_a_claim_and_never_a_write_off(unit, completion, sustained) -> None:
    declared = Declared(completion, sustained, raw="as printed")
    [row, _] = findings_of(imported(unit, with_finding(a_document(), 0, declared=declared)))
    assert (row.declared_completion, row.declared_sustained, row.declared_raw) == (
        completion,
        sustained,
        "as printed",
    )
    assert row.state == State.DRAFT
    assert row.kind == (Kind.LONG_TERM if sustained else Kind.DUE)


def test_the_file_is_kept_byte_for_byte(unit) -> None:
    upload = received(unit, a_document(), data="原样\r\n".encode("gb18030")).upload
    assert store.get(upload.document.digest) == "原样\r\n".encode("gb18030")
    assert uploads.source_document(upload.document_id, actor=unit.office).size_bytes == 6
    with pytest.raises(NotFound):
        uploads.source_document(upload.document_id, actor=unit.neighbour.office)


def test_receiving_and_confirming_are_journaled(unit) -> None:
    upload = received(unit, a_document()).upload
    inspection = confirm(unit, upload)
    [line] = journal.extract("upload", str(upload.pk), actor=unit.office)
    assert (line.verb, line.after["findings"]) == ("receive_document", 2)
    [line] = journal.extract("inspection", str(inspection.pk), actor=unit.office)
    assert (line.verb, line.after["added"], line.after["changed"]) == ("confirm_upload", 2, 0)
    assert not list(journal.verify())


# The same again


def test_the_same_file_again_before_it_is_confirmed_is_the_same_upload(unit) -> None:
    one, two = received(unit, a_document()), received(unit, a_document())
    assert one.upload == two.upload
    assert not two.unchanged
    assert SourceDocument.objects.scoped(SETUP).count() == 1


def test_the_same_file_again_after_it_was_confirmed_changes_nothing(unit) -> None:
    inspection = imported(unit, a_document())
    before = journal.head()
    again = received(unit, a_document())
    assert again.unchanged
    assert again.inspection == inspection
    assert journal.head() == before
    assert Finding.objects.scoped(SETUP).count() == 2


def test_the_same_reading_from_other_bytes_shows_no_difference_and_changes_nothing(unit) -> None:
    inspection = imported(unit, a_document())
    again = received(unit, a_document(), data=b"saved once more")
    assert again.inspection == inspection and not again.unchanged
    assert uploads.preview(again.upload.pk, actor=unit.office).changes == ()
    versions = [row.version for row in findings_of(inspection)]
    assert confirm(unit, again.upload) == inspection
    assert [row.version for row in findings_of(inspection)] == versions


def test_the_same_file_for_another_organisation_is_another_matter(unit) -> None:
    mine = imported(unit, a_document())
    theirs = received(unit.neighbour, a_document())
    assert not theirs.unchanged and theirs.inspection is None
    assert confirm(unit.neighbour, theirs.upload) != mine


def test_a_discarded_upload_can_be_received_again(unit) -> None:
    first = received(unit, a_document()).upload
    importing.discard_upload(first.pk, actor=unit.office, at=AT)
    assert uploads.open_uploads(actor=unit.office) == []
    second = received(unit, a_document())
    assert second.upload != first and not second.unchanged
    assert uploads.open_uploads(actor=unit.office) == [second.upload]


def test_another_round_is_another_inspection(unit) -> None:
    one = imported(unit, a_document(round="round 5"))
    two = imported(unit, a_document(round="round 6"))
    assert one != two


def test_two_letters_about_one_inspection_that_wait_together_make_one(unit) -> None:
    first = received(unit, a_document(2)).upload
    second = received(unit, a_document(4, title="a longer letter")).upload
    seen = uploads.preview(second.pk, actor=unit.office)
    assert seen.changes == ()
    inspection = confirm(unit, first)
    with pytest.raises(RuleBroken, match="meanwhile"):
        confirm(unit, second, version=seen.upload.version)
    seen = uploads.preview(second.pk, actor=unit.office)
    assert [change.kind for change in seen.changes] == [ChangeKind.CHANGED] + [ChangeKind.ADDED] * 2
    assert confirm(unit, second, version=seen.upload.version) == inspection
    assert len(findings_of(inspection)) == 4


def test_a_letter_about_another_round_that_waits_is_left_alone(unit) -> None:
    first = received(unit, a_document(round="round 5")).upload
    second = received(unit, a_document(round="round 6")).upload
    confirm(unit, first)
    assert confirm(unit, second, version=second.version) != first.inspection
    assert Inspection.objects.scoped(SETUP).count() == 2


# What cannot be taken in is refused with a reason


def test_a_document_without_findings_is_refused(unit) -> None:
    with pytest.raises(BadInput, match="No finding"):
        importing.receive_document(
            data=b"a poem",
            filename="poem.txt",
            parsed=Parsed(a_document(0)),
            organisation_code=unit.organisation.code,
            actor=unit.office,
            at=AT,
        )
    assert not Upload.objects.scoped(SETUP).exists()


def test_two_findings_with_one_number_are_refused_by_their_titles(unit) -> None:
    first, second = a_document().findings
    twin = replace(first, title="the twin")
    misprint = replace(first, title="the misprint", category=replace(first.category, title="canals"))
    for double in (twin, misprint, first):
        document = replace(a_document(), findings=(first, second, double))
        with pytest.raises(BadInput, match=f"no. 1 leaks.*{double.title}"):
            received(unit, document)
    assert not Upload.objects.scoped(SETUP).exists()


def test_categories_without_any_number_are_known_by_their_titles(unit) -> None:
    first, second = a_document().findings
    pavilions, bridges = (replace(row.category, part=None, ordinal=None) for row in (first, second))
    findings = (replace(first, category=pavilions), replace(second, category=bridges, ordinal=1))
    document = replace(a_document(), findings=findings)
    inspection = imported(unit, document)
    assert papers.document(inspection.pk, actor=unit.office) == document
    upload = received(unit, with_finding(document, 1, title="changed")).upload
    [change] = uploads.preview(upload.pk, actor=unit.office).changes
    assert (change.kind, change.old, change.new) == (ChangeKind.CHANGED, "no. 2 leaks", "changed")


TOO_LONG = {
    "title of a finding": lambda document: with_finding(document, 0, title="长" * 600),
    "title of a category": lambda document: with_finding(
        document, 0, category=replace(document.findings[0].category, title="长" * 400)
    ),
    "title of the document": lambda document: replace(document, title="长" * 400),
    "round": lambda document: replace(document, round="长" * 200),
    "team": lambda document: replace(document, team="长" * 200),
    "declared status": lambda document: with_finding(
        document, 0, declared=Declared(Completion.DONE, raw="长" * 100)
    ),
    "part": lambda document: with_finding(
        document, 0, category=replace(document.findings[0].category, part="长" * 20)
    ),
}


@pytest.mark.parametrize("what", TOO_LONG)
def test_words_too_long_for_their_column_are_refused_by_name(unit, what) -> None:
    with pytest.raises(BadInput, match="长长长") as refusal:
        received(unit, TOO_LONG[what](a_document()))
    assert len(refusal.value.reasons) == 1


def test_categories_of_the_same_name_in_different_parts_stay_apart(unit) -> None:
    document = a_document()
    other_part = replace(document.findings[0].category, part="三")
    document = with_finding(document, 1, category=other_part, ordinal=1)
    assert papers.document(imported(unit, document).pk, actor=unit.office) == document


def test_a_later_finding_joins_the_category_that_is_there(unit) -> None:
    inspection = an_inspection(unit, a_document(2))
    imported(unit, a_document(4))
    rows = findings_of(inspection)
    assert [row.category_id for row in rows] == [rows[0].category_id, rows[1].category_id] * 2


# Documents as they are

GOLDEN = Path(__file__).parents[1] / "documents" / "golden"
PAPERS = sorted(path for path in GOLDEN.rglob("*.txt"))


def in_ledger(unit: Unit, data: bytes, filename: str) -> Inspection:
    parsed = read(data, filename=filename)
    came = importing.receive_document(
        data=data,
        filename=filename,
        parsed=parsed,
        organisation_code=unit.organisation.code,
        actor=unit.office,
        at=AT,
    )
    return confirm(unit, came.upload, another_organisation=True)


def as_the_ledger_keeps(document: Document) -> Document:
    """Where a finding stood and the figures in its text are read anew from the text, so they are not kept."""
    findings = tuple(replace(row, source=None, quantities=()) for row in document.findings)
    return replace(document, findings=findings)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_document_of_the_reader_is_in_the_ledger_word_for_word(unit, path) -> None:
    document = read(path.read_bytes(), filename=path.name).document
    if not document.findings:
        with pytest.raises(BadInput, match="No finding"):
            in_ledger(unit, path.read_bytes(), path.name)
        return
    inspection = in_ledger(unit, path.read_bytes(), path.name)
    kept = papers.document(inspection.pk, actor=unit.office)
    assert kept.findings == as_the_ledger_keeps(document).findings
    assert kept.sections == document.sections
    assert (kept.opening, kept.totals, kept.signature, kept.contact) == (
        document.opening,
        document.totals,
        document.signature,
        document.contact,
    )


@pytest.mark.parametrize("mark", ["\0", "\x07", "\ufffe", "\U0001f600", "\u200b"])
def test_a_stray_character_in_a_document_stops_nothing(unit, mark) -> None:
    text = PAPERS[0].read_text(encoding="utf-8").replace("。", f"。{mark}", 1)
    inspection = in_ledger(unit, text.encode(), "stray.txt")
    assert findings_of(inspection)
    assert not list(journal.verify())
