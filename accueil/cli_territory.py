"""Commands about the territory: import sites, seed the examples."""

from typing import TYPE_CHECKING, Annotated

import typer

from accueil.cli_application import application, refuse
from accueil.cli_sites_import import edit_site, import_coverage, import_sites
from accueil.core.french import NBSP, NNBSP

if TYPE_CHECKING:
    from accueil.services.demo import DemoReport

sites_app = typer.Typer(help="Sites d’accueil.", no_args_is_help=True)


@sites_app.callback()
def sites() -> None:
    """Sites d’accueil."""


sites_app.command(
    "import", help="Importer des sites : tout le fichier ou rien. Le refaire ne change rien."
)(import_sites)
sites_app.command(
    "import-coverage", help="Importer les communes que couvre chaque Mission Locale."
)(import_coverage)
sites_app.command("edit", help="Corriger un site à la main ; les imports le garderont.")(edit_site)


@sites_app.command(
    "first-response", help="Prévenir les équipes d’une Mission Locale qui rappeler en premier."
)
def first_response(
    organisation: Annotated[
        str, typer.Argument(metavar="[IDENTIFIANT]", help="La Mission Locale ; sinon, les liste.")
    ] = "",
    on: Annotated[bool, typer.Option("--on/--off", help="Mettre en service, ou arrêter.")] = True,
) -> None:
    """Switch the alert to a network's teams on or off, or list who has it."""
    app = application()
    with app.store.write() as uow:
        if organisation and uow.territory.organisation(organisation) is None:
            refuse(f"Mission Locale inconnue{NBSP}: {organisation}. Sans argument, je les liste.")
        if organisation:
            uow.territory.set_first_response(organisation, on)
            uow.commit()
        for one in uow.territory.organisations():
            state = "en service" if uow.territory.wants_first_response(one.id) else "arrêtée"
            if not organisation or one.id == organisation:
                typer.echo(f"{one.id}{NBSP}: {one.name}, première réponse {state}.")


def seed(
    demo: Annotated[
        bool, typer.Option("--demo", help="Installer le territoire d’exemple.")
    ] = False,
    password: Annotated[
        str, typer.Option(help="Mot de passe des comptes d’exemple ; tiré au sort sinon.")
    ] = "",
    reset_password: Annotated[
        bool, typer.Option("--reset-password", help="Le donner aussi aux comptes qui existent.")
    ] = False,
) -> None:
    """Remplir la base avec des exemples, pour une démonstration. Le refaire ne change rien."""
    from accueil.services.demo import seed_demo

    if not demo:
        refuse("Que faut-il installer ? Ajoutez --demo pour le territoire d’exemple.")
    app = application()
    report = seed_demo(
        app.store,
        app.gazetteer,
        app.clock,
        app.hash_password,
        password=password,
        reset_password=reset_password,
    )
    for line in shown_seed(report):
        typer.echo(line)


def shown_seed(report: "DemoReport") -> list[str]:
    """Return the lines to print after seeding, in French."""
    if not report.has_changes():
        return [f"Le territoire d’exemple est déjà là{NBSP}: rien n’a changé."]
    lines = [
        f"Territoire d’exemple, pour une démonstration{NBSP}: {report.sites} sites, "
        f"{report.coverage} communes, {report.counsellors} conseillers, "
        f"{report.openings} plages, {report.group_sessions} information collective."
    ]
    if report.password:
        lines += [
            f"Console{NBSP}: conseil.roubaix1@example.org (et les autres comptes d’exemple).",
            f"Mot de passe de démonstration{NBSP}: {report.password}",
            f"Il ne sera plus affiché{NNBSP}; --reset-password en donne un autre.",
        ]
    return lines
