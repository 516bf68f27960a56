"""The worker's duties, each by itself; what is forgotten by itself: conversations, people."""

import asyncio
from datetime import datetime, timedelta

import pytest
from factories import NOW, book, keep, make_appointment, make_callback, seed_territory

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.gateways.rasa import NullAssistant
from accueil.gateways.sms import NullSms
from accueil.jobs.worker import Worker
from accueil.services.messaging import IncomingSms
from accueil.services.watchdog import Watchdog

LINA = Contact(phone="+33639980011")


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


def test_a_duty_that_fails_stops_no_other(
    application: Application, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cleaned: list[int] = []

    def fail() -> int:
        raise OSError("lina@example.org")

    monkeypatch.setattr(application.notifier, "send_due", fail)
    monkeypatch.setattr(application.waiting_list, "work", fail)
    monkeypatch.setattr(application.erasure, "erase_old", lambda: cleaned.append(1))
    assert not Worker(application).run_once()
    assert cleaned == [1]
    assert not Watchdog(application.store, application.clock).worker_is_silent()
    assert "example.org" not in "".join(capsys.readouterr())


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


def test_answers_and_the_list_have_their_turn_each_minute(
    application: Application, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seated: list[datetime] = []
    asked: list[datetime] = []
    application.sms = NullSms()
    monkeypatch.setattr(application.sms, "incoming", lambda _: asked.append(clock.now()) or [])
    monkeypatch.setattr(application.waiting_list, "work", lambda: seated.append(clock.now()) or 0)
    worker = Worker(application)
    for seconds in (0, 2, 57, 1, 2):
        clock.advance(timedelta(seconds=seconds))
        worker.run_once()
    assert [at - NOW for at in asked] == [timedelta(0), timedelta(minutes=1)]
    assert seated == asked


def test_a_provider_without_answers_is_not_asked(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    application.sms = NullSms(takes_answers=False)
    monkeypatch.setattr(application.sms, "incoming", asked.append)
    Worker(application).run_once()
    assert asked == []
    assert "safety" not in vars(application)


def test_killed_between_two_duties_the_next_worker_does_the_rest(
    application: Application, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_territory(application.store)
    application.sms = NullSms()
    booked = book(application.booking, NOW + timedelta(days=1, hours=2), contact=LINA).appointment
    application.sms.answers.append(IncomingSms("a", LINA.phone, "1", NOW))

    def killed() -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(application.notifier, "poll_receipts", killed)
        with pytest.raises(KeyboardInterrupt):
            Worker(application).run_once()
    sent = len(application.sms.sent)
    assert sent == 1
    for _ in range(2):  # two workers, one after the other; the second finds nothing
        Worker(application).run_once()
        Worker(application).run_once()
    with application.store.read() as uow:
        assert uow.appointments.get(booked.id).coming_at == NOW
    assert len(application.sms.sent) == 2
    assert "noté" in application.sms.sent[1].text


def test_a_slow_engine_holds_back_only_a_few_conversations(
    with_assistant: Application, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    expired = [f"conversation-{number}" for number in range(50)]
    monkeypatch.setattr(with_assistant.erasure, "expired_conversations", lambda: expired)
    monkeypatch.setattr(with_assistant, "forget_conversation", tried.append)
    Worker(with_assistant).run_once()
    assert tried == expired[:20]
