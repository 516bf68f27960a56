"""The front page, health, headers, and what is said when something goes wrong."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from accueil.core.calendar import CalendarMethod
from accueil.persistence.engine import open_engine
from accueil.web.app import create_app

BEARER = {"Authorization": "Bearer x"}


def test_the_demonstration_lists_example_sites(browser):
    response = browser.get("/")
    assert response.status_code == 200
    assert "Antenne Gare" in response.text
    assert "lundi au vendredi" in response.text


def test_health_follows_the_database(application, browser, tmp_path):
    assert browser.get("/health").json()["status"] == "ok"
    application.engine = open_engine(f"sqlite:///{tmp_path / 'no' / 'where.db'}", b"k" * 40)
    with TestClient(create_app(application)) as client:
        assert client.get("/health").status_code == 503


@pytest.mark.parametrize("path", ["/", "/rdv", "/conseiller/connexion", "/absent", "/health"])
def test_every_page_has_the_security_headers(browser, path):
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert f"frame-ancestors {"'self'" if path == '/' else "'none'"}" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "camera=()" in headers["permissions-policy"]
    assert "referrer-policy" in headers


def test_only_the_demonstration_may_be_framed_by_chosen_sites(application, people):
    application.settings = replace(application.settings, embed_origins=("https://ml.example",))
    with TestClient(create_app(application)) as client:
        front = client.get("/").headers["content-security-policy"]
        other = client.get("/rdv").headers["content-security-policy"]
    assert front.endswith("frame-ancestors 'self' https://ml.example")
    assert other.endswith("frame-ancestors 'none'")


def test_the_widget_can_be_loaded_by_chosen_sites(application, people):
    application.settings = replace(application.settings, embed_origins=("https://ml.example",))
    module = "/static/widget/premier-accueil.js"
    with TestClient(create_app(application)) as client:
        chosen = client.get(module, headers={"Origin": "https://ml.example"}).headers
        other = client.get(module, headers={"Origin": "https://autre.example"}).headers
        own = client.get(module).headers
        page = client.get("/rdv", headers={"Origin": "https://ml.example"}).headers
    assert chosen["access-control-allow-origin"] == "https://ml.example"
    assert chosen["cross-origin-resource-policy"] == "cross-origin"
    for headers in (other, own, page):
        assert "access-control-allow-origin" not in headers
    for headers in (chosen, other, own):
        assert "Origin" in headers["vary"]
        assert "max-age" in headers["cache-control"]


def test_pages_have_no_inline_script_or_style(browser):
    browser.sign_in()
    for path in ("/", "/rdv", "/conseiller", "/absent"):
        text = browser.get(path).text
        assert "<style" not in text
        assert "style=" not in text
        assert "<script>" not in text
        assert '<html lang="fr">' in text


def test_errors_are_pages_in_french(browser):
    missing = browser.get("/absent")
    assert missing.status_code == 404
    assert "Page introuvable" in missing.text
    wrong = browser.post("/health")
    assert wrong.status_code == 405
    assert "Action impossible" in wrong.text
    assert "GET" in wrong.headers["allow"]


def test_errors_of_the_api_are_problems(browser):
    response = browser.get("/api/absent")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Page introuvable"


@pytest.mark.parametrize("length", ["announced", "unannounced"])
def test_long_bodies_are_refused(browser, length):
    body = b"code=" + b"A" * 70_000
    content = body if length == "announced" else iter([body[:30_000], body[30_000:]])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = browser.post("/rdv", content=content, headers=headers)
    assert response.status_code == 413
    assert "trop volumineux" in response.text


def test_long_bodies_are_refused_by_the_api_too(browser):
    response = browser.post("/api/chat/messages", content=b"A" * 70_000, headers=BEARER)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_crash_shows_no_trace(application, browser, monkeypatch):
    def crash(code):
        raise RuntimeError("secret " + CalendarMethod.PUBLISH)

    monkeypatch.setattr(application.appointments, "by_code", crash)
    response = browser.post("/rdv", data={"code": "K7QF-3M2P"})
    assert response.status_code == 500
    assert "Ce n’est pas ta faute" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
