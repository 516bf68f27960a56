"""What an address that floods must do before it is heard; nobody else ever sees it."""

from datetime import timedelta

import pytest
from door import MESSAGES, SESSIONS, Device, conforms, is_problem
from limits import parse
from proof_solver import solve
from starlette.testclient import TestClient

from accueil.channels.limits import ChatLimits, Rates
from accueil.core import proof
from accueil.core.proof import Proofs
from accueil.web.app import create_app


@pytest.fixture
def flooded(application, monkeypatch):
    """An address that may open ten conversations, and is asked for proofs from the sixth on."""
    monkeypatch.setattr(proof, "FEWEST_BITS", 4)
    monkeypatch.setattr(proof, "MOST_BITS", 8)
    rates = Rates(openings_of_visitor=parse("10 per day"), messages_of_visitor=parse("8 per day"))
    limits = ChatLimits(Proofs(application.tokens, application.clock), rates)
    client = TestClient(create_app(application, limits))
    for _ in range(5):
        assert client.post(SESSIONS).status_code == 201
    return client


def asked(response) -> dict[str, object]:
    challenge = is_problem(response, 429)["challenge"]
    conforms(challenge, "Challenge")
    return challenge


def test_an_honest_client_goes_on_with_a_proof(flooded, engine):
    engine.heard.clear()
    challenge = asked(flooded.post(SESSIONS))
    assert engine.heard == []
    assert challenge["bits"] == 4
    response = flooded.post(SESSIONS, headers={"X-Proof": solve(challenge)})
    assert response.status_code == 201


def test_a_proof_serves_once(flooded):
    headers = {"X-Proof": solve(asked(flooded.post(SESSIONS)))}
    assert flooded.post(SESSIONS, headers=headers).status_code == 201
    asked(flooded.post(SESSIONS, headers=headers))


def test_the_work_grows_with_the_flood_until_nothing_helps(flooded):
    bits = []
    for _ in range(5):
        challenge = asked(flooded.post(SESSIONS))
        bits.append(challenge["bits"])
        flooded.post(SESSIONS, headers={"X-Proof": solve(challenge)})
    assert bits == sorted(bits)
    assert bits[-1] > bits[0]
    assert "challenge" not in is_problem(flooded.post(SESSIONS), 429)


def test_a_proof_comes_in_time(flooded, clock):
    headers = {"X-Proof": solve(asked(flooded.post(SESSIONS)))}
    clock.advance(timedelta(minutes=5))
    asked(flooded.post(SESSIONS, headers=headers))


@pytest.mark.parametrize(
    "forged", ["", "x", ":", "a:b:c", "9" * 5000, "é:1", "{salt}:-1", "{salt}:", "{salt}:1e3"]
)
def test_what_is_no_proof_is_refused(flooded, forged):
    salt = asked(flooded.post(SESSIONS))["salt"]
    asked(flooded.post(SESSIONS, headers={"X-Proof": forged.replace("{salt}", salt).encode()}))


def test_messages_that_flood_are_asked_too_but_danger_is_answered(flooded, engine):
    device = Device.__new__(Device)
    device.client = flooded
    opened = flooded.post(SESSIONS, headers={"X-Proof": solve(asked(flooded.post(SESSIONS)))})
    device.token = opened.json()["token"]
    for number in range(4):
        device.say(f"message {number}")
    engine.heard.clear()
    challenge = asked(device.post({"text": "encore un"}))
    assert device.say("je veux mourir")[0]["cards"]
    assert engine.heard == []
    sent = flooded.post(
        MESSAGES, json={"text": "encore un"}, headers=device.headers | {"X-Proof": solve(challenge)}
    )
    assert sent.status_code == 200
    assert engine.heard == ["encore un"]
