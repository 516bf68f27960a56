"""``accueil watch``: do messages leave? For a person, for cron, for monitoring."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from accueil.core.french import NBSP, NNBSP

if TYPE_CHECKING:
    from accueil.services.watchdog import Watch

PARIS = ZoneInfo("Europe/Paris")
_NO_DATABASE = (
    f"La base de données ne répond pas, ou n’est pas à jour{NBSP}: lancez «{NBSP}accueil migrate"
    f"{NBSP}»."
)


def watch() -> None:
    """Dire si les messages partent ; rend 1 quand quelque chose ne va pas."""
    from sqlalchemy.exc import SQLAlchemyError

    from accueil.bootstrap import build

    app = build()
    try:
        seen = app.watchdog.look()
    except SQLAlchemyError:
        typer.echo(_NO_DATABASE, err=True)
        raise typer.Exit(1) from None
    for line in shown(seen, sends_sms=app.sends_sms):
        typer.echo(line)
    if seen.problems:
        raise typer.Exit(1)


def shown(seen: "Watch", *, sends_sms: bool = True) -> Iterator[str]:
    """Yield what was seen, in French, one line for each problem; hours of Paris."""
    from accueil.services.watchdog import Problem

    if not seen.problems:
        yield "Les messages partent."
    if not sends_sms:
        yield (
            f"Aucun SMS n’est configuré{NBSP}: qui n’a laissé qu’un numéro n’est pas prévenu. "
            "ACCUEIL_SMS_URL donne un compte."
        )
    for problem in seen.problems:
        match problem:
            case Problem.WORKER_SILENT if seen.worker_seen_at is None:
                yield f"L’envoi n’a jamais tourné{NBSP}: lancez «{NBSP}accueil worker{NBSP}»."
            case Problem.WORKER_SILENT:
                yield (
                    f"L’envoi est arrêté{_since(seen.worker_seen_at)}{NBSP}: relancez «{NBSP}"
                    f"accueil worker{NBSP}»."
                )
            case Problem.LATE:
                yield f"Des messages attendent{_since(seen.oldest_due_at)}."
            case Problem.SMS_REFUSED if sends_sms:
                yield f"Aucun SMS ne part{NBSP}: vérifiez le compte du fournisseur et son crédit."
            case Problem.LOST:
                yield (
                    f"{seen.lost} messages perdus sur {seen.tried} en 24{NBSP}heures{NBSP}: "
                    f"adresses fausses, ou fournisseur en panne{NNBSP}?"
                )


def _since(instant: datetime | None) -> str:
    """Return since when, as the console does: the worker belongs to no site."""
    if instant is None:
        return ""
    return f" depuis le {instant.astimezone(PARIS):%d/%m/%Y à %H:%M} (heure de Paris)"
