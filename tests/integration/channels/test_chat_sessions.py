"""Opening, reading again and erasing a conversation; who may, and from where."""

from datetime import timedelta

import pytest
from door import MESSAGES, SESSIONS, Device, conforms, is_problem

from accueil.gateways.rasa import NullAssistant
from accueil.services.chat import records
from accueil.services.ports import BotMessage


def test_a_session_opens_with_a_greeting(client, engine):
    response = client.post(SESSIONS)
    assert response.status_code == 201
    conforms(response.json(), "Opened")
    assert engine.heard == ["/salutation"]
    assert len(response.json()["token"]) == 22


def test_two_sessions_share_nothing(device, other):
    assert device.opened["session_id"] != other.opened["session_id"]
    assert device.token != other.token
    device.say("bonjour à moi seul")
    assert "moi seul" not in str(other.history())


def test_answers_have_the_published_shape(device, engine):
    card = {"card": "source", "title": "Visale", "url": "https://www.visale.fr"}
    buttons = ({"title": "Prendre rendez-vous", "payload": "/prendre_rdv"},)
    engine.answers = [[BotMessage("Voici.", buttons, (card,)), BotMessage("Et voilà.")]]
    response = device.post({"text": "c'est quoi visale"})
    conforms(response.json(), "Messages")
    first, second = response.json()["messages"]
    assert first["text"] == "Voici."
    assert first["buttons"][0]["title"] == "Prendre rendez-vous"
    assert "prendre_rdv" not in first["buttons"][0]["button"]
    assert first["cards"] == [{"type": "source", "title": "Visale", "url": card["url"]}]
    assert second.pop("id") != first["id"]
    assert second == {"author": "bot", "text": "Et voilà.", "buttons": [], "cards": []}


def test_every_answer_of_the_description_is_one_that_is_given(client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    described = document["paths"][MESSAGES]["post"]["responses"]
    assert set(described) == {"200", "400", "401", "403", "404", "413", "415", "429", "503"}


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer inventé".encode(), "Basic abcd", "Bearer a b c"],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", MESSAGES), ("GET", MESSAGES), ("DELETE", SESSIONS)]
)
def test_without_its_token_a_conversation_stays_closed(client, engine, header, method, path):
    headers = {} if header is None else {"Authorization": header}
    body = {"text": "bonjour"} if method == "POST" else None
    response = client.request(method, path, headers=headers, json=body)
    assert "terminée" in is_problem(response, 401)["detail"]
    assert response.headers["www-authenticate"] == "Bearer"
    assert engine.heard == []


def test_the_identifier_of_a_session_does_not_open_it(device):
    device.token = device.opened["session_id"]
    is_problem(device.post({"text": "bonjour"}), 401)


def test_a_conversation_ends_a_day_after_its_last_message(device, clock):
    clock.advance(timedelta(hours=23))
    device.say("toujours là")
    clock.advance(timedelta(hours=23))
    assert len(device.history()) == 3
    clock.advance(timedelta(hours=1, seconds=1))
    is_problem(device.post({"text": "et maintenant"}), 401)
    is_problem(device.client.get(MESSAGES, headers=device.headers), 401)


def test_what_was_said_can_be_read_again(device, engine):
    choices = ({"title": "Oui", "payload": "/confirmer"},)
    engine.answers = [[BotMessage("On y va ?", choices)], [BotMessage("C’est parti.")]]
    asked = device.say("je veux un rendez-vous")
    device.press(asked[0]["buttons"][0])
    history = device.history()
    conforms({"messages": history}, "Messages")
    assert [(one["author"], one["text"]) for one in history] == [
        ("bot", "D’accord."),
        ("user", "je veux un rendez-vous"),
        ("bot", "On y va ?"),
        ("user", "Oui"),
        ("bot", "C’est parti."),
    ]
    assert history[2]["buttons"] == asked[0]["buttons"]


def test_deleting_erases_here_and_in_the_engine(device, engine, application):
    device.say("je cherche un logement")
    response = device.client.delete(SESSIONS, headers=device.headers)
    assert response.status_code == 204
    is_problem(device.client.get(MESSAGES, headers=device.headers), 401)
    is_problem(device.client.delete(SESSIONS, headers=device.headers), 401)
    identifier = device.opened["session_id"]
    assert engine.forgotten == [identifier]
    with application.store.read() as uow:
        assert uow.chats.get(identifier) is None
        assert not uow.chats.messages(identifier)


def test_deleting_works_without_the_engine(device, engine):
    engine.available = False
    assert device.client.delete(SESSIONS, headers=device.headers).status_code == 204


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_other_methods_are_problems(client, method):
    is_problem(client.request(method, MESSAGES), 405)


def test_a_session_opens_when_the_engine_says_nothing(application, client):
    application.chat._assistant = NullAssistant([])
    device = Device(client)
    assert "robot" in device.opened["messages"][0]["text"]


def test_a_conversation_does_not_grow_for_ever(device, engine, monkeypatch):
    monkeypatch.setattr(records, "MOST_MESSAGES", 3)
    said = [len(device.history())]
    device.say("un")
    said.append(len(device.history()))
    assert said == [1, 3]
    is_problem(device.post({"text": "deux"}), 401)
    assert engine.heard == ["un"]
    assert device.say("je veux mourir")[0]["cards"]
    assert len(device.history()) == 3
