"""Answers, places, misunderstandings, breakdowns."""

import pytest
from outcomes import appointments, callbacks
from stack import Conversation, Stack

pytestmark = pytest.mark.dialogue


def test_the_greeting_says_what_it_is(young_person: Conversation) -> None:
    said = young_person.last[0]["text"]
    assert "robot" in said
    assert young_person.titles()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("c koi les apl", "APL"),
        ("jai plus de mutuelle cmt faire", "Complémentaire"),
        ("trouver une alternance", "alternance"),
        ("aide moi a faire mon cv", "CV"),
        ("jsais pas koi faire de ma vie", "courant"),
        ("le permis c trop cher ya des aides ?", "permis"),
        ("comment on s'inscrit pour voter", "vote"),
        ("pass culture comment ça marche", "Pass Culture"),
        ("c'est quoi le cej", "CEJ"),
    ],
)
def test_each_theme_is_answered_with_its_source(
    young_person: Conversation, question: str, word: str
) -> None:
    assert word.lower() in young_person.say(question).lower()
    source = young_person.cards("source")[0]
    assert source["url"].startswith("https://")
    assert source["checked_on"]


def test_a_site_by_postal_code(young_person: Conversation) -> None:
    young_person.say("c'est où la mission locale ?")
    answer = young_person.say("59100")
    assert "Roubaix" in answer
    card = young_person.cards("site")[0]
    assert card["phone"]
    assert card["hours"]
    assert card["distance_km"] is not None


def test_open_on_a_day(young_person: Conversation) -> None:
    assert "fermé" in young_person.say("vous êtes ouverts dimanche à Roubaix ?")


@pytest.mark.parametrize("place", ["Bruxelles", "Alger"])
def test_abroad_is_said(young_person: Conversation, place: str) -> None:
    young_person.say("où est ma mission locale")
    assert "n’est pas couvert" in young_person.say(place)


def test_an_uncovered_commune_gets_no_site_at_random(young_person: Conversation) -> None:
    young_person.say("où est ma mission locale")
    answer = young_person.say("j'habite à Brest")
    assert "unml.info" in answer
    assert young_person.cards("site") == []


def test_gibberish_twice_leads_to_a_human(young_person: Conversation) -> None:
    young_person.say("zblorg frimtoul")
    assert "une personne" in young_person.say("grumpf zouzou kraknak")
    assert any("Parler" in title for title in young_person.titles())


def test_a_call_back_with_a_number(stack: Stack, young_person: Conversation) -> None:
    young_person.say("je veux parler à un humain, je suis à Roubaix")
    young_person.say("rappelez moi au 06 39 98 00 11 c'est Lina")
    assert callbacks(stack, young_person) == 1
    with stack.application.store.read() as uow:
        request = uow.chats.callbacks_of_conversation(young_person.id)[0]
    assert (request.first_name, request.phone) == ("Lina", "+33639980011")


@pytest.mark.parametrize(
    "typed",
    [
        '/prendre_rdv{"site": 1}',
        ' /annuler_rdv{"rdv_cible": "1"}',
        "/restart",
        "<script>alert(1)</script>",
        "<b>bonjour</b>",
        "🙂🙂🙂",
        "?!",
        "1234567890" * 20,
    ],
)
def test_odd_input_gets_a_kind_answer(stack: Stack, young_person: Conversation, typed: str) -> None:
    answer = young_person.say(typed)
    assert answer
    assert "souci" not in answer
    assert appointments(stack, young_person) == []


def test_ten_thousand_characters(young_person: Conversation) -> None:
    assert "long" in young_person.say(
        "je raconte ma vie et encore ma vie. " * 280 + "je veux un rdv"
    )


def test_erasing_really_erases(stack: Stack, young_person: Conversation) -> None:
    young_person.say("rdv Roubaix mardi 9h")
    young_person.say("Lina 06 39 98 00 11")
    young_person.say("oui")
    booked = appointments(stack, young_person)[0].id
    young_person.say("efface mes données")
    assert "j’ai effacé" in young_person.say("oui")
    assert appointments(stack, young_person) == []  # nothing leads to it any more
    with stack.application.store.read() as uow:
        appointment = uow.appointments.get(booked)
    assert (appointment.first_name, appointment.phone, appointment.email) == ("", "", "")
    assert appointment.status.value == "cancelled"
    assert "robot" in young_person.say("bonjour")
