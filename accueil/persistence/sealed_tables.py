"""Tables that have encrypted columns, seen without their types: the columns hold tokens.

They are found in the metadata, by the type of their columns, so that a new table is never missed.
Nothing here sees what people wrote.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Row,
    Text,
    Update,
    bindparam,
    column,
    select,
    table,
    text,
    tuple_,
    update,
)

from accueil.persistence.engine import BUSY_TIMEOUT_SECONDS, IMMEDIATE
from accueil.persistence.types import ENCRYPTED

type Rows = Sequence[Row[Any]]


class SealedTable:
    """One such table: its primary key, and its encrypted columns as text."""

    def __init__(self, name: str, identity: dict[str, Any], sealed: Sequence[str]) -> None:
        self.name = name
        self.sealed = tuple(sealed)
        self._raw = table(
            name,
            *(column(key, kind) for key, kind in identity.items()),
            *(column(one, Text()) for one in sealed),
        )
        self._identity = [self._raw.c[key] for key in identity]
        self._swaps: dict[tuple[str, ...], Update] = {}

    def pages(self, engine: Engine, size: int) -> Iterator[Rows]:
        """Yield the rows in the order of their primary key, each page in its own transaction."""
        every = select(*self._identity, *(self._raw.c[one] for one in self.sealed))
        every = every.order_by(*self._identity).limit(size)
        page = every
        while True:
            with engine.connect() as connection:
                rows = connection.execute(page).all()
            if rows:
                yield rows
            if len(rows) < size:
                return
            last = tuple(rows[-1][: len(self._identity)])
            page = every.where(tuple_(*self._identity) > last)

    def tokens(self, row: Row[Any]) -> dict[str, str]:
        """Return a row's tokens by column; an empty value has none."""
        stored = zip(self.sealed, row[len(self._identity) :], strict=True)
        return {name: token for name, token in stored if token}

    def swap(self, connection: Connection, row: Row[Any], new: dict[str, str]) -> bool:
        """Write new tokens if the row still holds the old ones and nobody has it locked."""
        old = row._mapping
        values = {f"id_{one.name}": old[one.name] for one in self._identity}
        for name, token in new.items():
            values |= {f"old_{name}": old[name], f"new_{name}": token}
        return connection.execute(self._swap(tuple(new)), values).rowcount == 1

    def wait_for_writers(self, engine: Engine) -> None:
        """Return once every transaction that is writing to this table has ended.

        What begins later encrypts under the keys of then: ``SqlStore.write`` has SQLite's lock
        before it encrypts anything. Raises SQLAlchemy's ``OperationalError`` after 15 seconds.
        """
        with engine.execution_options(**{IMMEDIATE: True}).begin() as connection:
            if engine.dialect.name == "sqlite":
                return  # one writer at a time: beginning was already the wait
            name = engine.dialect.identifier_preparer.quote(self.name)
            connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_SECONDS}s'"))
            connection.execute(text(f"LOCK TABLE {name} IN SHARE MODE"))

    def _swap(self, names: tuple[str, ...]) -> Update:
        if names not in self._swaps:
            same = [one == bindparam(f"id_{one.name}") for one in self._identity]
            # Waiting for a locked row could end in a deadlock, and the application be its victim.
            free = select(*self._identity).where(*same).with_for_update(skip_locked=True)
            self._swaps[names] = (
                update(self._raw)
                .where(*same, *(self._raw.c[one] == bindparam(f"old_{one}") for one in names))
                .where(tuple_(*self._identity).in_(free.correlate(None)))
                .values({one: bindparam(f"new_{one}") for one in names})
            )
        return self._swaps[names]


def sealed_tables(metadata: MetaData) -> list[SealedTable]:
    """Return the tables that have at least one encrypted column."""
    found = []
    for one in metadata.sorted_tables:
        sealed = [each.name for each in one.columns if isinstance(each.type, ENCRYPTED)]
        if sealed:
            identity = {key.name: key.type for key in one.primary_key.columns}
            found.append(SealedTable(one.name, identity, sealed))
    return found
