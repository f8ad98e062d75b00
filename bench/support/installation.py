"""An installation for benchmarks alone: a database of its own on the PostgreSQL server, a folder that goes away."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg

SERVER = os.environ.get("DATABASE_URL") or "postgresql://postgres@127.0.0.1:5432/test"
DATABASE = "bihuan_bench"
COMMAND = str(Path(sys.executable).with_name("bihuan"))


def start() -> None:
    """Point the settings at the benchmark's own database and folder, then load Django."""
    os.environ.update(
        DATABASE_URL=urlsplit(SERVER)._replace(path=f"/{DATABASE}").geturl(),
        BIHUAN_DATA=tempfile.mkdtemp(prefix="bihuan-bench-"),
        DJANGO_SETTINGS_MODULE="bihuan.project.settings",
    )
    django.setup()


@contextmanager
def database() -> Iterator[None]:
    """Make the database with its tables and drop it afterwards."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"drop database if exists {DATABASE} with (force)")
        server.execute(f"create database {DATABASE}")
        try:
            subprocess.run([COMMAND, "manage", "migrate", "--verbosity", "0"], check=True)
            yield
        finally:
            server.execute(f"drop database if exists {DATABASE} with (force)")
