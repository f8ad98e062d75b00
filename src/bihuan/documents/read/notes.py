"""What the reader mended and what it could not settle, collected on the way."""

from dataclasses import dataclass, field

from bihuan.documents.model import Problem, Repair
from bihuan.words import Phrase


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
        """Return repairs and problems in the order of their lines."""
        return (
            tuple(sorted(self.repairs.values(), key=lambda repair: repair.line)),
            tuple(sorted(self.problems.values(), key=lambda problem: problem.line)),
        )
