"""A newer document about an inspection that exists: what it changes, and what it leaves alone."""

from dataclasses import replace

import pytest
from tests.factories import (
    AT,
    SETUP,
    Unit,
    a_document,
    a_plan,
    a_unit,
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

from bihuan.documents.model import Completion, Declared, Document, PartialDate, Section
from bihuan.journal import queries as journal
from bihuan.ledger.actions import importing
from bihuan.ledger.corrections import FindingFields
from bihuan.ledger.difference import ACTED_ON, REPEATED, ChangeKind
from bihuan.ledger.models import Finding, Inspection
from bihuan.ledger.queries import papers, uploads
from bihuan.workflow.words import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


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


def test_what_came_of_the_work_is_taken_over_finding_by_finding(unit) -> None:
    old = with_finding(with_finding(a_document(), 0, result="dry"), 1, result="firm")
    inspection = imported(unit, old)
    new = with_finding(with_finding(a_document(3), 0, result="drier"), 1, result="firmer")
    upload = received(unit, with_finding(new, 2, result="new")).upload
    seen = uploads.preview(upload.pk, actor=unit.office).changes
    assert [(row.old, row.new) for row in seen if row.name == "result"] == [
        ("dry", "drier"),
        ("firm", "firmer"),
    ]
    wanted = [row.id for row in seen if row.new != "firmer"]
    importing.confirm_upload(upload.pk, actor=unit.office, at=AT, accepted=wanted)
    kept = papers.document(inspection.pk, actor=unit.office).findings
    assert [finding.result for finding in kept] == ["drier", "firm", "new"]


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
