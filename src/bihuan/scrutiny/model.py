"""What scrutiny says, as values: remarks with a place, a quotation and a way to settle them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bihuan.documents.model import Finding
from bihuan.documents.numerals import numeral
from bihuan.words import N_, Phrase, phrase


class Severity(StrEnum):
    """How much a remark weighs. Values are stored."""

    BLOCKS = "blocks"
    WARNS = "warns"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return _SEVERITY_LABELS[self]


_SEVERITY_LABELS = {
    Severity.BLOCKS: N_("must be settled first"),
    Severity.WARNS: N_("needs an answer"),
    Severity.REVIEW: N_("please look at this"),
}


@dataclass(frozen=True)
class FindingKey:
    """Which finding is meant: the part its category stands in, the category's ordinal, its own ordinal."""

    part: str | None
    category: int | None
    ordinal: int

    @classmethod
    def of(cls, finding: Finding) -> "FindingKey":
        return cls(finding.category.part, finding.category.ordinal, finding.ordinal)

    def __str__(self) -> str:
        part = f"{self.part}、" if self.part else ""
        category = f"（{numeral(self.category)}）" if self.category is not None else ""
        return f"{part}{category}{self.ordinal}"


WHOLE_DOCUMENT = phrase("the whole document")
WHOLE_FINDING = phrase("the whole finding")
RESULT = phrase("the result")


def measure_place(ordinal: int) -> Phrase:
    """Return the place of one measure; ordinals count from 1."""
    return phrase("measure %(ordinal)d", ordinal=ordinal)


@dataclass(frozen=True)
class Told:
    """One text of what was done or what came of it; `ordinal` counts measures from 1, the result has none."""

    place: Phrase
    ordinal: int | None
    text: str


def told(finding: Finding) -> Iterator[Told]:
    """Yield the measures of a finding and then their result, if it has one."""
    for ordinal, measure in enumerate(finding.measures, start=1):
        yield Told(measure_place(ordinal), ordinal, measure)
    if finding.result:
        yield Told(RESULT, None, finding.result)


@dataclass(frozen=True)
class Remark:
    """One thing worth a second look. `measure` counts from 1; None means the finding or the document as a whole.

    The reason always says what would settle the matter: scrutiny helps to prove work, it accuses nobody.
    """

    code: str
    severity: Severity
    findings: tuple[FindingKey, ...]
    place: Phrase
    measure: int | None
    quotation: str
    reason: Phrase


@dataclass(frozen=True)
class Headline:
    """The proof gap of a paper in figures: what is declared against what the text itself lets one verify."""

    findings: int
    measures: int
    declared_done: int
    with_stated_result: int
    """Findings declared done of which at least one measure states a result (class A)."""
    unverifiable_done: int
    """Findings declared done of which no measure could be verified (all class D)."""
    unverifiable_measures: int

    @property
    def sentence(self) -> Phrase:
        return phrase(
            "declared done %(done)d, with a stated result %(stated)d",
            done=self.declared_done,
            stated=self.with_stated_result,
        )


@dataclass(frozen=True)
class Scrutiny:
    """Everything scrutiny has to say about one document."""

    remarks: tuple[Remark, ...]
    headline: Headline
    missing: tuple[Phrase, ...]
    """What no finding of the document states: one phrase for each kind of fact."""
