"""Run the public application and the action server in one process."""

import asyncio
import errno
import socket

import structlog
import uvicorn

from accueil.bootstrap import Application
from accueil.core.french import NBSP
from accueil.web.app import create_app

LOG = structlog.get_logger("serve")
ACTIONS = "actions.server:create"
"""Named, not imported: nothing imports the actions."""
_BACKLOG = 2048
"""Connections that may wait, as uvicorn has it."""


class PortRefused(Exception):
    """A port cannot be opened; the message says which and why, in French, for the operator."""


async def serve_both(application: Application) -> None:
    """Run the public application and, on loopback only, the action server.

    Raises ``PortRefused``, before anything is read or served.
    """
    settings = application.settings
    listening = [listen("l’application", settings.host, settings.port, "ACCUEIL_PORT")]
    try:
        port = settings.actions_port
        listening.append(listen("les actions", "127.0.0.1", port, "ACCUEIL_ACTIONS_PORT"))
        await _serve(application, listening)
    finally:
        for one in listening:
            one.close()


async def _serve(application: Application, listening: list[socket.socket]) -> None:
    if not application.safety.is_whole:  # read now: the first message must not wait for it
        LOG.warning("safety reads without its classifier")
    _ = application.answer_search  # nor the first search
    public = uvicorn.Server(
        uvicorn.Config(
            create_app(application),
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=application.settings.trusted_proxies,
        )
    )
    actions = uvicorn.Server(
        uvicorn.Config(
            ACTIONS,
            factory=True,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
        )
    )
    servers = [
        asyncio.create_task(server.serve([one]))
        for server, one in zip((public, actions), listening, strict=True)
    ]
    await asyncio.wait(servers, return_when=asyncio.FIRST_COMPLETED)
    public.should_exit = actions.should_exit = True
    await asyncio.gather(*servers)


def listen(what: str, host: str, port: int, variable: str) -> socket.socket:
    """Return a socket that listens; ``variable`` sets its port. Raises ``PortRefused``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise PortRefused(_why(error, what, host, port, variable)) from None


def _why(error: OSError, what: str, host: str, port: int, variable: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} ({what}) est déjà utilisé par un autre programme{NBSP}: "
            f"arrêtez-le, ou choisissez-en un autre par {variable}."
        )
    if error.errno == errno.EACCES:
        return (
            f"Ce compte n’a pas le droit d’ouvrir le port {port} ({what}){NBSP}: "
            f"choisissez-en un au-dessus de 1023 par {variable}."
        )
    return (
        f"L’adresse {host} ({what}) n’appartient pas à cette machine{NBSP}: corrigez ACCUEIL_HOST."
    )
