"""SMS by OVHcloud, against its API on loopback: what leaves, and what does not."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sms_provider import START, SmsProvider

from accueil.gateways.ovh_api import OvhApi
from accueil.gateways.sms_account import OvhAccount
from accueil.gateways.sms_ovh import OvhSms
from accueil.services.messaging import Sms, SmsNotSent

LINA = "+33639980001"
TEXT = "Rappel : ton rendez-vous est mardi à 10 h."
REMINDER = Sms(LINA, TEXT, "a1b2c3d4e5f60718293a")
NUMBER = "+33939980002"


@pytest.fixture
def provider() -> Iterator[SmsProvider]:
    with SmsProvider() as provider:
        yield provider


def sender_for(account: OvhAccount) -> OvhSms:
    """A client that waits for a fifth of a second at most."""
    return OvhSms(account, OvhApi(account, timeout=0.2))


@pytest.fixture
def sms(provider: SmsProvider) -> OvhSms:
    account = provider.account(number=NUMBER)
    return OvhSms(account, OvhApi(account, timeout=5))


def failure_of(sms: OvhSms, message: Sms = REMINDER) -> SmsNotSent:
    with pytest.raises(SmsNotSent) as caught:
        sms.send(message)
    assert caught.value.__cause__ is None
    assert not any(LINA[-9:] in str(part) for part in caught.value.args)
    return caught.value


def test_a_message_leaves_from_the_virtual_number(provider: SmsProvider, sms: OvhSms) -> None:
    assert sms.send(REMINDER) == "1000"
    assert provider.sent[1000] == {
        "message": TEXT,
        "receivers": [LINA],
        "charset": "UTF-8",
        "coding": "7bit",
        "priority": "high",
        "validityPeriod": 2880,
        "tag": "a1b2c3d4e5f60718293a",
        "number": NUMBER,
    }
    assert sms.carries_links
    assert sms.takes_answers


def test_a_message_leaves_from_a_declared_name(provider: SmsProvider) -> None:
    sms = OvhSms(provider.account(sender="PremAccueil"))
    sms.send(REMINDER)
    job = provider.sent[1000]
    assert (job["sender"], job["noStopClause"], job["number"]) == ("PremAccueil", True, "")
    assert "senderForResponse" not in job
    assert sms.carries_links
    assert not sms.takes_answers


def test_a_message_leaves_from_the_short_number_without_links(provider: SmsProvider) -> None:
    sms = OvhSms(provider.account())
    sms.send(REMINDER)
    assert provider.sent[1000]["senderForResponse"] is True
    assert "sender" not in provider.sent[1000]
    assert sms.takes_answers
    assert not sms.carries_links
    refused = Sms(LINA, "Voir : https://rdv.example.org", "with-a-link")
    assert not failure_of(sms, refused).retry
    assert len(provider.sent) == 1


def test_letters_of_another_alphabet_go_as_unicode(provider: SmsProvider, sms: OvhSms) -> None:
    sms.send(Sms(LINA, "Bonjour مريم", "one", valid_for=timedelta(hours=3)))
    assert provider.sent[1000]["coding"] == "8bit"
    assert provider.sent[1000]["message"] == "Bonjour مريم"
    assert provider.sent[1000]["validityPeriod"] == 180


def test_a_bad_signature_is_refused_and_the_message_kept(provider: SmsProvider) -> None:
    failure = failure_of(OvhSms(provider.account(secret="another")))
    assert (str(failure), failure.retry) == ("signature", True)
    assert provider.sent == {}


def test_keys_without_the_right_are_refused_and_the_message_kept(provider: SmsProvider) -> None:
    account = provider.account()
    stranger = OvhAccount(account.base_url, account.service, "app-key", "app-secret", "stranger")
    failure = failure_of(OvhSms(stranger))
    assert (str(failure), failure.retry) == ("403", True)


def test_an_unknown_service_is_refused_and_the_message_kept(provider: SmsProvider) -> None:
    account = provider.account()
    other = OvhAccount(account.base_url, "sms-other", "app-key", "app-secret", "consumer-key")
    assert failure_of(OvhSms(other)).retry


def test_the_provider_s_clock_counts_not_ours(provider: SmsProvider) -> None:
    """Its time is read once; a clock of ours that jumps costs one attempt."""
    seconds = 50.0
    account = provider.account()
    sms = OvhSms(account, OvhApi(account, elapsed=lambda: seconds))
    sms.send(REMINDER)
    provider.now = START + 3600
    seconds += 3600
    sms.send(REMINDER)
    provider.now += 3600
    assert failure_of(sms).retry
    sms.send(REMINDER)
    assert len(provider.sent) == 3


@pytest.mark.parametrize("status", [301, 401, 409, 429, 500, 502, 503])
def test_a_provider_in_trouble_gets_the_message_later(
    provider: SmsProvider, sms: OvhSms, status: int
) -> None:
    provider.fault.status = status
    failure = failure_of(sms)
    assert (str(failure), failure.retry) == (str(status), True)
    provider.fault.status = 0
    assert sms.send(REMINDER) == "1000"


def test_a_provider_that_hangs_is_left_after_the_time_limit(provider: SmsProvider) -> None:
    provider.fault.hangs = True
    failure = failure_of(sender_for(provider.account()))
    assert (str(failure), failure.retry) == ("ReadTimeout", True)


def test_a_provider_that_is_not_there_gets_the_message_later() -> None:
    with SmsProvider() as gone:
        account = gone.account()
    failure = failure_of(sender_for(account))
    assert (str(failure), failure.retry) == ("ConnectError", True)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"null", b'{"ids": 3}'])
def test_an_answer_that_cannot_be_read_says_neither_yes_nor_no(
    provider: SmsProvider, sms: OvhSms, body: bytes
) -> None:
    provider.fault.body = body
    assert failure_of(sms).retry


def test_a_number_that_is_not_served_is_not_tried_again(provider: SmsProvider, sms: OvhSms) -> None:
    provider.invalid.add(LINA)
    failure = failure_of(sms)
    assert (str(failure), failure.retry) == ("invalidReceivers", False)
    assert provider.sent == {}


def test_a_message_refused_for_itself_is_not_tried_again(sms: OvhSms) -> None:
    failure = failure_of(sms, Sms(LINA, "", "empty"))
    assert (str(failure), failure.retry) == ("400", False)


def test_no_number_text_or_key_is_logged(
    provider: SmsProvider, sms: OvhSms, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sms.send(REMINDER)
    provider.fault.status = 500
    failure_of(sms)
    for secret in (LINA[1:], "rendez-vous", "app-secret", "consumer-key", "app-key"):
        assert secret not in caplog.text
    assert "app-secret" not in repr(provider.account())
    assert LINA not in repr(REMINDER)
