"""From the fields of one line to a site, checked against the gazetteer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from accueil.core.contact import checked_email, checked_phone, shown_phone
from accueil.core.places import Commune, Gazetteer, time_zone_of
from accueil.core.territory import Site, WeeklyHours
from accueil.core.territory_communes import CommuneFinder
from accueil.core.territory_csv import Problem, ProblemKind, Severity, quoted
from accueil.core.territory_mapping import SiteMapping
from accueil.core.territory_placement import doubt_about, read_degrees
from accueil.core.weekly_hours import read_weekly_hours

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_FULL_ADDRESS = re.compile(r"(?P<street>.+?),? (?P<code>\d{5}),? (?P<town>\D.*)")
_HOURS_EXAMPLE = "lun-ven 09:00-12:00 13:30-17:30; sam 09:00-12:00"
_LONGEST = {"organisation": 200, "nom": 200, "adresse": 300, "commune": 120, "accessibilite": 300}
_REQUIRED = ("id", "organisation_id", "organisation", "nom", "adresse", "code_postal", "commune")


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line that became a site, and the name it gives to its Mission Locale."""

    line: int
    site: Site
    organisation: str


@dataclass(slots=True)
class RowChecker:
    """Reads one line; what is wrong gathers in ``problems``."""

    gazetteer: Gazetteer
    mapping: SiteMapping
    line: int
    problems: list[Problem] = field(default_factory=list)

    def read(self, cells: Mapping[str, str]) -> SiteLine | None:
        """Return the site, or ``None`` when the line holds an error."""
        fields = self.mapping.apply(cells)
        if self.mapping.split_full_address:
            _split_address(fields)
        self._check_texts(fields)
        commune = self._commune(fields)
        hours = self._hours(fields["horaires"])
        phone, email = self._phone(fields["telephone"]), self._email(fields["email"])
        point = self._point(fields, commune)
        if commune is None or point is None or self._has_errors():
            return None
        site = Site(
            id=fields["id"],
            organisation_id=fields["organisation_id"],
            name=fields["nom"],
            address=fields["adresse"],
            postal_code=fields["code_postal"],
            city=commune.name if fields["commune"].isupper() else fields["commune"],
            insee=commune.insee,
            phone=phone,
            email=email,
            latitude=point[0],
            longitude=point[1],
            time_zone=time_zone_of(commune.insee),
            hours=hours,
            accessibility=fields["accessibilite"],
        )
        return SiteLine(self.line, site, fields["organisation"])

    def _check_texts(self, fields: Mapping[str, str]) -> None:
        for name in _REQUIRED:
            if not fields[name]:
                self._error(ProblemKind.MISSING_VALUE, f"{quoted(name)} est vide.", "Complétez-le.")
        for name in ("id", "organisation_id"):
            if fields[name] and not _ID.fullmatch(fields[name]):
                self._error(
                    ProblemKind.BAD_ID,
                    f"{name} {quoted(fields[name])} n’est pas un identifiant.",
                    "Lettres sans accent, chiffres et . _ : - seulement, 64 au plus, sans espace.",
                )
        for name, longest in _LONGEST.items():
            if len(fields[name]) > longest:
                remedy = f"Raccourcissez à {longest} caractères."
                self._error(ProblemKind.TOO_LONG, f"{quoted(name)} est trop long.", remedy)
        if fields["code_postal"] and not re.fullmatch(r"[0-9]{5}", fields["code_postal"]):
            self._error(
                ProblemKind.BAD_POSTAL_CODE,
                f"{quoted(fields['code_postal'])} n’est pas un code postal.",
                "Cinq chiffres, avec le zéro du début que les tableurs enlèvent.",
            )

    def _commune(self, fields: Mapping[str, str]) -> Commune | None:
        finder = CommuneFinder(self.gazetteer)
        insee, name = fields["insee"], fields["commune"]
        commune = finder.find(insee, fields["code_postal"], name)
        if commune is None:
            what = f"le code INSEE {quoted(insee)}" if insee else f"la commune {quoted(name)}"
            self._error(
                ProblemKind.UNKNOWN_COMMUNE,
                f"On ne trouve pas {what} ({fields['code_postal']}).",
                "Vérifiez le nom et le code postal, ou donnez le code INSEE à cinq caractères.",
            )
        elif insee and not finder.agrees(commune, fields["code_postal"], name):
            self._warn(
                ProblemKind.OTHER_COMMUNE,
                f"Le code INSEE {insee} est celui de {commune.name}, l’adresse dit {quoted(name)}.",
                "Vérifiez lequel est juste.",
            )
        return commune

    def _point(
        self, fields: Mapping[str, str], commune: Commune | None
    ) -> tuple[float, float] | None:
        if not fields["latitude"] or not fields["longitude"]:
            message = "Il n’y a pas de coordonnées."
            self._error(ProblemKind.UNLOCATED, message, "Donnez la latitude et la longitude.")
            return None
        latitude, longitude = read_degrees(fields["latitude"]), read_degrees(fields["longitude"])
        if latitude is None or longitude is None:
            bad = "latitude" if latitude is None else "longitude"
            self._error(
                ProblemKind.BAD_NUMBER,
                f"{bad} {quoted(fields[bad])} n’est pas un nombre.",
                "Écrivez des degrés décimaux, par exemple 50.6927.",
            )
            return None
        doubt = doubt_about(latitude, longitude, commune, self.mapping.max_distance_km)
        if doubt:
            self._error(ProblemKind.MISPLACED, *doubt)
        return latitude, longitude

    def _hours(self, text: str) -> list[WeeklyHours]:
        try:
            return read_weekly_hours(text)
        except ValueError:
            self._error(
                ProblemKind.BAD_HOURS,
                f"On ne comprend pas les horaires {quoted(text)}.",
                f"Écrivez par exemple {quoted(_HOURS_EXAMPLE)}.",
            )
            return []

    def _phone(self, text: str) -> str:
        number = checked_phone(text) if text else ""
        if text and not number:
            message = f"{quoted(text)} n’est pas un numéro de téléphone."
            self._warn(ProblemKind.BAD_PHONE, message, "Le site est importé sans lui.")
        return shown_phone(number) if number else ""

    def _email(self, text: str) -> str:
        address = checked_email(text) if text else ""
        if text and (not address or len(address) > 200):
            message = f"{quoted(text)} n’est pas une adresse e-mail."
            self._warn(ProblemKind.BAD_EMAIL, message, "Le site est importé sans elle.")
            return ""
        return address

    def _has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def _error(self, kind: ProblemKind, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.line, Severity.ERROR, kind, message, remedy))

    def _warn(self, kind: ProblemKind, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.line, Severity.WARNING, kind, message, remedy))


def _split_address(fields: dict[str, str]) -> None:
    """Take the postal code and the town out of an address that ends with them."""
    found = _FULL_ADDRESS.fullmatch(fields["adresse"])
    if found:
        fields["adresse"], fields["code_postal"] = found["street"], found["code"]
        fields["commune"] = found["town"]
