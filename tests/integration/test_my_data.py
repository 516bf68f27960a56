"""What the assistant says of someone's data, and what it does when asked to erase them."""

from datetime import timedelta
from typing import Any

import pytest
from factories import NOW, give_to, seed_territory

from accueil.bootstrap import Application
from accueil.core.booking import Discretion, Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.conversation import ChatSession
from accueil.core.french import NBSP
from accueil.services.appointments import Booked
from accueil.services.booking import Sharing
from accueil.services.ports import BotMessage
from actions.my_data import MY_DATA_SKILLS
from actions.skill import Turn

START = NOW + timedelta(days=1, hours=1)
CONTACT = Contact("+33639980031", "zelie@example.org")
SHARING = Sharing(CONTACT, "Zélie", "Dort chez une amie.", Discretion.NEUTRAL, "une éducatrice")
SECRETS = ("Zélie", "39980031", "39 98 00 31", "zelie@", "amie", "éducatrice")


@pytest.fixture
def territory(application: Application) -> Application:
    seed_territory(application.store)
    return application


def open_chat(application: Application, conversation: str = "a") -> None:
    session = ChatSession(
        conversation, f"hash-{conversation}", "web", NOW, NOW, NOW + timedelta(hours=24)
    )
    session.first_name, session.phone, session.email = "Zélie", CONTACT.phone, CONTACT.email
    session.shared_note, session.referrer = SHARING.note, SHARING.referrer
    session.age, session.disability, session.discretion = 19, True, Discretion.NEUTRAL
    with application.store.write() as uow:
        uow.chats.add_session(session)
        uow.commit()


def book(application: Application, conversation: str = "a") -> Booked:
    held = application.booking.hold(conversation, "centre", "logement", START)
    return application.booking.confirm(held.id, conversation, "logement", SHARING)


def take(
    application: Application, skill: str, text: str = "", intent: str = "", **slots: Any
) -> Turn:
    """Run one action of the skill on a message; return the turn as it left it."""
    turn = Turn(application, "a", text, intent, 1.0, slots, None, False, [], None)
    next(one for one in MY_DATA_SKILLS if one.skill_name == skill)(application).handle(turn)
    return turn


def said(turn: Turn) -> str:
    return "\n".join(str(message["text"]) for message in turn.messages)


def shown(application: Application, turn: Turn) -> str:
    """What the device shows: the tokens filled in at the door."""
    with application.store.read() as uow:
        session = uow.chats.get("a")
    assert session is not None
    filler = application.chat._records._filler
    told = []
    for message in turn.messages:
        card = message.get("json_message")
        sent = BotMessage(str(message["text"]), (), (card,) if card else ())
        filled = filler.fill(sent, session)
        told.append(f"{filled.text} {filled.cards}")
    return "\n".join(told)


def test_everything_known_is_listed_with_its_delay(territory: Application) -> None:
    open_chat(territory)
    book(territory)
    text = shown(territory, take(territory, "action_mes_donnees", "mes données"))
    for words in (
        *("Zélie", "06 39 98 00 31", "zelie@example.org", "19 ans", "handicap", "une éducatrice"),
        *("« Dort chez une amie. »", "messages discrets", "mardi 24 novembre", "24 mois"),
    ):
        assert words in text.replace(NBSP, " ")


@pytest.mark.parametrize("text", ["mes données", "Je souhaite une copie de mes données", "tout"])
def test_nothing_personal_passes_through_the_dialogue_engine(
    territory: Application, text: str
) -> None:
    open_chat(territory)
    booked = book(territory)
    told = said(take(territory, "action_mes_donnees", text))
    assert [word for word in (*SECRETS, booked.code, booked.link_token) if word in told] == []


def test_nothing_is_known_of_a_stranger(territory: Application) -> None:
    told = said(take(territory, "action_mes_donnees", "mes données"))
    assert "rien de personnel" in told


