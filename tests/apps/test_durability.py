"""What was acknowledged is on the disk, and only the owner of the installation reads it there.

No test pulls the plug; these hold the order of the calls that decide what a power failure leaves.
"""

import errno
import os
import stat
from pathlib import Path

import pytest
from django.db import connection

from bihuan.ledger import store

DATA = b"the minutes of the meeting"


@pytest.fixture
def calls(monkeypatch, settings) -> list[str]:
    """Record, in their order, what is synced and what is renamed, by names below the folder of the store."""
    seen: list[str] = []
    sync, rename = os.fsync, os.rename
    above = Path(settings.FILES).parent

    def name(path: object) -> str:
        found = Path(str(path)).relative_to(above).as_posix()
        return found.rpartition("/")[0] + "/*.part" if found.endswith(".part") else found

    def record_sync(descriptor: int) -> None:
        seen.append("sync " + name(os.readlink(f"/proc/self/fd/{descriptor}")))
        sync(descriptor)

    def record_rename(source: object, target: object) -> None:
        seen.append(f"rename to {name(target)}")
        rename(str(source), str(target))

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "rename", record_rename)
    return seen


def test_a_file_is_synced_then_named_then_every_folder_down_to_it_is_synced(calls) -> None:
    digest = store.put(DATA)
    folder = f"files/{digest[:2]}"
    assert calls[:2] == [f"sync {folder}/*.part", f"rename to {folder}/{digest}"]
    assert sorted(calls[2:]) == ["sync .", "sync files", f"sync {folder}"]


def test_a_file_that_stands_already_is_only_told_once_its_folders_are_synced(calls) -> None:
    digest = store.put(DATA)
    calls.clear()
    store.put(DATA)
    assert sorted(calls) == ["sync .", "sync files", f"sync files/{digest[:2]}"]


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_disk_that_is_full_leaves_no_half_a_file_behind(monkeypatch, settings, call) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="no space"):
        patched.setattr(os, call, full)
        store.put(DATA)
    assert not [path for path in Path(settings.FILES).rglob("*") if path.is_file()]
    assert store.get(store.put(DATA)) == DATA


def test_files_and_their_folders_are_the_owner_s_alone(settings) -> None:
    store.put(DATA)
    files = Path(settings.FILES)
    for path in (files, *files.rglob("*")):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)])
def test_sqlite_waits_for_the_disk_and_holds_its_references(pragma, value) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("these are switches of SQLite")
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)
