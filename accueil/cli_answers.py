"""``accueil answers``: what young people say of the written answers, for editors."""

import typer

from accueil.cli_application import application
from accueil.core.french import NBSP

answers_app = typer.Typer(
    help="Réponses écrites.", no_args_is_help=True, pretty_exceptions_enable=False
)


@answers_app.callback()
def answers() -> None:
    """Réponses écrites."""


@answers_app.command("feedback", help="Avis des jeunes sur chaque réponse, les moins utiles avant.")
def feedback() -> None:
    """Print one line an answer, those that most found useless first: exit 0."""
    counts = application().feedback.counts()
    for answer, (yes, no) in sorted(counts.items(), key=_usefulness):
        total = yes + no
        typer.echo(
            f"{answer}{NBSP}: utile {yes}, pas utile {no} ({round(100 * yes / total)}{NBSP}% utile)"
        )
    if not counts:
        typer.echo("Aucun avis pour l’instant.")


def _usefulness(counted: tuple[str, tuple[int, int]]) -> tuple[float, int, str]:
    answer, (yes, no) = counted
    return yes / (yes + no), -no, answer
