"""What scrutiny must find in the published sample, and how fast."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.scrutiny.sample import sample_document

from bihuan.documents.model import Document
from bihuan.scrutiny import FindingKey, Remark, Scrutiny, Severity, scrutinise
from bihuan.scrutiny.verifiability import Verifiability, verifiability
from bihuan.scrutiny.weigh import RULES

ONE, TWO, THREE, FOUR, FIVE = 1, 2, 3, 4, 5

# Measures with nothing to verify by an earlier, separate tagging, (category, finding): count.
TAGGED_EARLIER = {
    (ONE, 1): 2, (ONE, 3): 1, (ONE, 4): 1, (ONE, 5): 1, (ONE, 7): 1, (ONE, 8): 2, (ONE, 9): 2, (ONE, 10): 1,
    (ONE, 11): 1, (ONE, 12): 2, (ONE, 13): 1, (ONE, 15): 1, (ONE, 16): 1, (ONE, 17): 1, (TWO, 1): 1,
    (TWO, 2): 1, (TWO, 5): 1, (TWO, 8): 1, (TWO, 9): 2, (TWO, 10): 2, (TWO, 11): 2, (TWO, 14): 1, (TWO, 15): 2,
    (TWO, 17): 2, (TWO, 18): 1, (THREE, 6): 1, (THREE, 7): 1, (THREE, 8): 2, (THREE, 11): 1, (FOUR, 1): 1,
    (FOUR, 2): 1, (FOUR, 3): 3, (FOUR, 6): 1, (FIVE, 1): 1,
}  # fmt: skip
# Where the rules differ on purpose; docs/scrutiny.md says why.
DIFFERENT = {
    (ONE, 7): 0, (TWO, 1): 0, (TWO, 2): 0, (TWO, 4): 1, (TWO, 6): 1, (TWO, 10): 1, (TWO, 19): 1, (THREE, 5): 1,
    (THREE, 9): 1, (FOUR, 1): 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Document:
    return sample_document()


@pytest.fixture(scope="module")
def scrutiny(sample: Document) -> Scrutiny:
    return scrutinise(sample)


def of(scrutiny: Scrutiny, code: str) -> list[Remark]:
    return [remark for remark in scrutiny.remarks if remark.code == code]


def key(category: int, ordinal: int) -> FindingKey:
    return FindingKey("二", category, ordinal)


def test_the_headline(scrutiny: Scrutiny) -> None:
    headline = scrutiny.headline
    assert (headline.findings, headline.measures) == (62, 158)
    assert str(headline.sentence) == "declared done 53, with a stated result 6"


def test_exactly_six_findings_are_done_with_nothing_verifiable(scrutiny: Scrutiny) -> None:
    flagged = [remark.findings[0] for remark in of(scrutiny, "F02") if remark.measure is None]
    assert flagged == [key(ONE, 4), key(ONE, 8), key(TWO, 9), key(TWO, 11), key(TWO, 15), key(FOUR, 2)]
    assert scrutiny.headline.unverifiable_done == 6


def test_unverifiable_measures_agree_with_an_earlier_tagging(sample: Document) -> None:
    counted = {
        (finding.category.ordinal, finding.ordinal): sum(
            verifiability(measure) is Verifiability.NOTHING for measure in finding.measures
        )
        for finding in sample.findings
    }
    expected = TAGGED_EARLIER | DIFFERENT
    assert {place: count for place, count in counted.items() if count} == {
        place: count for place, count in expected.items() if count
    }


def test_near_identical_and_similar_pairs(scrutiny: Scrutiny) -> None:
    pairs = {
        (remark.findings, remark.severity) for remark in of(scrutiny, "F03") if len(remark.findings) == 2
    }
    assert ((key(THREE, 3), key(FOUR, 1)), Severity.WARNS) in pairs
    assert ((key(TWO, 6), key(TWO, 8)), Severity.REVIEW) in pairs


def test_one_deliverable_is_claimed_under_five_findings(scrutiny: Scrutiny) -> None:
    shared = [remark.findings for remark in of(scrutiny, "F03") if len(remark.findings) == 5]
    assert shared == [(key(ONE, 1), key(ONE, 2), key(TWO, 16), key(THREE, 1), key(THREE, 2))]


def test_contradictions_of_status_and_text(scrutiny: Scrutiny) -> None:
    against = {remark.findings[0] for remark in of(scrutiny, "F06")}
    assert against == {key(ONE, 12), key(THREE, 13), key(FOUR, 5)}
    unfinished = {remark.findings[0] for remark in of(scrutiny, "F18")}
    assert key(TWO, 19) in unfinished
    assert len(unfinished) == 9


def test_rates_asked_and_not_given(scrutiny: Scrutiny) -> None:
    asked = [remark.findings[0] for remark in of(scrutiny, "F07") if remark.severity is Severity.WARNS]
    assert asked == [key(ONE, 10), key(ONE, 13)]


def test_seven_facts_are_missing_everywhere_and_counts_are_right(scrutiny: Scrutiny) -> None:
    assert len(scrutiny.missing) == len(of(scrutiny, "F00")) == 7
    assert not of(scrutiny, "F19")


def test_every_quotation_stands_in_the_sample(sample: Document, scrutiny: Scrutiny) -> None:
    printed = "".join(
        " ".join((finding.title + finding.declared.raw + finding.text).split()) for finding in sample.findings
    )
    assert all(remark.quotation.rstrip("…") in printed for remark in scrutiny.remarks)


def test_the_documented_counts_are_those_of_today(scrutiny: Scrutiny) -> None:
    page = (Path(__file__).parents[2] / "docs" / "scrutiny.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"(?m)^\| (F\d\d|all) \| (\d+) \| \d+ \|", page))
    counted = Counter(remark.code for remark in scrutiny.remarks)
    assert documented == {
        **{rule.CODE: str(counted[rule.CODE]) for rule in RULES},
        "all": str(len(scrutiny.remarks)),
    }
