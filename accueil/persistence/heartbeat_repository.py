"""Signs of life in the database."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accueil.persistence import tables

_h = tables.heartbeats.c


class HeartbeatRepository:
    """Implements ``services.ports.Heartbeats``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str, at: datetime) -> None:
        """Write a sign of life; two programs may write the first one at the same time."""
        if self._write(name, at):
            return
        try:
            with self._session.begin_nested():
                self._session.execute(insert(tables.heartbeats).values(name=name, at=at))
        except IntegrityError:
            self._write(name, at)

    def last(self, name: str) -> datetime | None:
        """Return the last sign of life, if there ever was one."""
        return self._session.scalar(select(_h.at).where(_h.name == name))

    def _write(self, name: str, at: datetime) -> bool:
        statement = update(tables.heartbeats).where(_h.name == name).values(at=at)
        result = cast("CursorResult[None]", self._session.execute(statement))
        return result.rowcount > 0
