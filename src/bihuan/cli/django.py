"""Starts Django for the commands that need the ledger."""

import os


def start() -> None:
    """Load the settings and the applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.project.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
