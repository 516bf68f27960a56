"""Each test here runs twice: on a SQLite file of its own, and on a PostgreSQL database.

PostgreSQL's address is ACCUEIL_TEST_POSTGRES_URL, else a server on this machine. A database is
made for the run and dropped after it; its tables are emptied between two tests.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, make_url, text

from accueil.core.clock import FixedClock
from accueil.core.tokens import TokenMaker
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.booking import BookingService
from accueil.services.changes import ChangeService
from accueil.services.holds import HoldMaker

KEY = b"k" * 40
SERVER = os.environ.get("ACCUEIL_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


LIBPQ = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
"""The same address for psycopg, which knows no SQLAlchemy driver names."""


def administrate(statement: str) -> None:
    """Run one statement on the server, outside any transaction."""
    with psycopg.connect(LIBPQ, autocommit=True, connect_timeout=2) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A new and empty database, dropped after the run."""
    name = f"accueil_{uuid.uuid4().hex[:12]}"
    try:
        administrate(f"CREATE DATABASE {name}")
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers ({type(error).__name__}): ACCUEIL_TEST_POSTGRES_URL")
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    administrate(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    """That database with every migration applied."""
    engine = open_engine(postgresql_url, KEY)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path
) -> Iterator[Engine]:
    """A migrated database without any row, on each of the two systems."""
    if request.param == "sqlite":
        path = tmp_path / "accueil.db"
        shutil.copy(empty_database, path)
        engine = open_engine(f"sqlite:///{path}", KEY)
        yield engine
        engine.dispose()
        return
    engine = request.getfixturevalue("postgresql")
    yield engine
    names = ", ".join(table.name for table in tables.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names}"))


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    """Transactions on that database."""
    return SqlStore(engine)


@pytest.fixture
def booking(store: SqlStore, clock: FixedClock) -> BookingService:
    """The booking service on that database."""
    tokens = TokenMaker(KEY)
    return BookingService(store, clock, tokens, HoldMaker(clock, tokens, "example.invalid"))


@pytest.fixture
def changes(store: SqlStore, clock: FixedClock) -> ChangeService:
    """Moves and cancellations on that database."""
    tokens = TokenMaker(KEY)
    return ChangeService(store, clock, tokens, HoldMaker(clock, tokens, "example.invalid"))
