"""Move and cancel what is booked; note who says that they come, or that something is wrong."""

from datetime import datetime

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Discretion,
    Interval,
    NotAllowed,
    reason_of,
)
from accueil.core.clock import Clock
from accueil.core.conversation import CallbackRequest
from accueil.core.outbox import MessageKind
from accueil.core.territory import Site
from accueil.core.tokens import TokenMaker
from accueil.services.announcements import announce
from accueil.services.appointments import AppointmentFinder, Booked, site_of
from accueil.services.call_backs import ask_call_back, number_to_call
from accueil.services.holds import HoldMaker
from accueil.services.locks import future_session, locked, take_seat
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import SlotFinder
from accueil.services.waiting import WaitingLine


class ChangeService:
    """Every change of an appointment is one transaction; what must be told is written in it."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._slots = SlotFinder(store, clock)
        self._finder = AppointmentFinder(store, clock, tokens)
        self._line = WaitingLine(clock, self._slots, holds)

    def move(self, appointment_id: str, start: datetime) -> Booked:
        """Move to another free start of the same site.

        Raises ``SlotTaken``, ``TooLate`` or ``NotAllowed``; then nothing has changed.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _movable(uow, appointment_id, now)
            if appointment.starts_at == start:
                return self._finder.shown(uow, appointment)
            if appointment.group_session_id is not None:
                raise NotAllowed("a seat moves to another session")
            site = site_of(uow, appointment.site_id)
            previous = appointment.counsellor_id, appointment.starts_at
            reason = reason_of(appointment.reason)
            slot = self._slots.slot_at(uow, site, reason, start, appointment.modality)
            appointment.move(Interval(slot.start, slot.end), slot.counsellor_id, now)
            uow.appointments.require_free(appointment, now)
            uow.appointments.flush()
            uow.outbox.add(announce(appointment, MessageKind.MOVED, now, previous))
            self._line.serve(uow, site)
            uow.commit()
            return self._finder.shown_at(appointment, site)

    def move_seat(self, appointment_id: str, session_id: str) -> Booked:
        """Move a seat to another group session of the same site. Raises as ``move`` does."""
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _movable(uow, appointment_id, now)
            if appointment.group_session_id == session_id:
                return self._finder.shown(uow, appointment)
            session = future_session(uow, session_id, now)
            if appointment.group_session_id is None or session.site_id != appointment.site_id:
                raise NotAllowed("no such session at this site")
            take_seat(uow, session.id, now)
            uow.groups.give_back_seat(appointment.group_session_id)
            appointment.move(session.interval(), session.counsellor_id or "", now)
            appointment.group_session_id = session.id
            uow.outbox.add(announce(appointment, MessageKind.MOVED, now))
            moved = self._finder.shown(uow, appointment)
            uow.commit()
        return moved

    def cancel(self, appointment_id: str) -> Booked:
        """Cancel; the time is free again. Raises ``TooLate`` or ``NotAllowed``."""
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = locked(uow, appointment_id)
            if appointment is None:
                raise NotAllowed("no such appointment")
            site = site_of(uow, appointment.site_id)
            if appointment.status is not AppointmentStatus.CANCELLED:
                appointment.cancel(now)
                uow.outbox.add(announce(appointment, MessageKind.CANCELLED, now))
                uow.appointments.flush()
                self._freed(uow, appointment, site)
                uow.commit()
            return self._finder.shown_at(appointment, site)

    def coming(self, appointment_id: str) -> None:
        """Note the answer "je viens". Raises ``NotAllowed`` when it is not to come."""
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = locked(uow, appointment_id)
            if appointment is None or not appointment.is_future(now):
                raise NotAllowed("this appointment is not to come")
            appointment.coming_at = now
            uow.commit()

    def be_discreet(self, appointment_id: str, discretion: Discretion) -> None:
        """Change what may reach the young person's phone; unsent messages follow."""
        with self._store.write() as uow:
            appointment = locked(uow, appointment_id)
            if appointment is not None:
                appointment.discretion = discretion
                uow.commit()

    def ask_call_back(self, appointment_id: str) -> None:
        """Ask the site to call back ("j'ai un souci"); asking again changes nothing.

        The number is passed on only when nobody else answers that phone. Raises ``NotAllowed``
        when the appointment is cancelled, or over.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = locked(uow, appointment_id)
            if (
                appointment is None
                or appointment.status is not AppointmentStatus.CONFIRMED
                or appointment.ends_at <= now
            ):
                raise NotAllowed("this appointment is not to come")
            asked = CallbackRequest(
                self._tokens.new_id(),
                appointment.conversation_id,
                appointment.site_id,
                now,
                appointment.first_name,
                number_to_call(appointment),
            )
            ask_call_back(uow, asked)
            uow.commit()

    def _freed(self, uow: UnitOfWork, appointment: Appointment, site: Site) -> None:
        if appointment.group_session_id is not None:
            uow.groups.give_back_seat(appointment.group_session_id)
        else:
            self._line.serve(uow, site)


def _movable(uow: UnitOfWork, appointment_id: str, now: datetime) -> Appointment:
    appointment = locked(uow, appointment_id)
    if appointment is None:
        raise NotAllowed("no such appointment")
    appointment.require_movable(now)
    return appointment
