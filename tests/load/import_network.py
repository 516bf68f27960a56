"""Time the imports: 6,000 generated sites, 35,000 communes covered, a directory of 273 MB.

``.venv/bin/python -m tests.load.import_network`` measures and asserts nothing; everything it makes
is in a temporary folder. ``--small`` leaves the large file out.
"""

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from accueil.core.places import Commune, Gazetteer
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.coverage_import import CoverageImport
from accueil.services.territory_import import TerritoryImport

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
SITES, NETWORKS = 6_000, 450
LARGE_BYTES = 273_000_000
NBSP = "\u00a0"
_HOURS = "lun-jeu 09:00-12:00 13:30-17:30; ven matin"
_COLUMNS = (
    "id;organisation_id;organisation;nom;adresse;code_postal;commune;insee;telephone;email;"
    "latitude;longitude;horaires;accessibilite"
).split(";")


def located(gazetteer: Gazetteer) -> list[Commune]:
    """Return the communes that have a centre and a postal code."""
    return [one for one in gazetteer if one.latitude is not None and one.postal_codes]


def write_sites(path: Path, communes: Sequence[Commune], number: int = SITES) -> None:
    """Write that many made-up sites in our own format, each in a commune of its own if possible."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, delimiter=";")
        lines.writerow(_COLUMNS)
        step = max(1, len(communes) // number)
        for rank, one in enumerate(islice(cycle(communes[::step]), number)):
            network = f"ml-{rank % NETWORKS:03}"
            lines.writerow(
                (
                    *(f"site-{rank:05}", network, f"Mission Locale {network}", f"Accueil {rank}"),
                    *(f"{rank % 90 + 1} rue de l’Exemple", one.postal_codes[0], one.name),
                    *(one.insee, f"01 99 00 {rank // 100 % 100:02} {rank % 100:02}"),
                    *(f"a{rank}@example.org", one.latitude, one.longitude, _HOURS, "Plain-pied"),
                )
            )


def write_coverage(path: Path, communes: Sequence[Commune]) -> None:
    """Write a Mission Locale for every commune, in the UNML format."""
    with path.open("w", encoding="cp1252", errors="replace", newline="") as stream:
        lines = csv.writer(stream, delimiter=";")
        lines.writerow(["Code INSEE", "Nom Commune", "Code ML", "Nom Officiel ML"])
        for rank, one in enumerate(communes):
            network = f"ml-{rank * NETWORKS // len(communes):03}"
            lines.writerow([one.insee, one.name, network, f"Mission Locale {network}"])


def write_directory(path: Path, communes: Sequence[Commune], size: int) -> int:
    """Write a dump of ``size`` bytes: one Mission Locale for a hundred town halls. Return them."""
    found = 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"service": [')
        for rank, one in enumerate(cycle(communes)):
            is_ours = rank % 100 == 0
            found += is_ours
            stream.write(", " if rank else "")
            stream.write(json.dumps(service(rank, one, is_ours=is_ours), ensure_ascii=False))
            if rank % 100 == 0 and stream.tell() > size:
                break
        stream.write("]}")
    return found


def service(rank: int, commune: Commune, *, is_ours: bool) -> dict[str, Any]:
    """Return one made-up record in the shape of the dump."""
    kind = "mission_locale" if is_ours else "mairie"
    days = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi")
    return {
        "plage_ouverture": [
            {
                "nom_jour_debut": day,
                "nom_jour_fin": day,
                "valeur_heure_debut_1": "09:00:00",
                "valeur_heure_fin_1": "12:00:00",
                "valeur_heure_debut_2": "14:00:00",
                "valeur_heure_fin_2": "17:00:00",
                "commentaire": "",
            }
            for day in days
        ],
        "ancien_code_pivot": f"{kind}-{commune.insee}-{rank}",
        "id": f"{rank:08}-0000-4000-8000-000000000000",
        "nom": f"{kind} {rank}",
        "pivot": [{"type_service_local": kind, "code_insee_commune": [commune.insee]}],
        "telephone": [{"valeur": "01 99 00 00 01", "description": ""}],
        "adresse_courriel": ["accueil@example.org"],
        "mission": "Texte sans importance. " * 20,
        "adresse": [
            {
                "type_adresse": "Adresse",
                "numero_voie": "1 rue de l’Exemple",
                "code_postal": commune.postal_codes[0],
                "nom_commune": commune.name,
                "longitude": str(commune.longitude),
                "latitude": str(commune.latitude),
                "accessibilite": "ACC",
                "note_accessibilite": "",
            }
        ],
    }


def cut(path: Path, at: int) -> Path:
    """Shorten a file to ``at`` bytes."""
    with path.open("r+b") as stream:
        stream.truncate(at)
    return path


def measure(what: str, database: Path, path: Path) -> tuple[float, float, str]:
    """Import a file and return seconds, peak memory in MB, and what came of it. In a process."""
    gazetteer = Gazetteer.load(REFERENCE)
    engine = open_engine(f"sqlite:///{database}", b"k" * 32)
    migrate(engine)
    store = SqlStore(engine)
    work: dict[str, Callable[[Path], Any]] = {
        "sites": TerritoryImport(store, gazetteer).run_file,
        "coverage": CoverageImport(store, gazetteer).run_file,
    }
    begun = time.perf_counter()
    report = work[what](path)
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = (
        f"{report.created} créés, {report.updated} modifiés, {report.unchanged} inchangés"
        if report.is_saved
        else str(report.errors[0])
    )
    return spent, peak, told


def steps(folder: Path, *, small: bool) -> Iterator[tuple[str, str, Path]]:
    """Yield what to measure: a title, the import and its file, made just before."""
    communes = located(Gazetteer.load(REFERENCE))
    sites, coverage, large = folder / "sites.csv", folder / "coverage.csv", folder / "dump.json"
    write_sites(sites, communes)
    write_coverage(coverage, communes)
    yield f"{SITES} sites", "sites", sites
    yield f"couverture de {len(communes)} communes", "coverage", coverage
    yield "les mêmes sites", "sites", sites
    yield "la même couverture", "coverage", coverage
    if not small:
        write_directory(large, communes, LARGE_BYTES)
        size = large.stat().st_size
        yield f"annuaire de {size / 1e6:.0f} Mo", "sites", large
        yield "le même, coupé", "sites", cut(large, size - size // 10)


def main() -> int:
    """Measure each step in a process of its own, so that each has its own peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="sans le fichier de 273 Mo")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="accueil-import-") as name:
        folder = Path(name)
        for title, what, path in steps(folder, small=options.small):
            with get_context("spawn").Pool(1) as pool:
                spent, peak, told = pool.apply(measure, (what, folder / "accueil.db", path))
            rate = f"{SITES / spent:.0f} sites/s, " if path.name == "sites.csv" else ""
            sys.stdout.write(f"{title}{NBSP}: {spent:.1f} s, {rate}{peak:.0f} Mo au plus. {told}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
