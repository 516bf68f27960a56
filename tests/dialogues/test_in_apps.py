"""The same conversation in a messaging app: buttons, places, reminders, and to the site."""

import pytest
from outcomes import only_appointment, site_city
from stack import Conversation, Stack

from accueil.core.platforms import Platform


@pytest.fixture(params=list(Platform))
def platform(request: pytest.FixtureRequest) -> Platform:
    return request.param


@pytest.mark.dialogue
def test_it_is_booked_with_buttons_and_reminded_of_in_the_app(
    stack: Stack, platform: Platform
) -> None:
    app = stack.conversation(platform)
    said = app.say("je voudrais un rdv a roubaix jeudi matin pour un logement")
    assert "jeudi 26" in said
    app.press(app.titles()[0])
    said = app.say("Lina 06 39 98 12 34")
    assert "Mes rappels\u00a0: ici, sur" in said
    assert "06 39 98 12 34" in said.replace("\u00a0", " ").replace("\u202f", " ")
    said = app.say("oui")
    assert "C’est réservé" in said
    assert "Je te le rappellerai ici." in said
    appointment = only_appointment(stack, app)
    assert appointment.platform_user_id
    assert site_city(appointment, stack) == "Roubaix"


@pytest.mark.dialogue
def test_one_word_refuses_the_reminders(stack: Stack) -> None:
    app = stack.conversation(Platform.WHATSAPP)
    app.say("rdv roubaix mardi 9h")
    said = app.say("pas de rappel")
    assert "Mes rappels" not in said.rpartition("Je récapitule")[2]
    app.say("oui")
    with stack.application.store.read() as uow:
        appointment = uow.appointments.of_conversation(app.id)[-1]
        rows = uow.outbox.outcomes_since(appointment.created_at)
    assert appointment.discretion == "silent"
    assert not rows


@pytest.mark.dialogue
def test_a_shared_place_finds_the_site(stack: Stack, platform: Platform) -> None:
    app = stack.conversation(platform)
    app.say("c ou la mission locale")
    before = len(app.person.received())
    app._server.send_location(app.person.address, 50.6905, 3.1817)
    assert "Roubaix" in app._answer(before)


@pytest.mark.dialogue
def test_distress_is_answered_in_words_with_numbers(stack: Stack, platform: Platform) -> None:
    said = stack.conversation(platform).say("jveux mourir")
    assert "3114" in said


@pytest.mark.dialogue
def test_one_conversation_goes_from_the_site_to_the_app_and_back(
    stack: Stack, platform: Platform
) -> None:
    site: Conversation = stack.conversation()
    site.say("rdv a Roubaix")
    code = site.post("/api/chat/transfers", 201)["code"]
    app = stack.conversation(platform)
    assert "on continue ici" in app.say(code)
    assert "Je récapitule" in app.say("mardi 9h")
    moved = site.post("/api/chat/messages", 401, {"text": "mardi 9h"})
    assert moved["type"] == "urn:premier-accueil:moved"

    said = app.say("continuer sur le site")
    code = said.partition("code\u00a0: ")[2][:9]
    back: Conversation = stack.conversation()
    opened = back.post("/api/chat/transfers/redeem", 200, {"code": code})
    assert any("Je récapitule" in message["text"] for message in opened["messages"])
    back.go_on(opened)
    assert "C’est réservé" in back.say("oui")
    assert "on repart de zéro" in app.say("salut")
