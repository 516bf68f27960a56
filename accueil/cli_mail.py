"""``accueil mail receive``: what a mail server pipes to the calendar address.

Exit codes are those of sysexits.h, which mail servers read: a wrong message is refused for good, a
database that does not answer means "try again later".
"""

import sys
from typing import BinaryIO, NoReturn

import typer

from accueil.core.calendar_reply import (
    LARGEST_MESSAGE,
    CalendarReply,
    UnreadableReply,
    read_reply,
)
from accueil.core.french import NBSP

EX_DATAERR = 65
EX_TEMPFAIL = 75
_CHUNK = 1 << 16

mail_app = typer.Typer(help="Courrier reçu.", no_args_is_help=True, pretty_exceptions_enable=False)


@mail_app.callback()
def mail() -> None:
    """Courrier reçu."""


@mail_app.command("receive", help="Lire une réponse d’agenda sur l’entrée standard.")
def receive() -> None:
    """Read one message: exit 0 when taken or without effect, 65 refused, 75 to be tried again.

    Nothing of the message is printed: a mail server sends what is printed to the sender.
    """
    try:
        reply = read_reply(_read(sys.stdin.buffer))
    except UnreadableReply:
        _end("Ce message n’est pas une réponse d’agenda lisible.", EX_DATAERR)
    _receive(reply)


def _receive(reply: CalendarReply) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from accueil.bootstrap import build
    from accueil.services.calendar_replies import Effect, RefusedReply
    from accueil.settings import SettingsError

    said = {
        Effect.SITE_TOLD: f"Refus noté{NBSP}: le site est prévenu, le rendez-vous reste.",
        Effect.TOLD_BEFORE: f"Refus déjà noté{NBSP}: rien n’a changé.",
        Effect.NOTHING: f"Réponse lue{NBSP}: rien n’a changé.",
    }
    try:
        app = build()
        typer.echo(said[app.calendar_replies.receive(reply)])
    except RefusedReply:
        _end("Cette réponse ne correspond à aucun rendez-vous de son expéditeur.", EX_DATAERR)
    except (SQLAlchemyError, SettingsError, OSError):
        _end(f"Service indisponible{NBSP}: réessayez plus tard.", EX_TEMPFAIL)


def _read(stream: BinaryIO) -> bytes:
    """Return the message, cut just past the limit; the rest is read too, for the writer's sake."""
    content = stream.read(LARGEST_MESSAGE + 1)
    while stream.read(_CHUNK):
        pass
    return content


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
