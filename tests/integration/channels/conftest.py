"""The public chat interface in front of the real service; only the dialogue engine is made up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from door import Device, Engine
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.content.answers import read_answers
from accueil.core.places import Gazetteer, PlaceResolver
from accueil.core.safety import SafetyDetector, SafetyReplies
from accueil.settings import ROOT
from accueil.web.app import create_app


@pytest.fixture(scope="session")
def knowledge() -> dict[str, Any]:
    """What the product ships, read once: reading it takes a second."""
    gazetteer = Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz")
    return {
        "gazetteer": gazetteer,
        "resolver": PlaceResolver(gazetteer),
        "safety": SafetyDetector.load(ROOT / "data" / "safety"),
        "safety_replies": SafetyReplies.load(ROOT / "data" / "safety"),
        "answers": read_answers(ROOT / "data" / "nlu"),
    }


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def application(application: Application, engine: Engine, knowledge: dict[str, Any]) -> Application:
    application._assistant = engine
    for name, value in knowledge.items():
        setattr(application, name, value)
    return application


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application)) as client:
        yield client


@pytest.fixture
def device(client: TestClient, engine: Engine) -> Device:
    device = Device(client)
    engine.heard.clear()
    return device


@pytest.fixture
def other(client: TestClient, device: Device, engine: Engine) -> Device:
    device = Device(client)
    engine.heard.clear()
    return device


@pytest.fixture
def database_file(application: Application) -> Path:
    return application.settings.folder / "accueil.db"
