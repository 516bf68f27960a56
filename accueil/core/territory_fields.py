"""Check the fields of one site, one at a time: every rule about a text is here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from accueil.core.contact import checked_email, checked_phone, shown_phone
from accueil.core.territory_csv import Problem, ProblemKind, Severity, quoted
from accueil.core.text import fold
from accueil.core.weekly_hours import Reception, read_reception
from accueil.core.weekly_words import UnreadableHours

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_LONGEST = {"organisation": 200, "nom": 200, "adresse": 300, "commune": 120, "accessibilite": 300}
_REQUIRED = ("id", "organisation_id", "organisation", "nom", "adresse", "code_postal", "commune")


@dataclass(slots=True)
class FieldChecker:
    """What is wrong gathers in ``problems``, at ``line`` or under ``label``."""

    line: int
    label: str = ""
    problems: list[Problem] = field(default_factory=list)

    def texts(self, fields: Mapping[str, str]) -> None:
        """Check what must be there, identifiers, lengths and the postal code."""
        for name in _REQUIRED:
            if not fields[name]:
                self.error(ProblemKind.MISSING_VALUE, f"{quoted(name)} est vide.", "Complétez-le.")
        for name in ("id", "organisation_id"):
            if fields[name] and not _ID.fullmatch(fields[name]):
                self.error(
                    ProblemKind.BAD_ID,
                    f"{name} {quoted(fields[name])} n’est pas un identifiant.",
                    "Lettres sans accent, chiffres et . _ : - seulement, 64 au plus, sans espace.",
                )
        for name in _LONGEST:
            self.length(name, fields[name])
        if fields["code_postal"] and not re.fullmatch(r"[0-9]{5}", fields["code_postal"]):
            self.error(
                ProblemKind.BAD_POSTAL_CODE,
                f"{quoted(fields['code_postal'])} n’est pas un code postal.",
                "Cinq chiffres, avec le zéro du début que les tableurs enlèvent.",
            )

    def length(self, name: str, text: str) -> None:
        """Check that a text fits the column it goes to."""
        if len(text) > _LONGEST[name]:
            remedy = f"Raccourcissez à {_LONGEST[name]} caractères."
            self.error(ProblemKind.TOO_LONG, f"{quoted(name)} est trop long.", remedy)

    def hours(self, text: str, *, may_drop: bool = False) -> Reception:
        """Read hours; when they cannot be, an error, or a warning and no hours (``may_drop``)."""
        try:
            return read_reception(text)
        except UnreadableHours as refused:
            message = f"On ne comprend pas les horaires {quoted(text)}. {refused}"
            remedy = "Le site est importé sans eux." if may_drop else refused.remedy
            (self.warn if may_drop else self.error)(ProblemKind.BAD_HOURS, message, remedy)
            return Reception(())

    def phone(self, text: str) -> str:
        """Return the number as people read it, ``""`` and a warning when it is not one."""
        number = checked_phone(text) if text else ""
        if text and not number:
            message = f"{quoted(text)} n’est pas un numéro de téléphone."
            self.warn(ProblemKind.BAD_PHONE, message, "Le site est importé sans lui.")
        return shown_phone(number) if number else ""

    def email(self, text: str) -> str:
        """Return the address, ``""`` and a warning when it is not one."""
        address = checked_email(text) if text else ""
        if text and (not address or len(address) > 200):
            message = f"{quoted(text)} n’est pas une adresse e-mail."
            self.warn(ProblemKind.BAD_EMAIL, message, "Le site est importé sans elle.")
            return ""
        return address

    def has_errors(self) -> bool:
        """Tell whether something forbids to take this line."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def error(self, kind: ProblemKind, message: str, remedy: str) -> None:
        """Note what stops the import."""
        problem = Problem(self.line, Severity.ERROR, kind, message, remedy, self.label)
        self.problems.append(problem)

    def warn(self, kind: ProblemKind, message: str, remedy: str) -> None:
        """Note what does not stop it."""
        problem = Problem(self.line, Severity.WARNING, kind, message, remedy, self.label)
        self.problems.append(problem)


def address_with(place: str, address: str) -> str:
    """Return the address with the place that the hours named: ``Mairie, 1 rue de l’Exemple``."""
    if not place or fold(place) in fold(address):
        return address
    return f"{place}, {address}"
