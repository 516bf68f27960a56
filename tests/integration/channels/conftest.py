"""The public chat interface in front of the real service; only the dialogue engine is made up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from door import Device, Engine
from starlette.testclient import TestClient

from accueil.bootstrap import Application
from accueil.web.app import create_app


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def application(application: Application, engine: Engine) -> Application:
    application._assistant = engine
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
