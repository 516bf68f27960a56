"""The schema: built by the migrations alone, the same as the tables that the code knows."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import configuration, is_up_to_date, migrate

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
