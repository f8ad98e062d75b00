"""What a rectification document says, as values. Readers build it, writers print it, scrutiny weighs it.

The same values come out of a .txt, a .docx with Word headings and a .docx table, so nothing here
knows of files, lines apart from `Source`, or databases.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bihuan.words import N_, Phrase


class Completion(StrEnum):
    """How far an organisation *claims* to be. Values are stored."""

    DONE = "done"
    BASIC = "basic"
    STAGE = "stage"
    IN_PROGRESS = "in_progress"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _COMPLETION_LABELS[self]


_COMPLETION_LABELS = {
    Completion.DONE: N_("declared done"),
    Completion.BASIC: N_("declared basically done"),
    Completion.STAGE: N_("declared done for this stage"),
    Completion.IN_PROGRESS: N_("declared in progress"),
    Completion.NOT_DONE: N_("declared not done"),
    Completion.UNKNOWN: N_("nothing declared"),
}


class DocumentKind(StrEnum):
    """What sort of paper was read. Values are stored."""

    PROGRESS_REPORT = "progress_report"
    FEEDBACK_LETTER = "feedback_letter"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as precise as the text gives it: year, year and month, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)  # raises ValueError for 31 June
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Parse `2024`, `2024-09` or `2024-09-06`; raises ValueError for anything else."""
        return cls(*(int(part) for part in text.split("-")))


@dataclass(frozen=True)
class Source:
    """Where something stands in the source: first and last line, counted from 1."""

    first_line: int
    last_line: int


@dataclass(frozen=True)
class Declared:
    """The claimed status on its two axes, and the words that were printed."""

    completion: Completion = Completion.UNKNOWN
    sustained: bool = False
    raw: str = ""


@dataclass(frozen=True)
class Quantity:
    """A figure in the text: `value` as plain decimal digits, `unit` as printed (人, 万元, %)."""

    text: str
    value: str
    unit: str
    approximate: bool = False


@dataclass(frozen=True)
class Category:
    """A 方面: the chapter it stands in (一二三), its own ordinal if it has one, and its title."""

    part: str | None
    ordinal: int | None
    title: str


@dataclass(frozen=True)
class Finding:
    """One 问题 with what was said to be done about it. Identity is (category, ordinal), never ordinal alone."""

    category: Category
    ordinal: int
    title: str
    declared: Declared = Declared()
    aspects: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    planned: bool = False
    """Whether the measures are only intended (拟采取措施) and nothing of them is said to be done."""
    result: str = ""
    """What came of the measures (整改成效), in one paragraph."""
    next_steps: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    source: Source | None = None

    @property
    def work(self) -> tuple[str, ...]:
        """Everything said of what was done and what came of it."""
        return (*self.measures, self.result) if self.result else self.measures

    @property
    def text(self) -> str:
        """The whole rectification text, as scrutiny compares it."""
        return "".join(self.work)


@dataclass(frozen=True)
class Totals:
    """What the text itself claims in figures; None where it says nothing."""

    findings: int | None = None
    done: int | None = None
    basic: int | None = None
    in_progress: int | None = None
    not_done: int | None = None
    measures: int | None = None


@dataclass(frozen=True)
class Section:
    """A chapter that holds no findings (organisation of the work, next arrangements), kept word for word."""

    part: str | None
    title: str
    paragraphs: tuple[str, ...] = ()
    position: int = 0
    """How many categories stand before this section in the document."""


@dataclass(frozen=True)
class Document:
    """A whole paper. Empty strings and None mean: the text does not say."""

    kind: DocumentKind = DocumentKind.UNKNOWN
    title: str = ""
    organisation: str = ""
    round: str = ""
    team: str = ""
    started_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    feedback_on: PartialDate | None = None
    signed_on: PartialDate | None = None
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    totals: Totals = Totals()
    signature: str = ""
    contact: str = ""

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories in the order of their first finding."""
        return tuple(dict.fromkeys(finding.category for finding in self.findings))


@dataclass(frozen=True)
class Repair:
    """Damage that the reader mended, so that a person can check it."""

    code: str
    line: int
    message: Phrase


@dataclass(frozen=True)
class Problem:
    """What the reader could not settle alone and a person must look at; `line` counts from 1, 0 = whole text."""

    code: str
    line: int
    message: Phrase


@dataclass(frozen=True)
class Parsed:
    """The outcome of reading: a document, what was mended, what is in doubt."""

    document: Document
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The source as numbered lines, to show beside the parse."""
