"""Looking at what was read, correcting and closing it, and who may."""

import pytest
from tests.factories import AT, Unit, a_document, a_unit, confirm, findings_of, measures_of, received

from bihuan.documents.model import Completion, Parsed, PartialDate
from bihuan.errors import BadInput, NotAllowed, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger import corrections
from bihuan.ledger.actions import importing
from bihuan.ledger.corrections import FindingFields
from bihuan.ledger.models import Upload
from bihuan.ledger.queries import uploads
from bihuan.workflow.words import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


def correct(unit: Unit, upload: Upload, index: int = 0, *, version=None, **fields) -> Upload:
    was = uploads.preview(upload.pk, actor=unit.office).document.findings
    usual = {
        "title": was[index].title if 0 <= index < len(was) else "t",
        "completion": Completion.DONE,
        "measures": ("as corrected",),
        "next_steps": (),
    }
    return importing.correct_finding(
        upload.pk,
        index=index,
        fields=FindingFields(**{**usual, **fields}),
        actor=unit.office,
        at=AT,
        version=upload.version if version is None else version,
    )


# Looking and correcting


def test_a_correction_enters_the_ledger_and_leaves_the_source_as_it_was(unit) -> None:
    upload = received(unit, a_document()).upload
    upload = correct(
        unit, upload, 1, title=" said right ", measures=("one", " ", " two "), next_steps=("three",)
    )
    seen = uploads.preview(upload.pk, actor=unit.office)
    assert seen.corrected == {1}
    assert seen.parsed.document == a_document()
    assert seen.document.findings[1].measures == ("one", "two")
    row = findings_of(confirm(unit, upload))[1]
    assert (row.title, row.declared_completion, row.next_steps) == ("said right", Completion.DONE, ["three"])
    assert [measure.text for measure in measures_of(row)] == ["one", "two"]
    [line, *_] = journal.extract("upload", str(upload.pk), actor=unit.office)
    assert (line.verb, line.before["title"], line.after["title"]) == (
        "correct_finding",
        "no. 2 leaks",
        "said right",
    )


def test_the_last_correction_of_a_finding_counts(unit) -> None:
    upload = received(unit, a_document()).upload
    upload = correct(unit, upload, title="first thought")
    upload = correct(unit, upload, title="second thought")
    assert findings_of(confirm(unit, upload))[0].title == "second thought"


@pytest.mark.parametrize("index", [-1, 2, 10**6])
def test_a_finding_that_is_not_in_the_document_cannot_be_corrected(unit, index) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(BadInput):
        correct(unit, upload, index)


@pytest.mark.parametrize("wrong", [{"title": " "}, {"completion": "perhaps"}])
def test_a_correction_that_cannot_be_is_refused(unit, wrong) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(BadInput):
        correct(unit, upload, **wrong)


def test_two_who_correct_do_not_overwrite_each_other(unit) -> None:
    upload = received(unit, a_document()).upload
    correct(unit, upload, 0, version=1)
    with pytest.raises(RuleBroken, match="meanwhile"):
        correct(unit, upload, 1, version=1)
    with pytest.raises(RuleBroken, match="meanwhile"):
        confirm(unit, upload, version=1)
    confirm(unit, upload, version=2)


@pytest.mark.parametrize("closing", ["confirm", "discard"])
def test_an_upload_is_closed_once(unit, closing) -> None:
    upload = received(unit, a_document()).upload
    if closing == "confirm":
        confirm(unit, upload)
    else:
        importing.discard_upload(upload.pk, actor=unit.office, at=AT)
    for act in (
        lambda: confirm(unit, upload),
        lambda: importing.discard_upload(upload.pk, actor=unit.office, at=AT),
        lambda: correct(unit, upload, version=2),
    ):
        with pytest.raises(RuleBroken, match="already"):
            act()


def test_a_correction_cannot_make_a_title_too_long(unit) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(BadInput, match="500"):
        correct(unit, upload, title="长" * 501)
    assert findings_of(confirm(unit, correct(unit, upload, title="长" * 500)))[0].title == "长" * 500


# Who may


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.SUPERVISOR}))
def test_documents_are_taken_in_by_the_office_or_a_supervisor(unit, role) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(NotAllowed):
        received(unit, a_document(), data=b"other", by=unit.actor(role))
    with pytest.raises(NotAllowed):
        confirm(unit, upload, by=unit.actor(role))


def test_a_supervisor_may_hand_a_letter_to_what_it_watches(unit) -> None:
    upload = received(unit, a_document(), by=unit.supervisor).upload
    assert confirm(unit, upload, by=unit.supervisor).organisation == unit.organisation


