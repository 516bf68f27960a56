"""The schema: built by the migrations alone, the same as the tables that the code knows."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from factories import NOW, keep, make_appointment, make_group_session, seed_territory
from sqlalchemy import Engine, inspect, text

from accueil.core.booking import WaitingEntry, WaitingStatus
from accueil.core.contact import Contact
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import configuration, is_up_to_date, migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.booking import BookingService, Sharing

KEY = b"k" * 40


def test_an_empty_file_is_brought_up_to_date(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}", KEY)
    assert not is_up_to_date(engine)
    migrate(engine)
    assert is_up_to_date(engine)
    migrate(engine)
    assert is_up_to_date(engine)
    engine.dispose()


def test_a_migrated_database_is_up_to_date(engine: Engine) -> None:
    assert is_up_to_date(engine)
    assert set(tables.metadata.tables) < set(inspect(engine).get_table_names())


def test_migrating_again_changes_nothing_and_loses_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            tables.organisations.insert().values(
                id="val", name="Val", phone="", email="", website="", is_example=True
            )
        )
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM organisations")) == "Val"


def test_a_database_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}", KEY)
    with engine.connect() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.commit()
    assert not is_up_to_date(engine)
    migrate(engine)
    assert is_up_to_date(engine)
    engine.dispose()


def test_every_migration_can_be_undone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'undone.db'}", KEY)
    migrate(engine)
    with engine.connect() as connection:
        command.downgrade(configuration(connection), "base")
        connection.commit()
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def test_the_migrations_and_the_tables_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, tables.metadata)
    assert found == []


def test_postgresql_excludes_overlaps(postgresql: Engine) -> None:
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
    with postgresql.connect() as connection:
        (rule,) = connection.scalars(text(query)).all()
        assert connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'"))
    assert "counsellor_id WITH =" in rule
    assert "tstzrange(starts_at, ends_at, '[)'" in rule


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 15000), ("synchronous", 1)],
)
def test_every_sqlite_connection_is_prepared(tmp_path: Path, pragma: str, expected: object) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}", KEY)
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == expected
    engine.dispose()


def test_the_booking_engine_is_undone_with_people_in_a_session(
    engine: Engine, store: SqlStore, booking: BookingService
) -> None:
    nadia = seed_territory(store)["nadia"]
    session = make_group_session(NOW + timedelta(days=3), taken=0)
    alone = make_appointment(NOW + timedelta(days=1), nadia)
    keep(store, appointments=[alone], sessions=[session])
    for number in range(2):
        held = booking.hold_seat(f"c{number}", session.id)
        contact = Contact(email=f"jeune{number}@example.org")
        booking.confirm(held.id, f"c{number}", "", Sharing(contact))
    offered = booking.hold_seat("c2", session.id).id
    entry = WaitingEntry(
        "w", "centre", "c2", "logement", NOW, WaitingStatus.OFFERED, offered_id=offered
    )
    with store.write() as uow:
        uow.waiting.add(entry)
        uow.commit()
    try:
        with engine.connect() as connection:
            command.downgrade(configuration(connection), "0004")
            connection.commit()
        with engine.connect() as connection:
            left = connection.scalars(text("SELECT id FROM appointments")).all()
            assert left == [alone.id]
            assert connection.scalar(text("SELECT taken FROM group_sessions")) == 0
            assert connection.scalar(text("SELECT count(*) FROM outbox")) == 0
    finally:
        migrate(engine)
    assert is_up_to_date(engine)
