"""Forget people: at their request, and when their data have had their time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Discretion,
    WaitingEntry,
    WaitingStatus,
)
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind
from accueil.services.announcements import announce
from accueil.services.appointments import appointments_of, site_of
from accueil.services.holds import HoldMaker
from accueil.services.locks import locked
from accueil.services.ports import Store, UnitOfWork
from accueil.services.retention import Retention
from accueil.services.waiting import WaitingLine

EMPTY_FOR = timedelta(minutes=10)
"""How long an erased conversation stays open, to show the answer; the worker then deletes it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was forgotten. ``appointments_erased`` counts cancelled ones and holds too."""

    appointments_cancelled: int = 0
    appointments_erased: int = 0
    places_left: int = 0
    callbacks_erased: int = 0


class ErasureService:
    """Deletes conversations and the personal fields of what came out of them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        holds: HoldMaker,
        line: WaitingLine,
        retention: Retention,
    ) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds
        self._line = line
        self._retention = retention

    def erase_person(self, conversation_id: str) -> Erased:
        """Erase every personal field that a conversation left; cancel what is to come.

        The conversation itself stays open (empty) for ten minutes, so that the answer can be shown;
        then the worker has it deleted, here and in the dialogue engine, until both have.
        """
        with self._store.write() as uow:
            places = uow.waiting.of_conversation(conversation_id)
            appointments = appointments_of(uow, conversation_id)
            sites = {one.site_id for one in places} | {one.site_id for one in appointments}
            uow.appointments.lock_sites(sites)
            cancelled = self._forget_appointments(uow, appointments)
            left = self._forget_places(uow, places)
            self._serve(uow, sites)
            requests = uow.chats.callbacks_of_conversation(conversation_id)
            for request in requests:
                request.first_name = request.phone = request.conversation_id = ""
                request.done = True
            self._forget_chat(uow, conversation_id)
            uow.commit()
        self._retention.drop_messages([one.id for one in appointments])
        return Erased(cancelled, len(appointments), left, len(requests))

    def erase_appointment(self, appointment_id: str) -> Erased:
        """Erase one appointment's person, for whoever has its link or code; cancel it if to come.

        Nothing else of the same person is touched. Unknown or erased before: nothing to erase.
        """
        with self._store.write() as uow:
            appointment = locked(uow, appointment_id)
            if appointment is None or not appointment.conversation_id:
                return Erased()
            cancelled = self._forget_appointments(uow, [appointment])
            self._serve(uow, {appointment.site_id})
            uow.commit()
        self._retention.drop_messages([appointment_id])
        return Erased(cancelled, 1)

    def erase_conversation(self, conversation_id: str) -> None:
        """Delete a conversation's session and messages; appointments stay as they are."""
        with self._store.write() as uow:
            uow.chats.delete(conversation_id)
            uow.commit()

    def erase_old(self) -> int:
        """Apply every delay of the register; return how many rows were emptied or deleted."""
        return self._retention.run()

    def expired_conversations(self) -> list[str]:
        """Return the conversations whose time is over."""
        with self._store.read() as uow:
            return [session.id for session in uow.chats.expired(self._clock.now())]

    def _forget_appointments(self, uow: UnitOfWork, appointments: Iterable[Appointment]) -> int:
        now = self._clock.now()
        cancelled = 0
        for appointment in appointments:
            if appointment.is_future(now):
                _withdraw(uow, appointment, now)
                cancelled += 1
            else:
                self._holds.let_go(uow, appointment)
            _forget(appointment)
        uow.appointments.flush()
        return cancelled

    def _forget_places(self, uow: UnitOfWork, places: Iterable[WaitingEntry]) -> int:
        left = 0
        for entry in places:
            left += entry.status in (WaitingStatus.WAITING, WaitingStatus.OFFERED)
            self._holds.withdraw(uow, entry)
            entry.forget_person()
            entry.conversation_id, entry.discretion = "", Discretion.ORDINARY
        uow.appointments.flush()
        return left

    def _serve(self, uow: UnitOfWork, sites: Iterable[str]) -> None:
        """Offer what is free again to the next on the list."""
        for site_id in sorted(sites):
            self._line.serve(uow, site_of(uow, site_id))

    def _forget_chat(self, uow: UnitOfWork, conversation_id: str) -> None:
        uow.chats.delete_messages(conversation_id)
        session = uow.chats.get(conversation_id)
        if session is not None:
            session.forget_person()
            session.expires_at = self._clock.now() + EMPTY_FOR


def _withdraw(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    """Cancel, whatever the limit for cancelling: the right to be forgotten has none."""
    appointment.status = AppointmentStatus.CANCELLED
    appointment.sequence += 1
    rows = announce(appointment, MessageKind.CANCELLED, now)
    uow.outbox.add(row for row in rows if row.counsellor_id)
    if appointment.group_session_id is not None:
        uow.groups.give_back_seat(appointment.group_session_id)


def _forget(appointment: Appointment) -> None:
    """Forget who it was, and every way back: link, code, conversation. The time taken stays."""
    appointment.erase_person()
    appointment.conversation_id = appointment.code_hash = appointment.link_token = ""
    appointment.link_token_hash = f"erased:{appointment.id}"
    appointment.discretion = Discretion.ORDINARY
    appointment.consented_at = appointment.coming_at = None
