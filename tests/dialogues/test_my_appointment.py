"""Finding, moving and cancelling in the chat, with or without the first conversation."""

import pytest
from outcomes import appointments, local_start, only_appointment
from stack import Conversation, Stack

from accueil.core.booking import AppointmentStatus

pytestmark = pytest.mark.dialogue


@pytest.fixture
def booked(young_person: Conversation) -> str:
    """Book in ``young_person`` and return the recovery code."""
    young_person.say("rdv Roubaix mardi 9h")
    young_person.say("oui")
    return str(young_person.cards("appointment")[0]["code"])


def test_when_is_it(young_person: Conversation, booked: str) -> None:
    answer = young_person.say("mon rdv c'est quand deja ?")
    assert "mardi 24" in answer
    assert booked in answer


def test_move_in_the_same_conversation(
    stack: Stack, young_person: Conversation, booked: str
) -> None:
    answer = young_person.say("je voudrais décaler mon rdv à jeudi")
    assert "jeudi 26" in answer
    assert local_start(only_appointment(stack, young_person), stack).weekday() == 1
    young_person.say("le premier")
    moved = only_appointment(stack, young_person)
    assert local_start(moved, stack).weekday() == 3
    assert moved.sequence == 1
    assert young_person.cards("appointment")[0]["code"] == booked


def test_cancel_asks_first(stack: Stack, young_person: Conversation, booked: str) -> None:
    assert "J’annule" in young_person.say("annule mon rdv stp")
    only_appointment(stack, young_person)
    young_person.say("oui")
    assert [one.status for one in appointments(stack, young_person)] == [
        AppointmentStatus.CANCELLED
    ]


def test_cancel_may_be_refused(stack: Stack, young_person: Conversation, booked: str) -> None:
    young_person.say("annule mon rdv")
    assert "reste comme il est" in young_person.say("non")
    only_appointment(stack, young_person)


def test_cancel_from_elsewhere_with_the_code(
    stack: Stack, young_person: Conversation, booked: str
) -> None:
    other = stack.conversation()
    assert "code" in other.say("je veux annuler mon rendez-vous")
    assert "aucun rendez-vous" in other.say("AAAA-1111")
    assert "J’annule" in other.say(booked.lower())
    other.say("oui")
    assert appointments(stack, young_person)[0].status is AppointmentStatus.CANCELLED


def test_guessing_codes_ends(stack: Stack) -> None:
    guesser = stack.conversation()
    guesser.say("annuler mon rdv")
    answers = [guesser.say(f"AAAA-111{digit}") for digit in range(5)]
    assert "appeler ton lieu d’accueil" in answers[-1]


def test_a_question_in_the_middle_of_a_cancellation(
    stack: Stack, young_person: Conversation, booked: str
) -> None:
    young_person.say("annule mon rdv")
    answer = young_person.say("c'est quoi l'adresse déjà ?")
    assert "rue de l’Exemple" in answer
    assert "J’annule" in answer
    young_person.say("non garde le")
    only_appointment(stack, young_person)
