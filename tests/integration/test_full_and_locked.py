"""A database that is full, or locked by somebody else, in the middle of what is being done."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from factories import book, seed_territory
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import DeliveryStatus
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.jobs.worker import Worker
from accueil.persistence.engine import open_engine
from accueil.services.booking import Sharing
from accueil.services.messaging import Sms
from tests.load.history_checks import check, take_snapshot

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SHARING = Sharing(Contact("+33639980001", "lina@example.org"), "Lina", "x" * 20_000)
"""A note so long that it needs pages of its own."""


@pytest.fixture
def post(application: Application) -> NullPost:
    seed_territory(application.store)
    application.post = NullPost()
    return application.post


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """Let the file grow no further, on every connection."""

    def limit(connection: object, *_rest: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # as low as the file is now

    def lift(connection: object, *_rest: object) -> None:
        connection.execute("PRAGMA max_page_count = 1000000")

    event.listen(engine, "checkout", limit)
    yield
    event.remove(engine, "checkout", limit)
    event.listen(engine, "checkout", lift)


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Hold the one write lock from another connection; ours waits a hundredth of a second."""

    def hurry(connection: object, *_rest: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10")

    other = open_engine(str(engine.url), b"k" * 40)
    event.listen(engine, "checkout", hurry)
    with other.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    event.remove(engine, "checkout", hurry)
    other.dispose()


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("trouble", [full, locked])
def test_a_confirmation_is_whole_or_not_at_all(
    application: Application, clock: FixedClock, trouble: Callable
) -> None:
    held = application.booking.hold("lina", "centre", "logement", START)

    with trouble(application.engine), pytest.raises(OperationalError):
        application.booking.confirm(held.id, "lina", "logement", SHARING)

    found = take_snapshot(application.engine, clock.now())
    assert found.appointments[held.id].consented_at is None
    assert list(found.rows) == []
    application.booking.confirm(held.id, "lina", "logement", SHARING)
    check(take_snapshot(application.engine, clock.now()))


@pytest.mark.parametrize("trouble", [full, locked])
def test_a_round_of_the_worker_goes_on_afterwards(
    application: Application, clock: FixedClock, post: NullPost, trouble: Callable
) -> None:
    book(application.booking, START, contact=Contact(email="lina@example.org"))
    with trouble(application.engine), suppress(OperationalError):
        Worker(application).run_once()

    clock.advance(timedelta(minutes=3))
    Worker(application).run_once()

    assert sorted(mail.to for mail in post.sent) == ["lina@example.org", "nadia@mission.example"]
    assert unsent(application) == 0


def test_an_sms_whose_end_could_not_be_written_is_not_sent_again(
    application: Application, clock: FixedClock, post: NullPost
) -> None:
    with ExitStack() as stack:
        sms = application.sms = LockingSms(application.engine, stack)
        book(application.booking, START, contact=Contact("+33639980001"))
        with pytest.raises(OperationalError):
            application.notifier.send_due()
    assert unsent(application) > 0
    sms.is_locking = False
    clock.advance(timedelta(minutes=3))

    while application.notifier.send_due():
        pass

    assert len(sms.sent) == 1
    assert unsent(application) == 0


class LockingSms(NullSms):
    """Locks the database once a message has left, until the stack is closed."""

    def __init__(self, engine: Engine, stack: ExitStack) -> None:
        super().__init__()
        self.is_locking = True
        self._engine, self._stack = engine, stack

    def send(self, sms: Sms) -> str:
        identifier = super().send(sms)
        if self.is_locking:
            self._stack.enter_context(locked(self._engine))
        return identifier


def unsent(application: Application) -> int:
    """Count the messages that are due and have not left."""
    now = application.clock.now()
    rows = take_snapshot(application.engine, now).rows
    return sum(row.due_at <= now and row.status is DeliveryStatus.PENDING for row in rows)
