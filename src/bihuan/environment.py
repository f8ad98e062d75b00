"""The settings that an installation may change, as one table; `docs/settings.md` is generated from it."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what it is when unset, and what it means."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("BIHUAN_DATA", "var", "Folder for the database, evidence files and keys."),
    Setting("DATABASE_URL", "", "postgresql://user@host/name; empty means SQLite in BIHUAN_DATA."),
    Setting("BIHUAN_HOSTS", "127.0.0.1,localhost,[::1]", "Host names that may be served, by commas."),
    Setting("BIHUAN_PORT", "8000", "Port that `bihuan serve` listens on, on the loopback address."),
    Setting("BIHUAN_HTTPS", "0", "1 when a proxy serves HTTPS: cookies become secure, HSTS is sent."),
    Setting("BIHUAN_SECRET_KEY", "", "Signing key of sessions; empty means a file made in BIHUAN_DATA."),
    Setting("BIHUAN_UPLOAD_MB", "50", "Largest file that may be uploaded, in megabytes."),
)

SQLITE_NAME = "bihuan.sqlite3"
"""The database file in BIHUAN_DATA."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def value(name: str) -> str:
    """Read one setting of the table; an unknown name is a fault of the program (KeyError)."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def flag(name: str) -> bool:
    """Read a setting that is 0 or 1; anything else stops the start with the name in the message."""
    text = value(name)
    if text not in ("0", "1"):
        raise SystemExit(f"{name} must be 0 or 1, not {text!r}")
    return text == "1"


def number(name: str) -> int:
    """Read a setting that is a whole number; anything else stops the start with the name in the message."""
    text = value(name)
    if not text.isdecimal():
        raise SystemExit(f"{name} must be a whole number, not {text!r}")
    return int(text)


def document() -> str:
    """Write the settings page."""
    rows = "\n".join(
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else 'empty'} | {setting.meaning} |"
        for setting in SETTINGS
    )
    return (
        "# Settings\n\nGenerated from `src/bihuan/environment.py` by `script/docs`; do not edit.\n\n"
        f"| variable | when unset | meaning |\n|---|---|---|\n{rows}\n"
    )
