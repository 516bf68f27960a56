"""Read the DILA directory ("annuaire de l'administration"): its Missions Locales, as our fields.

Three shapes: an object with ``service`` (the dump), a bare array, an answer of the API
(``results``, where the same fields are JSON in strings).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from accueil.core.json_stream import find_records, opened
from accueil.core.territory_csv import ProblemKind, Row, unusable
from accueil.core.territory_mapping import FIELDS, ColumnRule, SiteMapping

KIND = "mission_locale"
_LISTS = ("service", "results")
_PIVOT = f"{KIND}-"
_DAYS = ("debut", "fin")
_SPANS = ("1", "2")

DIRECTORY = SiteMapping(
    columns={name: ColumnRule((name,)) for name in FIELDS if name != "accessibilite"}
    | {"accessibilite": ColumnRule(("accessibilite", "note_accessibilite"), join=True)},
    words={
        "accessibilite": {
            "ACC": "Accessible en fauteuil roulant",
            "NAC": "Non accessible en fauteuil roulant",
            "DEM": "Accessible en fauteuil roulant sur demande",
        }
    },
    # A national file cannot be corrected by who imports it: what is unusable is named and left.
    leave_out=frozenset({ProblemKind.MISPLACED, ProblemKind.UNLOCATED}),
    drop_bad_hours=True,
    source="dila",
)
"""How rows of ``read_directory`` become sites: by the rules of every file."""


def read_directory(stream: BinaryIO) -> Iterator[Row]:
    """Yield the Missions Locales of a file, in its order. Raises ``BrokenJson``, ``UnusableFile``.

    ``line`` is the rank among all its records; ``source_id`` the identifier DILA uses elsewhere.
    """
    records = find_records(stream, _LISTS)
    if records is None:
        raise unusable(
            "Ce fichier JSON n’a pas de liste de services (service, results ou un tableau).",
            "Prenez l’annuaire de l’administration de la DILA.",
        )
    for rank, record in enumerate(records, start=1):
        if isinstance(record, dict) and _is_mission_locale(record):
            yield _row(rank, record)


def _is_mission_locale(record: Mapping[str, Any]) -> bool:
    if _text(record.get("ancien_code_pivot")).startswith(_PIVOT):
        return True
    return any(one.get("type_service_local") == KIND for one in _objects(record.get("pivot")))


def _row(rank: int, record: Mapping[str, Any]) -> Row:
    uuid = _text(record.get("id"))
    pivot = _text(record.get("ancien_code_pivot"))
    site_id = pivot if pivot.startswith(_PIVOT) else uuid
    name = _text(record.get("nom"))
    cells = {
        "id": site_id,
        # The directory does not say which Mission Locale owns a site: each is its own.
        "organisation_id": site_id,
        "organisation": name[:200],
        "nom": name[:200],
        "insee": _insee(record),
        "telephone": _first(one.get("valeur") for one in _objects(record.get("telephone"))),
        "email": _email(record.get("adresse_courriel")),
        "horaires": _hours(_objects(record.get("plage_ouverture"))),
        **_address(_objects(record.get("adresse"))),
    }
    return Row(rank, cells, f"Service {rank} ({site_id or name[:60]})", uuid[:64])


def _insee(record: Mapping[str, Any]) -> str:
    """Return the one commune a record names, else nothing: the address then decides."""
    codes = [_text(record.get("code_insee_commune"))]
    for pivot in _objects(record.get("pivot")):
        if pivot.get("type_service_local") == KIND:
            codes += map(_text, _list(pivot.get("code_insee_commune")))
    named = list(dict.fromkeys(filter(None, codes)))
    return named[0] if len(named) == 1 else ""


def _address(addresses: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the cells of the address where people go: the one that has a point, if any."""
    located = [one for one in addresses if _text(one.get("latitude"))]
    given = (located or [*addresses, {}])[0]
    street = [_text(given.get(key)) for key in ("numero_voie", "complement1", "complement2")]
    parts = [part for part in street if part] or [_text(given.get("service_distribution"))]
    return {
        "adresse": ", ".join(dict.fromkeys(parts)),
        "code_postal": _text(given.get("code_postal")),
        "commune": _text(given.get("nom_commune")),
        "latitude": _text(given.get("latitude")),
        "longitude": _text(given.get("longitude")),
        "accessibilite": _text(given.get("accessibilite")),
        "note_accessibilite": _text(given.get("note_accessibilite"))[:250],
    }


def _hours(ranges: Sequence[Mapping[str, Any]]) -> str:
    """Return the hours as our own format writes them: ``Lundi-Jeudi 09:00-11:30 13:30-16:30``."""
    groups: list[tuple[str, str]] = []
    for one in ranges:
        first, last = (_text(one.get(f"nom_jour_{end}")) for end in _DAYS)
        days = f"{first}-{last}" if last and last != first else first
        for number in _SPANS:
            start, end = (_text(one.get(f"valeur_heure_{name}_{number}"))[:5] for name in _DAYS)
            if days and start != end:
                groups.append((days, f"{start}-{end}"))
    said = dict.fromkeys(groups)
    return "; ".join(
        f"{days} {' '.join(span for _days, span in spans)}"
        for days, spans in groupby(said, key=lambda group: group[0])
    )


def _email(value: Any) -> str:
    return _first(_list(value)).split(";")[0].strip()


def _first(values: Iterable[Any]) -> str:
    return next((text for one in values if (text := _text(one))), "")


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    found = opened(value)
    return found if isinstance(found, list) else [found] if found else []


def _text(value: Any) -> str:
    """Return one line of text for a string or a number, else nothing."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return " ".join(str(value).split())
