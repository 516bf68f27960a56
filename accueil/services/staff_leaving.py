"""A counsellor leaves: colleagues take what is planned, and the account is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import AppointmentStatus
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind
from accueil.core.territory import Counsellor
from accueil.services.announcements import announce
from accueil.services.expected import Expected, expected_appointment, expected_session
from accueil.services.holds import HoldMaker
from accueil.services.ports import Store, UnitOfWork
from accueil.services.reassign import Handover, let_go
from accueil.services.sessions import cancel_session
from accueil.services.staff_directory import counsellor_named, lock_with_colleagues


@dataclass(frozen=True, slots=True)
class Departure:
    """What a departure does. ``is_done``: false when nothing was changed, because some remain."""

    counsellor: Counsellor
    given: tuple[Expected, ...] = ()
    left: tuple[Expected, ...] = ()
    is_done: bool = True
    was_closed: bool = False


class LeavingService:
    """The use case, in one transaction that holds the locks of the sites concerned."""

    def __init__(self, store: Store, clock: Clock, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds

    def leave(self, email: str, *, cancel_rest: bool = False) -> Departure:
        """Give every appointment to come to a colleague free at that time, and close the account.

        When nobody can take some, nothing is changed, unless ``cancel_rest``: these are cancelled,
        and told so. Young people whose time and place stay are told nothing. Raises ``WrongEntry``.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            counsellor = counsellor_named(uow.territory, email)
            lock_with_colleagues(uow, counsellor, now)
            if not counsellor.is_active:
                return Departure(counsellor, was_closed=True)
            handover = Handover(uow, counsellor.id, now)
            handover.give(
                uow.appointments.to_come_with(counsellor.id, now),
                [
                    one
                    for one in uow.groups.of_counsellor(counsellor.id, now)
                    if one.starts_at > now
                ],
            )
            given, left = tuple(handover.given), _told(uow, handover)
            if left and not cancel_rest:
                return Departure(counsellor, given, left, is_done=False)
            self._cancel(uow, handover, now)
            counsellor.leave(self._clock.now())
            uow.console.delete_of(counsellor.id)
            uow.commit()
        return Departure(counsellor, given, left)

    def _cancel(self, uow: UnitOfWork, handover: Handover, now: datetime) -> None:
        for appointment in handover.left:
            if appointment.status is AppointmentStatus.HELD:
                let_go(uow, appointment, self._holds)
                continue
            appointment.cancel(now)
            uow.outbox.add(announce(appointment, MessageKind.CANCELLED, now))
        for session in handover.left_sessions:
            cancel_session(uow, session, self._holds, now)


def _told(uow: UnitOfWork, handover: Handover) -> tuple[Expected, ...]:
    found: Iterable[Expected] = (
        *(expected_session(uow, one) for one in handover.left_sessions),
        *(expected_appointment(uow, one) for one in handover.left),
    )
    return tuple(sorted(found, key=lambda one: one.start))
