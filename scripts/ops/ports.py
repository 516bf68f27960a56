"""The three ports of a running Premier Accueil, and whether each is free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.ops.failure import OperationFailed

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Port:
    """``number`` on ``host``; ``variable`` is the environment variable that changes it."""

    role: str
    variable: str
    host: str
    number: int


@dataclass(frozen=True)
class Ports:
    """The public web, the action server and Rasa; the last two on loopback only."""

    web: Port
    actions: Port
    rasa: Port

    def all(self) -> tuple[Port, Port, Port]:
        """Return the three, the public one first."""
        return (self.web, self.actions, self.rasa)

    @property
    def address(self) -> str:
        """What to type in a browser on this machine."""
        return f"http://{_in_url(reachable(self.web.host))}:{self.web.number}"


def from_environment(environ: Mapping[str, str]) -> Ports:
    """Read the ports. Raises :class:`OperationFailed` for one that is no port, or given twice."""
    host = environ.get("ACCUEIL_HOST") or LOOPBACK
    ports = Ports(
        _read(environ, "de l’application", "ACCUEIL_PORT", host, 8080),
        _read(environ, "du serveur d’actions", "ACCUEIL_ACTIONS_PORT", LOOPBACK, 5055),
        _read(environ, "de Rasa", "ACCUEIL_RASA_PORT", LOOPBACK, 5005),
    )
    seen: dict[int, Port] = {}
    for port in ports.all():
        if port.number in seen:
            raise OperationFailed(
                f"Le port {port.number} est demandé deux fois ({seen[port.number].variable} et "
                f"{port.variable}) : donnez un port différent à chacun."
            )
        seen[port.number] = port
    return ports


def require_free(ports: Ports) -> None:
    """Raise :class:`OperationFailed` for the first port that cannot be listened on."""
    for port in ports.all():
        problem = listen_problem(port)
        if problem is not None:
            raise OperationFailed(refusal(port, problem))


def listen_problem(port: Port) -> int | None:
    """Return the ``errno`` met when listening on ``port``, None when it is free."""
    family = socket.AF_INET6 if ":" in port.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((port.host, port.number))
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as error:
            return error.errno or errno.EINVAL
    return None


def refusal(port: Port, problem: int) -> str:
    """One sentence: which port, why, and how to take another."""
    if problem == errno.EADDRINUSE:
        return (
            f"Le port {port.number} ({port.role}) est déjà utilisé par un autre programme : "
            f"arrêtez-le ou choisissez-en un autre, par exemple "
            f"« {port.variable}={port.number + 1000 if port.number < 64000 else 18080} make run »."
        )
    if problem == errno.EACCES:
        return (
            f"Cet utilisateur n’a pas le droit d’ouvrir le port {port.number} ({port.role}) : "
            f"choisissez un port au-dessus de 1023 par la variable {port.variable}."
        )
    return (
        f"L’adresse {port.host} ({port.role}) n’appartient pas à cette machine : "
        "corrigez la variable ACCUEIL_HOST."
    )


def reachable(host: str) -> str:
    """Return the address to call when a server listens on ``host``."""
    return {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 (names it, binds nothing)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _read(environ: Mapping[str, str], role: str, variable: str, host: str, default: int) -> Port:
    written = environ.get(variable) or str(default)
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise OperationFailed(
            f"La variable {variable} vaut « {written} » : donnez un numéro de port de 1 à 65535."
        )
    return Port(role, variable, host, int(written))
