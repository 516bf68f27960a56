"""The waiting list while others book: nobody is lost nor waits in a circle, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from factories import (
    book,
    keep,
    make_counsellor,
    make_openings,
    make_organisation,
    make_site,
    seed_territory,
)

from accueil.core.booking import AppointmentStatus, NotAllowed, SlotTaken, WaitingStatus, Wish
from accueil.core.contact import Contact
from accueil.core.dates import Window
from accueil.core.tokens import TokenMaker
from accueil.persistence.appointment_repository import AppointmentRepository
from accueil.services.booking import Sharing
from accueil.services.holds import HoldMaker
from accueil.services.slots import SlotFinder
from accueil.services.waiting import WaitingLine
from accueil.services.waiting_list import WaitingListService

EMAIL = Contact(email="lina@example.org")
LINA = Sharing(EMAIL, "Lina")
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""Nine o'clock in Paris."""
XENA, YANN = make_counsellor("xena", "aa"), make_counsellor("yann", "bb")
_PATIENCE = 0.5
"""How long (seconds) whoever is waited for may take, before it must be a lock that stops them."""


@pytest.fixture
def waiting(store, clock) -> WaitingListService:
    tokens = TokenMaker(b"k" * 40)
    holds = HoldMaker(clock, tokens, "example.invalid")
    line = WaitingLine(clock, SlotFinder(store, clock), holds)
    return WaitingListService(store, clock, tokens, line)


@pytest.fixture
def meanwhile(monkeypatch):
    """Begin an act in another thread when this one first calls a method of the repository.

    This one goes on once the act is over, or is stopped by a lock.
    """
    mine, pool = threading.get_ident(), ThreadPoolExecutor(1)

    def begin(name: str, act: Callable[[], object]) -> list[Future[object]]:
        original, begun = getattr(AppointmentRepository, name), []

        def interrupted(self, *given):
            if threading.get_ident() == mine and not begun:
                begun.append(pool.submit(act))
                wait(begun, _PATIENCE)
            return original(self, *given)

        monkeypatch.setattr(AppointmentRepository, name, interrupted)
        return begun

    yield begin
    pool.shutdown()


def at(local_hour: int) -> Wish:
    start = TUESDAY + timedelta(hours=local_hour - 9)
    site = make_site()
    return Wish((Window(start.astimezone(site.zone()), None, exact=True),))


def appointment(store, identifier):
    with store.read() as uow:
        return uow.appointments.get(identifier)


def places(store, conversation="lina"):
    with store.read() as uow:
        return uow.waiting.of_conversation(conversation)


def offered_to(store, waiting) -> str:
    """Let Lina join; return what is held for her."""
    waiting.join("lina", "centre", "logement", Wish(), LINA)
    return places(store)[0].offered_id


@pytest.mark.parametrize("leaves_first", [True, False])
def test_leaving_never_empties_what_is_accepted_at_that_moment(
    store, waiting, meanwhile, leaves_first
) -> None:
    seed_territory(store)
    held = offered_to(store, waiting)
    acts = [lambda: waiting.leave("lina"), lambda: waiting.accept(held)]
    first, second = acts if leaves_first else reversed(acts)
    other = meanwhile("lock_sites" if leaves_first else "require_free", second)
    first()
    was_accepted = not (leaves_first and isinstance(other[0].exception(), NotAllowed))
    found = appointment(store, held)
    if was_accepted:
        other[0].result()
        assert found.status is AppointmentStatus.CONFIRMED
        assert (found.first_name, found.email) == ("Lina", EMAIL.email)
        assert found.email_key is not None
        assert places(store)[0].status is WaitingStatus.SERVED
    else:
        assert (found.status, found.email) == (AppointmentStatus.EXPIRED, "")
        assert places(store)[0].status is WaitingStatus.LEFT


def test_who_books_elsewhere_is_not_asked_at_that_moment(
    store, waiting, booking, meanwhile
) -> None:
    elsa = make_counsellor("elsa", "gare")
    seed_territory(store)
    with store.write() as uow:
        uow.territory.replace_openings("elsa", [])
        uow.commit()
    waiting.join("lina", "gare", "logement", Wish(), LINA)
    keep(store, make_openings(elsa, time(9), time(12)))
    held = booking.hold("elsewhere", "centre", "logement", TUESDAY)
    booked = meanwhile(
        "require_free", lambda: booking.confirm(held.id, "elsewhere", "logement", LINA)
    )
    assert waiting.work() == 1
    assert booked[0].result().appointment.email == EMAIL.email
    (place,) = places(store)
    assert (place.status, place.email, place.offered_id) == (WaitingStatus.SERVED, "", None)
    with store.read() as uow:
        mine = uow.appointments.of_conversation("lina")
    assert [(one.status, one.email) for one in mine] == [(AppointmentStatus.EXPIRED, "")]


