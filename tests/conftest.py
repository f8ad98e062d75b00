"""What every test shares: a database like the product's, quick passwords, files that go away, calm property tests."""

import os

import hypothesis
import pytest
from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from bihuan.journal.chain import GENESIS
from bihuan.journal.models import Head

# Playwright's synchronous driver keeps an event loop running; the live server's ORM calls are ours alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# No deadline: machines that test are shared. In CI the same examples every time: a red build can be repeated.
hypothesis.settings.register_profile("developer", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "developer")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Put SQLite into a file as in the product: threads cannot share a database in memory as they share a file."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@receiver(post_migrate)
def _lay_the_head_again(sender: AppConfig, **_: object) -> None:
    # A test with real transactions empties every table afterwards, also the one row that a migration laid.
    if sender.label == "journal":
        Head.objects.get_or_create(pk=1, defaults={"hash": GENESIS})


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.FILES = tmp_path / "files"
