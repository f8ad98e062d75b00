"""What the reader mended and what it could not settle, collected on the way."""

from dataclasses import dataclass, field

from bihuan.documents.model import Problem, Repair
from bihuan.words import Phrase, phrase

NOTES_AT_MOST = 2_000
"""Repairs, and problems, that are listed; nobody reads more, and pages that show them must be drawn."""


@dataclass
class Notes:
    """The lists that become `Parsed.repairs` and `Parsed.problems`; one entry per line and code is enough."""

    repairs: dict[tuple[str, int], Repair] = field(default_factory=dict)
    problems: dict[tuple[str, int], Problem] = field(default_factory=dict)

    def repair(self, code: str, line: int, message: Phrase) -> None:
        """Record that the damage `code` was mended in `line`."""
        self.repairs.setdefault((code, line), Repair(code, line, message))

    def problem(self, code: str, line: int, message: Phrase) -> None:
        """Record that a person must look at `line` (0 = the whole text)."""
        self.problems.setdefault((code, line), Problem(code, line, message))

    def in_order(self) -> tuple[tuple[Repair, ...], tuple[Problem, ...]]:
        """Return repairs and problems in the order of their lines, and say how many there were too many of."""
        left_out = sum(max(0, len(kept) - NOTES_AT_MOST) for kept in (self.repairs, self.problems))
        if left_out:
            self.problem("too_many_notes", 0, phrase("%(count)s more repairs and problems are not listed: is this the right file?", count=left_out))  # fmt: skip
        repairs = sorted(self.repairs.values(), key=lambda repair: repair.line)
        problems = sorted(self.problems.values(), key=lambda problem: problem.line)
        return tuple(repairs[:NOTES_AT_MOST]), tuple(problems[: NOTES_AT_MOST + bool(left_out)])
