"""The word tables: sound, bounded and used; and rules that stay quick on hostile text."""

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scrutiny.build import CATEGORY, document, finding

import bihuan.scrutiny
from bihuan.documents.model import Completion, Declared, Document, Finding
from bihuan.scrutiny import scrutinise
from bihuan.scrutiny.tables import words

PACKAGE = Path(bihuan.scrutiny.__file__).parent
TABLES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("tables/*.toml")
}


def entries(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from entries(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


ENTRIES = [(name, entry, found) for name, table in TABLES.items() for entry, found in entries(table)]


@pytest.mark.parametrize(("name", "entry", "alternatives"), ENTRIES, ids=[f"{n}.{e}" for n, e, _ in ENTRIES])
def test_an_entry_is_sound_bounded_and_without_doubles(
    name: str, entry: str, alternatives: list[str]
) -> None:
    assert words(name, entry).pattern
    assert len(set(alternatives)) == len(alternatives)
    for alternative in alternatives:
        assert not re.search(r"[*+]|,\}", alternative), "an unbounded repetition"
        assert not words(name, entry).search(""), "matches nothing at all"


@pytest.mark.parametrize(
    "unit",
    ["1", "2024年", "修订", "已", "每", "率为1", "目标1%", "剩余，", "“", "《", "组织36名", "，修订制度"],
)
def test_a_hostile_line_takes_no_more_than_a_moment(unit: str) -> None:
    text = "".join(f"{unit}{chr(0x4E00 + number)}" for number in range(20_000 // (len(unit) + 1)))
    text += (unit * 20_000)[:20_000]
    started = time.process_time()
    scrutinise(document(finding(text, title=text), finding(text + "甲", ordinal=2)))
    assert time.process_time() - started < 3


FRAGMENTS = [
    "已",
    "将",
    "基本",
    "修订",
    "制度",
    "办法",
    "“",
    "”",
    "《",
    "12",
    "%",
    "万元",
    "，",
    "。",
    "、",
    " ",
    "**",
    "每月",
    "x",
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=20).map("".join)
FINDINGS = st.builds(
    Finding,
    category=st.just(CATEGORY),
    ordinal=st.integers(0, 10**9),
    title=TEXTS,
    declared=st.builds(Declared, st.sampled_from(Completion), st.booleans(), TEXTS),
    measures=st.lists(TEXTS, max_size=4).map(tuple),
    next_steps=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(st.builds(Document, findings=st.lists(FINDINGS, max_size=5).map(tuple), contact=TEXTS))
def test_no_document_makes_it_stumble_and_every_remark_is_whole(text: Document) -> None:
    for remark in scrutinise(text).remarks:
        assert len(remark.quotation) <= 80
        assert str(remark.place) and str(remark.reason).endswith(".")
        assert "%" not in str(remark.reason).replace(" %)", "").replace(" %.", "")
