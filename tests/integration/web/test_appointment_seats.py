"""A seat of a group session by its link: shown, moved to another session, given back."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import keep, make_group_session
from visits import press, text_of

from accueil.core.contact import Contact
from accueil.services.booking import Sharing
from accueil.web.app import create_app

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
THURSDAY_NINE = "2026-11-26T08:00:00+00:00"
CONTACT = Contact("+33639980011", "lina@example.org")


def stored(application, booked):
    with application.store.read() as uow:
        return uow.appointments.get(booked.appointment.id)


class TestSeats:
    """A seat of a group session, and the other sessions of the site."""

    @pytest.fixture
    def sessions(self, application, people):
        """One for the seat, one with a place left, one full, one elsewhere."""
        sessions = [
            make_group_session(TUESDAY_NINE + timedelta(days=day), **changes)
            for day, changes in (
                (2, {"title": "Découvrir la garantie"}),
                (3, {"title": "Préparer un entretien", "taken": 11}),
                (4, {"title": "Séance pleine", "taken": 12}),
                (3, {"title": "Ailleurs", "site_id": "gare", "counsellor_id": "elsa"}),
            )
        ]
        keep(application.store, sessions=sessions)
        return sessions

    @pytest.fixture
    def seat(self, application, sessions):
        held = application.booking.hold_seat("c", sessions[0].id)
        return application.booking.confirm(held.id, "c", "", Sharing(CONTACT, "Lina"))

    def taken(self, application, session):
        with application.store.read() as uow:
            return uow.groups.get(session.id).taken

    def test_the_page_says_which_session(self, browser, seat):
        page = text_of(browser, f"/rdv/{seat.link_token}")
        assert "Découvrir la garantie, 2\u00a0h" in page
        assert "Antenne Centre" in page

    def test_moving_is_choosing_another_session_of_the_site(
        self, application, browser, seat, sessions
    ):
        address = f"/rdv/{seat.link_token}/deplacer"
        page = text_of(browser, address)
        assert "Préparer un entretien" in page
        assert "(1\u00a0place)" in page
        assert "Séance pleine" not in page
        assert "Ailleurs" not in page
        answers = press(create_app(application), address, {"seance": sessions[1].id})
        assert {one.headers.get("location") for one in answers} == {
            f"/rdv/{seat.link_token}?fait=deplace"
        }
        assert [self.taken(application, one) for one in sessions] == [5, 12, 12, 5]
        assert stored(application, seat).sequence == 1
        assert "Préparer un entretien" in text_of(browser, f"/rdv/{seat.link_token}")

    @pytest.mark.parametrize(("number", "status"), [(2, 409), (3, 409), (None, 422)])
    def test_no_seat_where_there_is_none(
        self, application, browser, seat, sessions, number, status
    ):
        data = {"seance": sessions[number].id} if number is not None else {}
        response = browser.post(f"/rdv/{seat.link_token}/deplacer", data=data)
        assert response.status_code == status
        assert [self.taken(application, one) for one in sessions] == [6, 11, 12, 5]
        assert stored(application, seat).sequence == 0

    def test_a_time_is_no_session(self, application, browser, seat):
        response = browser.post(f"/rdv/{seat.link_token}/deplacer", data={"debut": THURSDAY_NINE})
        assert response.status_code == 422
        assert "Choisis une séance" in response.text

    def test_cancelling_gives_the_seat_back_once(self, application, seat, sessions):
        assert self.taken(application, sessions[0]) == 6
        press(create_app(application), f"/rdv/{seat.link_token}/annuler")
        assert self.taken(application, sessions[0]) == 5
