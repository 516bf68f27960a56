"""Messenger, against its Send API on loopback: what leaves, and what the other ways to end mean."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from factories import NOW
from graph_rules import graph_error
from messenger_provider import PAGE, MessengerProvider
from meta_provider import APP_SECRET, TOKEN
from platform_provider import Failure

from accueil.core.clock import FixedClock
from accueil.core.platforms import Choice, PlatformMessage, Template
from accueil.gateways.graph_api import GraphApi
from accueil.gateways.messenger import MessengerGateway
from accueil.services.platforms.ports import Blocked, NotDelivered, WindowClosed

LINA = "7700000000000001"
SAID = "Où veux-tu aller ?"
QUESTION = PlatformMessage(
    SAID, "a1b2c3d4", tuple(Choice(f"Lieu {n}", f"t0ken{n}") for n in range(13))
)
PLACE = "Mission Locale, 3 rue des Lilas"
REMINDER = PlatformMessage(
    "Rappel…", "b1", template=Template("rappel_rendez_vous", ("mardi à 10 h", PLACE))
)
DAY = timedelta(hours=24)


@pytest.fixture
def provider() -> Iterator[MessengerProvider]:
    with MessengerProvider() as provider:
        yield provider


@pytest.fixture
def messenger(provider: MessengerProvider, clock: FixedClock) -> MessengerGateway:
    return gateway(provider, clock, timeout=5)


def gateway(provider: MessengerProvider, clock: FixedClock, timeout: float) -> MessengerGateway:
    account = provider.account()
    api = GraphApi(account.url, account.token, account.app_secret, timeout=timeout)
    return MessengerGateway(account, clock, api)


def failure_of(messenger: MessengerGateway, message: PlatformMessage = QUESTION) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        messenger.send(LINA, message, NOW)
    error = caught.value
    assert error.__cause__ is None
    told = f"{error!r} {error} {error.kind}"
    assert not any(secret in told for secret in (LINA, TOKEN, APP_SECRET, SAID, "message you sent"))
    return error


def test_a_question_leaves_with_its_quick_replies(
    provider: MessengerProvider, messenger: MessengerGateway
) -> None:
    assert messenger.send(LINA, QUESTION, NOW).startswith("m_sent_")
    (sent,) = provider.to(LINA)
    assert (sent.text, sent.titles[0], len(sent.choices)) == (SAID, "Lieu 0", 13)
    assert sent.body["messaging_type"] == "RESPONSE"
    assert sent.body["message"]["metadata"] == "a1b2c3d4"
    assert messenger.returns_references
    assert messenger.address == f"https://m.me/{PAGE}"


def test_the_longest_that_the_abilities_allow_is_taken(
    provider: MessengerProvider, messenger: MessengerGateway
) -> None:
    able = messenger.abilities
    choices = [Choice(f"{n:*>{able.longest_title}}", f"t{n}") for n in range(able.most_choices)]
    messenger.send(LINA, PlatformMessage("é" * able.text_limit, "r1"), NOW)
    messenger.send(LINA, PlatformMessage("é" * able.choices_text_limit, "r2", tuple(choices)), NOW)
    assert len(provider.to(LINA)) == 2


def test_the_token_is_in_no_address_and_in_no_log(
    provider: MessengerProvider, messenger: MessengerGateway, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        messenger.send(LINA, QUESTION, NOW)
    (call,) = provider.calls
    assert TOKEN not in call.path
    assert LINA not in call.path
    assert TOKEN not in caplog.text
    assert LINA not in caplog.text
    assert SAID not in caplog.text
    assert TOKEN not in repr(provider.account())


def test_being_heard_is_shown(provider: MessengerProvider, messenger: MessengerGateway) -> None:
    messenger.acknowledge(LINA, "")
    assert [one["sender_action"] for one in provider.acknowledged] == ["mark_seen", "typing_on"]


def test_being_heard_never_fails(provider: MessengerProvider, messenger: MessengerGateway) -> None:
    for failure in (Failure(500), Failure(loses_answer=True), Failure(200, "?")):
        provider.broken = failure
        messenger.acknowledge(LINA, "")


def test_a_reminder_within_a_day_is_words(
    provider: MessengerProvider, messenger: MessengerGateway, clock: FixedClock
) -> None:
    clock.advance(DAY - timedelta(minutes=2))
    messenger.send(LINA, REMINDER, NOW)
    assert provider.to(LINA)[0].text == "Rappel…"


def test_a_reminder_after_a_day_is_a_utility_template(
    provider: MessengerProvider, messenger: MessengerGateway, clock: FixedClock
) -> None:
    clock.advance(DAY)
    assert messenger.send(LINA, REMINDER, NOW)
    (sent,) = provider.to(LINA)
    assert "mardi à 10 h" in sent.text
    assert PLACE in sent.text
    assert sent.body["messaging_type"] == "UTILITY"
    assert sent.body["message"]["metadata"] == "b1"


def test_after_a_day_without_a_template_nothing_leaves(
    provider: MessengerProvider, messenger: MessengerGateway, clock: FixedClock
) -> None:
    clock.advance(DAY)
    assert isinstance(failure_of(messenger), WindowClosed)
    assert not provider.calls


def test_messengers_own_opinion_of_the_window_counts(
    provider: MessengerProvider, messenger: MessengerGateway
) -> None:
    provider.closed.add(LINA)
    assert isinstance(failure_of(messenger), WindowClosed)
    assert messenger.send(LINA, REMINDER, NOW)
    assert PLACE in provider.to(LINA)[0].text


def test_a_value_of_a_template_is_one_line(
    provider: MessengerProvider, messenger: MessengerGateway, clock: FixedClock
) -> None:
    clock.advance(DAY)
    values = ("mardi\nà 10\u00a0h", "3 rue\t\tdes      Lilas")
    messenger.send(
        LINA, PlatformMessage("…", "r", template=Template("rappel_rendez_vous", values)), NOW
    )
    assert "mardi à 10\u00a0h" in provider.to(LINA)[0].text


def test_somebody_who_blocked_us_is_left_alone(
    provider: MessengerProvider, messenger: MessengerGateway
) -> None:
    provider.blocked.add(LINA)
    assert isinstance(failure_of(messenger), Blocked)


@pytest.mark.parametrize(("code", "detail"), [(200, 1545041), (100, 2018001)])
def test_nobody_to_write_to_is_blocked_whatever_the_code(
    provider: MessengerProvider, messenger: MessengerGateway, code: int, detail: int
) -> None:
    provider.fail(Failure(*graph_error(code, detail)))
    assert isinstance(failure_of(messenger), Blocked)


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80006])
def test_a_rate_limit_waits(
    provider: MessengerProvider, messenger: MessengerGateway, code: int
) -> None:
    provider.fail(Failure(*graph_error(code)))
    error = failure_of(messenger)
    assert (error.retry, error.wait, error.is_uncertain) == (True, 60.0, False)
    assert error.kind == f"400/{code}"


@pytest.mark.parametrize(
    ("failure", "is_uncertain"),
    [
        (Failure(*graph_error(190, status=401)), False),
        (Failure(*graph_error(10)), False),
        (Failure(*graph_error(200)), False),
        (Failure(401, "nothing to read"), False),
        (Failure(*graph_error(1)), True),
        (Failure(*graph_error(2, status=503)), True),
        (Failure(*graph_error(1200)), True),
        (Failure(502, None), True),
        (Failure(200, {"recipient_id": "x"}), True),
        (Failure(200, ["?"]), True),
        (Failure(loses_answer=True), True),
        (Failure(302, None), False),
    ],
)
def test_trouble_of_others_is_tried_again(
    provider: MessengerProvider, messenger: MessengerGateway, failure: Failure, is_uncertain: bool
) -> None:
    provider.fail(failure)
    error = failure_of(messenger)
    assert (error.retry, error.is_uncertain) == (True, is_uncertain)


def test_a_message_at_fault_is_not_tried_again(
    provider: MessengerProvider, messenger: MessengerGateway
) -> None:
    error = failure_of(messenger, PlatformMessage("x" * 2001, "r"))
    assert (error.retry, error.kind) == (False, "400/100")
    assert not provider.to(LINA)


def test_half_a_character_is_a_message_at_fault(messenger: MessengerGateway) -> None:
    assert not failure_of(messenger, PlatformMessage("a\ud800", "r")).retry


def test_silence_ends_and_leaves_it_uncertain(
    provider: MessengerProvider, clock: FixedClock
) -> None:
    provider.fail(Failure(hangs=True))
    error = failure_of(gateway(provider, clock, timeout=0.2))
    assert (error.retry, error.is_uncertain) == (True, True)


def test_nobody_listening_is_no_doubt(provider: MessengerProvider, clock: FixedClock) -> None:
    api = GraphApi("http://127.0.0.1:9", TOKEN, APP_SECRET, timeout=1)
    error = failure_of(MessengerGateway(provider.account(), clock, api))
    assert (error.retry, error.is_uncertain) == (True, False)


def test_a_stolen_token_without_the_secret_is_refused(
    provider: MessengerProvider, clock: FixedClock
) -> None:
    api = GraphApi(provider.graph, TOKEN, "another secret")
    assert failure_of(MessengerGateway(provider.account(), clock, api)).kind == "400/100"
