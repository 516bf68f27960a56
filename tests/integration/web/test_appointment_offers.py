"""A time held for somebody on the waiting list, by its link."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from factories import keep, make_appointment
from visits import press, text_of

from accueil.core.booking import AppointmentStatus, Discretion, WaitingStatus, Wish
from accueil.core.contact import Contact
from accueil.core.dates import Window
from accueil.core.territory import Modality
from accueil.services.booking import Sharing
from accueil.web.app import create_app

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
CONTACT = Contact("+33639980011", "lina@example.org")
KEPT = "Tu restes sur la liste d’attente"


def wait(application, conversation="lina", contact=CONTACT, **changes):
    """Join the list of a site that has free times, and return the time held."""
    sharing = Sharing(contact, "Lina", discretion=changes.pop("discretion", Discretion.ORDINARY))
    application.waiting_list.join(conversation, "centre", "logement", Wish(), sharing, **changes)
    return held_of(application, conversation)


def held_of(application, conversation):
    with application.store.read() as uow:
        return uow.appointments.of_conversation(conversation)[-1]


def place_of(application, conversation="lina"):
    with application.store.read() as uow:
        return uow.waiting.of_conversation(conversation)[0]


@pytest.fixture
def held(application, people):
    """Monday 23 November 2026, 14 h in Paris, held until 10 h."""
    return wait(application)


def test_the_page_says_what_where_and_until_when(browser, held):
    response = browser.get(f"/rdv/{held.link_token}")
    page = html.unescape(response.text)
    assert "Une place s’est libérée" in page
    assert "lundi 23\u00a0novembre" in page
    assert "à 14\u00a0h" in page
    assert "Antenne Centre" in page
    assert "jusqu’au <strong>lundi 23\u00a0novembre à 10\u00a0h</strong>" in page
    assert "Lina" not in page
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in response.headers["x-robots-tag"]


def test_opening_the_link_changes_nothing(application, browser, held):
    for path in ("", "/prendre", "/laisser", "/quitter"):
        for method in ("GET", "HEAD"):
            browser.request(method, f"/rdv/{held.link_token}{path}")
    assert held_of(application, "lina").status is AppointmentStatus.HELD
    assert place_of(application).status is WaitingStatus.OFFERED


def test_what_is_for_appointments_does_nothing_to_an_offer(application, browser, held):
    for path in ("/annuler", "/deplacer", "/viens", "/souci"):
        assert browser.post(f"/rdv/{held.link_token}{path}").status_code == 404
    assert held_of(application, "lina").status is AppointmentStatus.HELD


def test_taking_it_books_it_once(application, browser, held):
    address = f"/rdv/{held.link_token}"
    answers = press(create_app(application), f"{address}/prendre")
    assert {one.headers.get("location") for one in answers} == {f"{address}?fait=pris"}
    booked = held_of(application, "lina")
    assert (booked.id, booked.status) == (held.id, AppointmentStatus.CONFIRMED)
    assert (booked.phone, booked.email) == (CONTACT.phone, CONTACT.email)
    assert place_of(application).status is WaitingStatus.SERVED
    page = text_of(browser, f"{address}?fait=pris")
    assert "cette place est à toi" in page
    assert "Je viens" in page


def test_refusing_it_keeps_the_place(application, browser, held):
    address = f"/rdv/{held.link_token}"
    answers = press(create_app(application), f"{address}/laisser")
    assert {one.headers.get("location") for one in answers} <= {f"{address}?fait=refuse", address}
    entry = place_of(application)
    assert (entry.status, entry.unanswered) == (WaitingStatus.OFFERED, 0)
    assert entry.offered_id != held.id  # another time, straight away
    page = text_of(browser, f"{address}?fait=refuse")
    assert "Tu laisses la place du lundi 23" in page
    assert KEPT in page


def test_leaving_the_list_holds_nothing_for_them_any_more(application, browser, held):
    address = f"/rdv/{held.link_token}"
    answers = press(create_app(application), f"{address}/quitter")
    assert {one.headers.get("location") for one in answers} == {f"{address}?fait=quitte"}
    entry = place_of(application)
    assert (entry.status, entry.phone, entry.email) == (WaitingStatus.LEFT, "", "")
    with application.store.read() as uow:
        mine = uow.appointments.of_conversation("lina")
    assert [one.status for one in mine] == [AppointmentStatus.EXPIRED]
    assert mine[0].phone == ""
    page = text_of(browser, f"{address}?fait=quitte")
    assert "Tu n’es plus sur la liste d’attente" in page
    assert browser.post(f"{address}/prendre").status_code == 409


def test_what_is_left_goes_to_the_next(application, browser, held):
    only_then = Wish((Window(held.local_start(), None, exact=True),))
    sharing = Sharing(Contact(email="sacha@example.org"), "Sacha")
    application.waiting_list.join("sacha", "centre", "logement", only_then, sharing)
    assert place_of(application, "sacha").status is WaitingStatus.WAITING
    browser.post(f"/rdv/{held.link_token}/quitter")
    assert place_of(application, "sacha").status is WaitingStatus.OFFERED
    assert held_of(application, "sacha").starts_at == held.starts_at


def test_too_late_is_said_kindly_and_the_place_is_kept(application, browser, held, clock):
    clock.advance(timedelta(hours=2))
    page = text_of(browser, f"/rdv/{held.link_token}")
    assert "Cette place n’est plus libre" in page
    assert KEPT in page
    application.waiting_list.work()
    assert KEPT in text_of(browser, f"/rdv/{held.link_token}")
    response = browser.post(f"/rdv/{held.link_token}/prendre")
    assert response.status_code == 409
    assert KEPT in response.text
    assert held_of(application, "lina").status is not AppointmentStatus.CONFIRMED


def test_a_moment_too_late_is_not_too_late_while_nobody_has_it(application, browser, held, clock):
    clock.advance(timedelta(hours=2, minutes=1))
    response = browser.post(f"/rdv/{held.link_token}/prendre")
    assert response.headers["location"] == f"/rdv/{held.link_token}?fait=pris"
    assert held_of(application, "lina").status is AppointmentStatus.CONFIRMED


def test_after_two_silences_nothing_is_promised(application, browser, held, clock):
    clock.advance(timedelta(hours=2))
    application.waiting_list.work()
    second = held_of(application, "lina")
    assert second.id != held.id
    clock.advance(timedelta(days=1))
    assert "Tu n’es plus sur la liste" in text_of(browser, f"/rdv/{second.link_token}")
    application.waiting_list.work()
    assert place_of(application).status is WaitingStatus.LEFT
    for one in (held, second):
        assert "Tu n’es plus sur la liste" in text_of(browser, f"/rdv/{one.link_token}")


def test_who_has_an_appointment_already_is_told_so(application, browser, people):
    held = wait(application)
    nadia = people["nadia"]
    booked = make_appointment(TUESDAY_NINE, nadia, email_key=place_of(application).email_key)
    keep(application.store, appointments=[booked])
    response = browser.post(f"/rdv/{held.link_token}/prendre")
    assert response.status_code == 409
    assert "Tu as déjà un rendez-vous" in response.text
    assert held_of(application, "lina").status is AppointmentStatus.HELD


def test_by_phone_without_a_number_somebody_must_be_called(application, browser, people):
    held = wait(application, contact=Contact(phone="+33639981234"), modality=Modality.PHONE)
    with application.store.write() as uow:  # written before a number was asked for
        uow.waiting.of_offer(held.id).phone = ""
        uow.commit()
    response = browser.post(f"/rdv/{held.link_token}/prendre")
    assert response.status_code == 409
    assert "on n’a pas de numéro où t’appeler" in response.text
    assert held_of(application, "lina").status is AppointmentStatus.HELD


def test_what_is_no_longer_offered_is_not_promised(application, browser, held):
    with application.store.write() as uow:
        uow.territory.replace_openings("karim", [])
        uow.commit()
    response = browser.post(f"/rdv/{held.link_token}/prendre")
    assert response.status_code == 409
    assert "n’est plus possible" in response.text
    assert KEPT in response.text


def test_an_old_offer_whose_person_is_erased_promises_nothing(application, browser, held, clock):
    clock.advance(timedelta(days=3))
    application.waiting_list.work()
    with application.store.write() as uow:
        uow.appointments.get(held.id).conversation_id = ""
        uow.commit()
    page = text_of(browser, f"/rdv/{held.link_token}")
    assert "Si tu es toujours sur la liste d’attente" in page
    assert KEPT not in page


@pytest.mark.parametrize("path", ["", "?fait=refuse"])
def test_the_title_is_neutral_for_who_is_watched(application, browser, people, clock, path):
    held = wait(application, discretion=Discretion.NEUTRAL)
    address = f"/rdv/{held.link_token}"
    title = "<title>Rendez-vous</title>"
    assert title in text_of(browser, f"{address}{path}")
    clock.advance(timedelta(hours=3))
    assert title in text_of(browser, f"{address}{path}")


@pytest.mark.parametrize("button", ["prendre", "laisser", "quitter"])
def test_forms_from_elsewhere_are_refused(application, browser, held, button):
    response = browser.post(
        f"/rdv/{held.link_token}/{button}", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert place_of(application).status is WaitingStatus.OFFERED