def test_nobody_receives_or_confirms_for_somebody_else(unit) -> None:
    stranger = unit.neighbour.office
    with pytest.raises(NotFound):
        received(unit, a_document(), by=stranger)
    upload = received(unit, a_document()).upload
    for act in (
        lambda: confirm(unit, upload, by=stranger),
        lambda: importing.discard_upload(upload.pk, actor=stranger, at=AT),
        lambda: uploads.preview(upload.pk, actor=stranger),
    ):
        with pytest.raises(NotFound):
            act()
    assert uploads.open_uploads(actor=stranger) == []


# The head, and what it is about

HEAD = {
    "title": " a better title ",
    "round": "round 5",
    "team": "team 3",
    "started_on": "2025-11",
    "ended_on": "2025-12-24",
    "feedback_on": "2026",
    "signed_on": "",
}


def correct_head(unit: Unit, upload: Upload, **fields: str) -> Upload:
    return importing.correct_head(
        upload.pk, head={**HEAD, **fields}, actor=unit.office, at=AT, version=upload.version
    )


def test_the_head_is_corrected_with_dates_as_precise_as_they_are_known(unit) -> None:
    upload = correct_head(unit, received(unit, a_document()).upload)
    assert upload.corrections == {
        "head": {"title": "a better title", "ended_on": "2025-12-24", "feedback_on": "2026"}
    }
    inspection = confirm(unit, upload)
    assert (inspection.title, inspection.ended_on, inspection.feedback_on) == (
        "a better title",
        "2025-12-24",
        "2026",
    )
    [line, *_] = journal.extract("upload", str(upload.pk), actor=unit.office)
    assert (line.verb, line.before["feedback_on"], line.after["feedback_on"]) == (
        "correct_head",
        "2026-02-01",
        "2026",
    )


def test_a_head_given_back_as_it_was_read_is_no_correction(unit) -> None:
    upload = received(unit, a_document()).upload
    head = corrections.head_of(a_document())
    upload = correct_head(unit, correct_head(unit, upload), **head)
    assert upload.corrections == {}


@pytest.mark.parametrize("wrong", ["soon", "2026-13", "2026-02-30", "26", "2026-02-", "2026/02/01", "0000"])
def test_a_date_that_is_none_is_named(unit, wrong) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(BadInput) as refusal:
        correct_head(unit, upload, signed_on=wrong, ended_on=wrong)
    assert [reason.values["label"] for reason in refusal.value.reasons] == ["ended on", "signed on"]


def test_a_corrected_round_may_make_it_another_inspection_or_the_one_that_is_there(unit) -> None:
    held = confirm(unit, received(unit, a_document()).upload)
    upload = received(unit, a_document(3, round="misread")).upload
    assert upload.inspection is None
    upload = correct_head(unit, upload)
    assert upload.inspection == held
    assert correct_head(unit, upload, round="round 6").inspection is None


def test_a_head_corrected_by_hand_stays_so_when_newer_files_are_misread_alike(unit) -> None:
    misread = {"round": "misread", "started_on": PartialDate(1025, 11)}
    held = confirm(unit, correct_head(unit, received(unit, a_document(**misread)).upload))
    for number in (3, 4):
        upload = received(unit, a_document(number, **misread)).upload
        assert upload.inspection == held
        seen = uploads.preview(upload.pk, actor=unit.office).document
        assert (seen.round, str(seen.started_on)) == ("round 5", "2025-11")
        confirm(unit, upload)
    held.refresh_from_db()
    assert (held.title, held.round, held.feedback_on) == ("a better title", "round 5", "2026")
    assert len(findings_of(held)) == 4


@pytest.mark.parametrize("kind", ["department", "supervisor", "neighbour"])
def test_only_committees_within_reach_can_be_what_a_document_is_about(unit, kind) -> None:
    code = {
        "department": unit.department.code,
        "supervisor": unit.supervisor.organisation_path.rstrip("/").rsplit("/")[-1],
        "neighbour": unit.neighbour.organisation.code,
    }[kind]
    with pytest.raises(BadInput if kind == "department" else NotFound) as refusal:
        importing.receive_document(
            data=b"x",
            filename="x.txt",
            parsed=Parsed(a_document()),
            organisation_code=code,
            actor=unit.office,
            at=AT,
        )
    assert refusal.value.reasons[0].values["known"] == unit.organisation.code


def test_a_document_that_names_another_organisation_needs_a_word(unit) -> None:
    upload = received(unit, a_document(organisation="望川街道")).upload
    assert uploads.preview(upload.pk, actor=unit.office).names_another
    with pytest.raises(RuleBroken, match="望川街道"):
        confirm(unit, upload)
    inspection = confirm(unit, upload, another_organisation=True)
    [line] = journal.extract("inspection", str(inspection.pk), actor=unit.office)
    assert line.after["another_organisation"] == "望川街道"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.SUPERVISOR}))
def test_posts_that_take_no_documents_in_do_not_look_at_them_either(unit, role) -> None:
    upload = received(unit, a_document()).upload
    with pytest.raises(NotAllowed):
        uploads.preview(upload.pk, actor=unit.actor(role))
