"""Join and leave the waiting list, answer an offer; and the worker's round on it."""

from datetime import datetime

from accueil.core.booking import (
    Appointment,
    Discretion,
    NotAllowed,
    WaitingEntry,
    WaitingStatus,
)
from accueil.core.booking.proposals import Wish
from accueil.core.clock import Clock
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.core.tokens import TokenMaker
from accueil.services.appointments import AppointmentFinder, Booked, site_of
from accueil.services.confirming import Confirming, ContactNeeded, Sharing
from accueil.services.locks import locked
from accueil.services.past_offers import PastOffer, past_offer
from accueil.services.people import ContactKeys
from accueil.services.ports import Store, UnitOfWork
from accueil.services.waiting import WaitingLine, is_open_offer
from accueil.services.waiting_entries import fill, rank_of, sharing_of


class SilenceWanted(NotAllowed):
    """Whoever wants no message cannot wait for one."""


class WaitingListService:
    """Who waits for a first appointment, in fair order."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tokens: TokenMaker,
        line: WaitingLine,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._line = line
        self._confirming = Confirming(store, clock, tokens, line)
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

        Raises ``ContactNeeded`` without a phone number or address, or by phone without a number,
        ``SilenceWanted`` from who wants no message, and ``AlreadyBooked``.
        """
        if sharing.discretion is Discretion.SILENT:
            raise SilenceWanted("whoever wants no message cannot be told of a freed time")
        by_phone = modality is Modality.PHONE
        if not (sharing.contact.phone or (sharing.contact.email and not by_phone)):
            raise ContactNeeded("nobody could be told, or called, without a contact")
        with self._store.write() as uow:
            self._keys.lock(uow, conversation_id, sharing.contact, [site_id])
            self._keys.require_no_other(uow, conversation_id, sharing.contact, self._clock.now())
            site = site_of(uow, site_id)
            entry = self._place_of(uow, conversation_id, sharing.contact, site_id)
            if entry is None:
                entry = WaitingEntry(
                    self._tokens.new_id(), site_id, conversation_id, "", self._clock.now()
                )
                fill(entry, self._keys, reason_code, wish, sharing, modality)
                uow.waiting.add(entry)
            else:
                fill(entry, self._keys, reason_code, wish, sharing, modality)
            rank = rank_of(uow, entry)
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
            self._keys.lock(uow, conversation_id, Contact(), [])
            places = uow.waiting.present_of(conversation_id, [])
            for entry in places:
                self._line.left(uow, entry)
            for site_id in sorted({one.site_id for one in places}):
                self._line.serve(uow, site_of(uow, site_id))
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
        with self._store.write() as uow:
            known = _place_offered(uow, appointment_id)
            contact = Contact(known.phone, known.email)
            self._confirming.lock(uow, appointment_id, known.conversation_id, contact)
            entry = _place_offered(uow, appointment_id)  # as it is under the locks
            booked = self._confirming.confirm(
                uow, appointment_id, entry.conversation_id, entry.reason, sharing_of(entry)
            )
            uow.commit()
        return booked

    def decline(self, appointment_id: str) -> None:
        """Refuse the time held, and keep the place on the list. Raises ``NotAllowed``."""
        with self._store.write() as uow:
            held = locked(uow, appointment_id)
            entry = uow.waiting.of_offer(appointment_id)
            if held is None or entry is None or not self._is_open(held):
                raise NotAllowed("no such offer")
            site = site_of(uow, held.site_id)
            self._line.refuse(uow, entry, site, said=True)
            self._line.serve(uow, site)
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
        places = self._keys.places(uow, conversation_id, contact)
        return next((one for one in places if one.site_id == site_id), None)

    def _is_open(self, held: Appointment) -> bool:
        return is_open_offer(held, self._clock.now())


def _place_offered(uow: UnitOfWork, appointment_id: str) -> WaitingEntry:
    """Return whose offer a time is, or was when they took it. Raises ``NotAllowed``."""
    entry = uow.waiting.of_offer(appointment_id)
    if entry is None:
        raise NotAllowed("no such offer")
    return entry
