"""Join and leave the waiting list, answer an offer; and the worker's round on it."""

from datetime import datetime

from accueil.core.booking import Appointment, NotAllowed, WaitingEntry, WaitingStatus, reason_of
from accueil.core.booking.proposals import Wish
from accueil.core.clock import Clock
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.core.tokens import TokenMaker
from accueil.services.appointments import AppointmentFinder, Booked, site_of
from accueil.services.booking import BookingService, ContactNeeded, Sharing
from accueil.services.locks import locked
from accueil.services.past_offers import PastOffer, past_offer
from accueil.services.people import ContactKeys
from accueil.services.ports import Store, UnitOfWork
from accueil.services.waiting import WaitingLine, has_booked_another, is_open_offer


class WaitingListService:
    """Who waits for a first appointment, in fair order."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tokens: TokenMaker,
        line: WaitingLine,
        booking: BookingService,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._line = line
        self._booking = booking
        self._keys = ContactKeys(tokens)
        self._finder = AppointmentFinder(store, clock, tokens)

    def join(
        self,
        conversation_id: str,
        site_id: str,
        reason_code: str,
        wish: Wish,
        sharing: Sharing,
        modality: Modality = Modality.ON_SITE,
    ) -> int:
        """Put somebody on the list, and return their rank; joining twice keeps the first place.

        Raises ``ContactNeeded`` without a phone number or address, or by phone without a number.
        """
        by_phone = modality is Modality.PHONE
        if not (sharing.contact.phone or (sharing.contact.email and not by_phone)):
            raise ContactNeeded("nobody could be told, or called, without a contact")
        with self._store.write() as uow:
            uow.appointments.lock_sites([site_id])
            site = site_of(uow, site_id)
            entry = self._place_of(uow, conversation_id, sharing.contact, site_id)
            if entry is None:
                entry = WaitingEntry(
                    self._tokens.new_id(), site_id, conversation_id, "", self._clock.now()
                )
                self._fill(entry, reason_code, wish, sharing, modality)
                uow.waiting.add(entry)
            else:
                self._fill(entry, reason_code, wish, sharing, modality)
            rank = _rank(uow, entry)
            self._line.serve(uow, site)
            uow.commit()
        return rank

    def place_of(self, conversation_id: str) -> WaitingEntry | None:
        """Return the conversation's place on a list, if it has one."""
        with self._store.read() as uow:
            return next(iter(uow.waiting.present_of(conversation_id, [])), None)

    def leave(self, conversation_id: str) -> bool:
        """Take a conversation off the list; False when it was on none."""
        with self._store.write() as uow:
            places = uow.waiting.present_of(conversation_id, [])
            uow.appointments.lock_sites([one.site_id for one in places])
            for entry in places:
                self._line.left(uow, entry, site_of(uow, entry.site_id))
            uow.commit()
        return bool(places)

    def offer_by_link(self, token: str) -> Booked | None:
        """Return the time held for the person on the list whose link this is, while it is held."""
        with self._store.read() as uow:
            held = uow.appointments.by_link(self._tokens.hash(token))
            if held is None or uow.waiting.of_offer(held.id) is None:
                return None
            return self._finder.shown(uow, held) if self._is_open(held) else None

    def past_offer_by_link(self, token: str) -> PastOffer | None:
        """Return what became of a time that was held for somebody on the list, if it was."""
        with self._store.read() as uow:
            held = uow.appointments.by_link(self._tokens.hash(token))
            return past_offer(uow, held, self._clock.now()) if held is not None else None

    def accept(self, appointment_id: str) -> Booked:
        """Book the time held. Raises as ``BookingService.confirm`` does."""
        with self._store.read() as uow:
            entry = uow.waiting.of_offer(appointment_id)
            held = uow.appointments.get(appointment_id)
            if entry is None or held is None or has_booked_another(entry, held):
                raise NotAllowed("no such offer")
            sharing = Sharing(
                Contact(entry.phone, entry.email),
                entry.first_name,
                entry.shared_note,
                entry.discretion,
                entry.referrer,
            )
        return self._booking.confirm(appointment_id, entry.conversation_id, entry.reason, sharing)

    def decline(self, appointment_id: str) -> None:
        """Refuse the time held, and keep the place on the list. Raises ``NotAllowed``."""
        with self._store.write() as uow:
            held = locked(uow, appointment_id)
            entry = uow.waiting.of_offer(appointment_id)
            if held is None or entry is None or not self._is_open(held):
                raise NotAllowed("no such offer")
            self._line.refuse(uow, entry, site_of(uow, held.site_id), said=True)
            uow.commit()

    def work(self) -> int:
        """Take back offers nobody answered, forget who waited too long, and serve every list.

        Returns how many people are asked now. Each site is one transaction.
        """
        with self._store.read() as uow:
            sites = sorted({one.site_id for one in uow.waiting.present()})
        return sum(self._work_at(site_id, self._clock.now()) for site_id in sites)

    def _work_at(self, site_id: str, now: datetime) -> int:
        with self._store.write() as uow:
            uow.appointments.lock_sites([site_id])
            site = site_of(uow, site_id)
            for entry in uow.waiting.present():
                if entry.site_id != site_id:
                    continue
                held = uow.appointments.get(entry.offered_id) if entry.offered_id else None
                if entry.status is WaitingStatus.OFFERED and (
                    held is None or not self._is_open(held)
                ):
                    self._line.refuse(uow, entry, site, said=False)
                if entry.status is WaitingStatus.WAITING and entry.is_too_old(now):
                    entry.forget_person()
            asked = self._line.serve(uow, site)
            uow.commit()
        return asked

    def _place_of(
        self, uow: UnitOfWork, conversation_id: str, contact: Contact, site_id: str
    ) -> WaitingEntry | None:
        keys = [key for key in self._keys.of(contact) if key]
        places = uow.waiting.present_of(conversation_id, keys)
        return next((one for one in places if one.site_id == site_id), None)

    def _fill(
        self,
        entry: WaitingEntry,
        reason_code: str,
        wish: Wish,
        sharing: Sharing,
        modality: Modality,
    ) -> None:
        entry.reason, entry.modality = reason_of(reason_code).code, modality
        entry.wish = wish.to_dict()
        entry.first_name, entry.shared_note = sharing.first_name, sharing.note
        entry.phone, entry.email = sharing.contact.phone, sharing.contact.email
        entry.phone_key, entry.email_key = self._keys.of(sharing.contact)
        entry.discretion, entry.referrer = sharing.discretion, sharing.referrer

    def _is_open(self, held: Appointment) -> bool:
        return is_open_offer(held, self._clock.now())


def _rank(uow: UnitOfWork, entry: WaitingEntry) -> int:
    ahead = [one for one in uow.waiting.of_site(entry.site_id) if one.id != entry.id]
    return 1 + sum((one.created_at, one.id) < (entry.created_at, entry.id) for one in ahead)
