"""What leaves for Telegram, against its Bot API on loopback, and what does not."""

import logging
from collections.abc import Iterator

import pytest
from factories import NOW
from platform_provider import Failure
from telegram_provider import SECRET, TOKEN, TelegramServer, refusal

from accueil.core.platforms import Choice, PlatformMessage, Template
from accueil.gateways.platform_accounts import TelegramAccount
from accueil.gateways.telegram import TelegramGateway
from accueil.gateways.telegram_api import TelegramApi, TelegramRefused, TelegramUnreachable
from accueil.services.platforms.ports import Blocked, NotDelivered

LINA = "1001"
TEXT = "Ton rendez-vous est mardi à 10\u00a0h. <b>_Voir_</b> https://rdv.example.org"
MESSAGE = PlatformMessage(TEXT, "ref1", (Choice("Je viens", "tok-1"), Choice("Annuler", "tok-2")))


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.person(int(LINA))
        yield server


@pytest.fixture
def gateway(telegram: TelegramServer) -> TelegramGateway:
    return TelegramGateway(telegram.account())


def hurried(account: TelegramAccount) -> TelegramGateway:
    """A client that waits for a fifth of a second at most."""
    return TelegramGateway(account, TelegramApi(account, timeout=0.2))


def failure_of(gateway: TelegramGateway, message: PlatformMessage = MESSAGE) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        gateway.send(LINA, message, NOW)
    failure = caught.value
    assert failure.__cause__ is None
    for hidden in (TOKEN, LINA, "rendez-vous", "127.0.0.1"):
        assert hidden not in f"{failure!r} {failure.kind}"
    return failure


def test_a_message_leaves_as_plain_text_with_a_button_a_row(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    assert gateway.send(LINA, MESSAGE, NOW) == "9001"
    (sent,) = telegram.to(LINA)
    assert sent.body == {
        "chat_id": LINA,
        "text": TEXT,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Je viens", "callback_data": "tok-1"}],
                [{"text": "Annuler", "callback_data": "tok-2"}],
            ]
        },
    }


