"""What many people can want at the same moment. Each case returns how it ended for each of them."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as hour

from accueil.bootstrap import Application
from accueil.core.booking import Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.territory import Counsellor
from accueil.services.booking import Sharing
from tests.factories import (
    keep,
    make_appointment,
    make_counsellor,
    make_group_session,
    make_openings,
    make_organisation,
    make_site,
)

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
AFTERNOON = START + timedelta(hours=4)
NOBODY = Sharing(Contact())

type Outcomes = Counter[str]


def at_once(*acts: Callable[[], object]) -> Outcomes:
    """Let a thread for each act together; count what they returned or raised, by type."""
    barrier = threading.Barrier(len(acts))
    found: list[str] = []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            found.append(type(act()).__name__)
        except Exception as error:
            found.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)


def same_slot(application: Application) -> Outcomes:
    """Two hundred people hold and confirm one time."""
    _settle(application)

    def act(number: int) -> Callable[[], object]:
        return lambda: _book(application, f"c{number}", START)

    return at_once(*(act(number) for number in range(200)))


def last_seat(application: Application) -> Outcomes:
    """Fifty people take the last seat of a group session."""
    nadia = _settle(application)
    session = make_group_session(START, capacity=3, taken=0, counsellor_id=nadia.id)
    keep(application.store, sessions=[session])
    for number in range(2):
        _take_seat(application, f"early{number}", session.id)

    def act(number: int) -> Callable[[], object]:
        return lambda: _take_seat(application, f"c{number}", session.id)

    return at_once(*(act(number) for number in range(50)))


def moves(application: Application) -> Outcomes:
    """Fifty appointments, each with a counsellor of its own, move onto one time."""
    _settle(application)
    others = [make_counsellor(f"other{number}") for number in range(50)]
    booked = [make_appointment(AFTERNOON, other) for other in others]
    keep(application.store, others, booked)

    def act(identifier: str) -> Callable[[], object]:
        return lambda: application.changes.move(identifier, START)

    return at_once(*(act(one.id) for one in booked))


def seat_moves(application: Application) -> Outcomes:
    """Fifty seats of one group session move onto the last seat of another."""
    nadia = _settle(application)
    whence, whither = (
        make_group_session(start, capacity=size, taken=0, counsellor_id=nadia.id)
        for start, size in ((START, 50), (AFTERNOON, 1))
    )
    keep(application.store, sessions=[whence, whither])
    seats = [_take_seat(application, f"c{number}", whence.id) for number in range(50)]

    def act(identifier: str) -> Callable[[], object]:
        return lambda: application.changes.move_seat(identifier, whither.id)

    return at_once(*(act(one) for one in seats))


def freed_slot(application: Application) -> Outcomes:
    """The only time is freed: 20 people wait for it, 20 others hold, the worker works.

    The outcomes say, besides, who is asked afterwards.
    """
    clock = application.clock
    assert isinstance(clock, FixedClock)
    nadia = make_counsellor()
    openings = make_openings(nadia, hour(10), hour(10, 45))
    openings[1].first_day = openings[1].last_day = START.date()
    keep(application.store, [make_organisation(), make_site(), nadia, openings[1]])
    first = _book(application, "first", START)
    for number in range(20):
        clock.advance(timedelta(seconds=1))
        contact = Contact(email=f"p{number}@example.org")
        application.waiting_list.join(
            f"w{number}", "centre", "logement", Wish(), Sharing(contact, "Lina")
        )
    holds = [_holding(application, f"c{number}") for number in range(20)]
    works = [application.waiting_list.work] * 20
    found = at_once(lambda: application.changes.cancel(first), *works, *holds)
    with application.store.read() as uow:
        offered = [one for one in uow.waiting.present() if one.offered_id]
    found[f"asked:{','.join(one.conversation_id for one in offered)}"] += 1
    return found


def _settle(application: Application) -> Counsellor:
    nadia = make_counsellor()
    openings = make_openings(nadia, hour(9), hour(13))
    keep(application.store, [make_organisation(), make_site(), nadia, *openings])
    return nadia


def _book(application: Application, conversation: str, start: datetime) -> str:
    held = application.booking.hold(conversation, "centre", "logement", start)
    return application.booking.confirm(held.id, conversation, "logement", NOBODY).appointment.id


def _take_seat(application: Application, conversation: str, session_id: str) -> str:
    held = application.booking.hold_seat(conversation, session_id)
    return application.booking.confirm(held.id, conversation, "", NOBODY).appointment.id


def _holding(application: Application, conversation: str) -> Callable[[], object]:
    return lambda: application.booking.hold(conversation, "centre", "logement", START)
