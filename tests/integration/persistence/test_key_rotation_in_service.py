"""Changing the key while others write, on both databases: nothing they wrote is lost."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sealed_rows import DAY, ROWS, Start, columns_of, fill, processes, row_of
from sqlalchemy import Engine, Text, select, type_coerce, update

from accueil.persistence import tables
from accueil.persistence.engine import IMMEDIATE
from accueil.persistence.keyring import Key


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Start]:
    with processes(engine, tmp_path) as start:
        yield start


def test_a_row_changed_between_reading_and_writing_keeps_its_new_content(
    opened: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, keyring, work = opened()
    fill(engine)
    application, _, _ = opened()
    renew = keyring.renew
    with engine.connect() as connection:
        stored = type_coerce(tables.appointments.c.first_name, Text)
        read = set(connection.scalars(select(stored)))

    def change_then_renew(token: bytes) -> bytes:
        if token.decode() in read:  # the page has been read, and is not written yet
            read.clear()
            with application.begin() as connection:
                connection.execute(update(tables.appointments).values(first_name="Lina"))
        return renew(token)

    monkeypatch.setattr(keyring, "renew", change_then_renew)
    done = work.rotate(DAY)
    assert read == set()
    assert (done.left, work.census()[keyring.keys[1]].total()) == (0, 0)
    with application.connect() as connection:
        names = connection.scalars(select(tables.appointments.c.first_name)).all()
    assert names == ["Lina"] * ROWS


def test_writers_during_rotations_lose_nothing(opened: Start) -> None:
    engine, _, work = opened()
    fill(engine)
    c = tables.appointments.c
    with engine.connect() as connection:
        ids = list(connection.scalars(select(c.id)))
    written: dict[str, str] = {}
    stop = threading.Event()
    failures: list[BaseException] = []

    def write(mine: list[str]) -> None:
        application = opened()[0].execution_options(**{IMMEDIATE: True})  # as SqlStore.write
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


def test_a_transaction_begun_before_is_waited_for(
    opened: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, keyring, work = opened()
    fill(engine)
    application, _, _ = opened()
    added = threading.Event()
    add = keyring.add

    def add_and_tell(day: date) -> Key:
        key = add(day)
        added.set()
        return key

    monkeypatch.setattr(keyring, "add", add_and_tell)
    rotation = threading.Thread(target=work.rotate, args=(DAY,))
    with application.begin() as connection:
        late = row_of(tables.callback_requests, ROWS) | {"site_id": "0-sites-id"}
        connection.execute(tables.callback_requests.insert(), late)
        rotation.start()
        assert added.wait(30)
        rotation.join(0.2)
        assert rotation.is_alive()
    rotation.join()
    newest, derived = work.census().values()
    assert newest["callback_requests"] == (ROWS + 1) * columns_of(tables.callback_requests)
    assert derived.total() == 0


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_locked_row_is_left_for_the_next_time(opened: Start) -> None:
    engine, _, work = opened()
    fill(engine)
    c = tables.appointments.c
    with engine.begin() as connection:
        first = select(c.id).order_by(c.id).limit(1).with_for_update()
        connection.execute(first)
        left = work.rotate(DAY).left
    assert left == columns_of(tables.appointments)
    again = work.rotate(DAY)
    assert (again.added, again.renewed, again.left) == (None, left, 0)
