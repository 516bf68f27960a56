"""Booking in the words of young people: corrections, digressions, mistakes."""

import pytest
from outcomes import appointments, local_start, only_appointment, site_city
from stack import Conversation, Stack

pytestmark = pytest.mark.dialogue


def play(conversation: Conversation, *turns: str) -> str:
    """Say every turn; return the last answer."""
    answer = ""
    for turn in turns:
        answer = conversation.say(turn)
    return answer


def test_everything_in_one_message(stack: Stack, young_person: Conversation) -> None:
    answer = play(young_person, "slt jveux un rdv a lille mercredi a 10h pour mon permis")
    assert "Je récapitule" in answer
    assert "mercredi 25" in answer
    assert "Mobilité" in answer
    play(young_person, "ouais")
    assert site_city(only_appointment(stack, young_person), stack) == "Lille"


def test_changes_of_mind_at_every_step(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "je voudrais un rendez-vous", "j'habite à Tourcoing", "mercredi")
    play(
        young_person,
        "non en fait à Roubaix",
        "plutôt jeudi aprem",
        "le 2",
        "finalement vendredi 9h",
    )
    assert appointments(stack, young_person) == []
    play(young_person, "c'est bon")
    appointment = only_appointment(stack, young_person)
    start = local_start(appointment, stack)
    assert (start.weekday(), start.hour) == (4, 9)
    assert site_city(appointment, stack) == "Roubaix"


def test_a_question_at_each_step_is_answered_and_the_booking_resumes(
    stack: Stack, young_person: Conversation
) -> None:
    assert "commune" in play(young_person, "je veux prendre un rdv")
    answer = young_person.say("c'est gratuit ou faut payer ?")
    assert "commune" in answer
    young_person.say("Roubaix")
    answer = young_person.say("comment avoir une carte vitale ?")
    assert "ameli" in answer
    assert "Je peux te proposer" in answer or "quel sujet" in answer
    young_person.say("mardi 9h")
    answer = young_person.say("vous gardez mes données combien de temps ?")
    assert "24 mois" in answer
    assert "Je récapitule" in answer
    young_person.say("oui")
    assert local_start(only_appointment(stack, young_person), stack).weekday() == 1


def test_nothing_is_booked_without_a_yes(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv roubaix mardi 9h", "laisse tomber")
    assert appointments(stack, young_person) == []
    answer = play(young_person, "rdv roubaix mardi 9h")
    assert "Je récapitule" in answer
    answer = young_person.say("non")
    assert "Je peux te proposer" in answer
    assert "mardi 24\u00a0novembre à 9\u00a0h\n" not in answer
    assert appointments(stack, young_person) == []


@pytest.mark.parametrize(
    ("wish", "excuse"),
    [
        ("hier", "passée"),
        ("le 31/11", "n’existe pas"),
        ("le 25 décembre", "fermé"),
        ("dimanche", "fermé le dimanche"),
    ],
)
def test_an_impossible_date_is_explained(
    young_person: Conversation, wish: str, excuse: str
) -> None:
    young_person.say("rdv Roubaix")
    assert excuse in young_person.say(wish)


def test_a_digit_missing_three_times(stack: Stack, young_person: Conversation) -> None:
    young_person.say("rdv Roubaix mardi 9h")
    answers = [young_person.say(f"06 39 98 00 {digit}") for digit in "123"]
    assert len(set(answers)) == 3
    assert "sans" in answers[2]
    young_person.say("oui")
    assert only_appointment(stack, young_person).phone == ""


def test_a_contact_may_come_after_the_confirmation(
    stack: Stack, young_person: Conversation
) -> None:
    play(young_person, "rdv Roubaix mardi 9h", "oui", "moi c'est Lina, 06 39 98 00 11")
    appointment = only_appointment(stack, young_person)
    assert (appointment.first_name, appointment.phone) == ("Lina", "+33639980011")


def test_ambiguous_commune_is_asked(stack: Stack, young_person: Conversation) -> None:
    answer = play(young_person, "je veux un rdv", "saint denis")
    assert "(93)" in answer
    assert "(974)" in answer
    play(young_person, "93", "mardi 10h", "oui")
    appointment = only_appointment(stack, young_person)
    assert site_city(appointment, stack) == "Saint-Denis"
    assert appointment.time_zone == "Europe/Paris"


def test_overseas_times_are_local(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à cayenne jeudi 10h", "oui")
    appointment = only_appointment(stack, young_person)
    assert appointment.time_zone == "America/Cayenne"
    assert local_start(appointment, stack).hour == 10


def test_one_first_appointment_per_person(stack: Stack) -> None:
    first, second = stack.conversation(), stack.conversation()
    for conversation in (first, second):
        conversation.say("rdv Roubaix mardi 9h")
        conversation.say("Lina 06 39 98 00 11")
    first.say("oui")
    assert "déjà prévu" in second.say("oui")
    assert appointments(stack, second) == []


def test_ages_that_are_not_received(stack: Stack) -> None:
    young, old, disabled = (stack.conversation() for _ in range(3))
    assert "16 ans" in young.say("j'ai 14 ans je veux un rdv à Roubaix")
    assert "France" in old.say("j'ai 31 ans, un rdv à Roubaix svp")
    assert "Je peux te proposer" in disabled.say("j'ai 28 ans et une rqth, rdv roubaix mardi")
    for conversation in (young, old):
        assert appointments(stack, conversation) == []


def test_the_same_yes_twice_books_once(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv Roubaix mardi 9h", "oui", "oui")
    only_appointment(stack, young_person)
