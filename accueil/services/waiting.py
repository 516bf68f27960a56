"""The waiting list: who is told first when a time is freed, and what they answer."""

from dataclasses import replace
from datetime import datetime, timedelta

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Reason,
    Slot,
    SlotTaken,
    WaitingEntry,
    WaitingStatus,
    Wish,
    reason_of,
)
from accueil.core.booking.waiting import PATIENCE, answer_by, asked_at
from accueil.core.clock import Clock
from accueil.core.dates import Window
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality, Site
from accueil.services.announcements import to_young_person
from accueil.services.holds import HoldMaker
from accueil.services.ports import UnitOfWork
from accueil.services.slots import SlotFinder


class WaitingLine:
    """Serves a site's waiting list, inside a transaction that holds the site's lock.

    What is taken back is free for the next person once the list is served again.
    """

    def __init__(self, clock: Clock, slots: SlotFinder, holds: HoldMaker) -> None:
        self._clock = clock
        self._slots = slots
        self._holds = holds

    def serve(self, uow: UnitOfWork, site: Site) -> int:
        """Hold what is free for those who wait, first come first; return how many are asked."""
        uow.appointments.flush()
        asked = 0
        free: dict[tuple[Reason, Modality], list[Slot]] = {}
        for entry in uow.waiting.of_site(site.id):
            kind = reason_of(entry.reason), entry.modality
            if kind not in free:
                free[kind] = self._slots.free(uow, site, *kind)
            if self._offer_first(uow, entry, free[kind], site):
                free.clear()  # one time fewer, for whatever reason
                asked += 1
        return asked

    def served(self, uow: UnitOfWork, confirmed: Appointment) -> None:
        """Take whoever has just booked off the list; a time held for them is free again."""
        keys = [key for key in (confirmed.phone_key, confirmed.email_key) if key]
        for entry in uow.waiting.present_of(confirmed.conversation_id, keys):
            if entry.offered_id != confirmed.id:
                self._holds.withdraw(uow, entry)
            entry.status = WaitingStatus.SERVED
            entry.erase_contact()

    def refuse(self, uow: UnitOfWork, entry: WaitingEntry, site: Site, *, said: bool) -> None:
        """Take an offer back: refused, or left without an answer; the place on the list stays.

        The same time is not offered to them again, and after two silences nothing is.
        """
        offered = self._holds.withdraw(uow, entry)
        entry.unanswered = 0 if said else entry.unanswered + 1
        if offered is not None:
            entry.wish = _without(entry, offered.starts_at, site)
        if entry.unanswered >= PATIENCE:
            entry.forget_person()

    def left(self, uow: UnitOfWork, entry: WaitingEntry) -> None:
        """Take somebody off the list, and back what is held for them."""
        self._holds.withdraw(uow, entry)
        entry.forget_person()

    def _offer_first(
        self, uow: UnitOfWork, entry: WaitingEntry, free: list[Slot], site: Site
    ) -> bool:
        """Offer the first time that suits; False when there is none."""
        now = self._clock.now()
        suitable = [one for one in free if _suits(entry, one, site, now)]
        return any(self._offer(uow, entry, one, site) for one in suitable)

    def _offer(self, uow: UnitOfWork, entry: WaitingEntry, slot: Slot, site: Site) -> bool:
        """Hold a time and tell the person; False when it is not free after all.

        Asked before anything is written: whoever frees a time must not fail because of who waits.
        """
        now = self._clock.now()
        until = answer_by(now, slot.start, reason_of(entry.reason).notice, site.zone())
        held = self._holds.of_slot(
            entry.conversation_id, site, entry.reason, slot, entry.modality, until
        )
        held.first_name, held.phone, held.email = entry.first_name, entry.phone, entry.email
        held.discretion = entry.discretion
        try:
            uow.appointments.require_free(held, now)
        except SlotTaken:
            return False
        uow.appointments.add(held)
        entry.status, entry.offered_id = WaitingStatus.OFFERED, held.id
        due_at = asked_at(now, site.zone())
        uow.outbox.add(to_young_person(held, MessageKind.WAITING_OFFER, due_at))
        return True


def _suits(entry: WaitingEntry, slot: Slot, site: Site, now: datetime) -> bool:
    # An offer that could be answered for less than a quarter of an hour is no offer.
    until = answer_by(now, slot.start, reason_of(entry.reason).notice, site.zone())
    wish = Wish.from_dict(entry.wish, site.zone())
    wait = until - asked_at(now, site.zone())
    return wait >= timedelta(minutes=15) and wish.accepts(slot.start, site.zone())


def _without(entry: WaitingEntry, start: datetime, site: Site) -> dict[str, object]:
    wish = Wish.from_dict(entry.wish, site.zone())
    refused = Window(start.astimezone(site.zone()), None, exact=True)
    return replace(wish, excluded=(*wish.excluded, refused)).to_dict()


def is_open_offer(held: Appointment, now: datetime) -> bool:
    """Tell whether a time held for somebody on the list can still be accepted."""
    return held.status is AppointmentStatus.HELD and not held.hold_is_over(now)
