"""The shared dialogues through the chat interface, with their outcomes in the database."""

import json
from pathlib import Path
from typing import Any

import pytest
from outcomes import appointments, callbacks, local_start, only_appointment, safety_types, site_city
from stack import Stack

from accueil.core.platforms import Platform

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "dialogues.jsonl"

if not CASES.exists():
    pytest.skip("shared/ absent", allow_module_level=True)

DIALOGUES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
}


@pytest.fixture(params=["web", *Platform])
def channel(request: pytest.FixtureRequest) -> str:
    """The public interface of the site, then each messaging app."""
    return str(request.param)


def played(stack: Stack, name: str, channel: str) -> tuple[Any, str]:
    """Play a dialogue; return the conversation and everything that was answered."""
    conversation = stack.conversation(channel)
    return conversation, "\n".join(conversation.say(turn) for turn in DIALOGUES[name]["user_turns"])


BOOKED = {
    "book_simple": (1, 0, 12),
    "book_sms": (2, 14, 24),
    "book_by_theme": (0, 10, 11),
    "hours_mid": (3, 16, 17),
    "sunday": (0, 9, 10),
    "insult_mid": (1, 10, 11),
    "back_one_step": (3, 9, 10),
    "refuse_then_accept": (0, 9, 10),
    "age_27_rqth": (0, 10, 11),
}
"""Weekday, and the hours between which the appointment starts."""


@pytest.mark.dialogue
@pytest.mark.parametrize("name", BOOKED)
def test_one_appointment_is_booked_as_agreed(stack: Stack, name: str, channel: str) -> None:
    conversation, said = played(stack, name, channel)
    appointment = only_appointment(stack, conversation)
    start = local_start(appointment, stack)
    weekday, from_hour, to_hour = BOOKED[name]
    assert start.weekday() == weekday
    assert from_hour <= start.hour < to_hour
    assert site_city(appointment, stack) == "Roubaix"
    assert "Je récapitule" in said
    assert len(conversation.cards("appointment")) == 1


@pytest.mark.dialogue
def test_details_that_each_booking_must_keep(stack: Stack, channel: str) -> None:
    conversation, _ = played(stack, "book_by_theme", channel)
    assert only_appointment(stack, conversation).reason == "logement"
    _, said = played(stack, "hours_mid", channel)
    assert "17\u00a0h\u00a030" in said
    _, said = played(stack, "sunday", channel)
    assert "fermé le dimanche" in said
    _, said = played(stack, "age_27_rqth", channel)
    assert "29\u00a0ans" in said
    stack.empty()
    conversation, said = played(stack, "refuse_then_accept", channel)
    assert "24 mois" in said
    appointment = only_appointment(stack, conversation)
    assert (appointment.first_name, appointment.phone) == ("Inès", "+33639981234")


@pytest.mark.dialogue
@pytest.mark.parametrize("name", ["human_direct", "human_after_fail"])
def test_a_human_is_offered(stack: Stack, name: str, channel: str) -> None:
    conversation, said = played(stack, name, channel)
    assert appointments(stack, conversation) == []
    assert "parler à quelqu’un" in said
    if name == "human_direct":
        assert "03 53 01" in said.replace("\u00a0", " ").replace("\u202f", " ")
        assert callbacks(stack, conversation) == 1
    else:
        assert "une personne t’aidera" in said


@pytest.mark.dialogue
@pytest.mark.parametrize(
    ("name", "numbers"),
    [("distress_third_party", ("3114", "15")), ("distress_minor", ("119", "17", "114"))],
)
def test_distress_is_answered_first(
    stack: Stack, name: str, numbers: tuple[str, ...], channel: str
) -> None:
    conversation, said = played(stack, name, channel)
    for number in numbers:
        assert number in said
    assert appointments(stack, conversation) == []
    assert safety_types(stack)
    assert "ton numéro" not in said


@pytest.mark.dialogue
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out_of_area", ("n’est pas couvert", "unml.info")),
        ("age_34", ("16 à 25 ans", "France", "Cap emploi", "CCAS")),
        ("question_then_thanks", ("ameli", "Vitale")),
    ],
)
def test_nothing_is_booked(stack: Stack, name: str, words: tuple[str, ...], channel: str) -> None:
    conversation, said = played(stack, name, channel)
    assert appointments(stack, conversation) == []
    for word in words:
        assert word in said


@pytest.mark.dialogue
def test_data_are_really_erased(stack: Stack, channel: str) -> None:
    conversation, said = played(stack, "delete_data", channel)
    assert "j’ai effacé" in said
    with stack.application.store.read() as uow:
        session = uow.chats.get(conversation.id)
        kept = uow.chats.messages(conversation.id)
    assert session is not None
    assert (session.first_name, session.phone, session.email, session.age) == ("", "", "", None)
    assert all("supprimer" not in message.text for message in kept)
