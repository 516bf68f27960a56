"""SMS whose delivery is not known: each is asked about by one worker, in turn."""

from datetime import timedelta

from factories import NOW

from accueil.core.outbox import (
    Channel,
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
)
from accueil.persistence.unit_of_work import SqlStore

MINUTE = timedelta(minutes=1)


def sent(name: str, ago: timedelta, **changes: object) -> OutboxMessage:
    given = {
        "status": DeliveryStatus.SENT,
        "channel": Channel.SMS,
        "provider_id": f"provider-{name}",
        "sent_at": NOW - ago,
    }
    return OutboxMessage(
        name, None, MessageKind.CONFIRMED, Recipient.YOUNG_PERSON, 0, NOW - ago, **given | changes
    )


def keep(store: SqlStore, *rows: OutboxMessage) -> None:
    with store.write() as uow:
        uow.outbox.add(rows)
        uow.commit()


def claimed(store: SqlStore, limit: int = 20, later: timedelta = timedelta(0)) -> list[str]:
    with store.write() as uow:
        found = [one.id for one in uow.outbox.claim_receipts(NOW + later, limit)]
        uow.commit()
    return found


def test_only_sms_sent_and_not_settled_from_a_minute_to_three_days(store: SqlStore) -> None:
    keep(
        store,
        sent("asked", MINUTE),
        sent("too-soon", MINUTE / 2),
        sent("too-late", timedelta(days=3, minutes=1)),
        sent("mail", MINUTE, channel=Channel.EMAIL, provider_id=""),
        sent("delivered", MINUTE, status=DeliveryStatus.DELIVERED),
        sent("failed", MINUTE, status=DeliveryStatus.FAILED),
        sent("pending", MINUTE, status=DeliveryStatus.PENDING),
    )
    assert claimed(store) == ["asked"]


def test_each_is_asked_about_once_then_later_and_the_unasked_come_first(store: SqlStore) -> None:
    keep(store, sent("a", timedelta(hours=2)), sent("b", 5 * MINUTE), sent("c", 2 * MINUTE))
    assert claimed(store, 2) == ["a", "b"]
    assert claimed(store, 2) == ["c"]
    assert claimed(store) == []
    assert claimed(store, later=3 * MINUTE) == ["c", "b"]
    assert claimed(store, later=timedelta(hours=1)) == ["c", "b", "a"]


def test_two_workers_share_them(store: SqlStore) -> None:
    keep(store, *(sent(f"row-{number}", 2 * MINUTE) for number in range(4)))
    first, second = claimed(store, 2), claimed(store, 2)
    assert sorted(first + second) == [f"row-{number}" for number in range(4)]
