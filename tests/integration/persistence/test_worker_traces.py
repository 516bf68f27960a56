"""Signs of life, outbox counts, and two workers who read the same answers at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from calendar_messages import reply_message
from factories import NOW, keep, make_appointment, seed_territory
from sqlalchemy import Engine, text

from accueil.core.booking import Appointment
from accueil.core.calendar_reply import read_reply
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.core.safety import SafetyReading, SafetyReplies, SafetyType
from accueil.core.tokens import TokenMaker
from accueil.gateways.sms import NullSms
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.calendar_replies import CalendarReplies, Effect
from accueil.services.changes import ChangeService
from accueil.services.holds import HoldMaker
from accueil.services.messaging import IncomingSms
from accueil.services.people import ContactKeys
from accueil.services.ports import SentSms
from accueil.services.sms_answers import SmsAnswers
from accueil.services.sms_safety import SmsSafety

TOKENS = TokenMaker(b"k" * 40)
REPLIES = SafetyReplies.load(Path(__file__).resolve().parents[3] / "data" / "safety")
LINA = "+33639980011"
DANGER = SafetyReading("", True, (SafetyType.suicide,), ("3114",), False)


def at_once(number: int, work: Callable[[], object]) -> list[object]:
    """Run the same work in several threads; return what each returned, or its error."""
    found: list[object] = []
    barrier = threading.Barrier(number)

    def run() -> None:
        barrier.wait()
        try:
            found.append(work())
        except Exception as error:
            found.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def appointment(store: SqlStore) -> Appointment:
    identifier = "a" * 32
    kept = make_appointment(
        NOW + timedelta(days=1),
        seed_territory(store)["nadia"],
        id=identifier,
        uid=f"{identifier}@premier-accueil.invalid",
        phone=LINA,
        phone_key=ContactKeys(TOKENS).of(Contact(phone=LINA))[0],
    )
    keep(store, appointments=[kept])
    return kept


def row(number: int, appointment: Appointment, **changes: object) -> OutboxMessage:
    given = {
        "id": f"row-{number}",
        "appointment_id": appointment.id,
        "kind": MessageKind.ANSWER_UNCLEAR,
        "recipient": Recipient.YOUNG_PERSON,
        "sequence": 0,
        "due_at": NOW,
        "channel": Channel.SMS,
    }
    return OutboxMessage(**(given | changes))


def test_signs_of_life(store: SqlStore) -> None:
    for at in (NOW, NOW + timedelta(minutes=1)):
        with store.write() as uow:
            uow.heartbeats.beat("worker", at)
            uow.commit()
        with store.read() as uow:
            assert uow.heartbeats.last("worker") == at
            assert uow.heartbeats.last("other") is None


def test_first_signs_of_life_at_the_same_moment(store: SqlStore) -> None:
    def beat() -> None:
        with store.write() as uow:
            uow.heartbeats.beat("worker", NOW)
            uow.commit()

    assert at_once(6, beat) == [None] * 6


def test_what_the_outbox_says(store: SqlStore, appointment: Appointment) -> None:
    rows = [
        row(1, appointment, due_at=NOW - timedelta(hours=1)),
        row(2, appointment, status=DeliveryStatus.SENT, sent_at=NOW, attempts=1),
        row(3, appointment, status=DeliveryStatus.FAILED, attempts=8),
        row(4, appointment, status=DeliveryStatus.FAILED, due_at=NOW - timedelta(days=2)),
        row(5, appointment, due_at=NOW + timedelta(hours=1)),
        row(6, appointment, kind=MessageKind.ANSWER_CHANGE, status=DeliveryStatus.DROPPED),
        row(7, appointment, status=DeliveryStatus.DROPPED, attempts=2, channel=Channel.EMAIL),
        row(8, appointment, channel=Channel.EMAIL, attempts=5, due_at=NOW + timedelta(hours=1)),
        row(9, appointment, channel=Channel.EMAIL, attempts=4, due_at=NOW + timedelta(hours=1)),
    ]
    with store.write() as uow:
        uow.outbox.add(rows)
        uow.commit()
    with store.read() as uow:
        outbox = uow.outbox
        assert outbox.oldest_due(NOW) == NOW - timedelta(hours=1)
        assert outbox.oldest_due(NOW - timedelta(days=1)) is None
        assert outbox.outcomes_since(NOW - timedelta(days=1)) == {
            DeliveryStatus.SENT: 1,
            DeliveryStatus.FAILED: 1,
            DeliveryStatus.DROPPED: 1,
        }
        assert outbox.sms_since(NOW) == [SentSms("row-2", appointment.id, LINA)]
        assert [one.id for one in outbox.last_tried(Channel.SMS, 9)] == ["row-2", "row-3"]
        assert [one.id for one in outbox.put_off(Channel.EMAIL, 5)] == ["row-8"]
        assert outbox.put_off(Channel.SMS, 5) == []
        assert (outbox.last_sent(Channel.SMS), outbox.last_sent(Channel.EMAIL)) == (NOW, None)
        assert outbox.replied_since(appointment.id, MessageKind.ANSWER_UNCLEAR, NOW)
        assert not outbox.replied_since(appointment.id, MessageKind.ANSWER_CHANGE, NOW)


class OneDanger:
    """Sees danger in one text only."""

    def read(self, said: str) -> SafetyReading:
        return DANGER if said == "danger" else SafetyReading("", False, (), (), False)


def answers_on(store: SqlStore, clock: FixedClock, sms: NullSms) -> SmsAnswers:
    safety = SmsSafety(store, clock, TOKENS, sms, OneDanger(), REPLIES)
    changes = ChangeService(store, clock, TOKENS, HoldMaker(clock, TOKENS, "example.invalid"))
    return SmsAnswers(store, clock, TOKENS, sms, changes, None, safety)


def test_workers_who_read_the_same_answers(
    engine: Engine, store: SqlStore, clock: FixedClock, appointment: Appointment
) -> None:
    sms = NullSms()
    said = ("1", "3", "quoi", "danger")
    sms.answers = [IncomingSms(f"sms-{one}", LINA, one, NOW) for one in said]
    found = at_once(4, lambda: answers_on(store, clock, sms).poll())
    assert sum(found) == len(said)
    assert len(sms.sent) == 1
    with engine.connect() as connection:
        counts = {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("callback_requests", "outbox", "safety_events")
        }
    assert counts == {"callback_requests": 1, "outbox": 4, "safety_events": 1}


def test_the_same_refusal_received_twice_at_once(
    store: SqlStore, clock: FixedClock, appointment: Appointment
) -> None:
    reply = read_reply(reply_message(uid=appointment.uid, sequence=""))
    found = at_once(4, lambda: CalendarReplies(store, clock).receive(reply))
    assert sorted(map(str, found)) == sorted(
        map(str, [Effect.SITE_TOLD, *[Effect.TOLD_BEFORE] * 3])
    )
