"""Open the database: SQLite in WAL mode by default, PostgreSQL by address."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from accueil.persistence.keyring import Keyring
from accueil.persistence.types import CIPHER

BUSY_TIMEOUT_SECONDS = 15
IMMEDIATE = "accueil_immediate"
"""Execution option: take SQLite's write lock when the transaction begins."""


def open_engine(url: str, keys: Keyring | bytes) -> Engine:
    """Open a database. ``url`` is SQLAlchemy's; ``keys`` encrypt the personal columns.

    A secret in the place of keys stands for the one key that is derived from it.

    Waiting for a connection or a lock is limited to 15 seconds.
    """
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    is_sqlite = url.startswith("sqlite")
    arguments: dict[str, Any] = {} if is_sqlite else {"connect_timeout": 5}
    engine = create_engine(
        url,
        pool_timeout=BUSY_TIMEOUT_SECONDS * 2,
        pool_pre_ping=not is_sqlite,
        hide_parameters=True,  # an error must not quote what people wrote
        connect_args=arguments,
    )
    setattr(engine.dialect, CIPHER, Keyring(keys) if isinstance(keys, bytes) else keys)
    if is_sqlite:
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # Python's driver must not begin transactions behind SQLAlchemy's back: BEGIN is ours.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is erased is overwritten in the file
            f"busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
