"""Commands about when nobody receives: absences, departures, closures of sites."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_application import application
from accueil.cli_refusals import UNTOLD, refusals, shown_expected
from accueil.core.french import NBSP, NNBSP, show_day, show_moment
from accueil.services.staff_entry import quoted

if TYPE_CHECKING:
    from accueil.services.absences import Noted
    from accueil.services.site_closing import Closed
    from accueil.services.staff_leaving import Departure

Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Son adresse e-mail.")]
FirstDay = Annotated[str, typer.Option("--du", help="Premier jour, par exemple 2026-12-21.")]
LastDay = Annotated[str, typer.Option("--au", help="Dernier jour compris ; sinon le même.")]
_STAY = (
    f"Toujours attendus, à déplacer ou annuler par {quoted('accueil appointments')} "
    f"(une séance, par {quoted('accueil sessions')})"
)


def absence(
    email: Email,
    first: FirstDay,
    last: LastDay = "",
    start: Annotated[str, typer.Option("--de", help="Chaque jour à partir de cette heure.")] = "",
    end: Annotated[str, typer.Option("--a", help="Chaque jour jusqu’à cette heure.")] = "",
    reassign: Annotated[
        bool, typer.Option("--reassign", help="Confier les rendez-vous aux collègues libres.")
    ] = False,
) -> None:
    """Note an absence: exit 0 when noted, 2 for a wrong entry."""
    from accueil.services.absences import Away

    app = application()
    away = Away(first, last, start, end)
    with refusals():
        noted = app.absences.add(email, away, reassign=reassign)
    for line in shown_absence(noted):
        typer.echo(line)


def absences(email: Email) -> None:
    """List the absences that are not over: exit 0, or 2 for an unknown address."""
    app = application()
    with refusals():
        found = app.absences.listed(email)
    for one in found:
        typer.echo(f"{one.identifier}{NBSP}: {shown_span(one.start, one.end)}")
    if not found:
        typer.echo("Aucune absence.")


def delete_absence(
    identifier: Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="Donné par la liste.")],
) -> None:
    """Delete an absence: exit 0, or 2 when it is unknown."""
    app = application()
    with refusals():
        app.absences.delete(identifier)
    typer.echo("Absence effacée. Les créneaux sont de nouveau proposés.")


def leave(
    email: Email,
    cancel_rest: Annotated[
        bool, typer.Option("--cancel-rest", help="Annuler ce que personne ne peut reprendre.")
    ] = False,
) -> None:
    """Close an account, appointments given: exit 0 when done, 1 when some remain, 2 for misuse."""
    app = application()
    with refusals():
        departure = app.leaving.leave(email, cancel_rest=cancel_rest, sends_sms=app.sends_sms)
    for line in shown_departure(departure):
        typer.echo(line)
    if not departure.is_done:
        raise typer.Exit(1)


def close_site(
    site: Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="Celui du site.")],
    first: FirstDay,
    label: Annotated[str, typer.Option("--label", help="Ce que les jeunes liront.")],
    last: LastDay = "",
) -> None:
    """Close a site for some days: exit 0 when noted, 2 for a wrong entry."""
    app = application()
    with refusals():
        closed = app.closing.close(site, first, last, label)
    known = "" if closed.changed else " (déjà noté)"
    typer.echo(f"{shown_closure(closed)}{known}. Aucun créneau n’y est proposé.")
    for line in shown_expected(_STAY, closed.expected):
        typer.echo(line)


def closures() -> None:
    """List the closures that are not over."""
    app = application()
    found = app.closing.listed()
    for one in found:
        typer.echo(f"{one.closure.id}{NBSP}: {shown_closure(one)}")
    if not found:
        typer.echo("Aucune fermeture.")


def reopen_site(
    identifier: Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="De la fermeture.")],
) -> None:
    """Take a closure back: exit 0, or 2 when it is unknown."""
    app = application()
    with refusals():
        closed = app.closing.reopen(identifier)
    typer.echo(f"Fermeture effacée{NBSP}: {shown_closure(closed)}.")


def shown_span(start: datetime, end: datetime) -> str:
    """Return a local span in French: whole days as days, the last included."""
    if start.time() != time() or end.time() != time():
        return f"du {show_moment(start)} au {show_moment(end)}"
    last = end.date() - timedelta(days=1)
    if last == start.date():
        return f"le {show_day(last)}"
    return f"du {show_day(start.date())} au {show_day(last)}"


def shown_absence(noted: "Noted") -> list[str]:
    """Return what to print after an absence, in French."""
    name = noted.counsellor.display_name
    done = "absence notée, aucun créneau n’y est proposé" if noted.changed else "déjà noté"
    return [
        f"{name}{NBSP}: {done}.",
        *shown_expected("Confiés", noted.given),
        *shown_expected(_STAY, noted.left),
    ]


def shown_departure(departure: "Departure") -> list[str]:
    """Return what to print after a departure, done or not, in French."""
    if departure.was_closed:
        return [f"Ce compte était déjà désactivé{NBSP}: rien n’a changé."]
    if not departure.is_done:
        return [
            f"Rien n’a été changé{NBSP}: personne n’est libre pour tout reprendre.",
            *shown_expected("Resteraient sans personne", departure.left),
            *shown_expected("Seraient confiés", departure.given),
            f"Déplacez ceux qui restent par {quoted('accueil appointments move')}, ou ajoutez "
            f"--cancel-rest{NBSP}: ils seront annulés, et les jeunes qui peuvent l’être, prévenus.",
        ]
    return [
        *shown_expected("Confiés", departure.given),
        *shown_expected("Annulés", departure.left),
        *shown_expected(UNTOLD, departure.untold),
        f"{departure.counsellor.display_name}{NBSP}: compte désactivé{NNBSP}; "
        "plus de connexion, plus de créneau.",
    ]


def shown_closure(closed: "Closed") -> str:
    """Return a closure in one line, in French, without a full stop."""
    one = closed.closure
    days = f"du {show_day(one.first_day)} au {show_day(one.last_day)} {one.last_day.year}"
    if one.first_day == one.last_day:
        days = f"le {show_day(one.first_day)} {one.first_day.year}"
    return f"{closed.site.name} fermé {days}, «{NBSP}{one.label}{NBSP}»"
