"""At the summary, only a plain yes books, only a plain no lets go; the rest keeps the time."""

import pytest
from outcomes import appointments, local_start, only_appointment
from stack import Conversation, Stack

pytestmark = pytest.mark.dialogue
PHONE = "06 39 98 12 12"


def at_summary(conversation: Conversation) -> None:
    """Go to the summary of a Tuesday at 10 h in Lille."""
    assert "Je récapitule" in conversation.say("rdv lille mardi 10h")


def play(conversation: Conversation, *turns: str) -> str:
    """Say every turn; return the last answer."""
    answer = ""
    for turn in turns:
        answer = conversation.say(turn)
    return answer


@pytest.mark.parametrize(
    "said",
    [
        "oui mais non",
        "ok attends",
        "oui mais je peux changer apres ?",
        "ok mais c ou",
        "c'est bon comme horaire ?",
        "ok et si je peux pas venir ?",
        "non c tout",
        "non rien a ajouter",
        "j'ai d'autres questions",
        "tu peux m'envoyer un rappel j'ai peur d'oublier",
        "je te donnerai mon num plus tard",
    ],
)
def test_what_is_no_plain_yes_books_nothing_and_loses_nothing(
    stack: Stack, young_person: Conversation, said: str
) -> None:
    at_summary(young_person)
    young_person.say(said)
    assert appointments(stack, young_person) == []
    young_person.say("oui")
    start = local_start(only_appointment(stack, young_person), stack)
    assert (start.weekday(), start.hour) == (1, 10)


@pytest.mark.parametrize(
    "said", ["non", "ok non en fait", "ça me va pas", "un autre jour", "je peux pas ce jour là"]
)
def test_a_plain_no_lets_go(stack: Stack, young_person: Conversation, said: str) -> None:
    at_summary(young_person)
    answer = young_person.say(said)
    assert "Je peux te proposer" in answer
    assert appointments(stack, young_person) == []


def test_erasing_is_asked_and_done_in_the_middle_of_a_booking(
    stack: Stack, young_person: Conversation
) -> None:
    at_summary(young_person)
    assert "Je le fais" in young_person.say("efface mes données")
    assert "j’ai effacé" in young_person.say("oui efface")
    assert appointments(stack, young_person) == []


def test_erasing_can_be_refused(stack: Stack, young_person: Conversation) -> None:
    at_summary(young_person)
    assert "n’efface rien" in play(young_person, "efface mes données", "non")


def test_taking_a_contact_or_a_note_back_erases_nothing_else(
    stack: Stack, young_person: Conversation
) -> None:
    at_summary(young_person)
    play(young_person, f"Lea {PHONE}", "ajoute que j'ai un bébé")
    answer = young_person.say("en fait enleve mon num")
    assert "Prénom\u00a0: Lea" in answer
    assert "Contact\u00a0: non donné" in answer
    assert "un bébé" in answer
    assert "un bébé" not in young_person.say("enlève le mot")
    young_person.say("oui")
    booked = only_appointment(stack, young_person)
    assert (booked.first_name, booked.phone, booked.shared_note) == ("Lea", "", "")


@pytest.mark.parametrize(
    "said", ["je sais pas si il est ok", "il est pas au courant mais oui", "oui je crois"]
)
def test_a_doubt_is_no_agreement(stack: Stack, young_person: Conversation, said: str) -> None:
    young_person.say("rdv pour un pote à Lille mardi 10h")
    assert "accord clair" in young_person.say(said)
    assert appointments(stack, young_person) == []


def test_discreet_messages_by_the_button(stack: Stack, young_person: Conversation) -> None:
    at_summary(young_person)
    young_person.say(f"Lea {PHONE}")
    assert "seront discrets" in young_person.press("Messages discrets")
    young_person.say("oui")
    assert only_appointment(stack, young_person).discretion == "neutral"


def test_nothing_moves_on_a_complaint_or_a_question(
    stack: Stack, young_person: Conversation
) -> None:
    at_summary(young_person)
    young_person.say("oui")
    play(young_person, "je veux deplacer mon rdv", "le plus tot possible c quand ?")
    assert local_start(only_appointment(stack, young_person), stack).hour == 10
    play(young_person, "jeudi 10h", "oui")
    assert local_start(only_appointment(stack, young_person), stack).weekday() == 3


def test_the_day_named_while_cancelling_is_remembered(
    stack: Stack, young_person: Conversation
) -> None:
    at_summary(young_person)
    answer = play(young_person, "oui", "annule et remet jeudi", "oui")
    assert "le jour que tu as dit" in answer
    assert "jeudi 26" in young_person.say("oui")


def test_the_list_is_for_when_nothing_is_free(stack: Stack, young_person: Conversation) -> None:
    answer = play(young_person, "rdv tourcoing", "mettez moi sur liste d'attente")
    assert "places libres" in answer
    assert "Je peux te proposer" in answer


def test_a_shown_code_is_remembered(stack: Stack, young_person: Conversation) -> None:
    at_summary(young_person)
    young_person.say("oui")
    code = young_person.cards("appointment")[0]["code"]
    other = stack.conversation()
    other.say(code)
    answer = play(other, "annule le", "oui")
    assert "annulé" in answer
    assert [one.status for one in appointments(stack, young_person)] == ["cancelled"]


def test_discretion_asked_after_booking_is_kept(stack: Stack, young_person: Conversation) -> None:
    at_summary(young_person)
    play(young_person, f"Lea {PHONE}", "oui")
    assert "seront discrets" in young_person.say("messages discrets stp")
    assert only_appointment(stack, young_person).discretion == "neutral"
    assert "aucun message" in young_person.say("en fait aucun message")
    assert only_appointment(stack, young_person).discretion == "silent"


def test_nobody_calls_a_phone_that_others_read(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv lille mardi 10h", f"Lea {PHONE}", "messages discrets", "oui")
    assert "personne ne t’appellera" in young_person.say("je veux parler à quelqu'un")
    with stack.application.store.read() as uow:
        (request,) = uow.chats.callbacks_of_conversation(young_person.id)
    assert request.phone == ""


def test_a_name_said_among_proposals_is_no_other_question(
    stack: Stack, young_person: Conversation
) -> None:
    answer = play(young_person, "rdv lille mardi", "je m'appelle Tom")
    assert "Je peux te proposer" in answer
    with stack.application.store.read() as uow:
        assert list(uow.chats.callbacks_of_conversation(young_person.id)) == []


def test_two_hurried_words_do_not_replace_the_subject(young_person: Conversation) -> None:
    said = play(young_person, "jveu un rdv a tourcoing pr le logement", "c urgent", "mardi 9h")
    assert "Sujet\u00a0: Logement" in said
