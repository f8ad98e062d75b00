"""Evidence: what is kept, for what it counts, and that a file cannot be exchanged unnoticed."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import (
    AT,
    SETUP,
    TODAY,
    Unit,
    a_finding,
    a_unit,
    an_inspection,
    attach,
    carry_on,
    findings_of,
    measures_of,
    planned,
    take,
)

from bihuan.errors import BadInput, NotAllowed, NotFound, RuleBroken
from bihuan.journal import queries as journal
from bihuan.ledger import store
from bihuan.ledger.actions import evidence as actions
from bihuan.ledger.models import Evidence, EvidenceKind, EvidenceLink, Finding
from bihuan.ledger.queries.finding import evidence_of, finding_page
from bihuan.workflow.words import Role, State


def files_in(folder: Path) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


# The store


def test_what_is_put_is_given_back_under_its_digest(settings) -> None:
    data = "第一页".encode()
    digest = store.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert store.get(digest) == data
    assert store.put(data) == digest
    assert [path.name for path in files_in(settings.FILES)] == [digest]


@pytest.mark.parametrize("where", [0, 500, 999])
def test_a_single_changed_bit_is_noticed_and_nothing_is_handed_out(settings, where) -> None:
    digest = store.put(bytes(1000))
    [path] = files_in(settings.FILES)
    damaged = bytearray(path.read_bytes())
    damaged[where] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(NotFound, match="altered"):
        store.get(digest)


@pytest.mark.parametrize("damage", [b"", b"another file"])
def test_a_file_cut_short_or_exchanged_is_noticed(settings, damage) -> None:
    digest = store.put(b"the true file")
    [path] = files_in(settings.FILES)
    path.write_bytes(damage)
    with pytest.raises(NotFound, match="altered"):
        store.get(digest)


def test_putting_the_true_file_again_mends_a_damaged_one(settings) -> None:
    digest = store.put(b"the true file")
    [path] = files_in(settings.FILES)
    path.write_bytes(b"the fals")
    store.put(b"the true file")
    assert store.get(digest) == b"the true file"


def test_a_missing_file_is_said_to_be_missing(settings) -> None:
    digest = store.put(b"soon gone")
    files_in(settings.FILES)[0].unlink()
    with pytest.raises(NotFound, match="missing"):
        store.get(digest)


def test_empty_and_too_large_files_are_refused_and_leave_nothing_behind(settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    for data, word in ((b"", "empty"), (bytes(1024 * 1024 + 1), "1 MB")):
        with pytest.raises(BadInput, match=word):
            store.put(data)
    assert store.put(bytes(1024 * 1024))
    assert len(files_in(settings.FILES)) == 1


# Attaching

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_unit()


@pytest.fixture
def finding(unit) -> Finding:
    return a_finding(unit, State.RECTIFYING)


def again(finding: Finding) -> Finding:
    return Finding.objects.scoped(SETUP).get(pk=finding.pk)


def links() -> int:
    return EvidenceLink.objects.scoped(SETUP).count()


def test_a_file_is_kept_once_with_what_was_said_about_it(unit, finding) -> None:
    piece = attach(unit, finding, data=b"roof", title="the roof", doc_no="7", issuer="roofers")
    assert store.get(piece.digest) == b"roof"
    assert (piece.title, piece.doc_no, piece.issuer, piece.dated_on) == ("the roof", "7", "roofers", TODAY)
    assert (piece.size_bytes, piece.filename, piece.uploaded_at) == (4, "roof.jpg", AT)
    assert piece.uploaded_by_id == unit.handler.person_id
    assert links() == 2
    [line, *_] = journal.extract("finding", str(finding.pk), actor=unit.office)
    assert (line.verb, line.after["digest"], line.after["measures"]) == (
        "attach_evidence",
        piece.digest,
        [1, 2],
    )


def test_the_same_file_again_is_the_same_evidence_and_counts_once(unit, finding) -> None:
    first, second = measures_of(finding)
    one = attach(unit, finding, [first], data=b"roof")
    two = attach(unit, finding, [first, second], data=b"roof")
    assert one == two
    assert (Evidence.objects.scoped(SETUP).count(), links()) == (1, 2)
    assert again(finding).evidenced_count == 2


def test_the_journal_says_of_a_file_that_was_here_already_what_the_ledger_says(unit, finding) -> None:
    attach(unit, finding, data=b"roof", title="minutes", kind="meeting")
    piece = attach(unit, finding, data=b"roof", title="minutes of the ninth", kind="meeting")
    [line, *_] = journal.extract("finding", str(finding.pk), actor=unit.office)
    assert (line.after["title"], line.after["kind"]) == (piece.title, piece.kind)


@pytest.mark.parametrize(
    "other", [{"kind": "photo"}, {"dated_on": TODAY - timedelta(days=1)}, {"doc_no": "no. 5"}]
)
def test_one_file_does_not_say_two_things(unit, finding, other) -> None:
    attach(unit, finding, data=b"roof", title="minutes", kind="meeting")
    with pytest.raises(BadInput, match="minutes"):
        attach(unit, finding, data=b"roof", **{"title": "minutes", "kind": "meeting", **other})
    assert again(finding).evidenced_count == 0


def test_a_file_that_was_taken_off_everywhere_takes_new_words(unit, finding) -> None:
    piece = attach(unit, finding, data=b"roof", title="typo", kind="meeting")
    actions.detach_evidence(finding.pk, evidence_id=piece.pk, reason="wrong kind", actor=unit.handler, at=AT)
    again_attached = attach(unit, finding, data=b"roof", title="rule no. 5", kind="rule", doc_no="no. 5")
    assert (again_attached.pk, again_attached.kind, again_attached.doc_no) == (piece.pk, "rule", "no. 5")


def test_one_file_for_two_findings_is_shown_on_both(unit) -> None:
    one, two = (
        carry_on(unit, planned(unit, row), State.RECTIFYING) for row in findings_of(an_inspection(unit))
    )
    digest = attach(unit, one, data=b"roof").digest
    assert finding_page(one.pk, actor=unit.office, at=AT).reused == {}
    assert attach(unit, two, data=b"roof").digest == digest
    for row in (one, two):
        assert finding_page(row.pk, actor=unit.office, at=AT).reused == {digest: 1}


@pytest.mark.parametrize("kind", EvidenceKind.values)
def test_only_evidence_that_can_prove_something_counts(unit, finding, kind) -> None:
    attach(unit, finding, kind=kind)
    talk = {"meeting", "study", "notice"}
    assert again(finding).evidenced_count == (0 if kind in talk else 2)


def test_each_measure_counts_by_itself(unit, finding) -> None:
    first, second = measures_of(finding)
    counts = []
    for measures, kind in (([first], "meeting"), ([first], "photo"), ([first], "data"), ([second], "rule")):
        attach(unit, finding, measures, kind=kind)
        counts.append(again(finding).evidenced_count)
    assert counts == [0, 1, 1, 2]


WRONG = {
    "a kind nobody knows": ({"kind": "rumour"}, "kind"),
    "no title": ({"title": "  "}, "title"),
    "a day to come": ({"dated_on": TODAY + timedelta(days=1)}, "future"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_is_refused(unit, finding, wrong) -> None:
    fields, word = WRONG[wrong]
    with pytest.raises(BadInput, match=word):
        attach(unit, finding, **fields)
    assert links() == 0


def test_evidence_is_for_measures_of_this_finding(unit, finding) -> None:
    other = findings_of(finding.inspection)[1]
    with pytest.raises(BadInput, match="this finding"):
        attach(unit, finding, [*measures_of(finding), *measures_of(other)])
    with pytest.raises(BadInput, match="at least one"):
        attach(unit, finding, [])
    assert links() == 0


@pytest.mark.parametrize("name", ["run.exe", "page.html", "picture.svg", "noending", "roof.jpg.js", "a.jpg "])
def test_files_of_other_kinds_are_not_taken(unit, finding, name) -> None:
    fields = actions.EvidenceFields(title="t", kind="photo", dated_on=TODAY)
    ids = tuple(row.pk for row in measures_of(finding))
    with pytest.raises(BadInput, match="not taken"):
        actions.attach_evidence(
            finding.pk, data=b"x", filename=name, fields=fields, measure_ids=ids, actor=unit.handler, at=AT
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HANDLER, Role.DEPARTMENT_HEAD}))
def test_only_the_departments_attach(unit, finding, role) -> None:
    with pytest.raises(NotAllowed):
        attach(unit, finding, by=unit.actor(role))


def test_another_department_attaches_nothing(unit, finding) -> None:
    with pytest.raises(NotAllowed):
        attach(unit, finding, by=unit.other_head)
    with pytest.raises(NotFound):
        attach(unit, finding, by=unit.neighbour.handler)


@pytest.mark.parametrize("state", sorted(set(State) - {State.RECTIFYING, State.SUSTAINING}))
def test_evidence_changes_only_while_the_work_is_going_on(unit, state) -> None:
    finding = a_finding(unit, state)
    if state in (State.DRAFT, State.PLAN_REVIEW):
        with pytest.raises(RuleBroken):
            attach(unit, finding)
        return
    piece = Evidence.objects.scoped(SETUP).get()
    with pytest.raises(RuleBroken):
        attach(unit, finding)
    with pytest.raises(RuleBroken):
        detach(unit, finding, piece)
    assert links() == 2


# Taking off again


def detach(unit: Unit, finding: Finding, piece: Evidence, *, reason: str = "wrong roof", by=None) -> Finding:
    return actions.detach_evidence(
        finding.pk, evidence_id=piece.pk, reason=reason, actor=by or unit.handler, at=AT
    )


def test_evidence_taken_off_counts_no_more_but_stays_in_store_and_journal(unit, finding) -> None:
    piece = attach(unit, finding)
    detach(unit, finding, piece)
    assert again(finding).evidenced_count == 0
    assert links() == 0
    assert store.get(piece.digest)
    [line, *_] = journal.extract("finding", str(finding.pk), actor=unit.office)
    assert (line.verb, line.before["digest"], line.after) == (
        "detach_evidence",
        piece.digest,
        {"reason": "wrong roof"},
    )


def test_taking_off_needs_a_reason_and_something_to_take_off(unit, finding) -> None:
    piece = attach(unit, finding)
    with pytest.raises(BadInput):
        detach(unit, finding, piece, reason="  ")
    detach(unit, finding, piece)
    with pytest.raises(RuleBroken):
        detach(unit, finding, piece)


def test_taking_off_one_finding_leaves_the_other_alone(unit) -> None:
    one, two = (
        carry_on(unit, planned(unit, row), State.RECTIFYING) for row in findings_of(an_inspection(unit))
    )
    piece = attach(unit, one, data=b"roof")
    attach(unit, two, data=b"roof")
    detach(unit, one, piece)
    assert (again(one).evidenced_count, again(two).evidenced_count) == (0, 2)
    left = EvidenceLink.objects.scoped(SETUP).values_list("measure__finding_id", flat=True)
    assert list(left) == [two.pk, two.pk]


def test_evidence_of_another_inspection_is_not_found(unit, finding) -> None:
    other = a_finding(unit, State.RECTIFYING)
    piece = attach(unit, other)
    with pytest.raises(NotFound):
        detach(unit, finding, piece)


def test_evidence_of_somebody_else_is_not_found(unit, finding) -> None:
    piece = attach(unit, finding)
    assert evidence_of(piece.pk, actor=unit.supervisor) == piece
    with pytest.raises(NotFound):
        evidence_of(piece.pk, actor=unit.neighbour.office)


def test_evidence_added_meanwhile_makes_a_step_look_again(unit, finding) -> None:
    attach(unit, finding)
    seen = again(finding).version
    attach(unit, finding)
    with pytest.raises(RuleBroken, match="meanwhile"):
        actions.detach_evidence(
            finding.pk, evidence_id=1, reason="r", actor=unit.handler, at=AT, version=seen
        )
    assert take(unit, "declare_done", finding).state == State.DECLARED
