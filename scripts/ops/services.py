"""The three processes of a running Premier Accueil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.ops.checkout import Checkout
from scripts.ops.model import RASA_ENVIRONMENT
from scripts.ops.ports import Ports, reachable


@dataclass(frozen=True)
class Probe:
    """Where a process answers 200 once it is ready, and how many seconds it may take."""

    host: str
    port: int
    path: str
    deadline: float


@dataclass(frozen=True)
class Service:
    """A process to keep running; ``log`` names its file; no ``probe``: ready once started."""

    name: str
    log: str
    argv: Sequence[str | Path]
    env: Mapping[str, str]
    probe: Probe | None


def application_environment(ports: Ports, secret: str) -> dict[str, str]:
    """Return what every process is told of the others; ``secret`` opens Rasa's door."""
    return {
        "ACCUEIL_HOST": ports.web.host,
        "ACCUEIL_PORT": str(ports.web.number),
        "ACCUEIL_ACTIONS_PORT": str(ports.actions.number),
        "ACCUEIL_RASA_PORT": str(ports.rasa.number),
        "ACCUEIL_RASA_URL": f"http://{ports.rasa.host}:{ports.rasa.number}",
        "ACCUEIL_RASA_SECRET": secret,
        "PYTHONUNBUFFERED": "1",
    }


def services(checkout: Checkout, ports: Ports, model: Path, secret: str) -> list[Service]:
    """Return Rasa, the application and the worker, in the order they are waited for."""
    common = application_environment(ports, secret)
    rasa_env = {
        **common,
        **RASA_ENVIRONMENT,
        "PYTHONPATH": str(checkout.root),
        "PYTHONWARNINGS": "ignore",  # of libraries that will not change any more
        "SANIC_WORKERS": "1",  # conversations and their locks live in the memory of one process
    }
    host = reachable(ports.web.host)
    return [
        Service(
            "Rasa",
            "rasa",
            _rasa(checkout, ports, model),
            rasa_env,
            Probe(ports.rasa.host, ports.rasa.number, "/", 180.0),
        ),
        Service(
            "Application",
            "application",
            [checkout.accueil, "serve"],
            common,
            Probe(host, ports.web.number, "/health", 60.0),
        ),
        Service("Tâches de fond", "worker", [checkout.accueil, "worker"], common, None),
    ]


def _rasa(checkout: Checkout, ports: Ports, model: Path) -> list[str | Path]:
    where: list[str | Path] = ["--interface", ports.rasa.host, "--port", str(ports.rasa.number)]
    files: list[str | Path] = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    return [checkout.bot_python, "-m", "rasa", "run", "-m", model, *where, *files]
