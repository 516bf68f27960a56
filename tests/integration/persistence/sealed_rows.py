"""Rows in every table, for tests of the encrypted columns; processes that read them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    Integer,
    Table,
    Text,
    Time,
    select,
    type_coerce,
)

from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.key_file import KeyFile
from accueil.persistence.keyring import Keyring
from accueil.persistence.reencrypt import Reencryption
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
type Start = Callable[[], Opened]


@contextmanager
def processes(engine: Engine, folder: Path) -> Iterator[Start]:
    """Open a database as processes do: each its own engine and its own reading of the keys."""
    engines = []

    def start() -> Opened:
        keyring = Keyring(SECRET, KeyFile(folder))
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
        (Date, moment.date()),
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


def columns_of(table: Table) -> int:
    return sum(1 for one, _ in SEALED if one is table)


EXPECTED = [
    [[{"code": CLEAR}] if isinstance(column.type, EncryptedJson) else CLEAR] * ROWS
    for _, column in SEALED
]
