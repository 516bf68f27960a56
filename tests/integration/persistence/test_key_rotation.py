"""Changing the key of the personal columns, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sealed_rows import (
    DAY,
    EXPECTED,
    ROWS,
    SEALED,
    TOTAL,
    Start,
    columns_of,
    everything,
    fill,
    processes,
    tokens,
)
from sqlalchemy import Engine, Text, event, select, text, type_coerce, update

from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.key_file import KeyFile
from accueil.persistence.keyring import Keyring, UnknownKey
from accueil.persistence.reencrypt import Reencryption, StillNeeded


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Start]:
    with processes(engine, tmp_path) as start:
        yield start


def test_there_is_something_to_rotate() -> None:
    assert {"appointments", "chat_messages"} <= {table.name for table, _ in SEALED}


def test_every_encrypted_column_of_every_table_is_rewritten(opened: Start) -> None:
    engine, keyring, work = opened()
    fill(engine)
    before = tokens(engine)
    done = work.rotate(DAY)
    assert (done.renewed, done.left, done.unreadable) == (TOTAL, 0, 0)
    assert done.added == keyring.keys[0]
    assert everything(engine) == EXPECTED
    assert set(before).isdisjoint(tokens(engine))
    newest, derived = work.census().items()
    assert newest[1] == {table.name: ROWS * columns_of(table) for table, _ in SEALED}
    assert derived[1].total() == 0
    assert work.retire() == [derived[0]]
    assert everything(opened()[0]) == EXPECTED


def test_an_empty_value_is_not_a_value(opened: Start) -> None:
    engine, _, work = opened()
    fill(engine)
    with engine.begin() as connection:
        connection.execute(update(tables.appointments).values(phone=""))
    assert work.rotate(DAY).renewed == TOTAL - ROWS
    with engine.connect() as connection:
        stored = connection.scalars(select(type_coerce(tables.appointments.c.phone, Text)))
        assert set(stored) == {""}


def test_a_running_process_reads_and_writes_under_the_new_key(
    opened: Start,
) -> None:
    running, its_keys, _ = opened()
    fill(running)
    _, _, work = opened()
    done = work.rotate(DAY)
    assert everything(running) == EXPECTED
    assert its_keys.keys[0] == done.added
    _, _, other = opened()
    other.rotate(DAY)
    with running.begin() as connection:  # writes before it has read anything new
        connection.execute(update(tables.appointments).values(first_name="Lina"))
    other.retire()
    with opened()[0].connect() as connection:
        names = connection.scalars(select(tables.appointments.c.first_name)).all()
    assert names == ["Lina"] * ROWS


def test_killed_in_the_middle_it_goes_on_without_another_key(
    opened: Start,
) -> None:
    engine, _, work = opened()
    fill(engine)
    commits = 0

    def kill(_connection: object) -> None:
        nonlocal commits
        commits += 1
        if commits > len({table for table, _ in SEALED}) + 3:  # writers of each waited for first
            raise KeyboardInterrupt

    event.listen(engine, "commit", kill)
    with pytest.raises(KeyboardInterrupt):
        work.rotate(DAY)
    event.remove(engine, "commit", kill)

    engine, keyring, work = opened()
    assert everything(engine) == EXPECTED
    old = [counts.total() for counts in work.census().values()]
    assert len(old) == 2
    assert min(old) > 0
    again = work.rotate(DAY)
    assert (again.added, again.renewed) == (None, old[1])
    assert [counts.total() for counts in work.census().values()] == [TOTAL, 0]
    assert len(keyring.keys) == 2
    assert everything(engine) == EXPECTED


def test_retiring_is_refused_while_one_value_needs_a_key(opened: Start) -> None:
    engine, keyring, work = opened()
    fill(engine)
    stale = tokens(engine)[0]
    work.rotate(DAY)
    table, column = SEALED[0]
    with engine.begin() as connection:
        put_back = text(f"UPDATE {table.name} SET {column.name} = :stale")
        connection.execute(put_back, {"stale": stale})
    with pytest.raises(StillNeeded) as refused:
        work.retire()
    assert refused.value.count == ROWS
    assert len(keyring.keys) == 2
    assert work.rotate(DAY).added is None
    assert len(work.retire()) == 1
    assert len(keyring.keys) == 1
    assert work.retire() == []


def test_a_wrong_key_is_told_without_the_value(opened: Start, tmp_path: Path) -> None:
    engine, _, work = opened()
    fill(engine)
    work.rotate(DAY)
    stranger = open_engine(engine.url.render_as_string(hide_password=False), b"x" * 40)
    with stranger.connect() as connection, pytest.raises(UnknownKey) as told:
        connection.scalars(select(tables.appointments.c.first_name)).all()
    stranger.dispose()
    assert str(told.value) == "a stored value opens with none of the encryption keys"
    assert told.value.__cause__ is None

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    wrong = Keyring(b"x" * 40, KeyFile(elsewhere))
    before = tokens(engine)
    done = Reencryption(engine, wrong).rotate(DAY)
    assert (done.renewed, done.unreadable) == (0, TOTAL)
    assert tokens(engine) == before
    assert Reencryption(engine, wrong).census()[None].total() == TOTAL
