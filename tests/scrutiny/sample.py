"""The published sample, read as any document is."""

import os
from pathlib import Path

import pytest

from bihuan.documents.model import Document
from bihuan.documents.read import read

_REPOSITORY = Path(__file__).resolve().parents[2]
_SHARED = Path(os.environ.get("BIHUAN_SHARED", _REPOSITORY.parent / "shared"))


def sample_document() -> Document:
    """Return the sample; when it is missing, fail in CI and skip elsewhere."""
    path = _SHARED / "data" / "lianhua-2025.txt"
    if not path.exists():
        reason = "the published sample is missing; set BIHUAN_SHARED to the folder that holds data/"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return read(path.read_bytes(), filename=path.name).document
