"""The signs in what the ledger knows, each by a table of facts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.documents.model import Completion
from bihuan.scrutiny import FindingKey, Remark, Severity
from bihuan.scrutiny.evidence import (
    DEFAULT_LIMITS,
    RULES,
    EvidenceFacts,
    FindingFacts,
    Limits,
    MeasureFacts,
    evidence_remarks,
)

FEEDBACK = date(2024, 9, 6)
DONE = date(2025, 1, 20)
KEY = FindingKey("二", 1, 3)

VOUCHER = EvidenceFacts(
    "money", "缴款凭证", dated_on=date(2025, 1, 10), uploaded_on=date(2025, 1, 12), digest="a1"
)
MINUTES = EvidenceFacts(
    "meeting", "专题会议纪要", dated_on=date(2024, 10, 8), uploaded_on=date(2024, 10, 9), digest="b2"
)
RULE = EvidenceFacts(
    "rule", "用车管理办法", doc_no="云办发〔2024〕18号", dated_on=date(2024, 12, 1), digest="c3"
)
MEASURE = MeasureFacts(1, "清退多领补贴。", "money", date(2025, 1, 31), DONE, DONE, (VOUCHER,))
SOUND = FindingFacts(
    KEY,
    Completion.DONE,
    (MEASURE,),
    FEEDBACK,
    declarer_id=1,
    endorser_id=2,
    reviewer_id=3,
    decided_on=date(2025, 2, 10),
    written_off_on=date(2025, 2, 20),
)


def with_measure(**changes: Any) -> FindingFacts:
    return replace(SOUND, measures=(replace(MEASURE, **changes),))


def with_evidence(*evidence: EvidenceFacts, **changes: Any) -> FindingFacts:
    return with_measure(evidence=evidence, **changes)


def said(facts: FindingFacts, limits: Limits = DEFAULT_LIMITS) -> list[tuple[str, Severity, int | None]]:
    return [(remark.code, remark.severity, remark.measure) for remark in evidence_remarks(facts, limits)]


def test_sound_facts_are_passed_in_silence() -> None:
    assert evidence_remarks(SOUND) == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (with_evidence(), [("F01", Severity.BLOCKS, None)]),
        (replace(SOUND, measures=()), [("F01", Severity.BLOCKS, None)]),
        (with_evidence(MINUTES), [("F01", Severity.WARNS, None)]),
        (
            replace(SOUND, measures=(MEASURE, replace(MEASURE, ordinal=2, evidence=()))),
            [("F01", Severity.WARNS, 2)],
        ),
        (
            replace(SOUND, measures=(MEASURE, replace(MEASURE, ordinal=2, evidence=(MINUTES,)))),
            [("F01", Severity.REVIEW, 2)],
        ),
        (with_evidence(replace(VOUCHER, dated_on=date(2024, 9, 5))), [("F04", Severity.WARNS, 1)]),
        (
            with_evidence(replace(VOUCHER, dated_on=date(2025, 1, 21), uploaded_on=None)),
            [("F04", Severity.WARNS, 1)],
        ),
        (with_evidence(replace(VOUCHER, dated_on=date(2025, 1, 13))), [("F04", Severity.WARNS, 1)]),
        (with_evidence(replace(VOUCHER, used_by_findings=4)), [("F05", Severity.WARNS, 1)]),
        (replace(SOUND, endorser_id=1), [("F11", Severity.BLOCKS, None)]),
        (replace(SOUND, reviewer_id=1), [("F11", Severity.BLOCKS, None)]),
        (replace(SOUND, decided_on=date(2025, 2, 21)), [("F11", Severity.BLOCKS, None)]),
        (with_measure(text="修订用车管理办法。"), [("F12", Severity.WARNS, 1)]),
        (with_measure(deliverable_kind="document"), [("F12", Severity.WARNS, 1)]),
        (with_evidence(replace(RULE, doc_no=" "), text="修订用车管理办法。"), [("F12", Severity.WARNS, 1)]),
    ],
)
def test_speaks(facts: FindingFacts, expected: list[tuple[str, Severity, int | None]]) -> None:
    assert said(facts) == expected


@pytest.mark.parametrize(
    "facts",
    [
        with_evidence(VOUCHER, MINUTES),
        with_evidence(replace(VOUCHER, dated_on=FEEDBACK)),
        with_evidence(replace(VOUCHER, dated_on=DONE, uploaded_on=DONE)),
        with_evidence(replace(VOUCHER, dated_on=None)),
        with_evidence(replace(VOUCHER, used_by_findings=3)),
        with_evidence(RULE, text="修订用车管理办法。"),
        with_evidence(VOUCHER, RULE, deliverable_kind="document"),
        replace(SOUND, declarer_id=None, endorser_id=None, reviewer_id=None),
        replace(SOUND, decided_on=None),
        replace(SOUND, written_off_on=None, decided_on=date(2030, 1, 1)),
        replace(SOUND, feedback_on=None, declared_completion=Completion.IN_PROGRESS),
        replace(with_evidence(), declared_completion=Completion.IN_PROGRESS),
        replace(with_measure(text="修订用车管理办法。"), declared_completion=Completion.NOT_DONE),
        replace(
            SOUND,
            measures=(
                MEASURE,
                MeasureFacts(2, "召开专题会议。", "meeting", done_on=DONE, evidence=(MINUTES,)),
            ),
        ),
    ],
)
def test_silent(facts: FindingFacts) -> None:
    assert said(facts) == []


class TestBackDated:
    @staticmethod
    def late(days: int, due_on: date | None, uploaded: int | None) -> list[Remark]:
        """Weigh a completion recorded so many days later; its evidence is handed in so many days after it."""
        uploaded_on = None if uploaded is None else DONE + timedelta(days=uploaded)
        piece = replace(VOUCHER, uploaded_on=uploaded_on)
        recorded_on = DONE + timedelta(days=days)
        facts = with_evidence(piece, recorded_on=recorded_on, due_on=due_on)
        return [remark for remark in evidence_remarks(facts) if remark.code == "F10"]

    @pytest.mark.parametrize(
        ("days", "due_on", "uploaded", "word"),
        [
            (16, None, 16, "16 days later"),
            (16, None, None, "16 days later"),
            (40, DONE - timedelta(days=3), 30, "40 days later"),
            (2, DONE, 1, "overdue"),
            (20, DONE + timedelta(days=5), 6, "overdue"),
        ],
    )
    def test_speaks(self, days: int, due_on: date | None, uploaded: int | None, word: str) -> None:
        (remark,) = self.late(days, due_on, uploaded)
        assert word in str(remark.reason)

    @pytest.mark.parametrize(
        ("days", "due_on", "uploaded"),
        [
            (15, None, None),
            (0, DONE - timedelta(days=3), None),
            (1, DONE, None),
            (40, DONE, 0),
            (40, None, 15),
            (20, DONE + timedelta(days=5), 5),
            (20, DONE + timedelta(days=5), -3),
            (10, DONE - timedelta(days=3), None),
        ],
    )
    def test_silent(self, days: int, due_on: date | None, uploaded: int | None) -> None:
        assert not self.late(days, due_on, uploaded)


def test_limits_are_policy_and_may_differ() -> None:
    reused = with_evidence(replace(VOUCHER, used_by_findings=4))
    assert said(reused, Limits(reuse_findings=10)) == []
    slow = with_measure(
        recorded_on=DONE + timedelta(days=3), due_on=None, evidence=(replace(VOUCHER, uploaded_on=None),)
    )
    assert said(slow) == []
    assert said(slow, Limits(back_dating_days=2)) == [("F10", Severity.WARNS, 1)]


def test_a_file_reused_under_two_measures_of_one_finding_is_one_remark() -> None:
    piece = replace(VOUCHER, used_by_findings=5)
    measures = tuple(replace(MEASURE, ordinal=number, evidence=(piece,)) for number in (1, 2))
    assert said(replace(SOUND, measures=measures)) == [("F05", Severity.WARNS, 1)]


def test_rules_are_found_by_their_place() -> None:
    assert [rule.CODE for rule in RULES] == ["F01", "F04", "F05", "F10", "F11", "F12"]