def test_a_copy_holds_what_the_team_was_given_with_code_and_link(territory: Application) -> None:
    open_chat(territory)
    booked = book(territory)
    with territory.store.write() as uow:
        session = uow.chats.get("a")
        assert session is not None
        session.forget_person()
        uow.commit()
    turn = take(territory, "action_mes_donnees", turn_of_button(territory))
    text = shown(territory, turn)
    for words in ("Zélie", "zelie@example.org", "Dort chez une amie.", "une éducatrice"):
        assert words in text
    assert booked.code in text
    assert booked.link_token in text
    assert "cnil.fr" in text


def turn_of_button(application: Application) -> str:
    """What the button "Tout m'afficher" sends."""
    message = take(application, "action_mes_donnees", "mes données").messages[0]
    payloads = {one["title"]: one["payload"] for one in message["buttons"]}
    assert payloads["Tout effacer"] == "/effacer_donnees"
    return str(payloads["Tout m’afficher"])


def test_a_copy_names_the_waiting_list(territory: Application) -> None:
    open_chat(territory)
    territory.waiting_list.join("a", "gare", "logement", Wish(), SHARING)
    text = shown(territory, take(territory, "action_mes_donnees", "une copie"))
    assert "liste d’attente (depuis lundi 23\u00a0novembre)" in text


VALIDATE, FINISH = "validate_formulaire_effacement", "action_effacer_donnees"
ASK = "action_ask_formulaire_effacement_effacement"


def test_a_code_aims_at_that_appointment_only(territory: Application, clock: FixedClock) -> None:
    open_chat(territory)
    booked = book(territory, "another-telephone")
    key = booked.appointment.id
    turn = take(territory, VALIDATE, f"efface mes données {booked.code}", "effacer_donnees")
    assert (turn.slot("rdv_cible"), turn.slot("effacement")) == (key, None)
    asked = said(take(territory, ASK, rdv_cible=key))
    assert "le rendez-vous de ce code" in asked
    assert "mardi 24\u00a0novembre" in asked
    done = take(territory, FINISH, effacement=True, rdv_cible=key)
    assert "Il est annulé" in said(done)
    assert "n’est pas effacé" in said(done)
    assert "json_message" not in done.messages[0]
    assert territory.appointments.by_code(booked.code) is None
    assert territory.appointments.by_link(booked.link_token) is None
    with territory.store.read() as uow:
        session = uow.chats.get("a")
        appointment = uow.appointments.get(key)
    assert session is not None
    assert session.first_name == "Zélie"
    assert appointment is not None
    assert appointment.first_name == ""


def test_an_aim_of_before_is_not_kept(territory: Application) -> None:
    turn = take(territory, VALIDATE, "efface tout", "effacer_donnees", rdv_cible="old")
    assert turn.slot("rdv_cible") is None


def test_a_wrong_code_is_said_and_five_end_it(territory: Application) -> None:
    first = take(territory, VALIDATE, "K7QF-3M2P", requested_slot="effacement")
    assert "aucun rendez-vous" in said(first)
    assert first.slot("effacement") is None
    last = take(territory, VALIDATE, "K7QF-3M2P", requested_slot="effacement", essais_code=4)
    assert "Appelle ton lieu d’accueil" in said(last)
    assert last.slot("effacement") is False


def test_everything_is_erased_after_a_yes_and_said(territory: Application) -> None:
    open_chat(territory)
    book(territory)
    waiting = Sharing(Contact("+33639980032"), "Zélie")
    territory.waiting_list.join("waits", "gare", "logement", Wish(), waiting)
    give_to(territory.store, "a", "waits")
    yes = take(territory, VALIDATE, "oui", requested_slot="effacement")
    assert yes.slot("effacement") is True
    told = take(territory, FINISH, effacement=True)
    assert "j’ai effacé" in said(told)
    assert "liste d’attente" in said(told)
    assert "est annulé" in said(told)
    assert told.messages[0]["json_message"] == {"card": "erased"}
    assert "rien de personnel" in said(take(territory, "action_mes_donnees", "mes données"))


def test_nothing_is_erased_after_a_no(territory: Application) -> None:
    booked = book(territory)
    no = take(territory, VALIDATE, "non", requested_slot="effacement")
    assert no.slot("effacement") is False
    take(territory, FINISH, effacement=False)
    assert territory.appointments.by_code(booked.code) is not None
