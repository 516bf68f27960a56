"""After a safety reply, with the real engine: a call-back, an alert, and the booking kept."""

import pytest
from sqlalchemy import select
from stack import Conversation, Stack

from accueil.persistence import tables

pytestmark = pytest.mark.dialogue


@pytest.fixture
def young_person(stack: Stack) -> Conversation:
    return stack.conversation()


def network_wants_alerts(stack: Stack, wanted: bool) -> None:
    with stack.application.store.write() as uow:
        for one in uow.territory.organisations():
            uow.territory.set_first_response(one.id, wanted)
        uow.commit()


def test_the_team_is_told_when_the_young_person_agrees(
    stack: Stack, young_person: Conversation
) -> None:
    network_wants_alerts(stack, wanted=True)
    young_person.say("jveux mourir")
    young_person.press("Demander qu’on me rappelle")
    young_person.say("Roubaix")
    assert "en premier" in young_person.say("06 39 98 00 11, moi c'est Lina")
    said = young_person.press("Oui, préviens l’équipe")
    network_wants_alerts(stack, wanted=False)
    assert "promettre" in said
    assert {"3114", "112"} <= {card["number"] for card in young_person.cards("number")}
    with stack.application.engine.connect() as connection:
        (request,) = connection.execute(select(tables.callback_requests)).mappings().all()
    assert request["is_first_response"]


def test_nothing_is_offered_by_a_network_that_does_not_want_it(young_person: Conversation) -> None:
    young_person.say("jveux mourir")
    young_person.press("Demander qu’on me rappelle")
    young_person.say("Roubaix")
    assert "en premier" not in young_person.say("06 39 98 00 11, moi c'est Lina")


def test_a_booking_waits_for_the_end_of_the_safety_reply(young_person: Conversation) -> None:
    young_person.say("rdv Roubaix mardi 9h")
    asked = "\n".join(message["text"] for message in young_person.last)
    assert "3114" in young_person.say("j'ai plus envie de vivre")
    young_person.say("je sais pas")
    resumed = young_person.press("Reprendre où j’en étais")
    assert asked in resumed
    assert "C’est réservé" in young_person.say("oui")


def test_who_feels_safe_goes_on(young_person: Conversation) -> None:
    young_person.say("mon copain me frappe")
    assert "3114" in young_person.say("ça va mieux, je suis chez ma soeur")
    assert "Visale" in young_person.say("c'est quoi la garantie visale")
