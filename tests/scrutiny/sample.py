"""The published sample as a document, built from its expected parse."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    PartialDate,
)

_REPOSITORY = Path(__file__).resolve().parents[2]
_SHARED = Path(os.environ.get("BIHUAN_SHARED", _REPOSITORY.parent / "shared"))
_STATUS = {
    "已完成": Declared(Completion.DONE, raw="已完成"),
    "基本完成": Declared(Completion.BASIC, raw="基本完成"),
    "未完成": Declared(Completion.NOT_DONE, raw="未完成"),
    "长期坚持": Declared(Completion.UNKNOWN, sustained=True, raw="长期坚持"),
}


def shared_file(name: str) -> Path:
    """Return the path of a file of the shared data; without it, skip outside CI and fail inside."""
    path = _SHARED / "data" / name
    if not path.exists():
        reason = f"{path} is missing; set BIHUAN_SHARED to the folder that holds data/"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return path


def expected_document() -> Document:
    """Return the sample as its expected parse describes it."""
    parse = json.loads(shared_file("lianhua-2025.expected.json").read_text(encoding="utf-8"))
    return Document(
        kind=DocumentKind.PROGRESS_REPORT,
        title=parse["title"],
        organisation=parse["organisation"],
        started_on=PartialDate.from_iso(parse["started_on"]),
        ended_on=PartialDate.from_iso(parse["ended_on"]),
        feedback_on=PartialDate.from_iso(parse["feedback_on"]),
        signed_on=PartialDate.from_iso(parse["signed_on"]),
        findings=tuple(map(_finding, parse["findings"])),
    )


def _finding(parse: dict[str, Any]) -> Finding:
    return Finding(
        category=Category(**parse["category"]),
        ordinal=parse["ordinal"],
        title=parse["title"],
        declared=_STATUS[parse["status"]],
        measures=tuple(parse["measures"]),
        next_steps=tuple(parse.get("next_steps", ())),
    )
