"""Who may enter the console."""

from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from factories import NOW, PASSWORD, keep, make_appointment
from starlette.testclient import TestClient

from accueil.core.booking import AppointmentStatus
from accueil.services.accounts import SESSION_TIME
from accueil.web.app import create_app

WRONG = "L’adresse e-mail ou le mot de passe ne convient pas."


def cookie_of(response, name):
    cookies = SimpleCookie()
    for line in response.headers.get_list("set-cookie"):
        cookies.load(line)
    return cookies[name]


def test_the_agenda_asks_who_you_are(browser):
    response = browser.get("/conseiller")
    assert (response.status_code, response.headers["location"]) == (303, "/conseiller/connexion")


def test_signing_in_and_out(browser):
    response = browser.sign_in()
    assert (response.status_code, response.headers["location"]) == (303, "/conseiller")
    assert "Nadia Exemple" in browser.get("/conseiller").text
    assert browser.get("/conseiller/connexion").status_code == 303
    session = browser.cookies["accueil_session"]
    assert browser.submit("/conseiller/deconnexion").status_code == 303
    browser.cookies.set("accueil_session", session)
    assert browser.get("/conseiller").status_code == 303


def test_the_session_cookie_is_out_of_reach(browser):
    cookie = cookie_of(browser.sign_in(), "accueil_session")
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/conseiller"
    assert cookie["max-age"] == "43200"
    assert not cookie["secure"]


def test_cookies_are_secure_behind_https(application, people):
    application.settings = replace(application.settings, public_url="https://accueil.example")
    with TestClient(create_app(application)) as client:
        response = client.get("/conseiller/connexion")
    assert cookie_of(response, "accueil_connexion")["secure"]
    assert "max-age" in response.headers["strict-transport-security"]


@pytest.mark.parametrize("name", ["nadia", "nobody", "\0", "é" * 300])
def test_a_refusal_never_says_whether_the_account_exists(browser, name):
    response = browser.sign_in(name, "autre")
    assert response.status_code == 403
    assert WRONG in response.text
    assert "accueil_session" not in response.headers.get("set-cookie", "")
    assert 'role="alert"' in response.text


def test_signing_in_changes_the_session(browser):
    browser.sign_in()
    first = browser.cookies["accueil_session"]
    browser.cookies.delete("accueil_session", path="/conseiller")
    browser.sign_in()
    assert browser.cookies["accueil_session"] != first


def test_a_forged_cookie_opens_nothing(browser):
    browser.cookies.set("accueil_session", "A" * 22, path="/conseiller")
    assert browser.get("/conseiller").status_code == 303


def test_a_session_ends_after_twelve_hours(browser, clock):
    browser.sign_in()
    clock.advance(SESSION_TIME)
    assert browser.get("/conseiller").status_code == 303


def test_a_session_says_when_it_ends_and_is_extended(browser, clock):
    browser.sign_in()
    assert "jusqu’au lundi 23\u00a0novembre à 20\u00a0h" in browser.get("/conseiller").text
    clock.advance(SESSION_TIME - timedelta(hours=1))
    response = browser.submit("/conseiller/prolonger")
    assert response.headers["location"] == "/conseiller?note=session#session"
    clock.advance(timedelta(hours=2))
    page = browser.get("/conseiller?note=session").text
    assert "C’est noté" in page
    assert "jusqu’au mardi 24\u00a0novembre à 7\u00a0h" in page


def test_the_sign_in_form_needs_its_own_token(browser):
    data = {"email": "nadia@mission.example", "mot_de_passe": PASSWORD}
    assert browser.post("/conseiller/connexion", data=data).status_code == 403
    browser.get("/conseiller/connexion")
    assert browser.post("/conseiller/connexion", data=data | {"jeton": "x"}).status_code == 403
    assert browser.get("/conseiller").status_code == 303


def test_an_account_is_closed_to_guesses_for_a_while(browser):
    for _ in range(8):
        assert browser.sign_in(password="autre").status_code == 403
    response = browser.sign_in()
    assert response.status_code == 429
    assert "Attendez quelques minutes" in response.text
    assert int(response.headers["retry-after"]) == 900
    assert browser.sign_in("karim").status_code == 303


def test_a_right_password_forgives_the_wrong_ones(browser):
    for _ in range(3):
        for _ in range(7):
            browser.sign_in(password="autre")
        assert browser.sign_in().status_code == 303
        browser.submit("/conseiller/deconnexion")


def test_an_address_is_limited_over_all_accounts(browser):
    answers = [browser.sign_in(f"name{number}", "autre").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]


@pytest.mark.parametrize("data", [{}, {"jeton": ""}, {"jeton": "A" * 22}, {"jeton": "é"}])
def test_a_form_without_its_token_changes_nothing(application, browser, people, data):
    past = make_appointment(NOW, people["nadia"])
    keep(application.store, appointments=[past])
    browser.sign_in()
    path = f"/conseiller/rendez-vous/{past.id}/statut"
    assert browser.post(path, data={"statut": "fait", **data}).status_code == 403
    with application.store.read() as uow:
        assert uow.appointments.get(past.id).status is AppointmentStatus.CONFIRMED


def test_the_token_of_another_session_does_not_fit(browser):
    browser.sign_in("karim")
    stolen = browser.form_token("/conseiller")
    browser.cookies.clear()
    browser.sign_in()
    assert browser.post("/conseiller/deconnexion", data={"jeton": stolen}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://mechant.example"},
    ],
)
def test_forms_from_elsewhere_are_refused(browser, headers):
    browser.sign_in()
    token = browser.form_token("/conseiller")
    if "Origin" in headers:
        del browser.headers["Sec-Fetch-Site"]
    response = browser.post("/conseiller/deconnexion", data={"jeton": token}, headers=headers)
    assert response.status_code == 403
    assert browser.get("/conseiller").status_code == 200


def test_our_own_origin_is_enough_for_an_older_browser(browser):
    browser.sign_in()
    token = browser.form_token("/conseiller")
    del browser.headers["Sec-Fetch-Site"]
    ours = {"Origin": "http://testserver"}
    response = browser.post("/conseiller/deconnexion", data={"jeton": token}, headers=ours)
    assert response.status_code == 303
