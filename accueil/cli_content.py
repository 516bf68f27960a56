"""``accueil content``: check what editors write."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from accueil.core.french import NBSP
from accueil.settings import ROOT

_PARTIAL = (
    "Un fichier au moins n’a pas pu être lu"
    f"{NBSP}: ce qui se vérifie entre fichiers (noms, boutons) ne l’a pas été."
)
PARIS = ZoneInfo("Europe/Paris")

content_app = typer.Typer(help="Contenus : exemples et réponses.", no_args_is_help=True)


@content_app.callback()
def content() -> None:
    """Contenus : exemples et réponses."""


@content_app.command("check")
def check(
    folder: Annotated[
        Path, typer.Option(help="Dossier qui contient domain.yml et data.", show_default=False)
    ] = ROOT,
    now: Annotated[
        str, typer.Option(metavar="ISO8601", help="L’instant présent, au lieu de l’horloge.")
    ] = "",
    fix: Annotated[
        bool, typer.Option("--fix", help="Réparer d’abord espaces et apostrophes des réponses.")
    ] = False,
) -> None:
    """Vérifier les contenus : un problème par ligne ; code 1 s’il y en a un."""
    from accueil.content.check import check_content

    today = _today(now)
    if fix:
        _mend(folder)
    checked = check_content(folder, today)
    for problem in checked.problems:
        typer.echo(problem.shown())
    if checked.problems:
        typer.echo(f"{len(checked.problems)} à corriger.", err=True)
    else:
        typer.echo("Les contenus sont bons.")
    if not checked.is_whole:
        typer.echo(_PARTIAL, err=True)
    if checked.expiring:
        typer.echo(_soon(checked.expiring), err=True)
    if checked.problems:
        raise typer.Exit(1)


def _mend(folder: Path) -> None:
    from accueil.content.typeset import mend_content

    mended = list(mend_content(folder))
    for file, count in mended:
        lines = "1 ligne réparée" if count == 1 else f"{count} lignes réparées"
        typer.echo(f"{file}{NBSP}: {lines}.")
    if not mended:
        typer.echo("Aucune ligne à réparer.")


def _soon(expiring: dict[str, date]) -> str:
    from accueil.content.check_sources import SOON

    first, days = min(expiring.values()), f"dans les {SOON.days} jours"
    told = f"{len(expiring)} fiches expirent {days}, la première le {first}."
    if len(expiring) == 1:
        told = f"1 fiche expire {days}, le {first}."
    return f"Attention{NBSP}: {told} Relisez les sources, puis changez les dates."


def _today(now: str) -> date:
    """Return the day in Paris, at ``now`` or by the application's clock."""
    if not now:
        from accueil.bootstrap import build

        return build().clock.now().astimezone(PARIS).date()
    try:
        instant = datetime.fromisoformat(now.strip())
    except ValueError:
        typer.echo("--now attend une date ISO 8601, par exemple 2026-11-23.", err=True)
        raise typer.Exit(2) from None
    return (instant.astimezone(PARIS) if instant.tzinfo else instant).date()
