"""What is forgotten by itself: conversations after a day, people after 24 months."""

import asyncio
from datetime import datetime, timedelta

import pytest
from factories import NOW, keep, make_appointment, make_callback, seed_territory

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.gateways.rasa import NullAssistant
from accueil.jobs.worker import Worker


@pytest.fixture
def assistant() -> NullAssistant:
    return NullAssistant()


@pytest.fixture
def with_assistant(application: Application, assistant: NullAssistant) -> Application:
    application._assistant = assistant
    return application


def test_people_are_forgotten_24_months_after_their_appointment(
    application: Application, clock: FixedClock
) -> None:
    counsellors = seed_territory(application.store)
    recent, old = (
        make_appointment(start, counsellors["nadia"], phone="+33639980011", email="l@example.org")
        for start in (NOW, NOW - timedelta(days=800))
    )
    callback = make_callback(created_at=NOW - timedelta(days=800))
    keep(application.store, appointments=[recent, old], callbacks=[callback])
    Worker(application).run_once()
    with application.store.read() as uow:
        kept, erased = (uow.appointments.get(one.id) for one in (recent, old))
        request = uow.chats.callback(callback.id)
    assert kept is not None
    assert kept.first_name == "Lina"
    assert erased is not None
    assert (erased.first_name, erased.phone, erased.email) == ("", "", "")
    assert request is not None
    assert (request.first_name, request.phone) == ("", "")


def open_conversation(application: Application) -> str:
    return asyncio.run(application.chat.open("web")).session_id


def exists(application: Application, session_id: str) -> bool:
    with application.store.read() as uow:
        return uow.chats.get(session_id) is not None


def test_a_conversation_is_deleted_a_day_after_its_last_message(
    with_assistant: Application, clock: FixedClock
) -> None:
    session_id = open_conversation(with_assistant)
    clock.advance(timedelta(hours=23))
    Worker(with_assistant).run_once()
    assert exists(with_assistant, session_id)
    clock.advance(timedelta(hours=2))
    Worker(with_assistant).run_once()
    assert not exists(with_assistant, session_id)


def test_a_conversation_waits_until_the_engine_can_forget_it(
    with_assistant: Application, clock: FixedClock, assistant: NullAssistant
) -> None:
    session_id = open_conversation(with_assistant)
    clock.advance(timedelta(hours=25))
    assistant.available = False
    Worker(with_assistant).run_once()
    assert exists(with_assistant, session_id)
    assistant.available = True
    Worker(with_assistant).run_once()
    assert not exists(with_assistant, session_id)


def test_cleaning_is_done_once_an_hour(
    application: Application, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned: list[datetime] = []
    monkeypatch.setattr(application.erasure, "erase_old", lambda: cleaned.append(clock.now()))
    worker = Worker(application)
    for minutes in (0, 10, 49, 1):
        clock.advance(timedelta(minutes=minutes))
        worker.run_once()
    assert len(cleaned) == 2


def test_a_round_that_fails_does_not_end_the_worker(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(application)
    rounds: list[int] = []

    def fail() -> int:
        rounds.append(1)
        if len(rounds) == 2:
            worker.stop()
        raise OSError("disk")

    monkeypatch.setattr(application.notifier, "send_due", fail)
    monkeypatch.setattr("accueil.jobs.worker.PAUSE_SECONDS", 0)
    worker.run()
    assert len(rounds) == 2
