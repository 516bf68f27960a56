"""Migrated databases of their own, outside pytest: a SQLite file, or a PostgreSQL database.

PostgreSQL's address is ACCUEIL_TEST_POSTGRES_URL, else a server on this machine.
"""

import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import psycopg
from sqlalchemy import Engine, make_url, text

from accueil.bootstrap import Application
from accueil.core.clock import Clock
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.settings import read_settings

KEY = "k" * 40
SYSTEMS = ("sqlite", "postgresql")
SERVER = os.environ.get("ACCUEIL_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


@contextmanager
def new_database(system: str, folder: Path) -> Iterator[str]:
    """Yield the address of a migrated, empty database, deleted afterwards."""
    if system == "sqlite":
        url = f"sqlite:///{folder / 'accueil.db'}"
        _migrate(url)
        yield url
        return
    name = f"accueil_{uuid.uuid4().hex[:12]}"
    _administrate(f"CREATE DATABASE {name}")
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    try:
        _migrate(url)
        yield url
    finally:
        _administrate(f"DROP DATABASE {name} WITH (FORCE)")


def migrated_file(folder: Path) -> Path:
    """Return a migrated SQLite file to copy."""
    path = folder / "empty.db"
    _migrate(f"sqlite:///{path}")
    return path


def copied(empty: Path, folder: Path) -> str:
    """Return the address of a copy of a migrated SQLite file."""
    path = folder / f"{uuid.uuid4().hex}.db"
    shutil.copy(empty, path)
    return f"sqlite:///{path}"


def application_on(
    url: str, folder: Path, clock: Clock, *, given: Mapping[str, str] = MappingProxyType({})
) -> Application:
    """Return the real container on a database; ``given`` are further settings."""
    settings = read_settings(
        {
            "ACCUEIL_FOLDER": str(folder),
            "ACCUEIL_SECRET_KEY": KEY,
            "ACCUEIL_DATABASE_URL": url,
            **given,
        }
    )
    return Application(settings, clock=clock)


def empty(engine: Engine) -> None:
    """Delete every row, references between rows included."""
    names = [table.name for table in reversed(tables.metadata.sorted_tables)]
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"TRUNCATE {', '.join(names)}"))
            return
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in names:
            connection.execute(text(f"DELETE FROM {name}"))


def _migrate(url: str) -> None:
    engine = open_engine(url, KEY.encode())
    migrate(engine)
    engine.dispose()


def _administrate(statement: str) -> None:
    libpq = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(libpq, autocommit=True, connect_timeout=2) as connection:
        connection.execute(statement)
