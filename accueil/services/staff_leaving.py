"""A counsellor leaves: colleagues take what is planned, and the account is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind
from accueil.core.territory import Counsellor
from accueil.services.announcements import announce
from accueil.services.expected import Expected, expected_appointment, expected_session
from accueil.services.holds import HoldMaker
from accueil.services.ports import Store, UnitOfWork
from accueil.services.reassign import Handover, take_back_hold
from accueil.services.sessions import cancel_session
from accueil.services.staff_directory import counsellor_named, lock_with_colleagues
from accueil.services.told import untold


@dataclass(frozen=True, slots=True)
class Departure:
    """What a departure does. ``is_done``: false when nothing was changed, because some remain.

    ``untold``: whose appointment or seat was cancelled, and whom no message can reach.
    """

    counsellor: Counsellor
    given: tuple[Expected, ...] = ()
    left: tuple[Expected, ...] = ()
    is_done: bool = True
    was_closed: bool = False
    untold: tuple[Expected, ...] = ()


class LeavingService:
    """The use case, in one transaction that holds the locks of the sites concerned."""

    def __init__(self, store: Store, clock: Clock, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds

    def leave(self, email: str, *, cancel_rest: bool = False, sends_sms: bool = True) -> Departure:
        """Give every appointment to come to a colleague free at that time, and close the account.

        When nobody can take some, nothing is changed, unless ``cancel_rest``: these are cancelled,
        and told so if a message can reach them (``sends_sms``: by SMS too). Young people whose time
        and place stay are told nothing. Raises ``WrongEntry``.
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
            cancelled = self._cancel(uow, handover, now)
            missed = untold(uow, cancelled, sends_sms=sends_sms)
            counsellor.leave(self._clock.now())
            uow.console.delete_of(counsellor.id)
            uow.commit()
        return Departure(counsellor, given, left, untold=missed)

    def _cancel(self, uow: UnitOfWork, handover: Handover, now: datetime) -> list[Appointment]:
        """Cancel what is left and return the appointments and seats of it, holds left out."""
        cancelled = []
        for appointment in handover.left:
            if appointment.status is AppointmentStatus.HELD:
                take_back_hold(uow, appointment, self._holds)
                continue
            appointment.cancel(now)
            uow.outbox.add(announce(appointment, MessageKind.CANCELLED, now))
            cancelled.append(appointment)
        for session in handover.left_sessions:
            cancelled += cancel_session(uow, session, self._holds, now)
        return cancelled


def _told(uow: UnitOfWork, handover: Handover) -> tuple[Expected, ...]:
    found: Iterable[Expected] = (
        *(expected_session(uow, one) for one in handover.left_sessions),
        *(expected_appointment(uow, one) for one in handover.left),
    )
    return tuple(sorted(found, key=lambda one: one.start))
