"""Reads the data folder: people, inspections, and the script of every finding, checked while it is read."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
Row = dict[str, Any]
"""A table of a TOML file; its keys are explained in data/README.md."""


@dataclass(frozen=True)
class InspectionScript:
    """One inspection: what arrived, when the plan came, and what happened to each finding since."""

    folder: Path
    facts: Row
    findings: tuple[Row, ...] = field(repr=False)

    @property
    def organisation(self) -> str:
        return str(self.facts["organisation"])

    @property
    def document(self) -> Path:
        return self.folder / str(self.facts["document"])

    def username(self, name: str) -> str:
        """Give the user name of a post of the inspected organisation: `leader1` → `leader1-qingcha`."""
        return f"{name}-{self.organisation}"

    def department(self, name: str) -> str:
        """Give the code of a department of the inspected organisation."""
        return f"{self.organisation}-{name}"


def table(name: str) -> Row:
    """Read one TOML file of the data folder."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def inspections() -> tuple[InspectionScript, ...]:
    """Read every inspection, found by its file `inspection.toml`."""
    return tuple(_inspection(path.parent) for path in sorted(DATA.glob("*/inspection.toml")))


def _inspection(folder: Path) -> InspectionScript:
    facts = tomllib.loads((folder / "inspection.toml").read_text(encoding="utf-8"))
    plans = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("plan/*.toml")))
    findings = [row for text in plans for row in tomllib.loads(text)["finding"]]
    keys = [row["at"] for row in findings]
    if len(keys) != len(set(keys)):
        raise ValueError(f"{folder.name}: a finding is planned twice")
    return InspectionScript(folder, facts, tuple(findings))
