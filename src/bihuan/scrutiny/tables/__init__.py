"""The word tables of scrutiny, one TOML file for each question put to a text.

An entry is a list of alternatives in the notation of regular expressions, read against plain text
(no blanks, digits half-width, clause marks full-width). Adding a word is adding a line there. Repetitions are
bounded ({0,20}, never * or +): texts come from outside, and an unbounded one can take minutes on a long line.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Load the table `name`; raises FileNotFoundError when there is none."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, entry: str) -> re.Pattern[str]:
    """Compile the alternatives under the dotted `entry` of the table `name` into one pattern."""
    found: Any = table(name)
    for key in entry.split("."):
        found = found[key]
    return re.compile("|".join(f"(?:{alternative})" for alternative in found))
