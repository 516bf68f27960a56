"""A young person's appointment, by its link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from factories import book
from icalendar import Calendar

from accueil.core.booking import AppointmentStatus
from accueil.core.contact import Contact

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
CHOICE = re.compile(r'name="debut" id="[^"]*" value="([^"]+)"')
PHONE = "01\u00a099\u00a000\u00a012\u00a034"


@pytest.fixture
def booked(application, people):
    """Tuesday 24 November 2026, 9 h in Paris, with Nadia."""
    return book(application.booking, TUESDAY_NINE, contact=Contact(email="lina@jeune.example"))


def stored(application, booked):
    with application.store.read() as uow:
        return uow.appointments.get(booked.appointment.id)


def same(application, booked):
    now = stored(application, booked)
    return (now.status, now.starts_at, now.sequence) == (
        AppointmentStatus.CONFIRMED,
        TUESDAY_NINE,
        0,
    )


def test_the_link_shows_what_when_and_where(browser, booked):
    text = browser.get(f"/rdv/{booked.link_token}").text
    assert "mardi 24\u00a0novembre" in text
    assert "9\u00a0h" in text
    assert "Antenne Centre" in text
    assert "1 place de l’Exemple" in text
    assert PHONE in text
    assert booked.code in text
    assert "openstreetmap.org" in text
    assert "Lina" not in text
    assert "lina@jeune.example" not in text


def test_the_link_is_not_passed_on(browser, booked):
    for path in ("", "/deplacer", "/annuler", "/rendez-vous.ics", "/x"):
        headers = browser.get(f"/rdv/{booked.link_token}{path}").headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "noindex" in headers["x-robots-tag"]


def test_the_calendar_object(application, browser, booked):
    response = browser.get(f"/rdv/{booked.link_token}/rendez-vous.ics")
    assert response.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    event = calendar.walk("VEVENT")[0]
    assert calendar["method"] == "PUBLISH"
    assert event["uid"] == booked.appointment.uid
    assert event.decoded("dtstart") == TUESDAY_NINE
    application.changes.cancel(booked.appointment.id)
    again = Calendar.from_ical(browser.get(f"/rdv/{booked.link_token}/rendez-vous.ics").content)
    assert again["method"] == "CANCEL"
    assert again.walk("VEVENT")[0]["sequence"] == 1


def test_opening_links_changes_nothing(application, browser, booked):
    for path in ("", "/deplacer", "/annuler", "/rendez-vous.ics"):
        for method in ("GET", "HEAD"):
            address = f"/rdv/{booked.link_token}{path}"
            assert browser.request(method, address).status_code == 200
    assert same(application, booked)


def test_moving_to_a_free_time(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    starts = CHOICE.findall(browser.get(f"{address}/deplacer").text)
    assert starts == sorted(starts)
    chosen = starts[-1]
    response = browser.post(f"{address}/deplacer", data={"debut": chosen})
    assert (response.status_code, response.headers["location"]) == (303, f"{address}?fait=deplace")
    moved = stored(application, booked)
    assert moved.starts_at == datetime.fromisoformat(chosen)
    assert moved.sequence == 1
    assert "est déplacé" in browser.get(response.headers["location"]).text


def test_other_days_are_a_link_away(browser, booked):
    first = browser.get(f"/rdv/{booked.link_token}/deplacer").text
    second = browser.get(f"/rdv/{booked.link_token}/deplacer?page=2").text
    assert first.count("<details") == second.count("<details") == 5
    assert not set(CHOICE.findall(first)) & set(CHOICE.findall(second))
    assert "page=2" in first
    # Each day is a form: one group of radio buttons for all days is one stop of the Tab key.
    assert first.count("<form") == first.count("Valider ce nouvel horaire") == 5
    last = browser.get(f"/rdv/{booked.link_token}/deplacer?page=99999")
    assert "pas d’autre horaire libre" in last.text


def test_a_time_taken_meanwhile_is_said_kindly(application, browser, booked):
    address = f"/rdv/{booked.link_token}/deplacer"
    chosen = "2026-11-25T08:00:00+00:00"
    assert chosen in CHOICE.findall(browser.get(address).text)
    book(application.booking, datetime.fromisoformat(chosen), name="Autre")
    response = browser.post(address, data={"debut": chosen})
    assert response.status_code == 409
    assert "Quelqu’un vient de prendre cet horaire" in response.text
    fresh = CHOICE.findall(response.text)
    assert fresh
    assert chosen not in fresh
    assert same(application, booked)


@pytest.mark.parametrize("choice", [None, "", "demain", "2026-11-25T08:00:00", "2026-11-25"])
def test_moving_needs_a_choice(application, browser, booked, choice):
    data = {"debut": choice} if choice is not None else {}
    response = browser.post(f"/rdv/{booked.link_token}/deplacer", data=data)
    assert response.status_code == 422
    assert "Choisis un horaire" in response.text
    assert same(application, booked)


@pytest.mark.parametrize("choice", ["2020-01-01T08:00:00+00:00", "2026-11-29T08:00:00+00:00"])
def test_a_time_that_was_never_offered_is_not_taken(application, browser, booked, choice):
    response = browser.post(f"/rdv/{booked.link_token}/deplacer", data={"debut": choice})
    assert response.status_code == 409
    assert same(application, booked)


def test_too_late_to_move_says_whom_to_call(application, browser, booked, clock):
    clock.at = TUESDAY_NINE - timedelta(hours=3)
    address = f"/rdv/{booked.link_token}"
    page = browser.get(address).text
    assert f"{address}/deplacer" not in page
    assert f"{address}/annuler" in page
    for response in (
        browser.get(f"{address}/deplacer"),
        browser.post(f"{address}/deplacer", data={"debut": "2026-11-26T08:00:00+00:00"}),
    ):
        assert response.status_code == 409
        assert "moins de 4" in response.text
        assert PHONE in response.text
    assert same(application, booked)


def test_cancelling_asks_then_acts(application, browser, booked):
    address = f"/rdv/{booked.link_token}"
    assert "Si tu annules, ta place sera proposée" in browser.get(f"{address}/annuler").text
    response = browser.post(f"{address}/annuler")
    assert response.status_code == 303
    assert stored(application, booked).status is AppointmentStatus.CANCELLED
    page = browser.get(response.headers["location"]).text
    assert "est annulé" in page
    assert "Reprendre un rendez-vous" in page
    assert browser.post(f"{address}/annuler").status_code == 303
    assert stored(application, booked).sequence == 1


def test_a_cancelled_appointment_cannot_be_moved(application, browser, booked):
    application.changes.cancel(booked.appointment.id)
    address = f"/rdv/{booked.link_token}"
    assert browser.get(f"{address}/deplacer").status_code == 409
    response = browser.post(f"{address}/deplacer", data={"debut": "2026-11-26T08:00:00+00:00"})
    assert response.status_code == 409
    assert "déjà annulé" in response.text
    assert browser.get(f"{address}/annuler").headers["location"] == address


def test_what_has_begun_cannot_be_cancelled(application, browser, booked, clock):
    clock.at = TUESDAY_NINE
    address = f"/rdv/{booked.link_token}"
    assert "a commencé" in browser.get(address).text
    for response in (browser.get(f"{address}/annuler"), browser.post(f"{address}/annuler")):
        assert response.status_code == 409
        assert "est passée" in response.text
        assert PHONE in response.text
    clock.advance(timedelta(days=1))
    assert "Ce n’est pas grave" in browser.get(address).text
    assert same(application, booked)


def test_the_owners_phone_stands_in_for_a_site_without_one(application, browser, people):
    booked = book(application.booking, TUESDAY_NINE, "gare")
    assert PHONE in browser.get(f"/rdv/{booked.link_token}").text


def test_a_guessed_link_says_what_to_do_and_guessing_stops(browser, booked):
    for number in range(10):
        response = browser.get(f"/rdv/{number:022d}")
        assert response.status_code == 404
        assert "On ne retrouve pas ce rendez-vous" in response.text
        assert 'href="/rdv"' in response.text
    response = browser.get("/rdv/" + "A" * 22)
    assert response.status_code == 429
    assert "Attends quelques minutes" in response.text
    assert int(response.headers["retry-after"]) == 600
    assert browser.get(f"/rdv/{booked.link_token}").status_code == 429


def test_good_links_are_never_counted(browser, booked):
    answers = {browser.get(f"/rdv/{booked.link_token}").status_code for _ in range(15)}
    assert answers == {200}


def test_a_hold_has_no_page(application, browser, people):
    held = application.booking.hold("someone", "centre", "logement", TUESDAY_NINE)
    assert browser.get(f"/rdv/{held.link_token}").status_code == 404


def test_a_code_leads_to_the_link(browser, booked):
    assert 'name="code"' in browser.get("/rdv").text
    for typed in (booked.code, booked.code.lower(), booked.code.replace("-", " ")):
        response = browser.post("/rdv", data={"code": typed})
        assert response.status_code == 303
        assert response.headers["location"] == f"/rdv/{booked.link_token}"


@pytest.mark.parametrize("typed", ["AAAA-AAAA", "K7", "lily rose"])
def test_what_is_no_code_is_told_what_a_code_is(browser, booked, typed):
    response = browser.post("/rdv", data={"code": typed})
    assert response.status_code == 422
    assert "Ce n’est pas un code\u00a0: huit signes, dont au moins un chiffre" in response.text
    assert "pas complet" not in response.text


def test_without_the_code_staff_need_the_day_and_the_hour(browser):
    page = browser.get("/rdv").text
    assert "donne le jour et l’heure" in page
    assert "Elle ne peut pas chercher par ton nom" in page


def test_wrong_codes_are_said_kindly_and_limited(browser, booked):
    assert browser.post("/rdv", data={"code": "K7"}).status_code == 422
    response = browser.post("/rdv", data={"code": "K7QF-3M2P"})
    assert response.status_code == 404
    assert "On ne retrouve pas de rendez-vous avec ce code" in response.text
    answers = [browser.post("/rdv", data={"code": "K7QF-3M2P"}).status_code for _ in range(10)]
    assert answers == [404] * 9 + [429]
    assert browser.post("/rdv", data={"code": booked.code}).status_code == 429


@pytest.mark.parametrize("path", ["/annuler", "/deplacer"])
def test_forms_from_elsewhere_are_refused(application, browser, booked, path):
    headers = {"Sec-Fetch-Site": "cross-site"}
    data = {"debut": "2026-11-26T08:00:00+00:00"}
    response = browser.post(f"/rdv/{booked.link_token}{path}", data=data, headers=headers)
    assert response.status_code == 403
    assert same(application, booked)


def test_a_form_under_no_referrer_has_a_null_origin(browser, booked):
    del browser.headers["Sec-Fetch-Site"]
    response = browser.post(f"/rdv/{booked.link_token}/annuler", headers={"Origin": "null"})
    assert response.status_code == 303
