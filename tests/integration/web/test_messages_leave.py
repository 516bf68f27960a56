"""Whether messages leave: what monitoring reads, and what counsellors are shown."""

from datetime import timedelta

import pytest
from factories import NOW, keep, make_appointment
from starlette.testclient import TestClient

from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.persistence.engine import open_engine
from accueil.services.watchdog import WORKER
from accueil.web.app import create_app


def beat(application):
    with application.store.write() as uow:
        uow.heartbeats.beat(WORKER, application.clock.now())
        uow.commit()


@pytest.fixture
def late(application, people, clock):
    """The worker lives, and a reminder has waited for twenty minutes."""
    appointment = make_appointment(NOW + timedelta(days=2), people["nadia"])
    keep(application.store, appointments=[appointment])
    kind, who = MessageKind.REMINDER_HOURS, Recipient.YOUNG_PERSON
    with application.store.write() as uow:
        uow.outbox.add([OutboxMessage("one", appointment.id, kind, who, 0, NOW)])
        uow.commit()
    clock.advance(timedelta(minutes=20))
    beat(application)


def test_a_silent_worker_does_not_take_the_site_down(application, browser, clock):
    silent = {"status": "ok", "worker": "silent"}
    assert browser.get("/health").json() == silent
    beat(application)
    assert browser.get("/health").json() == {"status": "ok", "worker": "ok"}
    clock.advance(timedelta(minutes=6))
    answer = browser.get("/health")
    assert (answer.status_code, answer.json()) == (200, silent)


def test_monitoring_has_an_address_of_its_own(application, browser, clock):
    beat(application)
    answer = browser.get("/health/messages")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})
    clock.advance(timedelta(minutes=6))
    answer = browser.get("/health/messages")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "problems": ["worker_silent"]}


@pytest.mark.usefixtures("late")
def test_monitoring_learns_of_messages_that_wait(browser):
    answer = browser.get("/health/messages")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["late"])


def test_without_a_database_monitoring_is_told(application, tmp_path):
    application.engine = open_engine(f"sqlite:///{tmp_path / 'no' / 'where.db'}", b"k" * 40)
    with TestClient(create_app(application)) as client:
        answer = client.get("/health/messages")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["database"])


def test_counsellors_see_that_the_worker_is_dead(application, browser, clock):
    beat(application)
    browser.sign_in()
    assert "Les rappels ne partent plus" not in browser.get("/conseiller").text
    clock.advance(timedelta(minutes=12))
    text = browser.get("/conseiller").text
    assert "Les rappels ne partent plus depuis le lundi 23\u00a0novembre à 8\u00a0h&nbsp;:" in text
    assert 'role="alert"' in text


def test_counsellors_see_that_the_worker_never_ran(browser):
    browser.sign_in()
    assert "Les rappels ne partent plus&nbsp;: prévenez" in browser.get("/conseiller").text


@pytest.mark.usefixtures("late")
def test_counsellors_see_that_messages_wait(browser):
    browser.sign_in()
    assert "ne partent plus depuis le lundi 23\u00a0novembre à 8\u00a0h" in (
        browser.get("/conseiller").text
    )
