"""How often one may write: the limits, who they spare, and danger, which they never silence."""

import pytest
from door import MESSAGES, SESSIONS, Device, is_problem
from limits import parse
from starlette.testclient import TestClient

from accueil.channels.limits import ChatLimits, Rates, TooManyRequests
from accueil.core.clock import FixedClock
from accueil.core.proof import Proofs
from accueil.web.app import create_app

MANY = parse("1000 per day")
DANGER = "je veux mourir"


@pytest.fixture
def limited(application):
    """Serve the application with rates of the test's own; windows of a day never end in a test."""

    def serve(**rates: str) -> TestClient:
        wanted = dict.fromkeys(
            ("openings_of_visitor", "messages_of_visitor", "messages_of_session"), MANY
        ) | {name: parse(rate) for name, rate in rates.items()}
        proofs = Proofs(application.tokens, application.clock)
        return TestClient(create_app(application, ChatLimits(proofs, Rates(**wanted))))

    return serve


def test_conversations_open_only_so_often(limited, engine):
    client = limited(turns_of_channel="3 per day")
    codes = [client.post(SESSIONS).status_code for _ in range(4)]
    assert codes == [201, 201, 201, 429]
    response = client.post(SESSIONS)
    assert "challenge" not in is_problem(response, 429)
    assert response.headers["retry-after"] == "60"
    assert len(engine.heard) == 3


def test_messages_of_a_conversation_come_only_so_fast(limited, engine):
    client = limited(messages_of_session="2 per day")
    device, other = Device(client), Device(client)
    engine.heard.clear()
    codes = [device.post({"text": f"message {n}"}).status_code for n in range(3)]
    assert codes == [200, 200, 429]
    assert "112" in is_problem(device.post({"text": "encore"}), 429)["detail"]
    assert engine.heard == ["message 0", "message 1"]
    assert other.say("moi je suis calme")


def test_who_goes_too_fast_does_not_use_up_the_share_of_an_address(limited):
    client = limited(messages_of_session="1 per day", messages_of_visitor="40 per day")
    device, other = Device(client), Device(client)
    codes = [device.post({"text": "a"}).status_code for _ in range(30)]
    assert codes == [200] + [429] * 29
    assert other.say("bonjour")


@pytest.mark.parametrize("limit", ["messages_of_session", "messages_of_visitor"])
def test_danger_is_answered_whatever_the_limit(limited, engine, limit):
    client = limited(**{limit: "1 per day"})
    device = Device(client)
    device.post({"text": "bonjour"})
    is_problem(device.post({"text": "et un logement ?"}), 429)
    engine.heard.clear()
    for text in (DANGER, "bla " * 900 + DANGER, DANGER + " bla" * 900, DANGER + " x" * 20_000):
        answer = device.say(text)
        assert {"3114", "112"} & {card.get("number") for card in answer[0]["cards"]}
        assert answer[0]["buttons"] == []
        assert "id" not in answer[0]
    assert engine.heard == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"text": 3}', b'{"button": "je veux mourir"}', b"[]"]
)
def test_what_cannot_be_read_at_the_limit_is_too_many(limited, body):
    device = Device(limited(messages_of_session="1 per day"))
    device.post({"text": "bonjour"})
    is_problem(device.send(body), 429)


def test_reading_again_and_erasing_are_never_limited(limited):
    client = limited(messages_of_session="1 per day", messages_of_visitor="1 per day")
    device = Device(client)
    device.post({"text": "bonjour"})
    is_problem(device.post({"text": "encore"}), 429)
    assert client.get(MESSAGES, headers=device.headers).status_code == 200
    assert client.delete(SESSIONS, headers=device.headers).status_code == 204


def rates_of(application_clock: FixedClock, application, **rates: str) -> ChatLimits:
    wanted = {name: parse(rate) for name, rate in rates.items()}
    return ChatLimits(Proofs(application.tokens, application_clock), Rates(**wanted))


def test_a_flood_on_one_channel_leaves_the_others_free(application, clock):
    limits = rates_of(clock, application, turns_of_channel="5 per day")
    for number in range(5):
        limits.message("telegram", f"person {number}", f"session {number}")
    with pytest.raises(TooManyRequests):
        limits.message("telegram", "somebody", "calm")
    limits.message("web", "somebody", "calm")


def test_what_an_address_may_not_send_does_not_fill_its_channel(application, clock):
    limits = rates_of(
        clock, application, messages_of_visitor="4 per day", turns_of_channel="8 per day"
    )
    for number in range(20):
        try:
            limits.message("web", "flood", str(number))
        except TooManyRequests:
            assert number >= 4
    for number in range(4):
        limits.message("web", "calm", str(number))


def test_whoever_cannot_prove_anything_has_the_hard_limit_only(application, clock):
    limits = rates_of(clock, application, openings_of_visitor="10 per day")
    for _ in range(10):
        limits.opening("web", "no script", proof=None)
    with pytest.raises(TooManyRequests) as refused:
        limits.opening("web", "no script", proof=None)
    assert refused.value.challenge is None
