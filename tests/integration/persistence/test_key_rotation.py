"""Changing the key of the personal columns while the application runs, on both databases."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Engine,
    Enum,
    Float,
    Integer,
    Table,
    Text,
    Time,
    event,
    select,
    text,
    type_coerce,
    update,
)

from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.key_file import KeyFile
from accueil.persistence.keyring import Keyring, UnknownKey
from accueil.persistence.reencrypt import Reencryption, StillNeeded
from accueil.persistence.types import ENCRYPTED, EncryptedJson, UtcDateTime

SECRET = b"k" * 40
DAY = date(2026, 11, 23)
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CLEAR = "Une phrase que personne ne doit lire"
SEALED = [
    (table, column)
    for table in tables.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, ENCRYPTED)
]
ROWS = 7
TOTAL = len(SEALED) * ROWS

type Opened = tuple[Engine, Keyring, Reencryption]


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Callable[[], Opened]]:
    """Open the database as a process does that starts now: its own engine, its own keys."""
    engines = []

    def start() -> Opened:
        keyring = Keyring(SECRET, KeyFile(tmp_path))
        mine = open_engine(engine.url.render_as_string(hide_password=False), keyring)
        engines.append(mine)
        return mine, keyring, Reencryption(mine, keyring, batch=3)

    yield start
    for one in engines:
        one.dispose()


def fill(engine: Engine) -> None:
    """Put rows into every table, whatever the tables are."""
    with engine.begin() as connection:
        for table in tables.metadata.sorted_tables:
            rows = [row_of(table, number) for number in range(ROWS)]
            connection.execute(table.insert(), rows)


def row_of(table: Table, number: int) -> dict[str, Any]:
    moment = START + timedelta(days=number)
    values = {}
    for index, column in enumerate(table.columns):
        if column.foreign_keys and not column.nullable:
            (key,) = column.foreign_keys
            values[column.name] = value_of(key.column, number, moment)
        elif not column.nullable:
            values[column.name] = value_of(column, number, moment + timedelta(minutes=index))
    return values


def value_of(column: Column[Any], number: int, moment: datetime) -> Any:
    kinds: list[tuple[type, Any]] = [
        (EncryptedJson, [{"code": CLEAR}]),
        (UtcDateTime, moment),
        (DateTime, moment),
        (Boolean, False),
        (Float, 1.5),
        (Integer, 0),
        (Time, time(9)),
        (JSON, []),
    ]
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return value_of(key.column, number, moment)
    if isinstance(column.type, ENCRYPTED) and not isinstance(column.type, EncryptedJson):
        return CLEAR
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or column.type.enums))
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    if isinstance(getattr(column.type, "impl", None), JSON):
        return []
    length = getattr(column.type, "length", None)
    return f"{number}-{column.table.name}-{column.name}"[:length]



def everything(engine: Engine) -> list[Any]:
    """Return all deciphered values."""
    with engine.connect() as connection:
        return [connection.scalars(select(column)).all() for _, column in SEALED]


def tokens(engine: Engine) -> list[str]:
    """Return all values as they are stored."""
    with engine.connect() as connection:
        return [
            value
            for _, column in SEALED
            for value in connection.scalars(select(type_coerce(column, Text)))
        ]


EXPECTED = [
    [[{"code": CLEAR}] if isinstance(column.type, EncryptedJson) else CLEAR] * ROWS
    for _, column in SEALED
]


def test_there_is_something_to_rotate() -> None:
    assert {"appointments", "chat_messages"} <= {table.name for table, _ in SEALED}


def test_every_encrypted_column_of_every_table_is_rewritten(opened: Callable[[], Opened]) -> None:
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


def columns_of(table: Table) -> int:
    return sum(1 for one, _ in SEALED if one is table)


def test_an_empty_value_is_not_a_value(opened: Callable[[], Opened]) -> None:
    engine, _, work = opened()
    fill(engine)
    with engine.begin() as connection:
        connection.execute(update(tables.appointments).values(phone=""))
    assert work.rotate(DAY).renewed == TOTAL - ROWS
    with engine.connect() as connection:
        stored = connection.scalars(select(type_coerce(tables.appointments.c.phone, Text)))
        assert set(stored) == {""}


def test_a_running_process_reads_and_writes_under_the_new_key(
    opened: Callable[[], Opened],
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
    opened: Callable[[], Opened],
) -> None:
    engine, _, work = opened()
    fill(engine)
    commits = 0

    def kill(_connection: object) -> None:
        nonlocal commits
        commits += 1
        if commits > 8:
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


def test_retiring_is_refused_while_one_value_needs_a_key(opened: Callable[[], Opened]) -> None:
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


def test_a_wrong_key_is_told_without_the_value(
    opened: Callable[[], Opened], tmp_path: Path
) -> None:
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


def test_a_row_changed_between_reading_and_writing_keeps_its_new_content(
    opened: Callable[[], Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, keyring, work = opened()
    fill(engine)
    application, _, _ = opened()
    renew = keyring.renew
    changed = []

    def change_then_renew(token: bytes) -> bytes:
        if not changed:
            changed.append(token)
            with application.begin() as connection:
                connection.execute(update(tables.appointments).values(first_name="Lina"))
        return renew(token)

    monkeypatch.setattr(keyring, "renew", change_then_renew)
    done = work.rotate(DAY)
    assert (done.left, work.census()[keyring.keys[1]].total()) == (0, 0)
    with application.connect() as connection:
        names = connection.scalars(select(tables.appointments.c.first_name)).all()
    assert names == ["Lina"] * ROWS


def test_writers_during_rotations_lose_nothing(opened: Callable[[], Opened]) -> None:
    engine, _, work = opened()
    fill(engine)
    c = tables.appointments.c
    with engine.connect() as connection:
        ids = list(connection.scalars(select(c.id)))
    written: dict[str, str] = {}
    stop = threading.Event()
    failures: list[BaseException] = []

    def write(mine: list[str]) -> None:
        application, _, _ = opened()
        count = 0
        try:
            while not stop.is_set() or count < 3:
                count += 1
                for one in mine:
                    name = f"Lina {count}"
                    with application.begin() as connection:
                        change = update(tables.appointments).where(c.id == one)
                        connection.execute(change.values(first_name=name))
                    written[one] = name
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(ids[part::2],)) for part in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            while work.rotate(DAY).left:
                continue
            work.retire()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    with opened()[0].connect() as connection:
        stored = {row.id: row.first_name for row in connection.execute(select(c.id, c.first_name))}
    assert stored == written
