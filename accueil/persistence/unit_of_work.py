"""One transaction as an object."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from accueil.persistence.absence_repository import AbsenceRepository
from accueil.persistence.appointment_repository import AppointmentRepository
from accueil.persistence.chat_repository import ChatRepository
from accueil.persistence.engine import IMMEDIATE
from accueil.persistence.group_repository import GroupSessionRepository
from accueil.persistence.heartbeat_repository import HeartbeatRepository
from accueil.persistence.mapping import map_entities
from accueil.persistence.outbox_repository import ConsoleSessionRepository, OutboxRepository
from accueil.persistence.platform_repository import PlatformRepository
from accueil.persistence.territory_repository import TerritoryRepository
from accueil.persistence.waiting_repository import WaitingRepository


class SqlUnitOfWork:
    """Implements ``services.ports.UnitOfWork``; leaving without ``commit`` rolls back."""

    def __init__(self, engine: Engine) -> None:
        self._session = Session(engine, expire_on_commit=False)
        self.territory = TerritoryRepository(self._session)
        self.appointments = AppointmentRepository(self._session)
        self.absences = AbsenceRepository(self._session)
        self.groups = GroupSessionRepository(self._session)
        self.waiting = WaitingRepository(self._session)
        self.chats = ChatRepository(self._session)
        self.platforms = PlatformRepository(self._session)
        self.outbox = OutboxRepository(self._session)
        self.heartbeats = HeartbeatRepository(self._session)
        self.console = ConsoleSessionRepository(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make everything so far permanent. Raises ``SlotTaken`` if the database excludes it."""
        self.appointments.flush()
        self._session.commit()


class SqlStore:
    """Implements ``services.ports.Store`` over one engine."""

    def __init__(self, engine: Engine) -> None:
        map_entities()
        self._reader = engine
        self._writer = engine.execution_options(**{IMMEDIATE: True})

    def read(self) -> SqlUnitOfWork:
        """Begin a transaction that only reads."""
        return SqlUnitOfWork(self._reader)

    def write(self) -> SqlUnitOfWork:
        """Begin a transaction that may write."""
        return SqlUnitOfWork(self._writer)
