"""Change the key of the personal columns while the application runs (ADR 0017)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, MetaData

from accueil.persistence import tables
from accueil.persistence.engine import IMMEDIATE
from accueil.persistence.keyring import Key, Keyring
from accueil.persistence.sealed_tables import Rows, SealedTable, sealed_tables

BATCH = 200
"""Rows rewritten in one transaction."""
_PASSES = 5

type Census = dict[Key | None, Counter[str]]
"""For each key, the number of values it encrypts in each table; ``None``: no key opens them."""


class StillNeeded(Exception):
    """Older keys still encrypt ``count`` values: none of them can go."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} values are under an older key")
        self.count = count


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did, in values. ``added`` is ``None`` when it finished an earlier one."""

    added: Key | None = None
    renewed: int = 0
    left: int = 0
    """Still under an older key: at each try, somebody was changing the row."""
    unreadable: int = 0
    """Open with none of the keys: left as they are."""


class Reencryption:
    """The encrypted columns of one database, under one list of keys."""

    def __init__(
        self,
        engine: Engine,
        keyring: Keyring,
        metadata: MetaData = tables.metadata,
        batch: int = BATCH,
    ) -> None:
        self._reader = engine
        self._writer = engine.execution_options(**{IMMEDIATE: True})
        self._keyring = keyring
        self._tables = sealed_tables(metadata)
        self._batch = batch

    def census(self) -> Census:
        """Count the values under each key of the list, newest first, and under none of them."""
        found: Census = {key: Counter() for key in self._keyring.keys}
        for table in self._tables:
            for rows in table.pages(self._reader, self._batch):
                for row in rows:
                    for token in table.tokens(row).values():
                        key = self._keyring.holder(token.encode())
                        found.setdefault(key, Counter())[table.name] += 1
        return found

    def rotate(self, day: date) -> Rotation:
        """Add a key and rewrite every value under it, or finish a rotation that had begun.

        ``day`` is written beside the new key. Keys given from outside get no new one: then, when
        every value is under the newest already, nothing is done. A rotation that dies loses
        nothing: both keys are in the file before the first value changes.
        Raises ``KeyFileError``, and SQLAlchemy's ``OperationalError`` when the database is busy.
        """
        with self._keyring.changing():
            added = None
            if not self._has_older():
                if self._keyring.file is None:
                    return Rotation()
                added = self._keyring.add(day)
            return self._rewrite_all(added)

    def retire(self) -> list[Key]:
        """Drop every key but the newest, and return those dropped. Raises as ``rotate`` does.

        Raises ``StillNeeded``, and drops nothing, while a value is under an older key.
        """
        with self._keyring.changing():
            newest, *older = self._keyring.keys
            self._wait_for_writers()
            needed = sum(
                counts.total()
                for key, counts in self.census().items()
                if key is not None and key != newest
            )
            if needed:
                raise StillNeeded(needed)
            if older and self._keyring.file is not None:
                self._keyring.keep_newest()
            return older

    def _rewrite_all(self, added: Key | None) -> Rotation:
        self._wait_for_writers()
        renewed = 0
        for _ in range(_PASSES):
            done = Counter[str]()
            for table in self._tables:
                for rows in table.pages(self._reader, self._batch):
                    done += self._rewrite(table, rows)
            renewed += done["renewed"]
            if not done["left"]:
                break
        return Rotation(added, renewed, done["left"], done["unreadable"])

    def _rewrite(self, table: SealedTable, rows: Rows) -> Counter[str]:
        """Rewrite one page, in one transaction that no reading or encrypting prolongs."""
        done = Counter[str]()
        changes = []
        for row in rows:
            tokens = table.tokens(row)
            holders = {name: self._keyring.holder(token.encode()) for name, token in tokens.items()}
            done["unreadable"] += sum(1 for key in holders.values() if key is None)
            old = [name for name, key in holders.items() if self._is_older(key)]
            if old:
                new = {one: self._keyring.renew(tokens[one].encode()).decode() for one in old}
                changes.append((row, new))
        if changes:
            with self._writer.begin() as connection:
                for row, new in changes:
                    swapped = table.swap(connection, row, new)
                    done["renewed" if swapped else "left"] += len(new)
        return done

    def _is_older(self, key: Key | None) -> bool:
        return key is not None and key != self._keyring.keys[0]

    def _has_older(self) -> bool:
        return any(
            self._is_older(self._keyring.holder(token.encode()))
            for table in self._tables
            for rows in table.pages(self._reader, self._batch)
            for row in rows
            for token in table.tokens(row).values()
        )

    def _wait_for_writers(self) -> None:
        """Wait for the transactions that may have encrypted under an older key, not knowing."""
        for table in self._tables:
            table.wait_for_writers(self._reader)
