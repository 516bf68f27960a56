"""Read a mapping: how the columns of somebody else's CSV file become ours."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accueil.core.territory_csv import DELIMITERS, ProblemKind, column_key

FIELDS = (
    "id", "organisation_id", "organisation", "nom", "adresse", "code_postal", "commune", "insee",
    "telephone", "email", "latitude", "longitude", "horaires", "accessibilite",
)  # fmt: skip
OPTIONAL = frozenset({"insee", "telephone", "email", "horaires", "accessibilite"})
LEAVABLE = frozenset({ProblemKind.MISPLACED, ProblemKind.UNLOCATED, ProblemKind.UNKNOWN_COMMUNE})
MAX_DISTANCE_KM = 15.0
OWN_SOURCE = "csv"
_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_KEYS = frozenset(
    {"name", "source", "delimiter", "leave_out", "max_distance_km", "split_full_address"}
    | {"drop_bad_hours"}
    | {"columns", "defaults", "values"}
)


class MappingError(ValueError):
    """A mapping file cannot be used; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Where a field comes from: the first column that is not empty, or all of them joined."""

    columns: tuple[str, ...]
    join: bool = False

    def value(self, cells: Mapping[str, str], words: Mapping[str, str]) -> str:
        """Return the field's text; ``words`` replaces whole cells (codes by sentences)."""
        parts = [words.get(cells[name], cells[name]) for name in self.columns if cells.get(name)]
        if self.join:
            return ", ".join(part for part in parts if part)
        return parts[0] if parts else ""


@dataclass(frozen=True, slots=True)
class SiteMapping:
    """The rules of one source. Distances in kilometres; ``delimiter`` empty means: look for it.

    Files of one ``source`` speak of the same sites: one that is in them no more has vanished.
    """

    columns: Mapping[str, ColumnRule]
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    delimiter: str = ""
    leave_out: frozenset[ProblemKind] = frozenset()
    max_distance_km: float = MAX_DISTANCE_KM
    split_full_address: bool = False
    drop_bad_hours: bool = False
    source: str = OWN_SOURCE

    def source_columns(self) -> frozenset[str]:
        """Return the keys of every column the rules read."""
        return frozenset(name for rule in self.columns.values() for name in rule.columns)

    def fields(self) -> frozenset[str]:
        """Return the fields that this source speaks of; the others are left as they are."""
        return frozenset(self.columns) | frozenset(self.defaults)

    def apply(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return our fields for the cells of one line."""
        found: dict[str, str] = {}
        for name in FIELDS:
            rule = self.columns.get(name)
            value = rule.value(cells, self.words.get(name, {})) if rule else ""
            found[name] = value or self.defaults.get(name, "")
        return found


def plain_mapping(columns: frozenset[str]) -> SiteMapping:
    """Return the mapping of our own format, for a file that has those columns."""
    wanted = [name for name in FIELDS if name in columns or name not in OPTIONAL]
    return SiteMapping({name: ColumnRule((name,)) for name in wanted})


def read_mapping(text: str) -> SiteMapping:
    """Read a mapping file (TOML; format in ``data/reference/mappings/README.md``).

    Raises ``MappingError``.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"Le fichier de correspondance n’est pas du TOML ({error}).") from error
    _refuse_unknown(data, _KEYS, "réglage")
    for table in ("columns", "defaults", "values"):
        if not isinstance(data.get(table, {}), dict):
            raise MappingError(f"[{table}] doit être une table.")
        _refuse_unknown(data.get(table, {}), frozenset(FIELDS), "colonne")
    mapping = SiteMapping(
        columns={name: _rule(name, value) for name, value in data.get("columns", {}).items()},
        defaults={name: str(value) for name, value in data.get("defaults", {}).items()},
        words={name: _words(name, value) for name, value in data.get("values", {}).items()},
        delimiter=_delimiter(data.get("delimiter", "")),
        leave_out=_leave_out(data.get("leave_out", [])),
        max_distance_km=_distance(data.get("max_distance_km", MAX_DISTANCE_KM)),
        split_full_address=data.get("split_full_address", False) is True,
        drop_bad_hours=data.get("drop_bad_hours", False) is True,
        source=checked_source(data.get("source", OWN_SOURCE)),
    )
    missing = [name for name in FIELDS if name not in OPTIONAL and name not in mapping.fields()]
    if missing:
        raise MappingError(f"La correspondance ne dit pas d’où vient {', '.join(missing)}.")
    return mapping


def checked_source(value: Any) -> str:
    """Return the name of a source. Raises ``MappingError``."""
    if not isinstance(value, str) or not _SOURCE.fullmatch(value):
        raise MappingError(
            "Le nom de la source s’écrit en minuscules sans accent, chiffres, . _ et -, 40 au plus."
        )
    return value


def _rule(name: str, value: Any) -> ColumnRule:
    join = isinstance(value, dict) and set(value) == {"join"}
    names = value["join"] if join else value
    columns = [names] if isinstance(names, str) else names
    if not isinstance(columns, list) or not columns or not all(isinstance(c, str) for c in columns):
        raise MappingError(
            f"{name} doit être un titre de colonne, une liste de titres ou {{ join = [titres] }}."
        )
    return ColumnRule(tuple(map(column_key, columns)), join)


def _words(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(f"[values.{name}] doit être une table.")
    return {str(code): str(words) for code, words in value.items()}


def _delimiter(value: Any) -> str:
    if value not in ("", *DELIMITERS):
        raise MappingError("delimiter doit être « , », « ; » ou une tabulation (\\t).")
    return str(value)


def _leave_out(value: Any) -> frozenset[ProblemKind]:
    known = {str(kind): kind for kind in LEAVABLE}
    if not isinstance(value, list) or any(name not in known for name in value):
        raise MappingError(f"leave_out est une liste parmi {', '.join(sorted(known))}.")
    return frozenset(known[name] for name in value)


def _distance(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 20_000:
        raise MappingError("max_distance_km doit être un nombre de kilomètres.")
    return float(value)


def _refuse_unknown(data: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    for name in data:
        if name not in known:
            raise MappingError(
                f"{what.capitalize()} inconnu : {name} ({', '.join(sorted(known))})."
            )
