"""One commune, one Mission Locale: from the lines of a file to today's communes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accueil.core.coverage_lines import CoverageLine
from accueil.core.places import Commune, Gazetteer
from accueil.core.places.geography import CITIES, arrondissement_code
from accueil.core.territory_communes import CommuneFinder
from accueil.core.territory_csv import Problem, ProblemKind, Severity, quoted
from accueil.core.text import fold

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


@dataclass(slots=True)
class CoverageReading:
    """What a file of coverage says; ``owners`` is Mission Locale by today's INSEE code."""

    owners: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    seats: dict[str, tuple[str, str]] = field(default_factory=dict)
    former: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class CoverageChecker:
    """Reads lines; ``services`` is Mission Locale by the identifier of one of its services.

    With ``skip_unknown``, a commune or a service that is not known is a warning.
    """

    gazetteer: Gazetteer
    services: Mapping[str, str]
    skip_unknown: bool = False
    reading: CoverageReading = field(default_factory=CoverageReading)
    _first: dict[str, CoverageLine] = field(default_factory=dict)
    _unknown: dict[str, int] = field(default_factory=dict)

    def read(self, lines: Iterable[CoverageLine]) -> CoverageReading:
        """Return the coverage; what is wrong is in its ``problems``, in the file's order."""
        for line in lines:
            commune, owner = self._commune(line), self._owner(line)
            if commune is not None and owner:
                self._take(line, commune, owner)
        self._whole_cities()
        return self.reading

    def _commune(self, line: CoverageLine) -> Commune | None:
        code = line.insee.upper()
        code = code.zfill(5) if len(code) == 4 else code  # the zero that spreadsheets take away
        commune = self.gazetteer.by_insee(code) or self._named(code, line.name)
        if commune is None:
            self._note(
                line,
                self._severity(),
                ProblemKind.UNKNOWN_COMMUNE,
                f"Code INSEE inconnu\u00a0: {quoted(line.insee)} ({line.name or 'sans nom'}).",
                "Corrigez-le, ou laissez de côté ce qui est inconnu (--skip-unknown).",
            )
        elif commune.insee != code:
            self.reading.former.append(f"{line.name or code} ({code})\u00a0: {commune.name}")
        elif line.name and not CommuneFinder(self.gazetteer).agrees(commune, "", line.name):
            self._note(
                line,
                Severity.WARNING,
                ProblemKind.OTHER_COMMUNE,
                f"Le code INSEE {code} est celui de {commune.name}, la ligne dit "
                f"{quoted(line.name)}.",
                "Vérifiez lequel est juste.",
            )
        return commune

    def _named(self, code: str, name: str) -> Commune | None:
        """Return the one commune of that name in the departement of an unknown code."""
        department = code[:3] if code.startswith(("97", "98")) else code[:2]
        if department not in self.gazetteer.departments or not name:
            return None
        return CommuneFinder(self.gazetteer).find("", department, name)

    def _owner(self, line: CoverageLine) -> str:
        if not line.is_service:
            if _ID.fullmatch(line.owner):
                return line.owner
            self._note(
                line,
                Severity.ERROR,
                ProblemKind.BAD_ID,
                f"{quoted(line.owner)} n’est pas un code de Mission Locale.",
                "Lettres sans accent, chiffres et . _ : - seulement, 64 au plus.",
            )
            return ""
        owner = self.services.get(line.owner, "")
        if not owner and line.owner not in self._unknown:
            self._unknown[line.owner] = line.line
            self._note(
                line,
                self._severity(),
                ProblemKind.UNKNOWN_SERVICE,
                f"Aucun site importé n’a l’identifiant {quoted(line.owner)}.",
                "Importez d’abord l’annuaire (accueil sites import), ou laissez de côté ce qui "
                "est inconnu (--skip-unknown).",
            )
        return owner

    def _take(self, line: CoverageLine, commune: Commune, owner: str) -> None:
        first = self._first.setdefault(commune.insee, line)
        known = self.reading.owners.setdefault(commune.insee, owner)
        if known != owner:
            self._note(
                line,
                Severity.ERROR,
                ProblemKind.OTHER_OWNER,
                f"{commune.name} ({commune.insee}) est à {quoted(owner)} ici et à "
                f"{quoted(known)} ailleurs ({first.where()}).",
                "Une commune relève d’une seule Mission Locale\u00a0: gardez la bonne ligne.",
            )
        if not line.is_service:
            self._name(line, owner)

    def _name(self, line: CoverageLine, owner: str) -> None:
        known = self.reading.names.setdefault(owner, line.owner_name)
        self.reading.seats.setdefault(owner, line.seat)
        if fold(known) != fold(line.owner_name):
            self._note(
                line,
                Severity.ERROR,
                ProblemKind.OTHER_ORGANISATION,
                f"La Mission Locale {quoted(owner)} s’appelle {quoted(line.owner_name)} ici et "
                f"{quoted(known)} ailleurs.",
                "Écrivez partout le même nom, ou changez le code.",
            )

    def _whole_cities(self) -> None:
        """Give a city's Mission Locale to its districts, and the other way when they share one."""
        owners = self.reading.owners
        for city, (_department, _base, last) in CITIES.items():
            codes = [arrondissement_code(city, number) for number in range(1, last + 1)]
            districts = [code for code in codes if code]
            shared = {owners.get(code, "") for code in districts}
            if city not in owners and len(shared) == 1 and "" not in shared:
                owners[city] = shared.pop()
            if city in owners:
                owners.update({code: owners.get(code, owners[city]) for code in districts})

    def _severity(self) -> Severity:
        return Severity.WARNING if self.skip_unknown else Severity.ERROR

    def _note(
        self,
        line: CoverageLine,
        severity: Severity,
        kind: ProblemKind,
        message: str,
        remedy: str,
    ) -> None:
        problem = Problem(line.line, severity, kind, message, remedy, line.label)
        self.reading.problems.append(problem)
