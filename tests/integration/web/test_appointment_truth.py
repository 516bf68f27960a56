"""What the page says of how it takes place, and of what became of it."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from factories import book, make_openings
from visits import text_of

from accueil.core.booking import AppointmentStatus, Discretion
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.services.booking import Sharing

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
THURSDAY_NINE = "2026-11-26T08:00:00+00:00"
CONTACT = Contact("+33639980011", "lina@example.org")
TITLE = re.compile(r"<title>(.*)</title>")
HEADING = re.compile(r"<h1>(.*)</h1>")
WHOLE = re.compile(r'<span class="nowrap">([Rr]endez-vous)</span>')
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


@pytest.mark.parametrize("discretion", [Discretion.NEUTRAL, Discretion.SILENT])
def test_the_title_tells_nothing_to_who_looks_at_the_history(
    application, browser, people, discretion
):
    booked = book_so(application, discretion=discretion)
    for path in ("", "/annuler", "/deplacer", "?fait=viens"):
        page = text_of(browser, f"/rdv/{booked.link_token}{path}")
        assert "<title>Rendez-vous</title>" in page
        assert "Lina" not in page
        assert "lina@" not in page


def test_the_title_of_who_is_not_watched_names_the_page_and_the_service(browser, booked):
    titles = {
        path: TITLE.search(text_of(browser, f"/rdv/{booked.link_token}{path}"))[1]
        for path in ("", "/annuler", "/deplacer")
    }
    assert titles == {
        "": "Ton rendez-vous – Premier Accueil",
        "/annuler": "Annuler ton rendez-vous – Premier Accueil",
        "/deplacer": "Déplacer ton rendez-vous – Premier Accueil",
    }


def test_a_heading_never_cuts_rendez_vous_at_its_hyphen(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    pages = [text_of(browser, path) for path in (address, f"{address}/annuler", "/rdv", "/rdv/x")]
    application.changes.cancel(booked.appointment.id)
    pages.append(text_of(browser, address))
    headings = [HEADING.search(page)[1] for page in pages]
    assert [WHOLE.sub(r"\1", heading) for heading in headings] == [
        "Ton rendez-vous",
        "Annuler ton rendez-vous\u202f?",
        "Retrouver mon rendez-vous",
        "On ne retrouve pas ce rendez-vous",
        "Rendez-vous annulé",
    ]
    assert all(len(WHOLE.findall(heading)) == 1 for heading in headings)


def test_by_phone_the_number_is_masked_and_no_way_is_shown(application, browser, people):
    booked = book_so(application, Modality.PHONE)
    page = text_of(browser, f"/rdv/{booked.link_token}")
    assert "On t’appelle à l’heure du rendez-vous" in page
    assert 'qui finit par <span class="nowrap">11</span>' in page
    assert "Je serai là" in page
    assert "openstreetmap" not in page
    assert "1 place de l’Exemple" not in page
    calendar = browser.get(f"/rdv/{booked.link_token}/rendez-vous.ics").text
    assert "LOCATION:Par téléphone" in calendar
    chosen = browser.post(f"/rdv/{booked.link_token}/deplacer", data={"debut": THURSDAY_NINE})
    assert chosen.status_code == 303
    assert stored(application, booked).modality is Modality.PHONE


def test_the_video_room_opens_a_quarter_of_an_hour_before(
    application, browser, people, clock, monkeypatch
):
    room = "https://visio.example.org/opaque"
    monkeypatch.setattr(application, "video_url", lambda _appointment: room)
    openings = make_openings(people["nadia"], time(9), time(12))
    for opening in openings:
        opening.modalities = list(Modality)
    with application.store.write() as uow:
        uow.territory.replace_openings("nadia", openings)
        uow.commit()
    booked = book_so(application, Modality.VIDEO)
    address = f"/rdv/{booked.link_token}"
    for minutes, is_shown in ((-16, False), (-15, True), (0, True), (44, True), (45, False)):
        clock.at = TUESDAY_NINE + timedelta(minutes=minutes)
        page = text_of(browser, address)
        assert ("Rejoindre la visio" in page, room in page) == (is_shown, is_shown)
        assert "openstreetmap" not in page
    clock.at = TUESDAY_NINE - timedelta(minutes=16)
    assert "15\u00a0minutes avant le début" in text_of(browser, address)
    assert "LOCATION:En visio" in browser.get(f"{address}/rendez-vous.ics").text
    monkeypatch.setattr(application, "video_url", lambda _appointment: "")
    assert "te dira comment te connecter" in text_of(browser, address)


def test_a_calendar_that_others_read_names_no_site(application, browser, people):
    booked = book_so(application, discretion=Discretion.NEUTRAL)
    calendar = browser.get(f"/rdv/{booked.link_token}/rendez-vous.ics").text
    assert "1 place de l’Exemple" in calendar
    assert "Antenne" not in calendar
    assert "SUMMARY:Rendez-vous\r\n" in calendar


def test_a_moved_appointment_shows_the_new_time_under_the_old_link(application, browser, booked):
    application.changes.move(booked.appointment.id, datetime.fromisoformat(THURSDAY_NINE))
    page = text_of(browser, f"/rdv/{booked.link_token}")
    assert "jeudi 26\u00a0novembre" in page
    assert "mardi 24" not in page
    assert "C’est l’horaire à jour" in page


def test_the_link_of_what_was_erased_says_so(application, browser, booked):
    application.erasure.erase_person(booked.appointment.conversation_id)
    response = browser.get(f"/rdv/{booked.link_token}")
    assert response.status_code == 404
    assert "Tu as demandé d’effacer tes données" in response.text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (AppointmentStatus.CONFIRMED, "Tu n’as pas pu venir"),
        (AppointmentStatus.SEEN, "Merci de ta visite"),
        (AppointmentStatus.NO_SHOW, "On ne s’est pas vus cette fois. Ce n’est pas grave"),
        (AppointmentStatus.EXCUSED, "Tu avais prévenu, merci"),
    ],
)
def test_long_after_it_says_when_it_was_and_how_it_went(
    application, browser, booked, clock, status, sentence
):
    clock.advance(timedelta(days=1, hours=3))
    with application.store.write() as uow:
        if status is not AppointmentStatus.CONFIRMED:
            uow.appointments.get(booked.appointment.id).mark(status, clock.now())
        uow.commit()
    clock.advance(timedelta(days=400))
    page = text_of(browser, f"/rdv/{booked.link_token}")
    assert "mardi 24\u00a0novembre\u00a02026" in page
    assert "Ton rendez-vous est passé" in page
    assert sentence in page
    for button in (*BUTTONS, "annuler", "deplacer"):
        assert f"{booked.link_token}/{button}" not in page
    browser.post(f"/rdv/{booked.link_token}/souci")
    assert not call_backs(application)
