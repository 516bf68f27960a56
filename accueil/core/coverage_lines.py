"""Which commune belongs to which Mission Locale: lines of the UNML file, records of DILA."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from accueil.core.json_stream import find_records, opened
from accueil.core.territory_csv import Problem, ProblemKind, quoted, read_table, unusable, where

_CODE, _OWNER = "code_insee", "code_ml"
_EXPECTED = frozenset({_CODE, _OWNER, "nom_commune", "nom_officiel_ml", "ville_ml"})
_LISTS = ("commune", "results")
_KIND = "mission_locale"


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One commune and its Mission Locale, as a file says them.

    ``owner`` is the Mission Locale's code, or the identifier of one of its services in DILA's
    directory (``is_service``). ``seat`` is the postal code and town of its office, when said.
    """

    line: int
    insee: str
    name: str
    owner: str
    owner_name: str = ""
    seat: tuple[str, str] = ("", "")
    label: str = ""
    is_service: bool = False

    def where(self) -> str:
        """Return where this line is, in the middle of a French sentence."""
        place = self.label or where(self.line)
        return place[0].lower() + place[1:]


def read_unml(content: bytes) -> tuple[list[CoverageLine], list[Problem]]:
    """Read the UNML coverage CSV. Raises ``UnusableFile``."""
    table = read_table(content, _EXPECTED)
    missing = [name for name in (_CODE, _OWNER) if name not in table.columns]
    if missing:
        raise unusable(
            f"Il manque la colonne {', '.join(map(quoted, missing))}.",
            "Prenez le fichier des zones de couverture de l’UNML, ou un JSON de la DILA.",
            line=1,
            kind=ProblemKind.MISSING_COLUMN,
        )
    lines = [
        CoverageLine(
            row.line,
            row.cells[_CODE],
            row.cells.get("nom_commune", ""),
            row.cells[_OWNER],
            row.cells.get("nom_officiel_ml", ""),
            (row.cells.get("code_postal_ml", ""), row.cells.get("ville_ml", "")),
        )
        for row in table.rows
    ]
    return lines, list(table.problems)


def read_competence(stream: BinaryIO) -> Iterator[CoverageLine]:
    """Yield what DILA's territorial competence says of the Missions Locales, API or dump.

    Raises ``BrokenJson``, ``UnusableFile``.
    """
    records = find_records(stream, _LISTS)
    if records is None:
        raise unusable(
            "Ce fichier JSON n’a pas de liste de communes (commune, results ou un tableau).",
            "Prenez la compétence territoriale de la DILA.",
        )
    for rank, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield from _lines(rank, record)


def _lines(rank: int, record: Mapping[str, Any]) -> Iterator[CoverageLine]:
    insee = str(record.get("code_insee_commune") or "")
    name = str(record.get("nom_commune") or record.get("nom") or "")
    label = f"Commune {rank} ({insee or name[:60]})"
    for service in dict.fromkeys(_services(record)):
        yield CoverageLine(rank, insee, name, service, label=label, is_service=True)


def _services(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the identifiers of a commune's Missions Locales."""
    if record.get("code_type_service_local") == _KIND:
        yield from map(str, _list(record.get("id_service_local")))
    for kind in _list(record.get("type_service_local")):
        if isinstance(kind, dict) and kind.get("code_type_service_local") == _KIND:
            yield from map(str, _list(kind.get("organisme")))


def _list(value: Any) -> list[Any]:
    found = opened(value)
    return found if isinstance(found, list) else [found] if found else []
