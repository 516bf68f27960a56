"""The answers on the page of an appointment, pressed once or ten times."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from factories import book
from visits import press, text_of

from accueil.core.booking import AppointmentStatus, Discretion
from accueil.core.contact import Contact
from accueil.core.outbox import OutboxMessage
from accueil.core.territory import Modality
from accueil.services.booking import Sharing
from accueil.web.app import create_app

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
THURSDAY_NINE = "2026-11-26T08:00:00+00:00"
CONTACT = Contact("+33639980011", "lina@example.org")
PHONE = "01\u00a099\u00a000\u00a012\u00a034"
TARGET = {name: re.compile(rf'<(\w+)([^>]* id="{name}"[^>]*)>') for name in ("je-viens", "souci")}
BUTTONS = ("viens", "souci", "prendre", "laisser", "quitter")


@pytest.fixture
def booked(application, people):
    return book(application.booking, TUESDAY_NINE, contact=CONTACT)


def book_so(application, modality=Modality.ON_SITE, discretion=Discretion.ORDINARY):
    held = application.booking.hold("c", "centre", "logement", TUESDAY_NINE, modality)
    sharing = Sharing(CONTACT, "Lina", discretion=discretion)
    return application.booking.confirm(held.id, "c", "logement", sharing)


def stored(application, booked):
    with application.store.read() as uow:
        return uow.appointments.get(booked.appointment.id)


def call_backs(application):
    with application.store.read() as uow:
        return list(uow.chats.callbacks_of_site("centre"))


def outbox(application) -> Counter:
    with application.store.write() as uow:
        rows: list[OutboxMessage] = list(uow.outbox.claim_due(datetime(2030, 1, 1, tzinfo=UTC), 99))
    return Counter(row.kind.value for row in rows)


def test_je_viens_is_noted_and_said(application, browser, booked, clock):
    address = f"/rdv/{booked.link_token}"
    assert "Je viens" in text_of(browser, address)
    response = browser.post(f"{address}/viens")
    assert (response.status_code, response.headers["location"]) == (303, f"{address}?fait=viens")
    assert stored(application, booked).coming_at == clock.now()
    page = text_of(browser, address)
    assert "C’est noté\u00a0: tu viens" in page
    assert "/viens" not in page


def test_ten_times_je_viens_is_once(application, booked, clock):
    noted = clock.now()
    answers = press(create_app(application), f"/rdv/{booked.link_token}/viens")
    clock.advance(timedelta(hours=1))
    answers += press(create_app(application), f"/rdv/{booked.link_token}/viens")
    assert {(one.status_code, one.headers["location"]) for one in answers} == {
        (303, f"/rdv/{booked.link_token}?fait=viens")
    }
    assert stored(application, booked).coming_at == noted


@pytest.mark.parametrize("button", ["viens", "souci"])
def test_answers_about_what_is_cancelled_change_nothing(application, browser, booked, button):
    application.changes.cancel(booked.appointment.id)
    response = browser.post(f"/rdv/{booked.link_token}/{button}")
    assert "est annulé" in text_of(browser, response.headers["location"])
    assert stored(application, booked).coming_at is None
    assert not call_backs(application)


@pytest.mark.parametrize("button", BUTTONS)
def test_buttons_refuse_other_sites_and_get_changes_nothing(application, browser, booked, button):
    address = f"/rdv/{booked.link_token}"
    elsewhere = browser.post(f"{address}/{button}", headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    for method in ("GET", "HEAD"):
        response = browser.request(method, f"{address}/{button}")
        assert (response.status_code, response.headers["location"]) == (303, address)
    assert stored(application, booked).coming_at is None
    assert stored(application, booked).status is AppointmentStatus.CONFIRMED
    assert not call_backs(application)


def test_un_souci_asks_the_site_to_call_back_once(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    before = text_of(browser, address)
    assert "J’ai un souci" in before
    assert PHONE in before
    assert {one.status_code for one in press(create_app(application), f"{address}/souci")} == {303}
    (request,) = call_backs(application)
    assert (request.phone, request.first_name) == ("+33639980011", "Lina")
    assert request.conversation_id == booked.appointment.conversation_id
    after = text_of(browser, f"{address}?fait=souci")
    assert "L’équipe sait que tu as un souci" in after
    assert "au numéro qui finit par" in after
    assert "9980011" not in after.replace(" ", "").replace("\u00a0", "")
    assert f"{address}/souci" not in after
    assert stored(application, booked).status is AppointmentStatus.CONFIRMED


def test_the_links_of_a_reminder_lead_to_the_form_then_to_what_it_did(browser, booked):
    address = f"/rdv/{booked.link_token}"
    for name in ("je-viens", "souci"):
        target = TARGET[name].findall(text_of(browser, address))
        assert [(tag, "tabindex" in attributes) for tag, attributes in target] == [("form", True)]
        button = name.removeprefix("je-")
        browser.post(f"{address}/{button}")
        target = TARGET[name].findall(text_of(browser, address))
        assert [("status" in attributes, tag) for tag, attributes in target] in (
            [(True, "p")],
            [(True, "div")],
        )


def test_whom_to_call_is_said_in_french(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    assert "Ou appelle le <a" in text_of(browser, address)
    browser.post(f"{address}/souci")
    page = text_of(browser, address)
    assert "Si c’est pressé, appelle le <a" in page
    assert "appelle au" not in page


def test_nobody_is_called_whose_phone_others_answer(application, browser, people):
    booked = book_so(application, discretion=Discretion.NEUTRAL)
    browser.post(f"/rdv/{booked.link_token}/souci")
    (request,) = call_backs(application)
    assert (request.phone, request.first_name) == ("", "Lina")
    assert "Personne ne t’appellera" in text_of(browser, f"/rdv/{booked.link_token}")


def test_ten_times_the_same_move_or_cancellation_is_one(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    moved = press(create_app(application), f"{address}/deplacer", {"debut": THURSDAY_NINE})
    assert {one.headers.get("location") for one in moved} == {f"{address}?fait=deplace"}
    assert stored(application, booked).sequence == 1
    cancelled = press(create_app(application), f"{address}/annuler")
    assert {one.headers.get("location") for one in cancelled} == {f"{address}?fait=annule"}
    assert stored(application, booked).sequence == 2
    told = outbox(application)
    # Once to the young person, once to the counsellor.
    assert (told["moved"], told["cancelled"]) == (2, 2)
