"""The demonstration's accounts: one password for all of them, made once for each installation."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bihuan.cli.language import say
from bihuan.workflow.words import Role

# Without letters and digits that are mistaken for one another when a person types them off a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demonstration. `password` is empty when its file was taken away."""

    username: str
    name: str
    title: str
    organisation: str
    role: Role
    password: str

    def __str__(self) -> str:
        place = self.title if self.title.startswith(self.organisation) else self.organisation + self.title
        return f"{self.username:<22} {self.password}  {self.name}  {place}（{say(self.role.label)}）"


def password_file() -> Path:
    """Name the file that keeps the password, readable by its owner only."""
    return Path(settings.DATA) / "demo-accounts.txt"


def kept_password() -> str:
    """Read the password back; empty when the file is not there."""
    try:
        return password_file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def new_password() -> str:
    """Make a password of 19 signs (about 79 bits) and keep it in its file."""
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    path = password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(password + "\n")
    return password
