"""A browser without JavaScript, in front of the whole web application."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from factories import PASSWORD, seed_territory
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.content.answers import read_answers
from accueil.content.example_questions import read_example_questions
from accueil.core.answer_search import AnswerSearch, searched
from accueil.core.places import Gazetteer
from accueil.core.safety import SafetyDetector, SafetyReplies
from accueil.core.territory import Counsellor
from accueil.settings import ROOT
from accueil.web.app import create_app

CONTENT = ROOT / "data" / "nlu"
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


@pytest.fixture(scope="session")
def knowledge() -> dict[str, Any]:
    """What the product ships for pages that read or answer words, read once."""
    examples, answers = read_example_questions(CONTENT), read_answers(CONTENT)
    return {
        "safety": SafetyDetector.load(ROOT / "data" / "safety"),
        "safety_replies": SafetyReplies.load(ROOT / "data" / "safety"),
        "gazetteer": Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz"),
        "answers": answers,
        "answer_search": AnswerSearch([searched(one, examples[one.key]) for one in answers]),
    }


@pytest.fixture
def knowing(application: Application, knowledge: dict[str, Any]) -> Application:
    """The application, for pages that need the written answers."""
    for name, value in knowledge.items():
        setattr(application, name, value)
    return application
