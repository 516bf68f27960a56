"""The real thing for tests: Rasa, the application and a database, on loopback and free ports."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from platform_apps import AppConversation, connect, environment_of, platform_servers
from platform_provider import PlatformServer
from sqlalchemy import delete, update

from accueil.bootstrap import Application
from accueil.core.platforms import Platform
from accueil.persistence import tables
from accueil.persistence.migrate import migrate
from accueil.services.demo import seed_demo
from accueil.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
RASA_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
NOW = "2026-11-23T08:00:00+01:00"
"""A Monday morning: "lundi" is a week later, every other day lies ahead this week."""
PASSWORD = "exemple-pour-les-tests"
STARTUP_SECONDS = 180


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stack"]:
    """The stack of a whole run: Rasa takes its time to start."""
    model = trained_model()
    assert model.exists(), "no model for this content: run make train"
    with (
        platform_servers() as platforms,
        running_stack(tmp_path_factory.mktemp("stack"), model, environment_of(platforms)) as stack,
    ):
        connect(platforms, stack.url)
        stack.platforms = platforms
        yield stack


@pytest.fixture
def stack(running: "Stack") -> "Stack":
    """The stack without anybody's conversations or appointments."""
    running.empty()
    return running


@dataclass
class Stack:
    """A running stack, and a second view on its database."""

    url: str
    application: Application
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]
    platforms: dict[Platform, PlatformServer] = field(default_factory=dict)
    """The made-up providers of messaging apps that it is connected to."""

    def conversation(self, channel: str = "web") -> Any:
        """Return somebody who converses on the site, or in a messaging app."""
        if channel == "web":
            return Conversation(self.url)
        platform = Platform(channel)
        return AppConversation(self.application, platform, self.platforms[platform])

    def empty(self) -> None:
        """Forget every conversation and appointment; the territory stays."""
        with self.application.engine.begin() as connection:
            for table in (
                tables.outbox,
                tables.waiting_list,
                tables.appointments,
                tables.callback_requests,
                tables.safety_events,
                tables.chat_messages,
                tables.chat_buttons,
                tables.chat_sessions,
                tables.console_sessions,
                tables.platform_deliveries,
                tables.platform_events,
                tables.platform_users,
            ):
                connection.execute(delete(table))
            connection.execute(update(tables.group_sessions).values(taken=0))


class Conversation:
    """One young person at the chat interface."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=30, trust_env=False)
        opened = self._client.post("/api/chat/sessions").raise_for_status().json()
        self.id: str = opened["session_id"]
        self._client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.last: list[dict[str, Any]] = opened["messages"]

    def say(self, text: str) -> str:
        return self._post({"text": text})

    def press(self, title: str) -> str:
        buttons = [button for message in self.last for button in message["buttons"]]
        chosen = next(button for button in buttons if title in button["title"])
        return self._post({"button": chosen["button"]})

    def cards(self, kind: str) -> list[dict[str, Any]]:
        return [card for message in self.last for card in message["cards"] if card["type"] == kind]

    def titles(self) -> list[str]:
        return [button["title"] for message in self.last for button in message["buttons"]]

    def go_on(self, opened: dict[str, Any]) -> None:
        """Take up a conversation that was moved here."""
        self.id = opened["session_id"]
        self._client.headers["Authorization"] = f"Bearer {opened['token']}"

    def post(self, path: str, status: int, body: dict[str, str] | None = None) -> Any:
        """Ask something else of the interface; return its JSON."""
        answer = self._client.post(path, json=body or {})
        assert answer.status_code == status, answer.text
        return answer.json()

    def _post(self, body: dict[str, str]) -> str:
        answer = self._client.post("/api/chat/messages", json=body).raise_for_status()
        self.last = answer.json()["messages"]
        return "\n".join(message["text"] for message in self.last)


@contextmanager
def running_stack(
    folder: Path, model: Path, more: Mapping[str, str] | None = None
) -> Iterator[Stack]:
    """Start everything in ``folder``, wait until it answers, and stop it.

    ``more`` are further variables of its environment.
    """
    web, actions, rasa = (free_port() for _ in range(3))
    environment = {
        **os.environ,
        "ACCUEIL_FOLDER": str(folder),
        "ACCUEIL_PORT": str(web),
        "ACCUEIL_ACTIONS_PORT": str(actions),
        "ACCUEIL_RASA_PORT": str(rasa),
        "ACCUEIL_RASA_SECRET": secrets.token_urlsafe(24),
        "ACCUEIL_RASA_DB": str(folder / "rasa.db"),
        "ACCUEIL_SECRET_KEY": "k" * 40,
        "ACCUEIL_NOW": NOW,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        **(more or {}),
    }
    application = Application(read_settings(environment))
    migrate(application.engine)
    seed_demo(
        application.store,
        application.gazetteer,
        application.clock,
        application.hash_password,
        password=PASSWORD,
    )
    url = f"http://127.0.0.1:{web}"
    rasa_command = [str(RASA_PYTHON), "-m", "rasa", "run", "-m", str(model)]
    rasa_command += ["--interface", "127.0.0.1", "--port", str(rasa)]
    rasa_command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    commands = {
        "rasa": rasa_command,
        "application": [str(Path(sys.executable).with_name("accueil")), "serve"],
    }
    processes = {
        name: _start(command, environment, folder / f"{name}.log")
        for name, command in commands.items()
    }
    try:
        _wait(f"{url}/health", processes["application"])
        _wait(f"http://127.0.0.1:{rasa}/", processes["rasa"])
        yield Stack(url, application, environment, processes)
    finally:
        for process in processes.values():
            stop(process)
        application.engine.dispose()


def trained_model() -> Path:
    """Return the model of the present content; ``make test`` trains it before the tests run."""
    command = [str(RASA_PYTHON), "-m", "bot.train", "--fingerprint"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return ROOT / "models" / f"{printed.stdout.split()[-1][:16]}.tar.gz"


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the process for {url} ended with {process.returncode}")
        with suppress(httpx.HTTPError):
            if httpx.get(url, trust_env=False).is_success:
                return
        time.sleep(0.2)  # waiting for a process to start, not for time to pass
    raise TimeoutError(url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
