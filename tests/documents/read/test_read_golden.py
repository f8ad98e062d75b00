"""Fictional documents in every known skeleton; each expected file was checked by reading it against its text."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.documents.read import word_files
from tests.documents.read.places import GOLDEN

from bihuan.documents.model import Parsed
from bihuan.documents.read import as_json, from_json, read

TEXTS = sorted(GOLDEN.glob("*.txt"))
# What Word says with its own means: broken lines and page breaks are joined there before they are saved.
NOT_FOR_WORD = {"repairs", "problems", "findings"}


def compact(parsed: Parsed) -> dict[str, Any]:
    """Return a parse as the expected files hold it: notes by code and line, no source lines."""
    found = as_json(parsed)
    del found["lines"], found["counts"]
    for name in ("repairs", "problems"):
        found[name] = [f"{note['code']} {note['line']}" for note in found[name]]
    for finding in found["findings"]:
        finding["quantities"] = [
            f"{figure['text']} = {'~' * figure['approximate']}{figure['value']} {figure['unit']}".strip()
            for figure in finding["quantities"]
        ]
    return found


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= 14
    assert {path.stem for path in TEXTS} == {
        path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.expected.json")
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_golden_text_is_read_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert compact(read(path.read_bytes(), filename=path.name)) == expected


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_same_text_saved_by_word_says_the_same(path: Path) -> None:
    plain = compact(read(path.read_bytes(), filename=path.name))
    word = compact(read(word_files.with_headings(path.read_text(encoding="utf-8")), filename="x.docx"))
    assert {key: word[key] for key in word.keys() - NOT_FOR_WORD} == {
        key: plain[key] for key in plain.keys() - NOT_FOR_WORD
    }
    for got, wanted in zip(word["findings"], plain["findings"], strict=True):
        assert got | {"source": None} == wanted | {"source": None}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_json_goes_there_and_back(path: Path) -> None:
    parsed = read(path.read_bytes(), filename=path.name)
    assert from_json(json.loads(json.dumps(as_json(parsed)))) == parsed
