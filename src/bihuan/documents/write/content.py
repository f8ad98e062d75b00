"""What a paper consists of before anyone knows in which format it will be printed."""

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """The parts of an official paper that look different from each other."""

    TITLE = "title"
    BODY = "body"
    HEADING_1 = "heading_1"
    """一、"""
    HEADING_2 = "heading_2"
    """（一）"""
    HEADING_3 = "heading_3"
    """1."""
    RUN_IN = "run_in"
    """A paragraph that opens with its own heading: （一）压实责任。各部门……"""
    LABELLED = "labelled"
    """整改状态：已完成"""
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True)
class Block:
    """One paragraph; `lead` are the words at its front that are set in another face (label, run-in heading)."""

    kind: BlockKind
    text: str
    lead: str = ""

    @property
    def words(self) -> str:
        """The whole paragraph as a reader sees it."""
        return self.lead + self.text


@dataclass(frozen=True)
class Paper:
    """A finished paper, ready for any format."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return self._first(BlockKind.TITLE)

    @property
    def author(self) -> str:
        """Whoever signs it."""
        return self._first(BlockKind.SIGNATURE)

    def _first(self, kind: BlockKind) -> str:
        return next((block.text for block in self.blocks if block.kind is kind), "")


# XML 1.0 has no way to write these, and in a paper they are always damage.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` as one printable line: control characters dropped, line breaks as blanks."""
    return " ".join(_UNPRINTABLE.sub("", text).split("\n")).strip()
