"""The command as a program of its own: in a folder without a ledger, on a taken port, behind HTTPS."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-c", "from bihuan.cli import run; run()")


def run(command: tuple[str, ...], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder with nothing set but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {**kept, "BIHUAN_LANGUAGE": "en", **environment}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=120)


def bihuan(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run((*PROGRAM, *arguments), folder, **environment)


@pytest.mark.parametrize(
    "arguments",
    [
        ("journal", "verify"),
        ("report", "progress", "--inspection", "1", "-o", "a.txt"),
        ("import", __file__, "--organisation", "a"),
        ("demo",),
        ("serve", "--port", "0"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_away_from_a_ledger_a_command_says_so_and_makes_nothing(tmp_path, arguments) -> None:
    result = bihuan(tmp_path, *arguments)
    assert result.returncode == 1
    assert result.stderr.startswith(f"There is no database at {tmp_path / 'var' / 'bihuan.sqlite3'}.")
    assert len(result.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_database_without_tables_is_no_ledger(tmp_path) -> None:
    (tmp_path / "bihuan.sqlite3").touch()
    result = bihuan(tmp_path, "journal", "verify", BIHUAN_DATA=".")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "manage migrate" in result.stderr


def test_a_database_server_that_does_not_answer_is_named_in_one_sentence(tmp_path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    result = bihuan(tmp_path, "journal", "verify", DATABASE_URL=url)
    assert result.returncode == 1
    assert result.stderr.startswith("The database does not answer:")
    assert "Traceback" not in result.stderr


def test_a_taken_port_is_said_in_one_sentence(tmp_path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = bihuan(tmp_path, "serve", "--port", port)
    assert result.returncode == 1
    assert port in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_port_that_is_no_number_is_named(tmp_path) -> None:
    for command in ((str(ROOT / "script" / "server"),), (*PROGRAM, "serve")):
        result = run(command, tmp_path, BIHUAN_PORT="abc")
        assert result.returncode == 1
        assert "BIHUAN_PORT must be a whole number" in result.stderr


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path) -> None:
    assert bihuan(tmp_path, "manage", "check").returncode == 0
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "var", *tmp_path.glob("var/*"))
    }
    assert modes == {"var": 0o700, "secret_key": 0o600, "bihuan.sqlite3": 0o600}


def test_the_database_is_its_owner_s_alone_in_an_open_folder_too(tmp_path) -> None:
    tmp_path.chmod(0o755)
    assert bihuan(tmp_path, "manage", "migrate", "journal", BIHUAN_DATA=".").returncode == 0
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert "bihuan.sqlite3" in files
    assert set(files.values()) == {0o600}


def test_behind_https_django_has_nothing_to_warn_of(tmp_path) -> None:
    arguments = ("manage", "check", "--deploy", "--fail-level", "WARNING")
    result = bihuan(tmp_path, *arguments, BIHUAN_HTTPS="1")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("https", "prefix"), [("1", "__Host-"), ("0", "")])
def test_cookies_are_bound_to_the_host_where_https_allows_it(tmp_path, https: str, prefix: str) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    program = f"import json; from bihuan.project import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    result = run((sys.executable, "-c", program), tmp_path, BIHUAN_HTTPS=https)
    secure = https == "1"
    assert json.loads(result.stdout) == [f"{prefix}bihuan-session", f"{prefix}bihuan-csrf", secure, secure]