def test_a_message_without_buttons_has_no_keyboard(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    gateway.send(LINA, PlatformMessage("Bonjour", "ref1", template=Template("rappel")), NOW)
    assert "reply_markup" not in telegram.to(LINA)[0].body


def test_what_the_app_can_show_fits_in_what_the_api_takes(gateway: TelegramGateway) -> None:
    able = gateway.abilities
    text = "🏠" * 96 + "é" * (able.choices_text_limit - 96)
    choices = tuple(Choice("t" * able.longest_title, "k" * 43) for _ in range(able.most_choices))
    assert gateway.send(LINA, PlatformMessage(text, "ref1", choices), NOW)


def test_the_bot_s_public_address_has_no_code(gateway: TelegramGateway) -> None:
    assert gateway.address == "https://t.me/accueil_test_bot"
    assert not gateway.returns_references


def test_too_many_messages_wait_as_long_as_telegram_says(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    telegram.fail(refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    failure = failure_of(gateway)
    assert (failure.retry, failure.wait, failure.is_uncertain) == (True, 7.0, False)
    assert gateway.send(LINA, MESSAGE, NOW)


@pytest.mark.parametrize("wait", ["soon", -1, True, 10**400, None])
def test_a_wait_that_is_no_number_of_seconds_is_none(
    telegram: TelegramServer, gateway: TelegramGateway, wait: object
) -> None:
    telegram.fail(Failure(429, {"ok": False, "parameters": {"retry_after": wait}}))
    failure = failure_of(gateway)
    assert (failure.retry, failure.wait) == (True, None)


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
def test_who_blocked_the_bot_or_left_is_not_written_to_again(
    telegram: TelegramServer, gateway: TelegramGateway, status: int, description: str
) -> None:
    telegram.fail(refusal(status, description))
    failure = failure_of(gateway)
    assert isinstance(failure, Blocked)
    assert not failure.retry


def test_a_stranger_and_who_blocked_the_bot_cannot_be_reached(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    telegram.blocked.add(int(LINA))
    assert isinstance(failure_of(gateway), Blocked)
    telegram.known.clear()
    assert isinstance(failure_of(gateway), Blocked)


@pytest.mark.parametrize(
    "message",
    [
        PlatformMessage("", "ref1"),
        PlatformMessage("x" * 4097, "ref1"),
        PlatformMessage("Choisis", "ref1", (Choice("Oui", "k" * 65),)),
        PlatformMessage("Choisis", "ref1", (Choice("", "tok-1"),)),
        PlatformMessage("un demi-caractère \ud83d", "ref1"),
    ],
)
def test_a_message_at_fault_is_not_tried_again(
    gateway: TelegramGateway, message: PlatformMessage
) -> None:
    failure = failure_of(gateway, message)
    assert (failure.kind, failure.retry) == ("400", False)
    assert not isinstance(failure, Blocked)


@pytest.mark.parametrize("status", [301, 401, 404, 500, 502, 503])
def test_telegram_or_the_operator_in_trouble_gets_the_message_later(
    telegram: TelegramServer, gateway: TelegramGateway, status: int
) -> None:
    telegram.fail(Failure(status, "<html>"))
    failure = failure_of(gateway)
    assert (failure.kind, failure.retry, failure.is_uncertain) == (str(status), True, False)
    assert gateway.send(LINA, MESSAGE, NOW)


def test_a_wrong_token_keeps_the_message(telegram: TelegramServer) -> None:
    failure = failure_of(TelegramGateway(telegram.account("7001:another")))
    assert (failure.kind, failure.retry) == ("401", True)


def test_when_telegram_hangs_nobody_knows(telegram: TelegramServer) -> None:
    telegram.fail(Failure(hangs=True))
    failure = failure_of(hurried(telegram.account()))
    assert (failure.kind, failure.retry, failure.is_uncertain) == ("ReadTimeout", True, True)


def test_when_the_line_is_cut_nobody_knows(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    telegram.fail(Failure(loses_answer=True))
    failure = failure_of(gateway)
    assert (failure.retry, failure.is_uncertain) == (True, True)
    assert len(telegram.to(LINA)) == 1


@pytest.mark.parametrize("body", [None, [], {}, {"ok": True}, {"ok": True, "result": {}}, "ok"])
def test_when_the_answer_cannot_be_read_nobody_knows(
    telegram: TelegramServer, gateway: TelegramGateway, body: object
) -> None:
    telegram.fail(Failure(200, body))
    failure = failure_of(gateway)
    assert (failure.kind, failure.retry, failure.is_uncertain) == ("unreadable", True, True)


def test_when_nobody_is_there_nothing_left() -> None:
    with TelegramServer() as gone:
        account = gone.account()
    failure = failure_of(hurried(account))
    assert (failure.kind, failure.retry, failure.is_uncertain) == ("ConnectError", True, False)


def test_an_address_that_is_none_is_the_operator_s_fault() -> None:
    account = TelegramAccount(TOKEN, SECRET, "bot", "https://exemple\x7f.invalid")
    failure = failure_of(hurried(account))
    assert (failure.kind, failure.retry, failure.is_uncertain) == ("InvalidURL", True, False)


def test_somebody_sees_that_they_were_heard(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    telegram.pressed.add("481001")
    gateway.acknowledge(LINA, "481001")
    gateway.acknowledge(LINA, "")
    assert (telegram.acknowledged, telegram.typing) == (["481001"], [LINA])


def test_a_courtesy_that_fails_is_forgotten(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    gateway.acknowledge(LINA, "a press of yesterday")
    gateway.acknowledge("4004", "")
    telegram.broken = Failure(500)
    gateway.acknowledge(LINA, "")
    telegram.broken = Failure(loses_answer=True)
    gateway.acknowledge(LINA, "")
    with TelegramServer() as gone:
        account = gone.account()
    TelegramGateway(account).acknowledge(LINA, "")


def test_the_webhook_is_set_with_its_secret(
    telegram: TelegramServer, gateway: TelegramGateway
) -> None:
    gateway.set_webhook("https://accueil.example")
    assert telegram.webhook == {
        "url": "https://accueil.example/webhooks/telegram",
        "secret_token": SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "max_connections": 10,
    }
    with pytest.raises(TelegramRefused) as caught:
        gateway.set_webhook("http://accueil.example")
    assert "HTTPS" in caught.value.description
    telegram.broken = Failure(loses_answer=True)
    with pytest.raises(TelegramUnreachable):
        gateway.set_webhook("https://accueil.example")


def test_no_token_address_or_text_is_logged(
    telegram: TelegramServer, gateway: TelegramGateway, caplog: pytest.LogCaptureFixture
) -> None:
    """At the chattiest level, where httpx writes each address."""
    caplog.set_level(logging.DEBUG)
    gateway.send(LINA, MESSAGE, NOW)
    telegram.fail(Failure(500))
    failure_of(gateway)
    assert "/sendMessage" in caplog.text
    for secret in (TOKEN, TOKEN.partition(":")[2], SECRET, LINA, "rendez-vous"):
        assert secret not in caplog.text
    assert TOKEN not in repr(telegram.account())
    assert TEXT not in repr(MESSAGE)


def test_the_errors_of_the_client_do_not_know_the_token(telegram: TelegramServer) -> None:
    """Even before they become ours: a crash report may show them."""
    telegram.fail(Failure(hangs=True))
    with pytest.raises(NotDelivered) as caught:
        hurried(telegram.account()).send(LINA, MESSAGE, NOW)
    error: BaseException | None = caught.value
    while error is not None:
        assert TOKEN not in f"{error!r} {getattr(error, '_request', None)!r}"
        error = error.__context__
