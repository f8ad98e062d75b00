"""Numbered source lines, and the small damage inside a line that is mended before the grammar sees it."""

import re
from dataclasses import dataclass, replace

from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.notes import Notes
from bihuan.words import Phrase, phrase

LINES_AT_MOST = 200_000
_ENDS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Line:
    """One line, paragraph or table cell: `number` counts from 1; `level` is Word's heading level (0 = title)."""

    number: int
    text: str
    level: int | None = None
    key: str = ""


def from_text(text: str) -> list[Line]:
    """Number the lines of a plain text."""
    return [Line(number, piece) for number, piece in enumerate(_ENDS.split(text), start=1)]


_MENDING: tuple[tuple[str, re.Pattern[str], str, Phrase], ...] = (
    (
        "zero_width",
        re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"),
        "",
        phrase("invisible characters removed"),
    ),
    (
        "control_character",
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]+"),
        "",
        phrase("control characters or page breaks removed"),
    ),
    (
        "bold_marker",
        re.compile(r"\*\*+|^\s*\*(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff。；])\*\s*$"),
        "",
        phrase("markers of bold type removed"),
    ),
    ("heading_marker", re.compile(r"^\s*#{1,6}\s+"), "", phrase("marker of a heading removed")),
    ("mirror_damage", re.compile(r"\?，F\(xiàn\)"), "。現", phrase("damage of a mirror site mended")),
    (
        "mirror_damage",
        re.compile(
            r"(?<=[\u4e00-\u9fff])[(（](?=[a-z]*[\u00e0-\u01dc])[a-z\u00e0-\u01dc]{1,7}[)）]|(?<=[們嗎呢])\([a-z]{2,3}\)"
        ),
        "",
        phrase("damage of a mirror site mended"),
    ),
)


def mend(lines: list[Line], notes: Notes) -> list[Line]:
    """Return the lines that hold anything, mended and folded, and note each repair once a line."""
    mended = []
    for line in lines:
        text = line.text
        for code, pattern, replacement, message in _MENDING:
            text, count = pattern.subn(replacement, text)
            # A page break at the edge of a line is layout, not damage.
            if count and not (code == "control_character" and line.text.strip("\x0c").isprintable()):
                notes.repair(code, line.number, message)
        if "\ufffd" in text:
            notes.problem("unreadable_character", line.number, phrase("a character could not be read"))
        text = text.strip()
        if text:
            mended.append(replace(line, text=text, key=fold(text)))
    return mended