def shared_town(store, *openings) -> None:
    keep(store, [make_organisation(), make_site("aa"), make_site("bb"), XENA, YANN, *openings])


def at_two_sites():
    """Xena in the morning and Yann in the afternoon, each at both sites."""
    both = [*make_openings(XENA, time(9), time(12)), *make_openings(YANN, time(14), time(17))]
    return [
        replace(one, id=f"{one.id}-{site}", site_id=site) for one in both for site in ("aa", "bb")
    ]


@pytest.mark.parametrize(("hours", "others"), [((9, 14), (15, 10)), ((14, 9), (10, 15))])
def test_two_sites_serve_those_they_share_without_a_circle(
    store, waiting, clock, monkeypatch, hours, others
) -> None:
    shared_town(store)
    for site, wanted in (("aa", hours), ("bb", others)):
        for one in wanted:
            contact = Contact(email=f"{site}{one}@example.org")
            waiting.join(f"{site}{one}", site, "logement", at(one), Sharing(contact))
            clock.advance(timedelta(seconds=1))
    keep(store, at_two_sites())
    _meet_before_the_second_counsellor(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(waiting._work_at, site, clock.now()) for site in ("aa", "bb")]
        assert [one.result() for one in works] == [2, 2]


def _meet_before_the_second_counsellor(monkeypatch) -> None:
    """Have two threads wait for each other, each with one counsellor, before the other one."""
    original, mine = AppointmentRepository.require_free, threading.local()
    barrier = threading.Barrier(2)

    def require_free(self, held, now):
        known = getattr(mine, "known", set())
        mine.known = known | {held.counsellor_id}
        if known and held.counsellor_id not in known:
            with suppress(threading.BrokenBarrierError):
                barrier.wait(_PATIENCE)
        return original(self, held, now)

    monkeypatch.setattr(AppointmentRepository, "require_free", require_free)


def test_a_hold_that_ran_out_and_a_counsellor_are_not_taken_in_two_orders(
    store, waiting, booking, clock, meanwhile
) -> None:
    shared_town(store, *at_two_sites())
    early = booking.hold("first", "aa", "logement", TUESDAY)
    clock.advance(timedelta(minutes=6))
    other = meanwhile("add", lambda: booking.hold("other", "bb", "logement", TUESDAY))
    booking.hold("first", "aa", "logement", TUESDAY + timedelta(minutes=45))
    assert other[0].result().counsellor_id == "xena"
    assert appointment(store, early.id).status is AppointmentStatus.EXPIRED


def test_cancelling_serves_who_waits_while_another_site_wants_the_same(
    store, waiting, booking, changes, meanwhile
) -> None:
    shared_town(store, *[one for one in at_two_sites() if one.counsellor_id == "yann"])
    mine = book(booking, TUESDAY + timedelta(hours=6), "aa").appointment
    waiting.join("lina", "aa", "logement", at(9), LINA)
    keep(store, at_two_sites())
    rival = meanwhile("require_free", lambda: booking.hold("rival", "bb", "logement", TUESDAY))
    assert changes.cancel(mine.id).appointment.status is AppointmentStatus.CANCELLED
    assert isinstance(rival[0].exception(), SlotTaken)
    assert places(store)[0].status is WaitingStatus.OFFERED


def test_a_time_refused_to_who_waits_fails_nobody_else(
    store, waiting, booking, changes, monkeypatch
) -> None:
    seed_territory(store)
    mine = book(booking, TUESDAY).appointment
    waiting.join("lina", "centre", "logement", at(9), LINA)
    original = AppointmentRepository.require_free

    def require_free(self, held, now):
        if held.starts_at == TUESDAY:
            raise SlotTaken("a test")
        original(self, held, now)

    monkeypatch.setattr(AppointmentRepository, "require_free", require_free)
    changes.cancel(mine.id)
    assert appointment(store, mine.id).status is AppointmentStatus.CANCELLED
    assert places(store)[0].status is WaitingStatus.WAITING
    waiting.join("lina", "centre", "logement", Wish(), LINA)
    assert appointment(store, places(store)[0].offered_id).starts_at != TUESDAY
