"""Rules of random histories: what young people do."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from accueil.core.booking import Appointment, BookingError, Interval, reason_of
from accueil.core.territory import Modality
from accueil.services.slots import closed_days
from tests.load.history_world import CONTACTS, PEOPLE, SITES, World, sharing

people = st.sampled_from(PEOPLE)
sites = st.sampled_from(SITES)
numbers = st.sampled_from((0, 0, 0, 0, 1, 1, 2, 3, 4, 6, 9))
"""Which appointment, counted back from the newest; which free time, counted from the first."""
contacts = st.integers(0, len(CONTACTS) - 1)
discretions = st.sampled_from((0, 0, 0, 1, 2))
modalities = st.sampled_from((Modality.ON_SITE, Modality.ON_SITE, Modality.PHONE))
sessions = st.integers(0, 2).map(lambda number: f"collective-{number}")


class BookingRules(RuleBasedStateMachine):
    """Every rule lets the refusals of booking pass: the state afterwards is what counts."""

    happened: ClassVar[Counter[str]] = Counter()
    """What was done and not refused, by all histories of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.known: list[str] = []
        """Every appointment that anybody ever held, in order: what links lead to."""

    def attempt(self, act: Any, *given: Any) -> Any:
        """Do something that booking may refuse; return what it gave, ``None`` when refused."""
        try:
            found = act(*given)
        except BookingError:
            return None
        self.happened[act.__name__] += 1
        return found

    def starts(self, site_id: str, modality: Modality = Modality.ON_SITE) -> list[Any]:
        """Return what is proposed at a site."""
        finder = self.world.application.slots
        with self.world.store.read() as uow:
            site = uow.territory.site(site_id)
            assert site is not None
            return [one.start for one in finder.free(uow, site, reason_of(""), modality)]

    @rule(who=people, site=sites, number=numbers, modality=modalities)
    def hold(self, who: str, site: str, number: int, modality: Modality) -> None:
        starts = self.starts(site, modality)
        if starts:
            start = starts[number % len(starts)]
            booking = self.world.application.booking
            held = self.attempt(booking.hold, who, site, "logement", start, modality)
            assert held is not None, "a time that was proposed is refused"
            self.note(held)

    @rule(who=people, site=sites, number=numbers, contact=contacts, is_told=st.booleans())
    def book(self, who: str, site: str, number: int, contact: int, is_told: bool) -> None:
        if self.starts(site):
            self.hold(who, site, number, Modality.ON_SITE)
            self.confirm(0, contact, 0)
        if is_told:
            self.messages_leave()

    @rule(who=people, session=sessions, contact=contacts)
    def book_seat(self, who: str, session: str, contact: int) -> None:
        self.hold_seat(who, session)
        if self.known:
            self.confirm(0, contact, 0)

    @rule(who=people, session=sessions)
    def hold_seat(self, who: str, session: str) -> None:
        held = self.attempt(self.world.application.booking.hold_seat, who, session)
        if held is not None:
            self.known.append(held.id)

    @precondition(lambda self: self.known)
    @rule(number=numbers, contact=contacts, discretion=discretions)
    def confirm(self, number: int, contact: int, discretion: int) -> None:
        identifier = one_of(self.known, number)
        with self.world.store.read() as uow:
            held = uow.appointments.get(identifier)
        if held is None:
            return
        was = held.status
        shared = sharing(contact, discretion)
        booking = self.world.application.booking
        given = (identifier, held.conversation_id, "logement", shared)
        booked = self.attempt(booking.confirm, *given)
        if booked is not None:
            assert booked.appointment.id == identifier
            if was is not booked.appointment.status:
                self.note(booked.appointment)

    @precondition(lambda self: self.known)
    @rule(number=numbers, contact=contacts, is_told=st.booleans())
    def add_contact(self, number: int, contact: int, is_told: bool) -> None:
        with self.world.store.read() as uow:
            mine = uow.appointments.get(one_of(self.known, number))
        if mine is not None and mine.conversation_id:
            given = mine.conversation_id, CONTACTS[contact], "Lina"
            self.attempt(self.world.application.booking.add_contact, *given)
        if is_told:
            self.messages_leave()

    @rule()
    def messages_leave(self) -> None:
        for _ in range(10):
            if not self.world.application.notifier.send_due():
                break

    @precondition(lambda self: self.known)
    @rule(number=numbers, slot=numbers, session=sessions)
    def move(self, number: int, slot: int, session: str) -> None:
        now = self.world.clock.now()
        with self.world.store.read() as uow:
            known = [uow.appointments.get(one) for one in self.known]
        found = [one for one in known if one is not None]
        to_come = [one for one in found if one.is_future(now)]
        mine = (to_come or found)[number % len(to_come or found)]
        changes = self.world.application.changes
        if mine.group_session_id is not None:
            self.attempt(changes.move_seat, mine.id, session)
        elif starts := self.starts(mine.site_id, mine.modality):
            booked = self.attempt(changes.move, mine.id, starts[slot % len(starts)])
            if booked is not None:
                self.note(booked.appointment)

    @rule(who=people, number=numbers, what=st.sampled_from(("keep", "release", "come")))
    def do_little(self, who: str, number: int, what: str) -> None:
        application = self.world.application
        if what == "keep":
            self.attempt(application.booking.keep_hold, who)
        elif what == "release":
            self.attempt(application.booking.release, who)
        else:
            self.attempt(application.changes.coming, one_of(self.known, number))

    @precondition(lambda self: self.known)
    @rule(number=numbers)
    def cancel(self, number: int) -> None:
        self.attempt(self.world.application.changes.cancel, one_of(self.known, number))

    def note(self, taken: Appointment) -> None:
        """Remember a time just taken, and assert that somebody receives then."""
        if taken.id not in self.known:
            self.known.append(taken.id)
        if taken.group_session_id is None:
            assert self.is_received(taken), "nobody receives at that time"

    def is_received(self, taken: Appointment) -> bool:
        """Tell it the slow way: one opening that holds it all, no absence, no closed day."""
        with self.world.store.read() as uow:
            site, person = (
                uow.territory.site(taken.site_id),
                uow.territory.counsellor(taken.counsellor_id),
            )
            assert site is not None
            assert person is not None
            start, end = (one.astimezone(site.zone()) for one in (taken.starts_at, taken.ends_at))
            is_open = any(
                one.site_id == site.id
                and taken.modality in one.modalities
                and one.takes_place_on(start.date())
                and one.start <= start.time()
                and end.time() <= one.end
                for one in uow.territory.openings_of_counsellor(person.id)
            )
            absences = uow.absences.of_counsellor(person.id)
            away = [Interval(one.starts_at, one.ends_at) for one in absences]
            closures = uow.absences.closures_of(site.id)
            closed = closed_days(site, taken.starts_at, taken.ends_at, closures)
        is_away = any(one.overlaps(taken.interval()) for one in away)
        return person.is_active and is_open and not is_away and start.date() not in closed


def one_of(identifiers: Sequence[str], number: int) -> str:
    """Return the identifier so many places before the last; an unknown one when there is none."""
    return identifiers[-1 - number % len(identifiers)] if identifiers else "none"
