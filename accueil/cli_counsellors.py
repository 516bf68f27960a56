"""Commands about counsellors: add, give a password, deactivate, list; and their absences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_absences import absence, absences, delete_absence, leave
from accueil.cli_application import application
from accueil.cli_refusals import refusals
from accueil.core.french import NBSP, NNBSP, join, show_hours
from accueil.core.opening_rules import show_openings
from accueil.core.territory import WeeklyHours
from accueil.services.staff import Added, Listed
from accueil.services.staff_entry import EXAMPLE, quoted

if TYPE_CHECKING:
    from accueil.services.staff import StaffService

counsellors_app = typer.Typer(
    help="Conseillères et conseillers.", no_args_is_help=True, pretty_exceptions_enable=False
)

Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Son adresse e-mail.")]


@counsellors_app.callback()
def counsellors() -> None:
    """Conseillères et conseillers."""


@counsellors_app.command(
    "add", help="Ajouter quelqu’un, changer ses plages, ou rétablir un compte désactivé."
)
def add(
    site: Annotated[str, typer.Option("--site", help="Identifiant du site.")],
    name: Annotated[str, typer.Option("--name", help="Nom que les jeunes verront.")],
    email: Annotated[str, typer.Option("--email", help="Adresse e-mail de connexion.")],
    openings: Annotated[
        str, typer.Option("--openings", help=f"Plages, à l’heure du site{NBSP}: {quoted(EXAMPLE)}.")
    ],
) -> None:
    """Add somebody: exit 0 when done, 1 when the address is taken, 2 for an unreadable entry."""
    with refusals():
        added = _staff().add(site, name, email, openings)
    for line in warnings(added):
        typer.echo(line, err=True)
    for line in shown_addition(added):
        typer.echo(line)


@counsellors_app.command("password", help="Donner un nouveau mot de passe, et déconnecter partout.")
def password(email: Email) -> None:
    """Give a new password: exit 0 when done, 1 for a closed account, 2 for an unknown address."""
    with refusals():
        new = _staff().new_password(email)
    for line in _shown_password(new):
        typer.echo(line)


@counsellors_app.command("deactivate", help=f"Fermer un compte{NBSP}: ni connexion, ni créneau.")
def deactivate(email: Email) -> None:
    """Close an account: exit 0 when closed, 1 while people are expected, 2 for a wrong address."""
    with refusals():
        changed = _staff().deactivate(email)
    done = "Compte désactivé" if changed else "Ce compte était déjà désactivé"
    typer.echo(f"{done}{NBSP}: plus de connexion, plus de créneau.")


@counsellors_app.command("list", help="Lister les comptes, site par site, avec les plages.")
def list_counsellors(
    site: Annotated[str, typer.Option("--site", help="De ce site seulement.")] = "",
) -> None:
    """List accounts: exit 0, or 2 for an unknown site."""
    with refusals():
        found = _staff().listed(site)
    for line in shown_list(found):
        typer.echo(line)


def warnings(added: Added) -> list[str]:
    """Return what the operator should look at again, in French."""
    lines: list[str] = []
    if added.outside and not added.site.hours:
        lines.append(
            f"Attention{NBSP}: les horaires de ce site sont inconnus, "
            "les plages n’ont pas pu être vérifiées."
        )
    elif added.outside:
        lines.append(
            f"Attention{NBSP}: hors des horaires du site ({_hours(added.site.hours)}), "
            f"et pourtant proposé aux jeunes{NBSP}: {_hours(added.outside)}."
        )
    if added.short:
        lines.append(
            f"Attention{NBSP}: trop court pour un rendez-vous, rien n’y sera proposé{NBSP}: "
            f"{_hours(added.short)}."
        )
    return lines


def shown_addition(added: Added) -> list[str]:
    """Return the lines to print after an addition, in French."""
    who = f"{added.counsellor.display_name} ({added.site.name})"
    if not added.changed:
        return [f"{who}{NBSP}: ce compte et ces plages sont déjà là, rien n’a changé."]
    lines = [f"{who}{NBSP}: {f'{NNBSP}; '.join(show_openings(added.openings))}."]
    if added.password:
        return [
            *lines,
            f"Connexion{NBSP}: {added.counsellor.email}",
            *_shown_password(added.password),
        ]
    return [*lines, "Plages changées. Les rendez-vous déjà pris et le mot de passe restent."]


def shown_list(found: Sequence[Listed]) -> list[str]:
    """Return the list of accounts, under the name of their site."""
    if not found:
        return ["Aucun compte."]
    lines: list[str] = []
    site = ""
    for one in found:
        if one.site.id != site:
            site = one.site.id
            lines.append(f"{one.site.name} ({site})")
        state = "" if one.counsellor.is_active else " — désactivé"
        lines.append(f"  {one.counsellor.display_name} <{one.counsellor.email}>{state}")
        lines += [f"    {hours}" for hours in show_openings(one.openings)]
    return lines


def _shown_password(secret: str) -> list[str]:
    command = quoted("accueil counsellors password")
    return [
        f"Mot de passe{NBSP}: {secret}",
        f"Il ne sera plus affiché{NNBSP}; {command} en donne un autre.",
    ]


def _hours(spans: Sequence[WeeklyHours]) -> str:
    return join(show_hours(spans))


def _staff() -> "StaffService":
    return application().staff


for _name, _command, _help in (
    ("absence", absence, "Noter une absence ; --reassign confie les rendez-vous aux collègues."),
    ("absences", absences, "Lister les absences à venir de quelqu’un."),
    ("absence-delete", delete_absence, "Effacer une absence."),
    ("leave", leave, "Départ : les collègues reprennent ses rendez-vous, le compte se ferme."),
):
    counsellors_app.command(_name, help=_help)(_command)
