"""Hold and confirm first appointments, and seats of group sessions."""

from datetime import datetime

from accueil.core.booking import Appointment, reason_of
from accueil.core.booking.appointment import HOLD_TIME
from accueil.core.clock import Clock
from accueil.core.contact import Contact
from accueil.core.outbox import Channel, MessageKind
from accueil.core.territory import Modality, Site
from accueil.core.tokens import TokenMaker
from accueil.services.announcements import reminders, to_young_person
from accueil.services.appointments import Booked, future_of, site_of
from accueil.services.confirming import Confirming, ContactNeeded, Sharing
from accueil.services.holds import HoldMaker
from accueil.services.locks import future_session, take_seat
from accueil.services.people import AlreadyBooked, ContactKeys
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import SlotFinder
from accueil.services.waiting import WaitingLine

__all__ = ["AlreadyBooked", "BookingService", "ContactNeeded", "Sharing"]


class BookingService:
    """Each step is one transaction; what must be told is written in it."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._slots = SlotFinder(store, clock)
        self._holds = holds
        self._keys = ContactKeys(tokens)
        self._line = WaitingLine(clock, self._slots, holds)
        self._confirming = Confirming(store, clock, tokens, self._line)

    def hold(
        self,
        conversation_id: str,
        site_id: str,
        reason_code: str,
        start: datetime,
        modality: Modality = Modality.ON_SITE,
    ) -> Appointment:
        """Hold a slot for five minutes; the conversation's earlier hold is let go.

        Raises ``SlotTaken`` when no counsellor of the site is free at that start.
        """
        until = self._clock.now() + HOLD_TIME
        with self._store.write() as uow:
            site = self._begin_hold(uow, conversation_id, site_id)
            slot = self._slots.slot_at(uow, site, reason_of(reason_code), start, modality)
            held = self._holds.of_slot(conversation_id, site, reason_code, slot, modality, until)
            uow.appointments.add(held)
            uow.commit()
        return held

    def hold_seat(self, conversation_id: str, session_id: str) -> Appointment:
        """Hold a seat of a group session for five minutes; an earlier hold is let go.

        Raises ``SlotTaken`` when the session is full, over, or has nobody to animate it.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            known = future_session(uow, session_id, now)
            site = self._begin_hold(uow, conversation_id, known.site_id)
            session = future_session(uow, session_id, now)  # as it is under the lock
            take_seat(uow, session.id, now)
            held = self._holds.of_seat(conversation_id, site, session, now + HOLD_TIME)
            uow.appointments.add(held)
            uow.commit()
        return held

    def keep_hold(self, conversation_id: str) -> Appointment | None:
        """Extend the conversation's hold, and return it; ``None`` when there is none alive."""
        now = self._clock.now()
        with self._store.write() as uow:
            self._lock_conversation(uow, conversation_id)
            held = self._holds.of_conversation(uow, conversation_id)
            if held is None or held.hold_is_over(now):
                return None
            held.extend_hold(now)
            uow.commit()
        return held

    def release(self, conversation_id: str) -> None:
        """Let the conversation's hold go, if there is one."""
        with self._store.write() as uow:
            self._lock_conversation(uow, conversation_id)
            held = self._holds.of_conversation(uow, conversation_id)
            if held is not None:
                self._free(uow, held)
                uow.commit()

    def confirm(
        self, appointment_id: str, conversation_id: str, reason_code: str, sharing: Sharing
    ) -> Booked:
        """Turn a hold into an appointment; saying it twice gives the same appointment.

        Raises ``SlotTaken`` when the hold ran out and somebody else has the time or it is no longer
        offered, ``AlreadyBooked`` when this conversation, phone number or address has one to come,
        ``ContactNeeded`` by phone without a number, ``NotAllowed`` otherwise.
        """
        with self._store.write() as uow:
            self._confirming.lock(uow, appointment_id, conversation_id, sharing.contact)
            booked = self._confirming.confirm(
                uow, appointment_id, conversation_id, reason_code, sharing
            )
            uow.commit()
        return booked

    def add_contact(self, conversation_id: str, contact: Contact, first_name: str) -> bool:
        """Add a contact given after the confirmation; False when there is nothing to add it to."""
        now = self._clock.now()
        with self._store.write() as uow:
            mine = uow.appointments.of_conversation(conversation_id)
            self._keys.lock(uow, conversation_id, contact, [one.site_id for one in mine])
            appointment = future_of(uow, conversation_id, now)
            if appointment is None:
                return False
            merged = Contact(contact.phone or appointment.phone, contact.email or appointment.email)
            self._keys.require_no_other(uow, conversation_id, merged, now, but=appointment)
            known = Contact(appointment.phone, appointment.email)
            appointment.first_name = first_name or appointment.first_name
            self._keys.set_contact(appointment, merged)
            if merged != known:
                _tell_new_contact(uow, appointment, known, now)
            uow.commit()
        return True

    def _begin_hold(self, uow: UnitOfWork, conversation_id: str, site_id: str) -> Site:
        mine = [one.site_id for one in uow.appointments.of_conversation(conversation_id)]
        uow.appointments.lock_sites([site_id, *mine])
        site = site_of(uow, site_id)
        held = self._holds.of_conversation(uow, conversation_id)
        if held is not None:
            self._holds.let_go(uow, held)
        return site

    def _free(self, uow: UnitOfWork, held: Appointment) -> None:
        self._holds.let_go(uow, held)
        self._line.serve(uow, site_of(uow, held.site_id))

    def _lock_conversation(self, uow: UnitOfWork, conversation_id: str) -> None:
        mine = uow.appointments.of_conversation(conversation_id)
        uow.appointments.lock_sites([one.site_id for one in mine])


def _tell_new_contact(
    uow: UnitOfWork, appointment: Appointment, before: Contact, now: datetime
) -> None:
    """Announce to a contact given late, or again when it takes the place of another one."""
    for row in to_young_person(appointment, MessageKind.CONFIRMED, now):
        known = uow.outbox.get(row.id)
        by_email = row.channel is Channel.EMAIL
        changed = (
            before.email != appointment.email if by_email else before.phone != appointment.phone
        )
        if known is None:
            uow.outbox.add([row])
        elif changed:
            known.send_again(now)
    uow.outbox.add(reminders(appointment, now))
