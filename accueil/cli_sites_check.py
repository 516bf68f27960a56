"""The command that looks over the territory: ``accueil sites check``."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from accueil.cli_application import application, refuse
from accueil.core.french import NBSP

MapFile = Annotated[
    Path | None,
    typer.Option("--map", metavar="FICHIER.svg", help="Dessiner aussi la carte dans ce fichier."),
]
Department = Annotated[
    str, typer.Option("--department", metavar="CODE", help="Un seul département (93, 2A, 974).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Un objet JSON, pour un programme.")]


def check_sites(
    map_file: MapFile = None, department: Department = "", as_json: AsJson = False
) -> None:
    """Vérifier le territoire : couverture, sites, fiches à corriger, avec une carte si demandée.

    Rend 0 quand rien n’est à corriger, 1 sinon, 2 pour une erreur de saisie.
    """
    from accueil.core.territory_check import as_data, shown_check
    from accueil.services.territory_check import TerritoryCheck, UnknownDepartment

    if map_file is not None and map_file.suffix.lower() != ".svg":
        refuse(f"La carte est une image SVG{NBSP}: donnez un fichier en .svg.")
    app = application()
    service = TerritoryCheck(app.store, app.gazetteer)
    try:
        code = service.department(department) if department else ""
    except UnknownDepartment:
        refuse(f"Département inconnu{NBSP}: {department}. Donnez son code (93, 2A, 974).")
    check = service.check(code)
    if map_file is not None:
        _write(map_file, service.map(code))
    if as_json:
        typer.echo(json.dumps(as_data(check, app.gazetteer), ensure_ascii=False, indent=1))
    else:
        for line in shown_check(check, app.gazetteer):
            typer.echo(line)
        if map_file is not None:
            typer.echo(f"\nCarte{NBSP}: {map_file}")
    if check.must_be_corrected:
        raise typer.Exit(1)


def _write(path: Path, content: str) -> None:
    """Write the map through a draft: a full disk leaves no half of a map."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        refuse(f"Impossible d’écrire la carte{NBSP}: {path}. Vérifiez le dossier et les droits.")
