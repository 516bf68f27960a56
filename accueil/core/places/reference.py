"""The one reader of the place files under ``data/reference/``."""

import csv
import lzma
import sys
from dataclasses import dataclass
from pathlib import Path

from accueil.core.places.model import Commune

_COMMUNES = "communes.tsv.xz"
_NICKNAMES = "place_nicknames.tsv"
_FOREIGN = "foreign_places.tsv"
_NEIGHBOURHOODS = "place_neighbourhoods.tsv"
_COMMON_WORDS = "place_common_words.tsv"
_CENTRES = "arrondissement_centres.tsv"
_BY_HAND = "main"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """One line of an editable table: what people write, and what it stands for."""

    text: str
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """The raw content of the reference files."""

    communes: list[list[str]]
    nicknames: list[NamedPlace]
    foreign: list[NamedPlace]
    neighbourhoods: list[NamedPlace]
    common_words: dict[str, str]


def read_place_files(path: Path) -> PlaceFiles:
    """Read ``communes.tsv.xz`` at ``path`` (or in the folder ``path``) and the tables beside it.

    Raises ``OSError`` when a file is absent and ``ValueError`` when one is not what is expected.
    """
    communes = path / _COMMUNES if path.is_dir() else path
    content = lzma.decompress(communes.read_bytes()).decode()
    header, *lines = content.splitlines()
    if not header.startswith("kind\tcode\tname\tparent"):
        raise ValueError(f"{communes.name}: unexpected columns")
    folder = communes.parent
    centres = {row[0]: row[1:3] for row in _rows(folder / _CENTRES)}
    words = {row[0]: row[1] for row in _rows(folder / _COMMON_WORDS)}
    return PlaceFiles(
        communes=[_placed(line.split("\t"), centres) for line in lines],
        nicknames=[NamedPlace(*row) for row in _rows(folder / _NICKNAMES)],
        foreign=[NamedPlace(row[0], "pays", row[1], row[2]) for row in _rows(folder / _FOREIGN)],
        neighbourhoods=[
            NamedPlace(row[0], "commune", row[1], row[2]) for row in _rows(folder / _NEIGHBOURHOODS)
        ],
        common_words=words,
    )


def commune_of(row: list[str]) -> Commune:
    """Return the commune of one line; departements and postal codes are shared strings."""
    return Commune(  # by position: thirty-five thousand of them at each start
        row[1],
        row[2],
        sys.intern(row[4]),
        tuple([sys.intern(code) for code in row[6].split(" ")]) if row[6] else (),
        int(row[7] or 0),
        float(row[8]) if row[8] else None,
        float(row[9]) if row[9] else None,
    )


def _placed(row: list[str], centres: dict[str, list[str]]) -> list[str]:
    """Return a line with the centre that was set by hand, if one was."""
    centre = centres.get(row[1])
    if centre is not None:
        row[8:11] = [*centre, _BY_HAND]
    return row


def _rows(path: Path) -> list[list[str]]:
    """Return the rows below the header; lines that start with ``#`` are remarks."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in stream if line.strip() and not line.startswith("#")]
    return list(csv.reader(lines[1:], delimiter="\t", strict=True))
