"""Commands about one appointment: cancel it, move it; they never say whose it is."""

from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_application import application
from accueil.cli_refusals import refusals, shown_expected
from accueil.core.french import NBSP

if TYPE_CHECKING:
    from accueil.services.appointment_desk import AppointmentDesk, Done

appointments_app = typer.Typer(
    help="Rendez-vous.", no_args_is_help=True, pretty_exceptions_enable=False
)

Identifier = Annotated[
    str, typer.Argument(metavar="IDENTIFIANT", help="Ou son début, que les commandes affichent.")
]


@appointments_app.callback()
def appointments() -> None:
    """Rendez-vous."""


@appointments_app.command("cancel", help="Annuler un rendez-vous à venir.")
def cancel(identifier: Identifier) -> None:
    """Cancel: exit 0 when done, 1 when it is too late, 2 for an identifier of none or several."""
    with refusals():
        done = _desk().cancel(identifier)
    for line in [*shown_expected("Annulé", [done.after]), shown_telling(done)]:
        typer.echo(line)


@appointments_app.command("move", help="Déplacer un rendez-vous, à l’heure du site.")
def move(
    identifier: Identifier,
    day: Annotated[str, typer.Option("--le", help="Jour, par exemple 2026-12-01.")],
    hour: Annotated[str, typer.Option("--a", help="Heure, par exemple 14h30.")],
) -> None:
    """Move: exit 0 when done, 1 when refused, 2 for a wrong entry."""
    with refusals():
        done = _desk().move(identifier, day, hour)
    if done.after == done.before:
        typer.echo(f"C’est déjà son heure{NBSP}: rien n’a changé.")
        return
    lines = [*shown_expected("Avant", [done.before]), *shown_expected("Déplacé", [done.after])]
    for line in [*lines, shown_telling(done)]:
        typer.echo(line)


def shown_telling(done: "Done") -> str:
    """Return whether the young person is told, in French."""
    if done.is_told:
        return "Un message part au jeune."
    return f"Le jeune n’a pas pu être prévenu{NBSP}: pas de contact, ou aucun message voulu."


def _desk() -> "AppointmentDesk":
    from accueil.services.appointment_desk import AppointmentDesk

    app = application()
    return AppointmentDesk(app.store, app.clock, app.changes, sends_sms=app.sends_sms)
