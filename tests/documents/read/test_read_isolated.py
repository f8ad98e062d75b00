"""The separate reading process: the same answer, and nothing it does can hurt or hold up its parent."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.documents.read import word_files

from bihuan.documents.read import isolated, read
from bihuan.documents.read.isolated import read_isolated
from bihuan.errors import BadInput

TEXT = "1.关于“账目不清”的问题\n整改状态：已完成\n整改情况：一是补记账目。二是复核。\n"


@pytest.mark.parametrize(
    ("data", "filename"), [(TEXT.encode(), "x.txt"), (word_files.with_headings(TEXT), "报告 1.docx")]
)
def test_the_answer_is_the_same_as_in_process(data: bytes, filename: str) -> None:
    assert read_isolated(data, filename=filename) == read(data, filename=filename)


@pytest.mark.parametrize(
    ("data", "filename", "reason"),
    [(b"", "x.txt", "empty"), (TEXT.encode(), "x.exe", ".exe"), (b"PK nothing", "x.docx", "damaged")],
)
def test_refusals_come_home_as_phrases(data: bytes, filename: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        read_isolated(data, filename=filename)
    assert refused.value.reasons[0].template


def test_a_name_from_outside_never_becomes_an_argument() -> None:
    assert read_isolated(TEXT.encode(), filename="a\0b.txt") == read(TEXT.encode(), filename="x.txt")
    for name in ("x.t\0xt", "x", "x." + "t" * 5000, "x.txt --help"):
        with pytest.raises(BadInput, match="known kinds"):
            read_isolated(TEXT.encode(), filename=name)


def test_only_so_many_files_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(isolated, "WAIT_SECONDS", 0.1)

    def attempt(_: int) -> str:
        with pytest.raises(BadInput) as refused:
            read_isolated(TEXT.encode(), filename="x.txt", timeout_seconds=2)
        return str(refused.value)

    with ThreadPoolExecutor(isolated.READERS_AT_MOST + 1) as pool:
        answers = list(pool.map(attempt, range(isolated.READERS_AT_MOST + 1)))
    assert sum("many files" in answer for answer in answers) == 1
    stand_in(monkeypatch, tmp_path, "raise SystemExit(3)")
    assert [
        answer for answer in map(attempt, range(isolated.READERS_AT_MOST + 1)) if "many files" in answer
    ] == []


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let another program answer in place of the reader."""
    script = folder / "stand_in.py"
    script.write_text(program, encoding="utf-8")
    monkeypatch.setattr(isolated, "_COMMAND", (sys.executable, "-I", str(script)))


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("while True: pass", "took longer than 1 seconds"),
        ("import os, time; os.close(1); time.sleep(60)", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("raise SystemExit(3)", "damaged"),
        ("print('{')", "damaged"),
        ("print('[]')", "damaged"),
        ("print('{\"parsed\": {}}')", "damaged"),
        ("print('[' * 100_000)", "damaged"),
    ],
)
def test_whatever_the_process_does_ends_in_a_refusal(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, tmp_path, program)
    started = time.monotonic()
    with pytest.raises(BadInput, match=reason):
        read_isolated(TEXT.encode(), filename="x.txt", timeout_seconds=1)
    assert time.monotonic() - started < 5


def test_an_endless_answer_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, tmp_path, "import sys\nwhile True: sys.stdout.write('x' * 65536)")
    monkeypatch.setattr(isolated, "ANSWER_AT_MOST", 1_000_000)
    with pytest.raises(BadInput, match="too much"):
        read_isolated(TEXT.encode(), filename="x.txt")


def test_the_process_inherits_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_SECRET", "s3cret")
    seen = tmp_path / "seen"
    program = f"import os\nopen({str(seen)!r}, 'w').write(repr((dict(os.environ), os.getcwd())))\nraise SystemExit(1)"
    stand_in(monkeypatch, tmp_path, program)
    with pytest.raises(BadInput):
        read_isolated(TEXT.encode(), filename="x.txt")
    assert "s3cret" not in seen.read_text(encoding="utf-8")
    assert os.getcwd() not in seen.read_text(encoding="utf-8")


def test_memory_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "from bihuan.documents.read.__main__ import confine\nconfine()\nblock = bytearray(2_000_000_000)\n"
    )
    stand_in(monkeypatch, tmp_path, program)
    with pytest.raises(BadInput, match="memory"):
        read_isolated(TEXT.encode(), filename="x.txt")


def test_the_process_cannot_write_files_once_confined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "left"
    program = f"from bihuan.documents.read.__main__ import confine\nconfine()\nf = open({str(target)!r}, 'wb', 0)\nf.write(b'x')\n"
    stand_in(monkeypatch, tmp_path, program)
    with pytest.raises(BadInput):
        read_isolated(TEXT.encode(), filename="x.txt")
    assert target.stat().st_size == 0


def test_every_limit_holds_in_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import json, resource\n"
        "from bihuan.documents.read.__main__ import LIMITS, confine\n"
        "confine()\n"
        "held = [resource.getrlimit(kind)[1] <= limit for kind, limit in LIMITS]\n"
        "print(json.dumps({'refused': [{'template': f'{len(held)} limits, all {all(held)}', 'values': {}}]}))\n"
    )
    stand_in(monkeypatch, tmp_path, program)
    with pytest.raises(BadInput, match="^6 limits, all True$"):
        read_isolated(TEXT.encode(), filename="x.txt")
