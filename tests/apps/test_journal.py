"""The journal: every act leaves one entry, and no change to what was written goes unnoticed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import transaction
from hypothesis import assume, example, given, settings
from hypothesis import strategies as some
from tests.factories import AT, PASSWORD, SETUP, a_unit

from bihuan.journal import actions, chain, queries
from bihuan.journal.models import Entry, Head
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.scope import Actor, system
from bihuan.workflow.words import Role, State

ACTOR = system("testing the journal")
SUBJECT = actions.Subject("finding", "7", "root/unit/")

# What may stand in an entry. NUL is refused by PostgreSQL and by every form before it gets here.
letters = some.characters(codec="utf-8", exclude_characters="\0")
texts = some.text(letters, max_size=20)
values = some.recursive(
    some.none() | some.booleans() | some.integers() | texts,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
contents = some.dictionaries(texts, values, max_size=3)


def act(after: dict[str, object] | None = None, *, actor: Actor = ACTOR, verb: str = "endorse") -> Entry:
    with transaction.atomic():
        return actions.append(verb, SUBJECT, actor=actor, at=AT, after=after or {})


def entries():
    return Entry.objects.unscoped("tests look at the whole chain").order_by("seq")


class Undo(Exception):
    """Leaves a transaction without keeping it: each example of a property begins with an empty journal."""


def each_on_an_empty_journal(check: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            assert queries.head() == (0, chain.GENESIS)
            check()
            raise Undo
    except Undo:
        pass


# A clean journal


@pytest.mark.django_db
@given(written=some.lists(contents, max_size=6))
@example(written=[{"name": "e\u0301", "old": "\uf900"}])
def test_whatever_was_written_holds_and_is_read_back(written) -> None:
    def check() -> None:
        for after in written:
            act(after)
        assert not list(queries.verify())
        lines = queries.extract("finding", "7", actor=ACTOR, limit=100)
        assert [line.seq for line in lines] == list(range(len(written), 0, -1))
        for line, after in zip(reversed(lines), written, strict=True):
            assert chain.canonical(line.after) == chain.canonical(after)

    each_on_an_empty_journal(check)


@pytest.mark.django_db
@given(name=some.text(letters, min_size=1, max_size=150))
@example(name="Rene\u0301")
@example(name="\uf900\ufa0e")
def test_a_journal_holds_whatever_the_name_of_the_one_who_acts(name) -> None:
    def check() -> None:
        act(actor=system(name))
        assert not list(queries.verify())

    each_on_an_empty_journal(check)


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-11, 0, 8, 13])
def test_an_instant_is_the_same_in_every_time_zone(hours) -> None:
    at = datetime(2026, 3, 2, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=hours)))
    with transaction.atomic():
        entry = actions.append("endorse", SUBJECT, actor=ACTOR, at=at)
    assert not list(queries.verify())
    assert entries().get().at == at == entry.at
    assert at.astimezone(UTC).isoformat() in entry.body


@pytest.mark.django_db
def test_the_first_entry_follows_nothing_and_each_next_one_the_one_before() -> None:
    first, second = act(), act()
    assert (first.seq, first.previous) == (1, chain.GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)
    assert queries.head() == (2, second.hash)


@pytest.mark.django_db
def test_an_entry_says_who_acted_in_which_post_on_what_and_how_it_changed() -> None:
    unit = a_unit()
    with transaction.atomic():
        actions.append(
            "endorse",
            actions.Subject("finding", "7", unit.organisation.path),
            actor=unit.leader,
            at=AT,
            before={"state": State.DECLARED, "due_on": AT.date()},
            after={"state": State.ENDORSED},
        )
    [line] = queries.extract("finding", "7", actor=unit.office)
    assert (line.verb, line.person_name, line.at) == ("endorse", unit.leader.person_name, AT)
    assert (line.role, line.organisation) == (Role.RESPONSIBLE_LEADER, unit.organisation.short_name)
    assert line.before == {"state": "declared", "due_on": "2026-03-02"}
    assert line.after == {"state": "endorsed"}
    assert queries.extract("finding", "7", actor=unit.neighbour.office) == []
    assert queries.extract("finding", "8", actor=unit.office) == []


@pytest.mark.django_db
def test_an_extract_gives_the_newest_entries_first_and_no_more_than_asked() -> None:
    for _ in range(5):
        act()
    assert [line.seq for line in queries.extract("finding", "7", actor=ACTOR, limit=3)] == [5, 4, 3]


# No entry, no act


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.append("endorse", SUBJECT, actor=ACTOR, at=AT)
    assert queries.head() == (0, chain.GENESIS)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_neither_row_nor_entry() -> None:
    with pytest.raises(Undo), transaction.atomic():
        people.create_person(username="wenzhou", name="n", password=PASSWORD, actor=SETUP, at=AT)
        assert queries.head()[0] == 1
        raise Undo
    assert not Person.objects.exists()
    assert not entries().exists()
    assert queries.head() == (0, chain.GENESIS)


@pytest.mark.django_db(transaction=True)
def test_without_a_head_to_lock_nothing_can_be_done() -> None:
    Head.objects.all().delete()
    with pytest.raises(Head.DoesNotExist):
        people.create_person(username="wenzhou", name="n", password=PASSWORD, actor=SETUP, at=AT)
    assert not Person.objects.exists()


# One form only


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), b"bytes", {1, 2}, object(), datetime(2026, 1, 1, tzinfo=UTC)]
)
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: [v], lambda v: {"deep": [{"er": v}]}])
def test_what_can_be_written_in_two_ways_is_refused(value, wrap) -> None:
    with pytest.raises(TypeError, match="canonical"):
        chain.canonical({"value": wrap(value)})


@pytest.mark.django_db
def test_a_float_leaves_no_entry() -> None:
    with pytest.raises(TypeError):
        act({"ratio": 0.5})
    assert queries.head() == (0, chain.GENESIS)


@given(content=contents)
def test_the_order_in_which_fields_were_given_does_not_matter(content) -> None:
    backwards = dict(reversed(content.items()))
    assert chain.canonical(content) == chain.canonical(backwards)


def test_composed_and_decomposed_letters_are_written_alike() -> None:
    assert chain.canonical({"e\u0301": "\uf900"}) == chain.canonical({"\u00e9": "\u8c48"}) == '{"é":"豈"}'


# Tampering: whoever can write to the database changes what was written


@dataclass(frozen=True)
class Tampering:
    """One way to falsify the journal; `column` and `text` are used where it edits, `at` says which entry."""

    way: str
    at: int
    column: str
    text: str


def edit_column(tampering: Tampering) -> None:
    row = entries()[tampering.at]
    if tampering.column == "at":
        value: object = row.at + timedelta(microseconds=1 + len(tampering.text))
    elif tampering.column == "seq":
        value = row.seq + 1000
    elif tampering.column in ("previous", "hash"):
        value = chain.digest(tampering.text)
    else:
        value = getattr(row, tampering.column) + "." + tampering.text
    entries().filter(pk=row.pk).update(**{tampering.column: value})


def rewrite_the_body_with_its_hash(tampering: Tampering) -> None:
    row = entries()[tampering.at]
    body = row.body.replace('"verb":"endorse"', '"verb":"write_off"')
    assert body != row.body
    entries().filter(pk=row.pk).update(body=body, hash=chain.digest(body), verb="write_off")


def remove(tampering: Tampering) -> None:
    entries()[tampering.at].delete()


def remove_and_close_the_gap(tampering: Tampering) -> None:
    row = entries()[tampering.at]
    entries().filter(pk=row.pk).delete()
    for later in entries().filter(seq__gt=row.seq):
        entries().filter(pk=later.pk).update(seq=later.seq - 1)


def exchange_two(tampering: Tampering) -> None:
    parking, last = 10_000, entries().count()
    one = tampering.at + 1
    other = one % last + 1
    assume(one != other)
    for source, target in ((one, parking), (other, one), (parking, other)):
        entries().filter(pk=source).update(seq=target)


def insert_after(tampering: Tampering) -> None:
    """Forge an entry that follows one truly, and hang the next one to it; the head is counted up too."""
    row = entries()[tampering.at]
    for later in reversed(entries().filter(seq__gt=row.seq)):
        entries().filter(pk=later.pk).update(seq=later.seq + 1)
    body = row.body.replace(f'"seq":{row.seq}', f'"seq":{row.seq + 1}').replace(row.previous, row.hash)
    forged = chain.digest(body)
    entries().filter(previous=row.hash).update(previous=forged)
    copied = ("at", "verb", "person_name", "object_type", "object_id", "organisation_path")
    Entry(
        seq=row.seq + 1,
        body=body,
        previous=row.hash,
        hash=forged,
        **{name: getattr(row, name) for name in copied},
    ).save(force_insert=True)
    if tampering.text:
        Head.objects.update(seq=Head.objects.get().seq + 1)


def put_in_beyond_the_head(tampering: Tampering) -> None:
    """Forge an entry that follows the last one truly, without the head."""
    row = entries().last()
    body = row.body.replace(f'"seq":{row.seq}', f'"seq":{row.seq + 1}').replace(row.previous, row.hash)
    forged = {field: getattr(row, field) for field in COLUMNS} | {"body": body, "hash": chain.digest(body)}
    Entry(**{**forged, "seq": row.seq + 1, "previous": row.hash}).save(force_insert=True)


def move_the_head(tampering: Tampering) -> None:
    seq, last = queries.head()
    way = {"seq": {"seq": seq + 1}, "hash": {"hash": chain.digest(last)}}
    Head.objects.update(
        **way.get(tampering.column, {"seq": seq - 1, "hash": entries()[tampering.at].previous})
    )


WAYS = {
    way.__name__: way
    for way in (
        edit_column,
        rewrite_the_body_with_its_hash,
        remove,
        remove_and_close_the_gap,
        exchange_two,
        insert_after,
        put_in_beyond_the_head,
        move_the_head,
    )
}
COLUMNS = sorted(field.name for field in Entry._meta.concrete_fields)


@pytest.mark.django_db
@settings(max_examples=50)
@given(data=some.data(), length=some.integers(1, 6))
@pytest.mark.parametrize("way", WAYS)
def test_tampering_is_found(way, data, length) -> None:
    tampering = Tampering(
        way,
        at=data.draw(some.integers(0, length - 1), label="entry"),
        column=data.draw(some.sampled_from(COLUMNS), label="column"),
        text=data.draw(some.text("abc", max_size=3), label="text"),
    )

    def check() -> None:
        for number in range(length):
            act({"number": number})
        WAYS[way](tampering)
        assert list(queries.verify())

    each_on_an_empty_journal(check)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_is_found_at_its_entry(column) -> None:
    for _ in range(3):
        act()
    edit_column(Tampering("edit_column", at=1, column=column, text="x"))
    faults = list(queries.verify())
    assert faults[0].seq == 2
    assert str(faults[0].message)


@pytest.mark.django_db
def test_a_rewritten_entry_breaks_the_one_after_it_even_when_its_own_hash_is_right() -> None:
    for _ in range(3):
        act()
    rewrite_the_body_with_its_hash(Tampering("", at=1, column="", text=""))
    [fault] = queries.verify()
    assert (fault.seq, str(fault.message)) == (3, "The entry does not follow the one before it.")


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "null", "[]", "{", '{"seq":1}'])
def test_a_body_that_is_no_entry_any_more_is_a_fault_and_no_crash(body) -> None:
    act()
    entries().update(body=body, hash=chain.digest(body))
    assert list(queries.verify())


def test_an_empty_chain_holds_and_one_of_nothing_but_a_head_does_not() -> None:
    assert not list(chain.check([], head_seq=0, head_hash=chain.GENESIS))
    assert list(chain.check([], head_seq=1, head_hash=chain.GENESIS))
