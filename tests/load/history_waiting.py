"""Rules of random histories: the waiting list."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.services.booking import Sharing
from tests.load.history_bookings import (
    BookingRules,
    contacts,
    modalities,
    numbers,
    one_of,
    people,
    sites,
)
from tests.load.history_world import PEOPLE, sharing, wish


class WaitingRules(BookingRules):
    """Who waits, and what they answer; offers of long ago are answered too."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: list[str] = []
        """What was ever held for somebody who waits."""

    @rule(who=people, site=sites, kind=st.integers(0, 2), contact=contacts, modality=modalities)
    def join(self, who: str, site: str, kind: int, contact: int, modality: Modality) -> None:
        line = self.world.application.waiting_list
        given = (who, site, "logement", wish(kind), sharing(contact, 0), modality)
        self.attempt(line.join, *given)
        self.note_offers()

    @rule(site=sites, kind=st.integers(0, 2))
    def line_up(self, site: str, kind: int) -> None:
        """Have strangers take every free time, then three people wait for one."""
        while starts := self.starts(site):
            stranger = f"inconnu-{len(self.known)}"
            held = self.world.application.booking.hold(stranger, site, "logement", starts[0])
            self.note(held)
            self.confirm(0, 0, 0)
        for contact, who in enumerate(PEOPLE[:3], start=1):
            self.world.clock.advance(timedelta(seconds=1))
            self.join(who, site, kind, contact, Modality.ON_SITE)

    @rule(who=people)
    def leave(self, who: str) -> None:
        self.attempt(self.world.application.waiting_list.leave, who)

    @precondition(lambda self: self.offers)
    @rule(number=numbers)
    def accept(self, number: int) -> None:
        line = self.world.application.waiting_list
        identifier = one_of(self.offers, number)
        was_booked = self.world.application.appointments.by_id(identifier) is not None
        booked = self.attempt(line.accept, identifier)
        if booked is not None and not was_booked:
            mine = booked.appointment
            assert mine.phone or mine.email, "booked for nobody knows whom"

    @precondition(lambda self: self.offers)
    @rule(number=numbers)
    def decline(self, number: int) -> None:
        self.attempt(self.world.application.waiting_list.decline, one_of(self.offers, number))

    @rule(site=sites, number=numbers)
    def book_elsewhere(self, site: str, number: int) -> None:
        """Have somebody who waits book in another conversation, by the same number or address."""
        with self.world.store.read() as uow:
            waiting = [one for one in uow.waiting.present() if one.phone or one.email]
        starts = self.starts(site)
        if waiting and starts:
            one = waiting[number % len(waiting)]
            booking, conversation = self.world.application.booking, f"ailleurs-{len(self.known)}"
            held = booking.hold(conversation, site, "logement", starts[0])
            self.note(held)
            mine = Sharing(Contact(one.phone, one.email), "Lina")
            self.attempt(booking.confirm, held.id, conversation, "logement", mine)

    def note_offers(self) -> None:
        """Learn the links of what was held for people who wait."""
        with self.world.store.read() as uow:
            offers = [one.offered_id for one in uow.waiting.present() if one.offered_id]
        new = [one for one in offers if one not in self.known]
        self.known += new
        self.offers += new
        self.happened["offer"] += len(new)
