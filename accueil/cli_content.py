"""``accueil content``: check what editors write."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from accueil.content.check import check_content
from accueil.settings import ROOT

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
) -> None:
    """Vérifier les contenus : un problème par ligne ; code 1 s’il y en a un."""
    problems = check_content(folder, _today(now))
    for problem in problems:
        typer.echo(problem.shown())
    if problems:
        typer.echo(f"{len(problems)} à corriger.", err=True)
        raise typer.Exit(1)
    typer.echo("Les contenus sont bons.")


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
