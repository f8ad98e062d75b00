"""Where the tests of reading find the real published report and their own fictional documents."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

_REPOSITORY = Path(__file__).parents[3]
_SHARED = Path(os.environ.get("BIHUAN_SHARED", _REPOSITORY.parent / "shared"))
GOLDEN = Path(__file__).parents[1] / "golden"


def sample(name: str) -> bytes:
    """Return a file of the real sample; without it a test is skipped, but never in CI."""
    path = _SHARED / "data" / name
    if not path.is_file():
        reason = f"{path} is missing; set BIHUAN_SHARED to the folder that holds data/"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path.read_bytes()


def expected_sample() -> dict[str, Any]:
    """Return what the sample says, with the key names of the reader."""
    expected: dict[str, Any] = json.loads(sample("lianhua-2025.expected.json"))
    for finding in expected["findings"]:
        finding["declared"] = finding.pop("status")
        finding.setdefault("next_steps", [])
    return expected
