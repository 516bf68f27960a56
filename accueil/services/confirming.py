"""Turn a hold into an appointment, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Discretion,
    NotAllowed,
    SlotTaken,
    reason_of,
)
from accueil.core.clock import Clock
from accueil.core.contact import Contact
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality
from accueil.core.tokens import TokenMaker
from accueil.services.announcements import announce
from accueil.services.appointments import AppointmentFinder, Booked, site_of
from accueil.services.locks import future_session, take_seat
from accueil.services.people import ContactKeys
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import SlotFinder
from accueil.services.waiting import WaitingLine


class ContactNeeded(NotAllowed):
    """An appointment by phone needs a number to call."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the young person agreed to pass on to the counsellor, and how they may be told."""

    contact: Contact
    first_name: str = ""
    note: str = ""
    discretion: Discretion = Discretion.ORDINARY
    referrer: str = ""


def told_in_app(uow: UnitOfWork, conversation_id: str) -> str | None:
    """Return who hears of an appointment in a messaging app: whoever books there at present."""
    session = uow.chats.get(conversation_id)
    user = uow.platforms.user_of_session(conversation_id)
    if session is None or user is None or session.channel != user.platform.value:
        return None
    return user.id


class Confirming:
    """What confirming takes, whether the time was held in the chat or for who waited."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker, line: WaitingLine) -> None:
        self._clock = clock
        self._tokens = tokens
        self._line = line
        self._slots = SlotFinder(store, clock)
        self._finder = AppointmentFinder(store, clock, tokens)
        self._keys = ContactKeys(tokens)

    def lock(
        self, uow: UnitOfWork, appointment_id: str, conversation_id: str, contact: Contact
    ) -> None:
        """Queue up behind whoever books for this person or where they hold, and where they wait."""
        held = uow.appointments.get(appointment_id)
        sites = [held.site_id] if held is not None else []
        self._keys.lock(uow, conversation_id, contact, sites)

    def confirm(
        self,
        uow: UnitOfWork,
        appointment_id: str,
        conversation_id: str,
        reason_code: str,
        sharing: Sharing,
    ) -> Booked:
        """Confirm after ``lock``. Raises as ``BookingService.confirm`` does."""
        now = self._clock.now()
        appointment = uow.appointments.get(appointment_id)
        if appointment is None or appointment.conversation_id != conversation_id:
            raise NotAllowed("no such hold in this conversation")
        if appointment.status is AppointmentStatus.CONFIRMED:
            return self._finder.shown(uow, appointment)
        if appointment.modality is Modality.PHONE and not sharing.contact.phone:
            raise ContactNeeded("an appointment by phone needs a number")
        self._keys.require_no_other(uow, conversation_id, sharing.contact, now)
        self._take(uow, appointment, now)
        self._write(appointment, reason_code, sharing, now)
        appointment.platform_user_id = told_in_app(uow, conversation_id)
        self._line.served(uow, appointment)
        uow.outbox.add(announce(appointment, MessageKind.CONFIRMED, now))
        return self._finder.shown(uow, appointment)

    def _take(self, uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
        """Make sure the time is still ours; a hold that ran out may be taken again if free."""
        if appointment.status not in (AppointmentStatus.HELD, AppointmentStatus.EXPIRED):
            raise NotAllowed("this hold was let go")
        if appointment.starts_at <= now:
            raise SlotTaken("that time has passed")
        if appointment.group_session_id is not None:
            self._take_seat(uow, appointment, appointment.group_session_id, now)
            return
        site = site_of(uow, appointment.site_id)
        if not self._slots.is_still_offered(uow, site, appointment):
            raise SlotTaken("that time is no longer offered")
        uow.appointments.require_free(appointment, now)

    def _take_seat(
        self, uow: UnitOfWork, seat: Appointment, session_id: str, now: datetime
    ) -> None:
        """Keep or take again a seat of the session as it is now, with whoever animates it."""
        session = future_session(uow, session_id, now)
        if session.interval() != seat.interval():
            raise SlotTaken("the session is at another time")
        if seat.status is AppointmentStatus.EXPIRED:
            take_seat(uow, session_id, now)
        seat.counsellor_id = session.counsellor_id or ""

    def _write(
        self, appointment: Appointment, reason_code: str, sharing: Sharing, now: datetime
    ) -> None:
        appointment.status = AppointmentStatus.CONFIRMED
        appointment.hold_expires_at = None
        appointment.reason = reason_of(reason_code).code
        appointment.consented_at = now
        appointment.code_hash = self._tokens.hash(self._tokens.code_for(appointment.link_token))
        appointment.first_name, appointment.shared_note = sharing.first_name, sharing.note
        appointment.discretion, appointment.referrer = sharing.discretion, sharing.referrer
        self._keys.set_contact(appointment, sharing.contact)
