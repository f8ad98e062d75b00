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


def write(number: int, start: Barrier) -> list[int]:
    """Append from a connection of its own; gives the numbers that its entries got."""
    subject = actions.Subject("finding", str(number), f"unit-{number}/")
    actor = system(f"writer {number}")
    start.wait()
    try:
        given = []
        for turn in range(ACTS_EACH):
            with transaction.atomic():
                given.append(actions.append("endorse", subject, actor=actor, at=AT, after={"turn": turn}).seq)
        return given
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_that_threads_share")
def test_eight_writers_make_one_chain_and_none_is_refused() -> None:
    start = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(write, range(WRITERS), [start] * WRITERS))

    total = WRITERS * ACTS_EACH
    assert sorted(seq for given in results for seq in given) == list(range(1, total + 1))
    assert all(given == sorted(given) for given in results), "a writer's own acts keep their order"
    assert queries.head()[0] == total
    assert not list(queries.verify())
    rows = Entry.objects.unscoped("tests look at the whole chain")
    assert rows.values("previous").distinct().count() == total
    in_one_go = [given for given in results if given[-1] - given[0] == ACTS_EACH - 1]
    assert len(in_one_go) < WRITERS, "they did run side by side"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_that_threads_share")
def test_a_writer_that_gives_up_leaves_no_gap_for_the_others() -> None:
    start = Barrier(2)

    def give_up() -> None:
        start.wait()
        try:
            for _ in range(ACTS_EACH):
                with transaction.atomic():
                    actions.append("endorse", SUBJECT, actor=system("changes its mind"), at=AT)
                    transaction.set_rollback(True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        kept = pool.submit(write, 1, start)
        pool.submit(give_up).result()
        assert kept.result() == list(range(1, ACTS_EACH + 1))
    assert not list(queries.verify())
