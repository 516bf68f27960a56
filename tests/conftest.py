"""Fixtures for every test: an application on its own SQLite file, a clock that stands still."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from factories import NOW
from shipped import ShippedOnce

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.services.accounts import AccountService
from accueil.services.ports import Mail
from accueil.settings import Settings, read_settings

# The same examples at every run: a red test is red for everybody. HYPOTHESIS_SEED explores.
hypothesis.settings.register_profile("same", derandomize="HYPOTHESIS_SEED" not in os.environ)
hypothesis.settings.load_profile("same")

FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Not for real passwords: a test checks dozens."""


class ListPost:
    """Keeps e-mails in a list."""

    description = "Les e-mails restent dans une liste, pour les tests."

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 8 h in Paris."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every migration applied, once a run; tests work on copies."""
    path = tmp_path_factory.mktemp("migrated") / "accueil.db"
    engine = open_engine(f"sqlite:///{path}", b"k" * 40)
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder and a database of this test's own."""
    return read_settings({"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_SECRET_KEY": "k" * 40})


@pytest.fixture
def application(
    settings: Settings, clock: FixedClock, empty_database: Path
) -> Iterator[Application]:
    """The real container over a migrated SQLite file; e-mails stay in ``application.post``."""
    application = ShippedOnce(settings, clock=clock, post=ListPost())
    shutil.copy(empty_database, settings.folder / "accueil.db")
    application.accounts = AccountService(application.store, clock, application.tokens, FAST)
    yield application
    application.engine.dispose()
