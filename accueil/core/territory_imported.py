"""What an import brought last, and what of it somebody has since changed by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from accueil.core.territory import Site

_NOT_IMPORTED = frozenset({"id", "is_example"})
VALUES = tuple(one.name for one in fields(Site) if one.name not in _NOT_IMPORTED)
"""The fields of a site that an import writes."""
_COLUMN_OF = {
    "phone": "telephone",
    "email": "email",
    "hours": "horaires",
    "accessibility": "accessibilite",
}
"""The fields that a file may not speak of, and the column where it would."""
FRENCH = {
    "name": "nom",
    "address": "adresse",
    "postal_code": "code postal",
    "city": "commune",
    "insee": "code INSEE",
    "phone": "téléphone",
    "email": "e-mail",
    "latitude": "latitude",
    "longitude": "longitude",
    "time_zone": "fuseau horaire",
    "hours": "horaires",
    "accessibility": "accessibilité",
}


@dataclass
class ImportedSite:
    """What one source said last of a site: ``values`` are plain JSON, by field of ``Site``.

    ``source`` names where the site comes from (``dila``, ``csv``), ``source_id`` is the
    identifier it has there beside ours.
    """

    site_id: str
    source: str
    source_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """A site after an import, what to remember of it, and the fields kept as edited by hand."""

    site: Site
    imported: ImportedSite
    kept: tuple[str, ...] = ()


def plain_values(site: Site) -> dict[str, Any]:
    """Return the importable fields as JSON holds them."""
    values = {name: getattr(site, name) for name in VALUES}
    values["hours"] = [
        [span.weekday, span.start.isoformat("minutes"), span.end.isoformat("minutes")]
        for span in sorted(site.hours)
    ]
    return values


def merge(
    before: Site | None,
    last: ImportedSite | None,
    after: Site,
    imported: ImportedSite,
    spoken: frozenset[str],
) -> Merged:
    """Return what a site becomes. ``after`` is what the file says, ``spoken`` its columns.

    A field whose present value is not the one imported last was edited by hand: it stays. The
    Mission Locale is not compared, an import attaches it (``attached_owner``).
    """
    said = plain_values(after)
    if before is None:
        imported.values = said
        return Merged(after, imported)
    present = plain_values(before)
    silent = {name for name, column in _COLUMN_OF.items() if column not in spoken}
    known = last.values if last else {}
    edited = {
        name
        for name in VALUES
        if name != "organisation_id" and name in known and known[name] != present[name]
    }
    stay = {name: getattr(before, name) for name in silent | edited}
    imported.values = {name: said[name] for name in VALUES if name not in silent}
    imported.values |= {name: known[name] for name in silent & known.keys()}
    kept = sorted(name for name in edited - silent if present[name] != said[name])
    return Merged(replace(after, **stay), imported, tuple(kept))


def said_alone(site: Site, imported: ImportedSite | None) -> bool:
    """Tell whether a source gave no Mission Locale to a site: it stands as its own."""
    owner = (imported.values if imported else {}).get("organisation_id", site.organisation_id)
    return bool(owner == site.id)


def attached_owner(site: Site, coverage: Mapping[str, str], covering: Iterable[str]) -> str:
    """Return the Mission Locale of a site that stands alone: the one of its commune, if known.

    ``coverage`` is Mission Locale by INSEE code, ``covering`` all those that cover a commune. A
    site that is itself such a Mission Locale stays so.
    """
    if site.id in covering:
        return site.id
    return coverage.get(site.insee, site.organisation_id)
