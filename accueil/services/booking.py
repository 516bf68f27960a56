"""Hold, confirm, move and cancel first appointments."""

from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Interval,
    NotAllowed,
    SlotTaken,
    reason_of,
)
from accueil.core.booking.appointment import HOLD_TIME
from accueil.core.clock import Clock
from accueil.core.contact import Contact
from accueil.core.outbox import MessageKind
from accueil.core.territory import Site
from accueil.core.tokens import TokenMaker
from accueil.services.appointments import AppointmentFinder, Booked, future_of, site_of
from accueil.services.notifications import announce, row_to_young_person
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import SlotFinder


class AlreadyBooked(NotAllowed):
    """This person has a first appointment to come."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the young person agreed to pass on to the counsellor."""

    contact: Contact
    first_name: str = ""
    note: str = ""


class BookingService:
    """Every change of an appointment is one transaction; announcements are written in it."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker, uid_domain: str) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._uid_domain = uid_domain
        self._slots = SlotFinder(store, clock)
        self._finder = AppointmentFinder(store, clock, tokens)

    def hold(
        self, conversation_id: str, site_id: str, reason_code: str, start: datetime
    ) -> Appointment:
        """Hold a slot for five minutes; the conversation's earlier hold is let go.

        Raises ``SlotTaken`` when no counsellor of the site is free at that start.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            mine = [one.site_id for one in uow.appointments.of_conversation(conversation_id)]
            uow.appointments.lock_sites([site_id, *mine])
            site = site_of(uow, site_id)
            self._release(uow, conversation_id)
            counsellor_id, interval = self._free_at(uow, site, reason_code, start)
            token = self._tokens.new_token()
            identifier = self._tokens.new_id()
            appointment = Appointment(
                id=identifier,
                site_id=site_id,
                counsellor_id=counsellor_id,
                conversation_id=conversation_id,
                reason=reason_of(reason_code).code,
                starts_at=interval.start,
                ends_at=interval.end,
                time_zone=site.time_zone,
                status=AppointmentStatus.HELD,
                created_at=now,
                uid=f"{identifier}@{self._uid_domain}",
                link_token_hash=self._tokens.hash(token),
                link_token=token,
                hold_expires_at=now + HOLD_TIME,
            )
            uow.appointments.add(appointment)
            uow.commit()
        return appointment

    def keep_hold(self, conversation_id: str) -> Appointment | None:
        """Extend the conversation's hold, and return it; ``None`` when there is none alive."""
        now = self._clock.now()
        with self._store.write() as uow:
            self._lock_conversation(uow, conversation_id)
            held = self._hold_of(uow, conversation_id)
            if held is None or held.hold_is_over(now):
                return None
            held.extend_hold(now)
            uow.commit()
        return held

    def release(self, conversation_id: str) -> None:
        """Let the conversation's hold go, if there is one."""
        with self._store.write() as uow:
            self._lock_conversation(uow, conversation_id)
            self._release(uow, conversation_id)
            uow.commit()

    def confirm(
        self, appointment_id: str, conversation_id: str, reason_code: str, sharing: Sharing
    ) -> Booked:
        """Turn a hold into an appointment; saying it twice gives the same appointment.

        Raises ``SlotTaken`` when the hold ran out and somebody else has the time, ``AlreadyBooked``
        when this conversation, phone number or address has one to come, ``NotAllowed`` otherwise.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _locked(uow, appointment_id)
            if appointment is None or appointment.conversation_id != conversation_id:
                raise NotAllowed("no such hold in this conversation")
            if appointment.status is AppointmentStatus.CONFIRMED:
                return self._finder.shown(uow, appointment)
            self._require_no_other(uow, appointment, sharing.contact, now)
            self._take(uow, appointment, now)
            appointment.status = AppointmentStatus.CONFIRMED
            appointment.hold_expires_at = None
            appointment.reason = reason_of(reason_code).code
            appointment.consented_at = now
            appointment.code_hash = self._tokens.hash(self._tokens.code_for(appointment.link_token))
            appointment.first_name, appointment.shared_note = sharing.first_name, sharing.note
            self._set_contact(appointment, sharing.contact)
            uow.outbox.add(announce(appointment, MessageKind.CONFIRMED, now))
            booked = self._finder.shown(uow, appointment)
            uow.commit()
        return booked

    def add_contact(self, conversation_id: str, contact: Contact, first_name: str) -> bool:
        """Add a contact given after the confirmation; False when there is nothing to add it to."""
        now = self._clock.now()
        with self._store.write() as uow:
            self._lock_conversation(uow, conversation_id)
            appointment = future_of(uow, conversation_id, now)
            if appointment is None:
                return False
            merged = Contact(contact.phone or appointment.phone, contact.email or appointment.email)
            self._require_no_other(uow, appointment, merged, now)
            is_new_address = bool(merged.email) and merged.email != appointment.email
            appointment.first_name = first_name or appointment.first_name
            self._set_contact(appointment, merged)
            if is_new_address:
                self._write_to(uow, appointment, now)
            uow.commit()
        return True

    def move(self, appointment_id: str, start: datetime) -> Booked:
        """Move to another free start of the same site.

        Raises ``SlotTaken``, ``TooLate`` or ``NotAllowed``; then nothing has changed.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _locked(uow, appointment_id)
            if appointment is None:
                raise NotAllowed("no such appointment")
            appointment.require_movable(now)
            if appointment.starts_at == start:
                return self._finder.shown(uow, appointment)
            site = site_of(uow, appointment.site_id)
            previous = appointment.counsellor_id, appointment.starts_at
            counsellor_id, interval = self._free_at(uow, site, appointment.reason, start)
            appointment.move(interval, counsellor_id, now)
            uow.appointments.require_free(appointment, now)
            uow.appointments.flush()
            uow.outbox.add(announce(appointment, MessageKind.MOVED, now, previous))
            uow.commit()
            return self._finder.shown_at(appointment, site)

    def cancel(self, appointment_id: str) -> Booked:
        """Cancel; the time is free again. Raises ``TooLate`` or ``NotAllowed``."""
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _locked(uow, appointment_id)
            if appointment is None:
                raise NotAllowed("no such appointment")
            site = site_of(uow, appointment.site_id)
            if appointment.status is not AppointmentStatus.CANCELLED:
                appointment.cancel(now)
                uow.outbox.add(announce(appointment, MessageKind.CANCELLED, now))
                uow.commit()
            return self._finder.shown_at(appointment, site)

    def _free_at(
        self, uow: UnitOfWork, site: Site, reason_code: str, start: datetime
    ) -> tuple[str, Interval]:
        slots = self._slots.free(uow, site, reason_of(reason_code))
        for slot in slots:
            if slot.start == start:
                return slot.counsellor_id, Interval(slot.start, slot.end)
        raise SlotTaken("no counsellor is free at that start")

    def _take(self, uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
        """Make sure the time is still ours; a hold that ran out may be taken again if free."""
        if appointment.status not in (AppointmentStatus.HELD, AppointmentStatus.EXPIRED):
            raise NotAllowed("this hold was let go")
        if appointment.starts_at <= now:
            raise SlotTaken("that time has passed")
        uow.appointments.require_free(appointment, now)

    def _require_no_other(
        self, uow: UnitOfWork, appointment: Appointment, contact: Contact, now: datetime
    ) -> None:
        keys = [key for key in self._contact_keys(contact) if key]
        uow.appointments.lock_people([appointment.conversation_id, *keys])
        others = list(uow.appointments.future_of_contact(keys, now)) if keys else []
        others += [
            one
            for one in uow.appointments.of_conversation(appointment.conversation_id)
            if one.is_future(now)
        ]
        if any(other.id != appointment.id for other in others):
            raise AlreadyBooked("one first appointment to come per person")

    def _write_to(self, uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
        """Announce to an address given late, or again when it takes the place of another one."""
        row = row_to_young_person(appointment, MessageKind.CONFIRMED, now)
        known = uow.outbox.get(row.id)
        if known is None:
            uow.outbox.add([row])
        else:
            known.send_again(now)

    def _lock_conversation(self, uow: UnitOfWork, conversation_id: str) -> None:
        mine = uow.appointments.of_conversation(conversation_id)
        uow.appointments.lock_sites([one.site_id for one in mine])

    def _set_contact(self, appointment: Appointment, contact: Contact) -> None:
        appointment.phone, appointment.email = contact.phone, contact.email
        appointment.phone_key, appointment.email_key = self._contact_keys(contact)

    def _contact_keys(self, contact: Contact) -> tuple[str | None, str | None]:
        phone = self._tokens.hash(f"phone:{contact.phone}") if contact.phone else None
        email = self._tokens.hash(f"email:{contact.email}") if contact.email else None
        return phone, email

    def _hold_of(self, uow: UnitOfWork, conversation_id: str) -> Appointment | None:
        held = [
            one
            for one in uow.appointments.of_conversation(conversation_id)
            if one.status is AppointmentStatus.HELD
        ]
        return held[-1] if held else None

    def _release(self, uow: UnitOfWork, conversation_id: str) -> None:
        held = self._hold_of(uow, conversation_id)
        if held is not None:
            held.status = AppointmentStatus.EXPIRED
            uow.appointments.flush()


def _locked(uow: UnitOfWork, appointment_id: str) -> Appointment | None:
    """Return an appointment as it is once nobody else books at its site."""
    appointment = uow.appointments.get(appointment_id)
    if appointment is not None:
        uow.appointments.lock_sites([appointment.site_id])
    return appointment
