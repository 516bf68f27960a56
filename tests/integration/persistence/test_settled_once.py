"""A worker that comes back late, while another takes its message over (PostgreSQL)."""

import threading
from datetime import timedelta

import pytest
from factories import NOW
from sqlalchemy import Engine, text

from accueil.core.clock import FixedClock
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.core.tokens import TokenMaker
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.messaging import DeliveryReceipt
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.notify.notifier import _Outcome
from accueil.services.slots import SlotFinder

# On SQLite nobody else writes in the meantime: there is one write lock for all.
pytestmark = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
OF_THIS_DATABASE = " AND datname = current_database()"


@pytest.fixture
def sms() -> NullSms:
    return NullSms()


@pytest.fixture
def notifier(store: SqlStore, clock: FixedClock, sms: NullSms) -> Notifier:
    addresses = Addresses("https://rdv.example.org")
    facts = FactsReader(SlotFinder(store, clock), TokenMaker(b"k" * 40), addresses)
    return Notifier(store, clock, NullPost(), sms, facts, MessageWriter(clock, "a@example.org"))


@pytest.fixture
def row(store: SqlStore) -> OutboxMessage:
    given = "row", None, MessageKind.CONFIRMED, Recipient.YOUNG_PERSON, 0, NOW
    with store.write() as uow:
        uow.outbox.add([OutboxMessage(*given, channel=Channel.SMS)])
        uow.commit()
    return found(store)


def found(store: SqlStore) -> OutboxMessage:
    with store.read() as uow:
        row = uow.outbox.get("row")
    assert row is not None
    return row


def until_somebody_waits(engine: Engine) -> None:
    """Return once another connection waits for a lock of ours."""
    with engine.connect() as connection:
        while not connection.scalar(text(WAITING + OF_THIS_DATABASE)):
            connection.rollback()  # the next question is asked of the present


def test_a_claim_that_is_being_made_is_not_undone(engine, store, clock, notifier, row) -> None:
    first = notifier._claim()
    clock.advance(timedelta(minutes=3))
    late = threading.Thread(target=notifier._settle, args=(first, _Outcome.LATER, ""))
    with store.write() as uow:
        (second,) = uow.outbox.claim_due(clock.now(), 1)
        late.start()
        until_somebody_waits(engine)
        uow.commit()
    late.join()
    assert (found(store).claimed_until, found(store).due_at) == (second.claimed_until, NOW)


def test_a_receipt_does_not_settle_what_leaves_again(
    engine, store, clock, notifier, sms, row
) -> None:
    with store.write() as uow:
        sent = uow.outbox.locked("row")
        sent.settle(sent=True, now=NOW)
        sent.provider_id = "null-1"
        uow.commit()
    clock.advance(timedelta(minutes=1))
    sms.states["null-1"] = DeliveryReceipt.DELIVERED
    with store.write() as uow:
        (asked,) = uow.outbox.claim_receipts(clock.now(), 1)
        uow.commit()
    told = threading.Thread(
        target=notifier._receipts._note, args=(asked, DeliveryReceipt.DELIVERED)
    )
    with store.write() as uow:
        uow.outbox.locked("row").send_again(clock.now())
        uow.appointments.flush()
        told.start()
        until_somebody_waits(engine)
        uow.commit()
    told.join()
    assert found(store).status is DeliveryStatus.PENDING
