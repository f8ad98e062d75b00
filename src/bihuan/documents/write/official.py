"""The official page (GB/T 9704-2012): its measures, and how each kind of block looks on it.

Lengths are millimetres, type sizes points. The standard's 号 sizes: 2号 = 22 pt, 3号 = 16 pt, 4号 = 14 pt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bihuan.documents.write.content import Block, BlockKind

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
LINES, CHARACTERS = 22, 28
LINE_PITCH = 28.95
"""Points: 22 lines fill the 225 mm between the margins."""
TRACKING = -0.25
"""Points added between characters: 28 characters of 16 pt fill the 156 mm between the margins."""
TITLE_CHARACTERS = 20
"""As many characters of 22 pt stand in one line."""
PAGE_NUMBER_POINTS = 14
PAGE_NUMBER_DROP = 7
"""The dashes beside the page number stand this far below the text area."""

IMITATION_SONG = "仿宋_GB2312"
SMALL_TITLE_SONG = "方正小标宋简体"
REGULAR_SCRIPT = "楷体_GB2312"
BLACK = "黑体"
SONG = "宋体"
LATIN = "Times New Roman"


@dataclass(frozen=True)
class Look:
    """How one kind of block is set; `indent` is that of the first line in characters, `level` the outline level."""

    font: str = IMITATION_SONG
    points: int = 16
    bold: bool = False
    align: str = "both"
    indent: int = 2
    level: int | None = None
    keep_with_next: bool = False


@dataclass(frozen=True)
class LeadLook:
    """How the words at the front of a paragraph are set."""

    font: str = IMITATION_SONG
    bold: bool = False


LOOKS: Mapping[BlockKind, Look] = {
    BlockKind.TITLE: Look(SMALL_TITLE_SONG, points=22, align="center", indent=0, keep_with_next=True),
    BlockKind.BODY: Look(),
    BlockKind.HEADING_1: Look(BLACK, level=1, keep_with_next=True),
    BlockKind.HEADING_2: Look(REGULAR_SCRIPT, bold=True, level=2, keep_with_next=True),
    BlockKind.HEADING_3: Look(bold=True, level=3, keep_with_next=True),
    BlockKind.RUN_IN: Look(),
    BlockKind.LABELLED: Look(),
    BlockKind.SIGNATURE: Look(align="left", indent=0, keep_with_next=True),
    BlockKind.DATE: Look(align="left", indent=0),
}

LEADS: Mapping[BlockKind, LeadLook] = {
    BlockKind.RUN_IN: LeadLook(REGULAR_SCRIPT, bold=True),
    BlockKind.LABELLED: LeadLook(bold=True),
}

CLOSING = (BlockKind.SIGNATURE, BlockKind.DATE)


def width(text: str) -> float:
    """Return how many full-width characters `text` is wide; ASCII counts half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def signature_starts(signature: str, date: str) -> tuple[float, float]:
    """Return where signature and date begin, in characters from the left edge of the text.

    GB/T 9704-2012, 7.3.5.2 (papers without a seal): the signature ends two characters before the right edge and
    the date begins two characters after the signature's beginning; if the date would then come nearer to the edge
    than two characters, it ends there and the signature moves left instead. What is too long begins at the left edge.
    """
    last = CHARACTERS - 2
    date_start = min(last - width(signature) + 2, last - width(date))
    return max(date_start - 2, 0), max(date_start, 0)


def closing_starts(blocks: Iterable[Block]) -> Mapping[BlockKind, float]:
    """Return where the signature and the date of a paper begin, in characters."""
    texts = {block.kind: block.text for block in blocks if block.kind in CLOSING}
    starts = signature_starts(*(texts.get(kind, "") for kind in CLOSING))
    return dict(zip(CLOSING, starts, strict=True))
