"""A page says which commune it speaks of: the greeting names who receives there, no more."""

import pytest
from door import SESSIONS, conforms
from factories import keep, seed_territory

from accueil.core.territory import Coverage
from actions.place import ask_commune
from actions.skill import Turn


@pytest.fixture
def opened(client, application):
    seed_territory(application.store)
    with application.store.read() as uow:
        owner = uow.territory.organisations()[0].id
    keep(application.store, [Coverage("59512", owner)])

    def send(**body):
        response = client.post(SESSIONS, json=body)
        assert response.status_code == 201
        conforms(response.json(), "Opened")
        return response.json()

    return send


def kept(application, opened) -> str:
    with application.store.read() as uow:
        return uow.chats.get(opened["session_id"]).territory


@pytest.mark.parametrize("said", ["59512", "Roubaix", " roubaix (59) "])
def test_the_greeting_names_the_mission_locale(opened, application, said):
    conversation = opened(territory=said)
    first, *others = conversation["messages"]
    assert first["text"].endswith("bonjour\u202f!")
    assert "Mission Locale" in first["text"]
    assert others
    assert kept(application, conversation) == "59512"


@pytest.mark.parametrize(
    "said", ["59", "", "   ", "Nulle-Part-sur-Rien", "x" * 5_000, 59512, None, ["59512"], "\x00"]
)
def test_what_is_not_known_changes_nothing(opened, application, said):
    conversation = opened(territory=said)
    assert len(conversation["messages"]) == 1
    assert kept(application, conversation) == ""


def test_a_commune_whose_mission_locale_is_not_known_is_remembered_only(opened, application):
    conversation = opened(territory="29232")
    assert len(conversation["messages"]) == 1
    assert kept(application, conversation) == "29232"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"59512"', b"\xff"])
def test_a_conversation_opens_whatever_the_body(client, content):
    headers = {"Content-Type": "application/json"}
    assert client.post(SESSIONS, content=content, headers=headers).status_code == 201


def asked(application, conversation_id: str) -> dict[str, object]:
    turn = Turn(application, conversation_id, "", "", 1.0, {}, None, False, [], None)
    ask_commune(turn)
    return turn.messages[0]


def test_when_the_commune_is_asked_that_of_the_page_is_one_touch_away(opened, application):
    message = asked(application, opened(territory="59512")["session_id"])
    assert message["buttons"] == [{"title": "Roubaix (59)", "payload": "Roubaix 59"}]
    assert "buttons" not in asked(application, opened()["session_id"])
    assert "buttons" not in asked(application, "unknown")
