"""What OVHcloud says afterwards, on loopback: found again, delivered, answered."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sms_provider import SmsProvider

from accueil.gateways.ovh_api import OvhApi
from accueil.gateways.sms_ovh import OvhSms
from accueil.services.messaging import DeliveryReceipt, Sms, SmsNotSent, SmsUnavailable

LINA = "+33639980001"
REMINDER = Sms(LINA, "Rappel : ton rendez-vous est mardi à 10 h.", "a1b2c3d4e5f60718293a")


@pytest.fixture
def provider() -> Iterator[SmsProvider]:
    with SmsProvider() as provider:
        yield provider


@pytest.fixture
def sms(provider: SmsProvider) -> OvhSms:
    account = provider.account(number="+33939980002")
    return OvhSms(account, OvhApi(account, timeout=5))


def test_after_a_line_cut_the_message_is_found_and_leaves_once(
    provider: SmsProvider, sms: OvhSms
) -> None:
    assert sms.find(REMINDER.reference) is None
    provider.fault.loses_answers = True
    with pytest.raises(SmsNotSent) as caught:
        sms.send(REMINDER)
    assert caught.value.retry
    provider.fault.loses_answers = False
    assert sms.find(REMINDER.reference) == "1000"
    assert sms.find("another") is None
    assert len(provider.sent) == 1


def test_while_messages_are_queued_nobody_knows(provider: SmsProvider, sms: OvhSms) -> None:
    sms.send(REMINDER)
    provider.keeps_queued = True
    for reference in (REMINDER.reference, "another"):
        with pytest.raises(SmsUnavailable, match="queued"):
            sms.find(reference)
    assert sms.receipts(["1000"]) == {"1000": DeliveryReceipt.PENDING}
    provider.keeps_queued = False
    assert sms.find(REMINDER.reference) == "1000"


def test_the_queue_is_read_before_the_history(provider: SmsProvider, sms: OvhSms) -> None:
    """A message goes from the one to the other: the other way round could miss it in both."""
    sms.find("any")
    assert [one.rpartition("/")[2] for one in provider.asked] == ["jobs", "outgoing"]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (0, DeliveryReceipt.PENDING),
        (1, DeliveryReceipt.DELIVERED),
        (2, DeliveryReceipt.FAILED),
        (4, DeliveryReceipt.PENDING),
        (8, DeliveryReceipt.PENDING),
        (16, DeliveryReceipt.FAILED),
    ],
)
def test_receipts(provider: SmsProvider, sms: OvhSms, code: int, state: DeliveryReceipt) -> None:
    identifier = sms.send(REMINDER)
    provider.receipts[int(identifier)] = code
    assert sms.receipts([identifier]) == {identifier: state}
    assert sms.receipts([]) == {}


def test_answers_come_with_who_and_when(provider: SmsProvider, sms: OvhSms) -> None:
    later = {
        "sender": "0033639980003",
        "message": "1 je viens",
        "creationDatetime": "2026-11-23T09:30:00+01:00",
        "tag": "a1b2c3d4e5f60718293a",
    }
    sooner = {**later, "sender": "38069", "creationDatetime": "2026-11-23T07:45:00Z", "tag": ""}
    provider.answers |= {7: later, 8: sooner}
    first, second = sms.incoming(datetime(2026, 11, 23, 8, 0, tzinfo=UTC) - timedelta(hours=1))
    assert provider.since == "2026-11-23T07:00:00+00:00"
    assert (first.id, first.sender, first.reference) == ("8", "", "")
    assert (second.id, second.sender, second.text) == ("7", "+33639980003", "1 je viens")
    assert second.at == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert second.reference == REMINDER.reference
    assert "639980003" not in repr(second)


def test_an_answer_whose_hour_is_unknown_is_asked_for_again(
    provider: SmsProvider, sms: OvhSms
) -> None:
    naive = {"sender": LINA, "message": "1", "creationDatetime": "2026-11-23T09:30:00", "tag": ""}
    for broken in (naive, {**naive, "creationDatetime": LINA}, {"sender": LINA}):
        provider.answers[7] = broken
        with pytest.raises(SmsUnavailable) as caught:
            sms.incoming(datetime(2026, 11, 23, tzinfo=UTC))
        assert LINA not in str(caught.value)


def test_one_unreadable_answer_does_not_hide_the_others(provider: SmsProvider, sms: OvhSms) -> None:
    good = {
        "sender": LINA, "message": "1", "creationDatetime": "2026-11-23T09:30:00Z", "tag": "",
    }  # fmt: skip
    naive = {**good, "creationDatetime": "2026-11-23T09:30:00"}
    provider.answers |= {7: naive, 8: good, 9: {"sender": LINA}, 10: {**good, "message": "2"}}
    answers = sms.incoming(datetime(2026, 11, 23, tzinfo=UTC))
    assert [(one.id, one.text) for one in answers] == [("8", "1"), ("10", "2")]


@pytest.mark.parametrize("status", [401, 429, 500])
def test_what_cannot_be_asked_now_is_asked_later(
    provider: SmsProvider, sms: OvhSms, status: int
) -> None:
    provider.fault.status = status
    for ask in (
        lambda: sms.find("any"),
        lambda: sms.receipts(["1"]),
        lambda: sms.incoming(datetime(2026, 11, 23, tzinfo=UTC)),
    ):
        with pytest.raises(SmsUnavailable, match=str(status)):
            ask()
    provider.fault.status, provider.fault.body = 0, b"null"
    with pytest.raises(SmsUnavailable, match="TypeError"):
        sms.find("any")
