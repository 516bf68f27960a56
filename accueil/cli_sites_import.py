"""Commands that fill the territory: import sites, import coverage, edit a site by hand."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from accueil.cli_application import application, refuse
from accueil.cli_import_report import shown_coverage, shown_import
from accueil.core.french import NBSP

SitesFile = Annotated[
    Path,
    typer.Argument(metavar="FICHIER", help="Sites d’accueil, en CSV ou en JSON de la DILA."),
]
CoverageFile = Annotated[
    Path,
    typer.Argument(metavar="FICHIER", help="Couverture, en CSV de l’UNML ou en JSON de la DILA."),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="Correspondance des colonnes (data/reference/mappings)."),
]
Source = Annotated[
    str,
    typer.Option("--source", help="Nom de la source, si plusieurs fichiers CSV se complètent."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Montrer le résultat sans rien écrire.")]
Everything = Annotated[bool, typer.Option("--all", help="Lister tout, sans abréger.")]
SkipUnknown = Annotated[
    bool, typer.Option("--skip-unknown", help="Laisser de côté les codes inconnus.")
]


def import_sites(
    path: SitesFile,
    mapping: MappingFile = None,
    source: Source = "",
    dry_run: DryRun = False,
    everything: Everything = False,
) -> None:
    """Import a file of sites: exit 0 when done, 1 when the file has errors, 2 for misuse."""
    from accueil.core.territory_mapping import MappingError
    from accueil.services.territory_import import TerritoryImport

    app = application()
    work = TerritoryImport(app.store, app.gazetteer, app.clock)
    try:
        report = work.run_file(path, mapping, source=source, dry_run=dry_run)
    except MappingError as error:
        refuse(str(error))
    except OSError as error:
        _unreadable(error)
    for line in shown_import(report, dry_run=dry_run, everything=everything):
        typer.echo(line)
    if report.errors:
        raise typer.Exit(1)


def import_coverage(
    path: CoverageFile,
    skip_unknown: SkipUnknown = False,
    dry_run: DryRun = False,
    everything: Everything = False,
) -> None:
    """Import which commune belongs to which Mission Locale; exit codes as ``import_sites``."""
    from accueil.services.coverage_import import CoverageImport

    app = application()
    work = CoverageImport(app.store, app.gazetteer)
    try:
        report = work.run_file(path, skip_unknown=skip_unknown, dry_run=dry_run)
    except OSError as error:
        _unreadable(error)
    for line in shown_coverage(report, dry_run=dry_run, everything=everything):
        typer.echo(line)
    if report.errors:
        raise typer.Exit(1)


def edit_site(
    site_id: Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="Celui du fichier.")],
    phone: Annotated[str | None, typer.Option("--phone", help="Téléphone.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Adresse e-mail.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", help="Horaires, comme en CSV.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="Numéro et rue.")] = None,
    accessibility: Annotated[
        str | None, typer.Option("--accessibility", help="Une phrase sur l’accès.")
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option("--time-zone", help="Fuseau ; les heures annoncées aux jeunes restent."),
    ] = None,
) -> None:
    """Change a site by hand: exit 0 when done, 1 when hours clash, 2 for a wrong entry."""
    from accueil.services.site_edit import EditRefused
    from accueil.services.site_zone import ZoneClash

    given = {"phone": phone, "email": email, "hours": hours, "address": address}
    given |= {"accessibility": accessibility, "time_zone": time_zone}
    changes = {name: text for name, text in given.items() if text is not None}
    if not changes:
        refuse("Que faut-il changer ? Donnez --phone, --email, --hours, --address…")
    try:
        app = application()
        site, is_changed = app.site_editor.edit(site_id, changes)
    except EditRefused as refused:
        typer.echo(str(refused), err=True)
        is_clash = isinstance(refused.__context__, ZoneClash)  # the entry itself is right
        raise typer.Exit(1 if is_clash else 2) from None
    if is_changed:
        typer.echo(f"{site.name}{NBSP}: c’est changé. Les prochains imports le garderont.")
    else:
        typer.echo(f"{site.name}{NBSP}: rien n’a changé.")


def _unreadable(error: OSError) -> NoReturn:
    if isinstance(error, FileNotFoundError):
        refuse(f"Fichier introuvable{NBSP}: {error.filename}.")
    refuse(f"Fichier illisible (dossier, ou droits manquants){NBSP}: {error.filename}.")
