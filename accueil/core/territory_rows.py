"""From the fields of one line to a site, checked against the gazetteer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from accueil.core.places import Commune, Gazetteer, time_zone_of
from accueil.core.territory import Site
from accueil.core.territory_communes import CommuneFinder
from accueil.core.territory_csv import Problem, ProblemKind, Row, quoted, where
from accueil.core.territory_fields import FieldChecker, address_with
from accueil.core.territory_mapping import SiteMapping
from accueil.core.territory_placement import Land, doubt_about, read_degrees
from accueil.core.weekly_hours import Reception

_FULL_ADDRESS = re.compile(r"(?P<street>.+?),? (?P<code>\d{5}),? (?P<town>\D.*)")


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line that became a site, and the name it gives to its Mission Locale."""

    line: int
    site: Site
    organisation: str
    label: str = ""
    source_id: str = ""

    def where(self) -> str:
        """Return where this line is, in the middle of a French sentence."""
        place = self.label or where(self.line)
        return place[0].lower() + place[1:]


@dataclass(frozen=True, slots=True)
class RowChecker:
    """Reads lines into sites. Built once for a file."""

    gazetteer: Gazetteer
    mapping: SiteMapping
    land: Land = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "land", Land(self.gazetteer))

    def read(self, row: Row) -> tuple[SiteLine | None, list[Problem]]:
        """Return the site, or ``None`` when the line holds an error; and what is wrong."""
        fields = self.mapping.apply(row.cells)
        if self.mapping.split_full_address:
            _split_address(fields)
        check = FieldChecker(row.line, row.label)
        reception = check.hours(fields["horaires"], may_drop=self.mapping.drop_bad_hours)
        fields["adresse"] = address_with(reception.place, fields["adresse"])
        check.texts(fields)
        commune = self._commune(check, fields)
        point = self._point(check, fields, commune)
        contacts = check.phone(fields["telephone"]), check.email(fields["email"])
        if commune is None or point is None or check.has_errors():
            return None, check.problems
        site = _site(fields, commune, point, contacts, reception)
        line = SiteLine(row.line, site, fields["organisation"], row.label, row.source_id)
        return line, check.problems

    def _commune(self, check: FieldChecker, fields: Mapping[str, str]) -> Commune | None:
        finder = CommuneFinder(self.gazetteer)
        insee, name = fields["insee"], fields["commune"]
        commune = finder.find(insee, fields["code_postal"], name)
        if commune is None:
            what = f"le code INSEE {quoted(insee)}" if insee else f"la commune {quoted(name)}"
            check.error(
                ProblemKind.UNKNOWN_COMMUNE,
                f"On ne trouve pas {what} ({fields['code_postal']}).",
                "Vérifiez le nom et le code postal, ou donnez le code INSEE à cinq caractères.",
            )
        elif insee and not finder.agrees(commune, fields["code_postal"], name):
            check.warn(
                ProblemKind.OTHER_COMMUNE,
                f"Le code INSEE {insee} est celui de {commune.name}, l’adresse dit {quoted(name)}.",
                "Vérifiez lequel est juste.",
            )
        return commune

    def _point(
        self, check: FieldChecker, fields: Mapping[str, str], commune: Commune | None
    ) -> tuple[float, float] | None:
        if not fields["latitude"] or not fields["longitude"]:
            message = "Il n’y a pas de coordonnées."
            check.error(ProblemKind.UNLOCATED, message, "Donnez la latitude et la longitude.")
            return None
        latitude, longitude = read_degrees(fields["latitude"]), read_degrees(fields["longitude"])
        if latitude is None or longitude is None:
            bad = "latitude" if latitude is None else "longitude"
            check.error(
                ProblemKind.BAD_NUMBER,
                f"{bad} {quoted(fields[bad])} n’est pas un nombre.",
                "Écrivez des degrés décimaux, par exemple 50.6927.",
            )
            return None
        limit = self.mapping.max_distance_km
        doubt = doubt_about(latitude, longitude, commune, limit, self.land)
        if doubt:
            check.error(ProblemKind.MISPLACED, *doubt)
        return latitude, longitude


def _site(
    fields: Mapping[str, str],
    commune: Commune,
    point: tuple[float, float],
    contacts: tuple[str, str],
    reception: Reception,
) -> Site:
    return Site(
        id=fields["id"],
        organisation_id=fields["organisation_id"],
        name=fields["nom"],
        address=fields["adresse"],
        postal_code=fields["code_postal"],
        city=commune.name if fields["commune"].isupper() else fields["commune"],
        insee=commune.insee,
        phone=contacts[0],
        email=contacts[1],
        latitude=point[0],
        longitude=point[1],
        time_zone=time_zone_of(commune.insee),
        hours=list(reception.hours),
        accessibility=fields["accessibilite"],
    )


def _split_address(fields: dict[str, str]) -> None:
    """Take the postal code and the town out of an address that ends with them."""
    found = _FULL_ADDRESS.fullmatch(fields["adresse"])
    if found:
        fields["adresse"], fields["code_postal"] = found["street"], found["code"]
        fields["commune"] = found["town"]
