"""Which sites' pages may speak to the interface; what every answer of every route carries."""

from dataclasses import replace

import pytest
from door import MESSAGES, SESSIONS, is_problem
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from accueil.settings import SettingsError, read_settings
from accueil.web.app import create_app

SITE = "https://mission.example"
FOREIGN = [
    "https://autre.example",
    "http://mission.example",
    SITE + ".autre.example",
    SITE + ":8443",
    "null",
    "*",
    "",
    "https://[",
    "javascript://testserver",
]
PARAMETERS = {"token": "A" * 22, "theme": "logement", "fiche": "apl", "id": "x"}


@pytest.fixture
def embedded(application):
    """The application, which a site of ours carries."""
    application.settings = replace(
        application.settings, embed_origins=(SITE,), public_url="https://accueil.example"
    )
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


def api_calls(client) -> list[tuple[str, str]]:
    """Return every method and path of the interface, from the routes themselves."""
    return [
        (method, route.path)
        for route in client.app.routes
        if isinstance(route, Route) and route.path.startswith("/api/")
        for method in sorted(route.methods - {"HEAD", "OPTIONS"})
    ]


@pytest.mark.parametrize("origin", [SITE, "https://accueil.example", "http://testserver"])
def test_allowed_sites_may_call_the_interface(embedded, origin):
    response = embedded.post(SESSIONS, headers={"Origin": origin})
    assert response.status_code == 201
    assert response.headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in response.headers
    refused = embedded.get(MESSAGES, headers={"Origin": origin})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("origin", FOREIGN)
def test_pages_of_other_sites_are_refused_before_anything_is_done(embedded, engine, origin):
    for method, path in api_calls(embedded):
        body = {"text": "bonjour"} if method == "POST" else None
        response = embedded.request(method, path, headers={"Origin": origin}, json=body)
        assert is_problem(response, 403)["title"] == "Site non autorisé"
        assert "access-control-allow-origin" not in response.headers
        assert "Origin" in response.headers["vary"]
    assert engine.heard == []


def test_a_client_that_is_no_browser_says_no_origin(embedded):
    response = embedded.post(SESSIONS)
    assert response.status_code == 201
    assert "access-control-allow-origin" not in response.headers


def test_browsers_of_allowed_sites_may_ask_first(embedded):
    for method, path in api_calls(embedded):
        asked = {"Origin": SITE, "Access-Control-Request-Method": method}
        response = embedded.options(path, headers=asked)
        assert response.status_code == 204
        assert response.headers["access-control-allow-origin"] == SITE
        for header in ("Authorization", "Content-Type", "Idempotency-Key", "X-Proof"):
            assert header in response.headers["access-control-allow-headers"]
        assert method in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_browsers_of_other_sites_ask_in_vain(embedded, origin):
    for method, path in api_calls(embedded):
        asked = {"Origin": origin, "Access-Control-Request-Method": method}
        response = embedded.options(path, headers=asked)
        assert response.status_code == 403
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_every_call_is_described(embedded):
    described = embedded.get("/api/openapi.json").json()["paths"]
    calls = {(method.upper(), path) for path, methods in described.items() for method in methods}
    assert calls == set(api_calls(embedded)) - {("GET", "/api/openapi.json")}


def test_no_token_of_a_conversation_is_ever_in_an_address(embedded):
    described = embedded.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        assert "{" not in path
        for described_call in methods.values():
            places = {one["in"] for one in described_call.get("parameters", [])}
            assert places <= {"header"}
    opened = embedded.post(SESSIONS).json()
    for name in ("token", "access_token", "session", "jeton"):
        response = embedded.get(MESSAGES, params={name: opened["token"]})
        assert response.status_code == 401
    assert opened["token"] not in str(embedded.post(SESSIONS).headers)


def pages_of(app) -> list[str]:
    """Return an address under every route."""
    paths = [one.path for one in app.routes if isinstance(one, Route)]
    paths += [f"{one.path}/nothing" for one in app.routes if isinstance(one, Mount)]
    for name, value in PARAMETERS.items():
        paths = [path.replace("{" + name + "}", value) for path in paths]
    return sorted(set(paths))


def test_every_answer_of_every_route_carries_the_headers(embedded):
    paths = [*pages_of(embedded.app), "/absent", "/api/absent"]
    assert len(paths) > 15
    assert not [path for path in paths if "{" in path], "a parameter that this test does not know"
    for path in paths:
        for method in ("GET", "POST", "PUT"):
            headers = embedded.request(method, path, follow_redirects=False).headers
            policy = headers["content-security-policy"]
            assert "unsafe" not in policy, path
            for wanted in (
                "default-src 'none'",
                "base-uri 'none'",
                "frame-ancestors ",
                "require-trusted-types-for 'script'",
            ):
                assert wanted in policy, path
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["cross-origin-opener-policy"] == "same-origin", path
            assert headers["strict-transport-security"], path
            assert "camera=()" in headers["permissions-policy"], path
            assert headers["referrer-policy"] in ("no-referrer", "same-origin"), path
            assert headers.get("access-control-allow-origin") != "*", path
            if not path.startswith("/discuter"):  # its quick exit leads elsewhere
                assert "form-action 'self';" in policy, path
            framers = policy.partition("frame-ancestors ")[2].split(";")[0]
            assert framers == (f"'self' {SITE}" if path == "/" else "'none'"), path


def test_sites_are_named_as_browsers_name_them(tmp_path):
    given = "https://www.Mission.example/ http://localhost:8090"
    settings = read_settings({"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_EMBED_ORIGINS": given})
    assert settings.embed_origins == ("https://www.mission.example", "http://localhost:8090")


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "https://*.mission.example",
        "mission.example",
        "https://mission.example/contact",
        "https://mission.example, https://autre.example",
        "https://mission.example; script-src *",
    ],
)
def test_what_names_no_site_is_refused_at_the_start(tmp_path, given):
    with pytest.raises(SettingsError, match=r"^ACCUEIL_EMBED_ORIGINS doit être"):
        read_settings({"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_EMBED_ORIGINS": given})
