"""In a group, by phone, from the waiting list, with a note, discreetly, or for somebody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from outcomes import appointments, only_appointment
from sqlalchemy import update
from stack import Conversation, Stack

from accueil.core.booking import Discretion
from accueil.core.territory import Modality
from accueil.persistence import tables

pytestmark = pytest.mark.dialogue
PHONE = "06 39 98 12 34"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def play(conversation: Conversation, *turns: str) -> str:
    """Say every turn; return the last answer."""
    answer = ""
    for turn in turns:
        answer = conversation.say(turn)
    return answer


def test_both_ways_are_offered_and_a_seat_is_booked(
    stack: Stack, young_person: Conversation
) -> None:
    answer = play(young_person, "je voudrais un rdv", "Roubaix")
    assert "en groupe" in answer
    answer = play(young_person, "oui plutôt la réunion collective")
    assert "en groupe" in answer
    answer = play(young_person, "ok ça me va")
    assert "Je récapitule" in answer
    assert "en groupe" in answer
    play(young_person, "oui")
    seat = only_appointment(stack, young_person)
    assert seat.group_session_id is not None
    with stack.application.store.read() as uow:
        assert uow.groups.get(seat.group_session_id).taken == 1


def test_from_the_group_back_to_an_interview(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à Roubaix en groupe", "ok")
    answer = play(young_person, "en fait non pas en groupe, mardi 10h")
    assert "Je récapitule" in answer
    assert "en groupe" not in answer
    play(young_person, "oui")
    assert only_appointment(stack, young_person).group_session_id is None
    with stack.application.store.read() as uow:
        sessions = uow.groups.of_site(only_appointment(stack, young_person).site_id, LONG_AGO)
    assert [one.taken for one in sessions] == [0]


def test_a_seat_is_moved_or_cancelled_like_an_appointment(
    stack: Stack, young_person: Conversation
) -> None:
    play(young_person, "rdv à Roubaix en groupe", "ok", "oui")
    seat = only_appointment(stack, young_person)
    play(young_person, "je veux annuler mon rdv", "oui")
    assert [one.status for one in appointments(stack, young_person)] == ["cancelled"]
    with stack.application.store.read() as uow:
        assert uow.groups.get(seat.group_session_id).taken == 0


def test_by_phone_a_number_is_needed(stack: Stack, young_person: Conversation) -> None:
    answer = play(young_person, "rdv à Lille mardi 10h par téléphone pour mon cv")
    assert "par téléphone" in answer
    answer = play(young_person, "oui")
    assert "numéro" in answer
    assert appointments(stack, young_person) == []
    answer = play(young_person, f"Lina {PHONE}")
    assert "par téléphone" in answer
    play(young_person, "oui")
    booked = only_appointment(stack, young_person)
    assert (booked.modality, booked.first_name) == (Modality.PHONE, "Lina")


def test_video_is_refused_kindly_where_nobody_receives_so(
    stack: Stack, young_person: Conversation
) -> None:
    answer = play(young_person, "rdv à Lille mardi 10h en visio")
    assert "visio" in answer
    assert "sur place" in answer
    assert appointments(stack, young_person) == []


def test_the_note_is_shown_changed_and_approved(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à Lille mardi 10h pour un logement")
    answer = play(young_person, "ajouter un mot")
    assert "avec tes mots" in answer
    answer = play(young_person, "je dors chez un ami et je parle mal français")
    assert "je dors chez un ami" in answer
    assert "Je récapitule" in answer
    answer = play(young_person, "change le mot : j'ai besoin d'un interprète")
    assert "j'ai besoin d'un interprète" in answer
    assert "je dors" not in answer
    play(young_person, "oui")
    assert only_appointment(stack, young_person).shared_note == "j'ai besoin d'un interprète"


def test_the_note_can_be_taken_back(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à Lille mardi 10h", "dis au conseiller que j'ai un chien")
    answer = play(young_person, "enlève le mot")
    assert "chien" not in answer
    play(young_person, "oui")
    assert only_appointment(stack, young_person).shared_note == ""


def test_discretion_is_heard_and_kept(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à Lille mardi 10h", f"Lina {PHONE}")
    answer = play(young_person, "par contre mes parents lisent mes sms")
    assert "discrets" in answer
    assert "Je récapitule" in answer
    play(young_person, "oui")
    assert only_appointment(stack, young_person).discretion is Discretion.NEUTRAL


def test_no_message_at_all(stack: Stack, young_person: Conversation) -> None:
    play(young_person, "rdv à Lille mardi 10h", f"Lina {PHONE}", "m'envoie pas de sms")
    answer = play(young_person, "oui")
    assert "aucun message" in answer
    assert only_appointment(stack, young_person).discretion is Discretion.SILENT


def test_a_professional_books_with_agreement(stack: Stack, young_person: Conversation) -> None:
    answer = play(
        young_person,
        "Bonjour, je suis éducatrice, je voudrais un rdv pour un jeune que j'accompagne à Lille",
    )
    assert "est-elle d’accord" in answer
    answer = play(young_person, "oui il est d'accord")
    assert "répondez pour elle" in answer
    answer = play(young_person, "logement, mardi 10h")
    assert "éducateur ou éducatrice" in answer
    play(young_person, f"Sami {PHONE}", "oui")
    booked = only_appointment(stack, young_person)
    assert booked.referrer == "éducateur ou éducatrice"
    assert booked.first_name == "Sami"


def test_the_age_that_counts_is_the_young_person_s(
    stack: Stack, young_person: Conversation
) -> None:
    answer = play(young_person, "rdv à lille pour mon fils il a 14 ans", "oui")
    assert "à partir de 16 ans" in answer
    other = stack.conversation()
    answer = play(other, "j'ai 45 ans je veux un rdv à lille pour ma fille de 18 ans", "oui")
    assert "France" not in answer
    assert "quel sujet" in answer


def test_without_agreement_nothing_is_booked(stack: Stack, young_person: Conversation) -> None:
    answer = play(young_person, "rdv pour ma fille de 17 ans à Lille mardi 10h", "non pas encore")
    assert "rien" in answer
    assert appointments(stack, young_person) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("j'ai 14 ans et je veux un rdv à Lille", "à partir de 16 ans"),
        ("g 34 ans je peux avoir un rdv a lille ?", "France"),
        ("je veux un rdv à Lille j'ai 27 ans sans handicap", "France"),
    ],
)
def test_other_ages_are_told_where_to_go(
    stack: Stack, young_person: Conversation, said: str, expected: str
) -> None:
    assert expected in play(young_person, said)
    assert appointments(stack, young_person) == []


@pytest.fixture
def nothing_free(stack: Stack) -> Iterator[None]:
    """No counsellor of Lille receives; put back afterwards."""
    receive(stack, False)
    yield
    receive(stack, True)


def receive(stack: Stack, wanted: bool) -> None:
    """Have the counsellors of Lille receive, or not."""
    of_lille = update(tables.counsellors).where(tables.counsellors.c.site_id == "demo-lille")
    with stack.application.engine.begin() as connection:
        connection.execute(of_lille.values(is_active=wanted))


def test_the_waiting_list_when_nothing_is_free(
    stack: Stack, young_person: Conversation, nothing_free: None
) -> None:
    answer = play(young_person, "rdv à Lille pour mon cv mardi matin")
    assert "liste d’attente" in answer
    answer = play(young_person, "oui je veux bien")
    assert "numéro" in answer
    answer = play(young_person, f"Lina {PHONE}")
    assert "premier ou première" in answer
    place = stack.application.waiting_list.place_of(young_person.id)
    assert place is not None
    assert place.first_name == "Lina"
    assert "liste d’attente" in play(young_person, "mon rdv c'est quand ?")
    assert "plus sur la liste" in play(young_person, "je veux quitter la liste d'attente")
    assert stack.application.waiting_list.place_of(young_person.id) is None


def test_a_freed_time_is_taken_in_the_conversation(
    stack: Stack, young_person: Conversation, nothing_free: None
) -> None:
    play(young_person, "rdv à Lille pour mon cv", "liste d'attente", f"Lina {PHONE}")
    receive(stack, True)
    assert stack.application.waiting_list.work() == 1
    answer = play(young_person, "mon rdv c'est quand ?")
    assert "gardée" in answer
    answer = play(young_person, "je veux prendre rdv")
    assert "Je récapitule" in answer
    play(young_person, "oui")
    booked = only_appointment(stack, young_person)
    assert booked.ends_at - booked.starts_at == timedelta(minutes=45)
    assert stack.application.waiting_list.place_of(young_person.id) is None
