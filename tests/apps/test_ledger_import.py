"""From a document to a ledger: received, looked at, corrected, confirmed; again, and changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import (
    AT,
    SETUP,
    Unit,
    a_document,
    a_plan,
    a_unit,
    an_inspection,
    attach,
    carry_on,
    confirm,
    findings_of,
    imported,
    measures_of,
    planned,
    received,
    take,
    with_finding,
)

from bihuan.documents.model import Completion, Declared, Document, Parsed, PartialDate, Section, Totals
from bihuan.documents.read import read
from bihuan.errors import BadInput, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger import store
from bihuan.ledger.actions import importing
from bihuan.ledger.corrections import FindingFields
from bihuan.ledger.difference import ACTED_ON, REPEATED, ChangeKind
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


# A changed document


def changes(unit: Unit, document) -> list[tuple[str, int, str, str, str]]:
    upload = received(unit, document).upload
    found = uploads.preview(upload.pk, actor=unit.office).changes
    return [(row.kind, row.key[2], str(row.field), row.old, row.new) for row in found]


def test_a_new_document_has_nothing_to_differ_from(unit) -> None:
    assert changes(unit, a_document()) == []


def test_a_changed_document_shows_each_difference_before_anything_happens(unit) -> None:
    old = a_document(4, measures=1)
    imported(unit, old)
    new = with_finding(old, 0, title="no. 1 is flooded")
    new = with_finding(new, 1, declared=Declared(Completion.DONE, raw="done"))
    new = with_finding(new, 2, measures=("repair no. 3, part 1", "one more"), next_steps=("look again",))
    new = replace(new, findings=(*new.findings[:3], replace(old.findings[3], ordinal=9)))
    assert changes(unit, new) == [
        (ChangeKind.CHANGED, 1, "title", "no. 1 leaks", "no. 1 is flooded"),
        (ChangeKind.CHANGED, 1, "declared status", "", "done"),
        (ChangeKind.CHANGED, 2, "measures", "repair no. 3, part 1", "repair no. 3, part 1\none more"),
        (ChangeKind.CHANGED, 2, "next steps", "", "look again"),
        (ChangeKind.ADDED, 9, "", "", ""),
        (ChangeKind.REMOVED, 2, "", "", ""),
    ]
    assert {row.title for row in Finding.objects.scoped(SETUP).all()} == {f.title for f in old.findings}


def test_confirming_a_changed_document_makes_the_ledger_say_what_it_says(unit) -> None:
    inspection = imported(unit, a_document(4))
    new = with_finding(a_document(6, measures=3), 2, title="better said", next_steps=("look again",))
    assert imported(unit, new) == inspection
    assert papers.document(inspection.pk, actor=unit.office) == new
    assert [row.measure_count for row in findings_of(inspection)] == [3] * 6


def test_what_a_newer_document_leaves_out_stays(unit) -> None:
    inspection = imported(unit, a_document(4))
    imported(unit, a_document(2, title="a shorter letter"))
    assert len(findings_of(inspection)) == 4
    assert Inspection.objects.scoped(SETUP).get().title == "a shorter letter"


def test_what_was_planned_stays_with_its_measure_when_texts_change(unit) -> None:
    inspection = imported(unit, a_document())
    first = planned(unit, findings_of(inspection)[0])
    owners = [row.owner_id for row in measures_of(first)]
    imported(unit, a_document(words=" badly"))
    rows = measures_of(first)
    assert [row.text for row in rows] == ["repair no. 1, part 1 badly", "repair no. 1, part 2 badly"]
    assert [row.owner_id for row in rows] == owners
    assert findings_of(inspection)[0].criterion == first.criterion


def test_once_a_step_was_taken_a_newer_document_changes_nothing_of_a_finding(unit) -> None:
    inspection = imported(unit, a_document())
    first = take(unit, "submit_plan", planned(unit, findings_of(inspection)[0]))
    texts = [row.text for row in measures_of(first)]
    new = with_finding(
        a_document(words=" badly", measures=4), 0, declared=Declared(Completion.BASIC, raw="so")
    )
    upload = received(unit, new).upload
    seen = [row for row in uploads.preview(upload.pk, actor=unit.office).changes if row.key[2] == 1][:3]
    assert {(row.applies, row.open, str(row.reason)) for row in seen} == {(False, False, str(ACTED_ON))}
    forced = importing.confirm_upload(upload.pk, actor=unit.office, at=AT, accepted=[row.id for row in seen])
    assert forced.applied == ()
    row = findings_of(inspection)[0]
    assert (row.title, row.state, row.declared_raw) == (first.title, State.PLAN_REVIEW, "")
    assert (row.version, [measure.text for measure in measures_of(row)]) == (first.version, texts)


def test_a_finding_that_was_sent_back_to_be_a_draft_is_still_one_on_which_a_step_was_taken(unit) -> None:
    inspection = imported(unit, a_document())
    first = take(unit, "submit_plan", planned(unit, findings_of(inspection)[0]))
    back = take(unit, "return_plan", first)
    assert back.state == State.DRAFT
    imported(unit, a_document(words=" badly"))
    assert [row.title for row in findings_of(inspection)] == ["no. 1 leaks", "no. 2 leaks badly"]


def test_a_relapse_is_not_undone_by_an_old_claim(unit) -> None:
    claim = Declared(Completion.DONE, raw="done")
    inspection = imported(unit, with_finding(a_document(), 0, declared=claim))
    written_off = carry_on(unit, planned(unit, findings_of(inspection)[0]), State.WRITTEN_OFF)
    relapsed = take(unit, "relapse", written_off)
    done = confirmed(unit, with_finding(a_document(words=" badly"), 0, declared=claim))
    row = findings_of(inspection)[0]
    assert (row.state, row.declared_completion) == (relapsed.state, relapsed.declared_completion)
    assert {str(change.reason) for change in done.left} == {str(ACTED_ON)}


# What people did since the earlier document


def confirmed(unit: Unit, document: Document, **choice: object) -> importing.Confirmed:
    upload = received(unit, document).upload
    return importing.confirm_upload(upload.pk, actor=unit.office, at=AT, **choice)


CORRECTED = {
    "title": "said right",
    "completion": Completion.BASIC,
    "sustained": True,
    "aspects": ("here", "there"),
    "measures": ("one",),
    "next_steps": ("two",),
}


def test_a_hand_correction_outlives_newer_files_that_print_the_same_wrong_thing(unit) -> None:
    upload = received(unit, a_document()).upload
    importing.correct_finding(
        upload.pk, index=0, fields=FindingFields(**CORRECTED), actor=unit.office, at=AT, version=1
    )
    inspection = confirm(unit, upload)
    [held, _] = papers.document(inspection.pk, actor=unit.office).findings
    for number in (3, 4):
        done = confirmed(unit, a_document(number))
        assert [change.kind for change in done.applied] == [ChangeKind.ADDED]
        assert {str(change.reason) for change in done.left} == {str(REPEATED)}
        assert papers.document(inspection.pk, actor=unit.office).findings[0] == held
    assert held == replace(
        a_document().findings[0],
        title="said right",
        declared=Declared(Completion.BASIC, sustained=True),
        aspects=("here", "there"),
        measures=("one",),
        next_steps=("two",),
    )


def test_a_newer_file_that_prints_something_new_replaces_a_hand_correction(unit) -> None:
    upload = received(unit, a_document()).upload
    importing.correct_finding(
        upload.pk, index=0, fields=FindingFields(**CORRECTED), actor=unit.office, at=AT, version=1
    )
    inspection = confirm(unit, upload)
    confirmed(unit, with_finding(a_document(), 0, title="said anew"))
    row = findings_of(inspection)[0]
    assert (row.title, row.declared_completion) == ("said anew", Completion.BASIC)


def test_what_the_office_wrote_into_a_draft_outlives_a_newer_file_that_says_nothing_new(unit) -> None:
    inspection = imported(unit, a_document())
    first = findings_of(inspection)[0]
    plan = a_plan(unit, first)
    better = tuple(replace(row, text=f"{row.text}, by rule") for row in plan.measures)
    planned(unit, first, measures=better)
    confirmed(unit, a_document(3))
    assert [row.text for row in measures_of(first)] == [row.text for row in better]


def test_a_person_may_still_take_over_what_is_no_news(unit) -> None:
    upload = received(unit, a_document()).upload
    fields = replace(FindingFields(**CORRECTED), completion=Completion.UNKNOWN, sustained=False)
    importing.correct_finding(upload.pk, index=0, fields=fields, actor=unit.office, at=AT, version=1)
    inspection = confirm(unit, upload)
    again = received(unit, a_document(3)).upload
    [title] = [row for row in uploads.preview(again.pk, actor=unit.office).changes if row.name == "title"]
    assert title.open and not title.applies
    importing.confirm_upload(again.pk, actor=unit.office, at=AT, accepted=[title.id])
    row, *others = findings_of(inspection)
    assert (row.title, row.aspects) == ("no. 1 leaks", ["here", "there"])
    assert len(others) == 1


# Item by item


def test_only_the_accepted_changes_enter_and_the_journal_names_the_others(unit) -> None:
    inspection = imported(unit, a_document())
    new = a_document(3, words=" badly", title="another title", feedback_on=PartialDate(2026, 2, 2))
    upload = received(unit, new).upload
    seen = uploads.preview(upload.pk, actor=unit.office).changes
    wanted = [row.id for row in seen if row.name in ("measures", "feedback_on")]
    done = importing.confirm_upload(upload.pk, actor=unit.office, at=AT, accepted=wanted)
    assert (len(done.applied), len(done.left)) == (3, 4)
    rows = findings_of(inspection)
    assert [row.title for row in rows] == ["no. 1 leaks", "no. 2 leaks"]
    assert measures_of(rows[0])[0].text == "repair no. 1, part 1 badly"
    inspection.refresh_from_db()
    assert (inspection.title, inspection.feedback_on) == (a_document().title, "2026-02-02")
    [line, *_] = journal.extract("inspection", str(inspection.pk), actor=unit.office)
    assert line.after["not_applied"] == ["title", "二1.1 title", "二2.1 title", "二1.2 added"]
    assert (line.after["added"], line.after["changed"]) == (0, 2)


def test_a_tick_counts_for_the_difference_that_was_seen_and_for_no_other(unit) -> None:
    inspection = imported(unit, a_document())
    upload = received(unit, a_document(words=" badly")).upload
    seen = [row.id for row in uploads.preview(upload.pk, actor=unit.office).changes]
    first = findings_of(inspection)[0]
    plan = a_plan(unit, first)
    better = tuple(replace(row, text=f"{row.text}, by rule") for row in plan.measures)
    planned(unit, first, measures=better)
    importing.confirm_upload(upload.pk, actor=unit.office, at=AT, accepted=seen)
    assert [row.text for row in measures_of(first)] == [row.text for row in better]


def test_with_nothing_accepted_nothing_changes(unit) -> None:
    inspection = imported(unit, a_document())
    before = papers.document(inspection.pk, actor=unit.office)
    sections = (Section("三", "what comes next", ("more",), 2),)
    assert confirmed(unit, a_document(3, words="!", sections=sections), accepted=[]).applied == ()
    assert papers.document(inspection.pk, actor=unit.office) == before


def test_a_claim_in_a_newer_document_does_not_undo_what_was_written_off(unit) -> None:
    inspection = imported(unit, a_document())
    first = planned(unit, findings_of(inspection)[0])
    carry_on(unit, first, State.WRITTEN_OFF)
    imported(unit, with_finding(a_document(), 0, declared=Declared(Completion.NOT_DONE, raw="not done")))
    assert findings_of(inspection)[0].state == State.WRITTEN_OFF


def test_evidence_survives_a_newer_document(unit) -> None:
    inspection = imported(unit, a_document())
    first = carry_on(unit, planned(unit, findings_of(inspection)[0]), State.RECTIFYING)
    attach(unit, first)
    imported(unit, a_document(words=" badly", measures=1))
    assert findings_of(inspection)[0].evidenced_count == 2


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
    assert changes(unit, with_finding(document, 1, title="changed")) == [
        (ChangeKind.CHANGED, 1, "title", "no. 2 leaks", "changed")
    ]


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
