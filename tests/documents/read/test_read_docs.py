"""The page about reading names every repair and problem that the code can give, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bihuan.documents import read
from bihuan.documents.read import lines, totals

PAGE = Path(__file__).parents[3] / "docs" / "reading.md"
MODULES = sorted(Path(str(read.__file__)).parent.rglob("*.py"))


def codes(method: str) -> set[str]:
    """Collect the literal codes given to `Notes.repair` or `Notes.problem`."""
    return {
        node.args[0].value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and isinstance(node.args[0], ast.Constant)
    }


def told(heading: str) -> Iterator[str]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    for row in re.findall(r"(?m)^\| (`.+?) \|", section):
        yield from re.findall(r"`(\w+)`", row)


def test_every_repair_is_described() -> None:
    given = codes("repair") | {row[0] for row in lines._MENDING}
    assert sorted(told("Repairs")) == sorted(given)


def test_every_problem_is_described() -> None:
    given = codes("problem") | {f"{name}_differ" for name in totals._DIFFERS}
    assert sorted(told("Problems")) == sorted(given)
