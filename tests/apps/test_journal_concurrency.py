"""Many writers at once: the chain neither forks nor refuses, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from tests.factories import AT

from bihuan.journal import actions, queries
from bihuan.journal.models import Entry
from bihuan.scope import system

WRITERS = 8
ACTS_EACH = 25
SUBJECT = actions.Subject("finding", "0", "unit-0/")


@pytest.fixture
def _database_that_threads_share() -> None:
    if connection.vendor == "sqlite":
        assert not connection.is_in_memory_db(), "threads need a database in a file"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_that_threads_share")
def test_writers_who_go_on_while_the_journal_is_checked_are_no_fault(monkeypatch) -> None:
    read_head = queries.head
    with ThreadPoolExecutor(1) as writer:

        def read_head_and_be_overtaken() -> tuple[int, str]:
            found = read_head()
            writer.submit(append_alone).result()
            return found

        append_alone()
        monkeypatch.setattr(queries, "head", read_head_and_be_overtaken)
        for _ in range(3):
            assert not list(queries.verify())
    assert read_head()[0] > 3


def append_alone() -> None:
    try:
        with transaction.atomic():
            actions.append("endorse", SUBJECT, actor=system("writes on"), at=AT)
    finally:
        connections.close_all()


def write(number: int, together: Barrier) -> list[int]:
    """Append from a connection of its own, each time at once with the others; give the numbers of its entries."""
    subject = actions.Subject("finding", str(number), f"unit-{number}/")
    actor = system(f"writer {number}")
    given = []
    try:
        for turn in range(ACTS_EACH):
            together.wait(timeout=60)
            with transaction.atomic():
                given.append(actions.append("endorse", subject, actor=actor, at=AT, after={"turn": turn}).seq)
        return given
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_that_threads_share")
def test_eight_writers_make_one_chain_and_none_is_refused() -> None:
    together = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(write, range(WRITERS), [together] * WRITERS))

    total = WRITERS * ACTS_EACH
    assert sorted(seq for given in results for seq in given) == list(range(1, total + 1))
    assert all(given == sorted(given) for given in results), "a writer's own acts keep their order"
    assert queries.head()[0] == total
    assert not list(queries.verify())
    rows = Entry.objects.unscoped("tests look at the whole chain")
    assert rows.values("previous").distinct().count() == total


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_that_threads_share")
def test_a_writer_that_gives_up_leaves_no_gap_for_the_others() -> None:
    together = Barrier(2)

    def give_up() -> None:
        try:
            for _ in range(ACTS_EACH):
                together.wait(timeout=60)
                with transaction.atomic():
                    actions.append("endorse", SUBJECT, actor=system("changes its mind"), at=AT)
                    transaction.set_rollback(True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        kept = pool.submit(write, 1, together)
        pool.submit(give_up).result()
        assert kept.result() == list(range(1, ACTS_EACH + 1))
    assert not list(queries.verify())
