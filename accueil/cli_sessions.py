"""Commands about group sessions: add, list, change the seats, cancel."""

from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_application import application
from accueil.cli_refusals import UNTOLD, refusals, shown_expected
from accueil.core.french import NBSP, show_moment, show_time

if TYPE_CHECKING:
    from accueil.services.sessions import ListedSession, SessionService

sessions_app = typer.Typer(
    help="Informations collectives et ateliers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Identifier = Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="Donné par la liste.")]


@sessions_app.callback()
def sessions() -> None:
    """Informations collectives et ateliers."""


@sessions_app.command("add", help="Prévoir une séance, à l’heure du site.")
def add(
    site: Annotated[str, typer.Argument(metavar="SITE", help="Identifiant du site.")],
    day: Annotated[str, typer.Option("--le", help="Jour, par exemple 2026-12-01.")],
    start: Annotated[str, typer.Option("--de", help="Heure de début, par exemple 14h.")],
    end: Annotated[str, typer.Option("--a", help="Heure de fin.")],
    title: Annotated[str, typer.Option("--title", help="Ce que les jeunes liront.")],
    seats: Annotated[int, typer.Option("--seats", help="Nombre de places.")],
    animator: Annotated[str, typer.Option("--animateur", help="Adresse de qui anime.")],
) -> None:
    """Plan a session: exit 0 when planned, 1 when its animator is taken, 2 for a wrong entry."""
    from accueil.services.sessions import Planned

    with refusals():
        added = _service().add(site, Planned(day, start, end, title, seats, animator))
    typer.echo(shown_session(added))


@sessions_app.command("list", help="Lister les séances à venir et les places prises.")
def list_sessions(
    site: Annotated[str, typer.Option("--site", help="De ce site seulement.")] = "",
) -> None:
    """List the sessions to come: exit 0, or 2 for an unknown site."""
    with refusals():
        found = _service().listed(site)
    for one in found:
        typer.echo(shown_session(one))
    if not found:
        typer.echo("Aucune séance à venir.")


@sessions_app.command("seats", help="Changer le nombre de places.")
def seats(
    identifier: Identifier,
    count: Annotated[int, typer.Argument(metavar="PLACES", help="Jamais moins que prises.")],
) -> None:
    """Change the seats: exit 0 when done, 1 when more are taken, 2 for a wrong entry."""
    with refusals():
        session = _service().set_seats(identifier, count)
    typer.echo(f"{session.title}, places prises{NBSP}: {session.taken} sur {session.capacity}.")


@sessions_app.command("cancel", help="Annuler une séance ; dit qui n’a pas pu être prévenu.")
def cancel(identifier: Identifier) -> None:
    """Cancel a session: exit 0 when done, 1 when it has begun, 2 when it is unknown."""
    with refusals():
        app = application()
        cancelled = app.sessions.cancel(identifier, sends_sms=app.sends_sms)
    typer.echo(f"Séance annulée. Inscriptions annulées{NBSP}: {cancelled.seats}.")
    for line in shown_expected(UNTOLD, cancelled.untold):
        typer.echo(line)


def shown_session(one: "ListedSession") -> str:
    """Return one session in one line, in French."""
    session, zone = one.session, one.site.zone()
    end = show_time(session.ends_at.astimezone(zone).time())
    when = f"{show_moment(session.local_start(zone))}, jusqu’à {end}"
    filled = f"places prises{NBSP}: {session.taken} sur {session.capacity}"
    state = f"{filled}, {one.animator or 'sans animateur'}"
    if not session.capacity:
        state = "annulée"
    return f"{session.id}{NBSP}: {one.site.name}, {when}, «{NBSP}{session.title}{NBSP}», {state}"


def _service() -> "SessionService":

    return application().sessions
