"""What counsellors see and settle."""

from datetime import timedelta

import pytest
from factories import NOW, keep, make_appointment, make_callback, make_group_session

from accueil.core.booking import AppointmentStatus, Discretion


@pytest.fixture
def signed(browser):
    browser.sign_in()
    return browser


def status_of(application, identifier):
    with application.store.read() as uow:
        return uow.appointments.get(identifier).status


def test_empty_states_are_said_in_words(signed):
    text = signed.get("/conseiller").text
    assert "Semaine du 23 au 29\u00a0novembre\u00a02026" in text
    assert "Aucun rendez-vous cette semaine-là." in text
    assert "Personne n’attend d’être rappelé." in text
    assert "Aucune information collective n’est prévue." in text
    assert "Les e-mails restent dans une liste, pour les tests." in text


def test_the_week_shows_what_was_agreed(application, signed, people):
    known = make_appointment(
        NOW + timedelta(days=1, hours=1),
        people["nadia"],
        phone="+33199001201",
        email="lina@jeune.example",
        shared_note="Dort chez <b>un ami</b>.",
    )
    discreet = make_appointment(
        NOW + timedelta(days=2), people["karim"], first_name="", reason="emploi"
    )
    sessions = [make_group_session(NOW + timedelta(days=3), taken=12)]
    keep(application.store, (), [known, discreet], [make_callback()], sessions)
    text = signed.get("/conseiller").text
    assert "Lina" in text
    assert "Logement, avec <strong>vous</strong>" in text
    assert 'href="tel:+33199001201"' in text
    assert "lina@jeune.example" in text
    assert "Dort chez &lt;b&gt;un ami&lt;/b&gt;." in text
    assert "Emploi, avec Karim Exemple" in text
    assert "Prénom non donné" in text
    assert "Sacha" in text
    assert "complet" in text
    assert "À noter" not in text


def test_another_site_is_not_shown(application, signed, people):
    keep(
        application.store,
        appointments=[make_appointment(NOW, people["elsa"], first_name="Ailleurs")],
        callbacks=[make_callback("gare", first_name="Ailleurs")],
    )
    assert "Ailleurs" not in signed.get("/conseiller").text


def test_weeks_follow_each_other_over_the_new_year(signed):
    text = signed.get("/conseiller?semaine=2026-W53").text
    assert "28\u00a0décembre\u00a02026 au 3\u00a0janvier\u00a02027" in text
    assert 'href="/conseiller?semaine=2026-W52"' in text
    assert 'href="/conseiller?semaine=2027-W01"' in text
    assert "fermé\u00a0: " in text or "fermé&nbsp;: " in text


@pytest.mark.parametrize("week", ["", "x", "2026-W99", "2027-W53", "1999-W01", "2026-W481"])
def test_a_week_that_does_not_exist_is_this_week(signed, week):
    response = signed.get("/conseiller", params={"semaine": week})
    assert response.status_code == 200
    assert "23 au 29" in response.text


@pytest.mark.parametrize(
    ("choice", "status", "shown"),
    [
        ("fait", AppointmentStatus.SEEN, "Entretien fait"),
        ("absence", AppointmentStatus.NO_SHOW, "Absence"),
        ("excuse", AppointmentStatus.EXCUSED, "Absence excusée"),
    ],
)
def test_what_happened_is_recorded(application, signed, people, choice, status, shown):
    past = make_appointment(NOW, people["karim"])
    keep(application.store, appointments=[past])
    assert "À noter" in signed.get("/conseiller").text
    response = signed.submit(f"/conseiller/rendez-vous/{past.id}/statut", statut=choice)
    assert response.status_code == 303
    assert status_of(application, past.id) is status
    text = signed.get(response.headers["location"]).text
    assert shown in text
    assert "C’est noté." in text
    assert "Corriger" in text


def test_nothing_is_recorded_before_the_start(application, signed, people):
    later = make_appointment(NOW + timedelta(hours=1), people["nadia"])
    keep(application.store, appointments=[later])
    response = signed.submit(f"/conseiller/rendez-vous/{later.id}/statut", statut="fait")
    assert response.status_code == 409
    assert "pas encore commencé" in response.text
    assert status_of(application, later.id) is AppointmentStatus.CONFIRMED


def test_another_sites_appointment_is_not_ours_to_mark(application, signed, people):
    theirs = make_appointment(NOW, people["elsa"])
    keep(application.store, appointments=[theirs])
    response = signed.submit(f"/conseiller/rendez-vous/{theirs.id}/statut", statut="absence")
    assert response.status_code == 404
    assert "votre antenne" in response.text
    assert status_of(application, theirs.id) is AppointmentStatus.CONFIRMED


@pytest.mark.parametrize("identifier", ["inconnu", "%00", "a-b", "a" * 400])
def test_an_appointment_that_cannot_exist_is_not_found(signed, identifier):
    for path in (f"rendez-vous/{identifier}/statut", f"rappels/{identifier}/fait"):
        assert signed.submit(f"/conseiller/{path}", statut="fait").status_code == 404


def test_an_unknown_status_is_refused(application, signed, people):
    past = make_appointment(NOW, people["nadia"])
    keep(application.store, appointments=[past])
    for wrong in ("cancelled", "seen", ""):
        path = f"/conseiller/rendez-vous/{past.id}/statut"
        assert signed.submit(path, statut=wrong).status_code == 400


def test_a_callback_is_done(application, signed):
    request, theirs = make_callback(), make_callback("gare")
    keep(application.store, callbacks=[request, theirs])
    response = signed.submit(f"/conseiller/rappels/{request.id}/fait")
    assert response.status_code == 303
    assert "Personne n’attend" in signed.get(response.headers["location"]).text
    assert signed.submit(f"/conseiller/rappels/{theirs.id}/fait").status_code == 404


def test_forms_are_not_opened_by_links(application, signed, people):
    past = make_appointment(NOW, people["nadia"])
    keep(application.store, appointments=[past])
    response = signed.get(f"/conseiller/rendez-vous/{past.id}/statut?statut=fait")
    assert response.status_code == 405
    assert status_of(application, past.id) is AppointmentStatus.CONFIRMED


def test_the_console_is_not_kept_nor_indexed(signed):
    headers = signed.get("/conseiller").headers
    assert headers["cache-control"] == "no-store"
    assert "noindex" in headers["x-robots-tag"]


def test_a_number_kept_back_out_of_discretion_is_not_said_to_be_missing(
    application, signed, people
):
    watched = make_appointment(
        NOW + timedelta(days=1),
        people["nadia"],
        phone="+33639980011",
        discretion=Discretion.NEUTRAL,
    )
    keep(application.store, appointments=[watched])
    application.changes.ask_call_back(watched.id)
    text = signed.get("/conseiller").text
    assert "N’a pas laissé de numéro" not in text
    assert "Numéro non transmis" in text
    assert "discrétion" in text.split("Rendez-vous</h2>")[0]
