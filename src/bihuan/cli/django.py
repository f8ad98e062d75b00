"""Starts Django for the commands that need the ledger."""

import os
from pathlib import Path

from bihuan import environment
from bihuan.errors import BadInput
from bihuan.words import phrase


def start() -> None:
    """Load the settings and the applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.project.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def start_with_ledger() -> None:
    """Load Django where there is a ledger already; raises BadInput, and makes nothing, where there is none.

    Without this a command in the wrong folder would make an empty database there and fall over it.
    """
    from django.apps import apps

    if not apps.ready:
        _refuse_without_file()
    start()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as fault:
        reason = str(fault).strip()
        raise BadInput(phrase("The database does not answer: %(reason)s", reason=reason)) from None
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BadInput(
            phrase("The database is not up to date. Run `bihuan manage migrate` or script/server first.")
        )


def _refuse_without_file() -> None:
    path = Path(environment.value("BIHUAN_DATA")).resolve() / environment.SQLITE_NAME
    if not environment.value("DATABASE_URL") and not path.exists():
        raise BadInput(
            phrase(
                "There is no database at %(path)s. Set BIHUAN_DATA, or run script/server first.",
                path=str(path),
            )
        )
