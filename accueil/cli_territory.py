"""Commands about the territory: import sites, seed the examples."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from accueil.core.french import NBSP, NNBSP

if TYPE_CHECKING:
    from accueil.bootstrap import Application
    from accueil.services.demo import DemoReport
    from accueil.services.territory_import import ImportReport

sites_app = typer.Typer(help="Sites d’accueil.", no_args_is_help=True)

CsvFile = Annotated[Path, typer.Argument(metavar="FICHIER.csv", help="Sites d’accueil, en CSV.")]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="Correspondance des colonnes (data/reference/mappings)."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Montrer le résultat sans rien écrire.")]


@sites_app.callback()
def sites() -> None:
    """Sites d’accueil."""


@sites_app.command(
    "import", help="Importer des sites : tout le fichier ou rien. Le refaire ne change rien."
)
def import_sites(path: CsvFile, mapping: MappingFile = None, dry_run: DryRun = False) -> None:
    """Import a CSV file of sites: exit 0 when done, 1 when the file has errors, 2 for misuse."""
    from accueil.core.territory_mapping import MappingError
    from accueil.services.territory_import import TerritoryImport

    app = _application()
    try:
        report = TerritoryImport(app.store, app.gazetteer).run_file(path, mapping, dry_run=dry_run)
    except MappingError as error:
        _refuse(str(error))
    except FileNotFoundError as error:
        _refuse(f"Fichier introuvable{NBSP}: {error.filename}.")
    except OSError as error:
        _refuse(f"Fichier illisible (dossier, ou droits manquants){NBSP}: {error.filename}.")
    for line in shown_import(report, dry_run=dry_run):
        typer.echo(line)
    if report.errors:
        raise typer.Exit(1)


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
    app = _application()
    with app.store.write() as uow:
        if organisation and uow.territory.organisation(organisation) is None:
            _refuse(f"Mission Locale inconnue{NBSP}: {organisation}. Sans argument, je les liste.")
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
        _refuse("Que faut-il installer ? Ajoutez --demo pour le territoire d’exemple.")
    app = _application()
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


def shown_import(report: "ImportReport", *, dry_run: bool) -> list[str]:
    """Return the lines to print after an import, in French."""
    lines: list[str] = []
    for title, problems in (("Erreurs", report.errors), ("Avertissements", report.warnings)):
        if problems:
            lines += [f"{title} ({len(problems)})", *(f"  {one}" for one in problems), ""]
    if report.errors:
        return [*lines, "Rien n’a été importé. Corrigez les erreurs et recommencez."]
    counts = (
        f"{report.created} créés, {report.updated} modifiés, {report.unchanged} inchangés, "
        f"{report.left_out} laissés de côté."
    )
    lines.append(f"{report.usable} sites utilisables{NBSP}: {counts}")
    if dry_run:
        lines.append("Essai seulement (--dry-run)\u00a0: rien n’a été écrit.")
    return lines


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


def _application() -> "Application":
    """Return the application, its database at the newest schema."""
    from accueil.bootstrap import build
    from accueil.persistence.migrate import migrate

    app = build()
    migrate(app.engine)
    return app


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
