"""A browser without JavaScript, in front of the whole web application."""

import re
from collections.abc import Iterator

import pytest
from factories import PASSWORD, seed_territory
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.core.territory import Counsellor
from accueil.web.app import create_app

TOKEN = re.compile(r'name="jeton" value="([^"]+)"')


class Browser(TestClient):
    """Says where its forms come from, as browsers do, and reads the forms it is shown."""

    def form_token(self, path: str) -> str:
        """Return the token of the first form of a page."""
        return TOKEN.search(self.get(path).text)[1]

    def sign_in(self, name: str = "nadia", password: str = PASSWORD):
        """Fill in the sign-in form."""
        data = {
            "email": f"{name}@mission.example",
            "mot_de_passe": password,
            "jeton": self.form_token("/conseiller/connexion"),
        }
        return self.post("/conseiller/connexion", data=data)

    def submit(self, path: str, **data: str):
        """Send a console form with the session's token."""
        return self.post(path, data={"jeton": self.form_token("/conseiller"), **data})


@pytest.fixture
def application(application: Application) -> Application:
    """No page here converses, and reading what the chat knows takes a second for each test."""
    application.chat = None
    return application


@pytest.fixture
def people(application: Application) -> dict[str, Counsellor]:
    """Nadia and Karim at the centre, Elsa at the station; one password for all."""
    return seed_territory(application.store, application.hash_password(PASSWORD))


@pytest.fixture
def browser(application: Application, people: dict[str, Counsellor]) -> Iterator[Browser]:
    """One visitor, at one address."""
    with Browser(
        create_app(application),
        follow_redirects=False,
        headers={"Sec-Fetch-Site": "same-origin"},
        raise_server_exceptions=False,
    ) as browser:
        yield browser
