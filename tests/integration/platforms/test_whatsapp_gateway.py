"""WhatsApp, against its Cloud API on loopback: what leaves, and how else it may end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from factories import NOW
from graph_rules import graph_error
from meta_provider import APP_SECRET, TOKEN
from platform_provider import Failure
from whatsapp_provider import WhatsAppProvider

from accueil.core.clock import FixedClock
from accueil.core.platforms import Choice, PlatformMessage, Template
from accueil.gateways.whatsapp import WhatsAppGateway
from accueil.services.platforms.ports import Blocked, NotDelivered, WindowClosed

LINA, HIDDEN = "33639980001", "FR.13491208655302741918"
SAID = "Où veux-tu aller ?"
PLACE = "Mission Locale, 3 rue des Lilas"
REMINDER = PlatformMessage(
    "Rappel…", "b1", template=Template("rappel_rendez_vous", ("mardi à 10 h", PLACE))
)


@pytest.fixture
def provider() -> Iterator[WhatsAppProvider]:
    with WhatsAppProvider() as provider:
        yield provider


@pytest.fixture
def whatsapp(provider: WhatsAppProvider, clock: FixedClock) -> WhatsAppGateway:
    return WhatsAppGateway(provider.account(), clock)


def question(*titles: str, text: str = SAID) -> PlatformMessage:
    choices = tuple(Choice(title, f"t0ken{n}") for n, title in enumerate(titles))
    return PlatformMessage(text, "a1b2c3d4", choices)


def failure_of(whatsapp: WhatsAppGateway, message: PlatformMessage) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        whatsapp.send(LINA, message, NOW)
    error = caught.value
    assert error.__cause__ is None
    told = f"{error!r} {error} {error.kind}"
    assert not any(secret in told for secret in (LINA, TOKEN, APP_SECRET, SAID, "message you sent"))
    return error


def test_words_leave_with_our_reference(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    assert whatsapp.send(LINA, question(), NOW).startswith("wamid.")
    (sent,) = provider.to(LINA)
    assert sent.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": LINA,
        "type": "text",
        "text": {"body": SAID, "preview_url": False},
        "biz_opaque_callback_data": "a1b2c3d4",
    }
    assert whatsapp.returns_references
    assert whatsapp.address == "https://wa.me/33939980003"


def test_somebody_whose_number_is_hidden_is_written_to(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    whatsapp.send(HIDDEN, question(), NOW)
    (sent,) = provider.to(HIDDEN)
    assert sent.body["recipient"] == HIDDEN
    assert "to" not in sent.body


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (question("Oui", "Non", "Je ne sais pas"), "button"),
        (question("Oui", "Non", "Peut-être", "Autre chose"), "list"),
        (question("Plus de vingt et un signes"[:24], "Non"), "list"),
        (question("Oui", "Non", text="é" * 1025), "list"),
        (question("Lieu", "Lieu"), "list"),
    ],
)
def test_few_short_choices_are_buttons_and_others_a_list(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway, asked: PlatformMessage, shown: str
) -> None:
    whatsapp.send(LINA, asked, NOW)
    (sent,) = provider.to(LINA)
    assert sent.body["interactive"]["type"] == shown
    assert sent.choices == tuple((choice.title, choice.token) for choice in asked.choices)


def test_the_longest_that_the_abilities_allow_is_taken(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    able = whatsapp.abilities
    titles = [f"{n:*>{able.longest_title}}" for n in range(able.most_choices)]
    whatsapp.send(LINA, question(text="é" * able.text_limit), NOW)
    whatsapp.send(LINA, question(*titles, text="é" * able.choices_text_limit), NOW)
    whatsapp.send(LINA, question("Oui", text="é" * able.choices_text_limit), NOW)
    assert len(provider.to(LINA)) == 3


def test_being_heard_is_shown_on_the_message(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    whatsapp.acknowledge(LINA, "wamid.1")
    whatsapp.acknowledge(LINA, "")
    assert [one["message_id"] for one in provider.acknowledged] == ["wamid.1"]


def test_being_heard_never_fails(provider: WhatsAppProvider, whatsapp: WhatsAppGateway) -> None:
    for failure in (Failure(500), Failure(loses_answer=True), Failure(200, "?")):
        provider.broken = failure
        whatsapp.acknowledge(LINA, "wamid.1")


def test_a_reminder_is_words_for_a_day_then_a_template(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=23, minutes=58))
    whatsapp.send(HIDDEN, REMINDER, NOW)
    clock.advance(timedelta(minutes=2))
    whatsapp.send(HIDDEN, REMINDER, NOW)
    words, template = provider.to(HIDDEN)
    assert words.text == "Rappel…"
    assert "mardi à 10 h" in template.text
    assert PLACE in template.text
    assert template.body["template"]["language"] == {"code": "fr"}
    assert template.body["biz_opaque_callback_data"] == "b1"


def test_after_a_day_without_a_template_nothing_leaves(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=24))
    assert isinstance(failure_of(whatsapp, question()), WindowClosed)
    assert not provider.calls


def test_whatsapps_own_opinion_of_the_window_counts(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    provider.closed.add(LINA)
    assert isinstance(failure_of(whatsapp, question()), WindowClosed)
    assert whatsapp.send(LINA, REMINDER, NOW)


def test_a_template_that_is_not_approved_is_the_operators_to_mend(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=24))
    provider.templates.bodies.clear()
    error = failure_of(whatsapp, REMINDER)
    assert (error.retry, error.kind) == (False, "400/132001")


def test_somebody_who_cannot_be_reached_is_left_alone(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    provider.blocked.add(LINA)
    assert isinstance(failure_of(whatsapp, question()), Blocked)


@pytest.mark.parametrize(("code", "wait"), [(130429, 60), (131056, 6), (80007, 60), (131048, 60)])
def test_a_rate_limit_waits(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway, code: int, wait: float
) -> None:
    provider.fail(Failure(*graph_error(code)))
    error = failure_of(whatsapp, question())
    assert (error.retry, error.wait, error.is_uncertain) == (True, wait, False)


@pytest.mark.parametrize(
    ("code", "retry", "is_uncertain"),
    [
        (0, True, False),
        (190, True, False),
        (131031, True, False),
        (131042, True, False),
        (131000, True, True),
        (131016, True, True),
        (131008, False, False),
        (131009, False, False),
        (131049, False, False),
        (131050, False, False),
        (131051, False, False),
        (999999, False, False),
    ],
)
def test_each_code_says_whether_to_try_again(
    provider: WhatsAppProvider,
    whatsapp: WhatsAppGateway,
    code: int,
    retry: bool,
    is_uncertain: bool,
) -> None:
    provider.fail(Failure(*graph_error(code)))
    error = failure_of(whatsapp, question())
    assert (error.retry, error.is_uncertain) == (retry, is_uncertain)


def test_an_answer_without_an_identifier_is_uncertain(
    provider: WhatsAppProvider, whatsapp: WhatsAppGateway
) -> None:
    provider.fail(Failure(200, {"messages": []}))
    assert failure_of(whatsapp, question()).is_uncertain
