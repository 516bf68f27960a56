"""Erasing in two places, one of which may be down: ours is done, the other is tried again."""

import asyncio
from datetime import timedelta

import pytest

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.gateways.rasa import NullAssistant
from accueil.jobs.worker import Worker
from accueil.services.ports import AssistantUnavailable, BotMessage


class Forgetful(NullAssistant):
    """Answers, and forgets only when it can."""

    def __init__(self) -> None:
        super().__init__()
        self.can_forget = False
        self.forgotten: list[str] = []

    async def forget(self, conversation_id: str) -> None:
        if not self.can_forget:
            raise AssistantUnavailable("null")
        self.forgotten.append(conversation_id)


@pytest.fixture
def engine(application: Application) -> Forgetful:
    engine = Forgetful()
    application._assistant = engine
    return engine


def open_conversation(application: Application) -> tuple[str, str]:
    opened = asyncio.run(application.chat.open("web"))
    asyncio.run(application.chat.say(opened.token, "je m'appelle Zélie, 0639980041", None))
    return opened.session_id, opened.token


def ask_to_erase(application: Application, engine: Forgetful, session_id: str, token: str) -> str:
    """Say yes to the erasure; the action of the dialogue has done its part."""
    application.erasure.erase_person(session_id)
    engine.answers = [[BotMessage("C’est fait.", (), ({"card": "erased"},))]]
    return asyncio.run(application.chat.say(token, "oui", None))[0].text


def test_our_part_is_done_and_rasas_is_tried_until_it_works(
    application: Application, engine: Forgetful, clock: FixedClock
) -> None:
    session_id, _ = open_conversation(application)
    application.erasure.erase_person(session_id)
    with application.store.read() as uow:
        session = uow.chats.get(session_id)
        assert session is not None
        assert (session.first_name, session.phone) == ("", "")
        assert uow.chats.messages(session_id) == []
    clock.advance(timedelta(minutes=10))
    worker = Worker(application)
    worker.run_once()
    with application.store.read() as uow:
        assert uow.chats.get(session_id) is not None
    engine.can_forget = True
    worker.run_once()
    assert engine.forgotten == [session_id]
    with application.store.read() as uow:
        assert uow.chats.get(session_id) is None


def test_rasa_is_made_to_forget_as_soon_as_the_answer_is_there(
    application: Application, engine: Forgetful
) -> None:
    session_id, token = open_conversation(application)
    engine.can_forget = True
    assert ask_to_erase(application, engine, session_id, token) == "C’est fait."
    assert engine.forgotten == [session_id]


def test_the_answer_is_given_even_when_rasa_cannot_forget(
    application: Application, engine: Forgetful, clock: FixedClock
) -> None:
    session_id, token = open_conversation(application)
    assert ask_to_erase(application, engine, session_id, token) == "C’est fait."
    engine.can_forget = True
    clock.advance(timedelta(hours=24))
    Worker(application).run_once()
    assert engine.forgotten == [session_id]


def test_a_conversation_that_is_over_is_empty_even_while_rasa_is_down(
    application: Application, engine: Forgetful, clock: FixedClock
) -> None:
    session_id, _ = open_conversation(application)
    clock.advance(timedelta(hours=24))
    Worker(application).run_once()
    with application.store.read() as uow:
        session = uow.chats.get(session_id)
        assert session is not None
        assert (session.first_name, session.phone) == ("", "")
        assert uow.chats.messages(session_id) == []
