"""Import which commune belongs to which Mission Locale: all of the file or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from accueil.core.coverage import CoverageChecker, CoverageReading
from accueil.core.coverage_lines import CoverageLine, read_competence, read_unml
from accueil.core.json_stream import BrokenJson
from accueil.core.organisation_names import NameTidier
from accueil.core.places import Gazetteer
from accueil.core.territory import Coverage, Organisation
from accueil.core.territory_communes import CommuneFinder
from accueil.core.territory_csv import UnusableFile, unusable
from accueil.core.territory_imported import attached_owner, said_alone
from accueil.services.ports import Store, Territory, TerritoryRecord
from accueil.services.territory_import import broken_file, read_csv, starts_as_json
from accueil.services.territory_report import CoverageReport
from accueil.services.territory_saving import count_attached


@dataclass(frozen=True, slots=True)
class CoverageImport:
    """The use case. A commune is known by its INSEE code: importing again changes nothing."""

    store: Store
    gazetteer: Gazetteer

    def run_file(
        self, path: Path, *, skip_unknown: bool = False, dry_run: bool = False
    ) -> CoverageReport:
        """Import a file. Raises ``OSError``."""
        with path.open("rb") as stream:
            return self.run_stream(stream, skip_unknown=skip_unknown, dry_run=dry_run)

    def run(
        self, content: bytes, *, skip_unknown: bool = False, dry_run: bool = False
    ) -> CoverageReport:
        """Import the content of a file; see ``run_stream``."""
        return self.run_stream(BytesIO(content), skip_unknown=skip_unknown, dry_run=dry_run)

    def run_stream(
        self, stream: BinaryIO, *, skip_unknown: bool = False, dry_run: bool = False
    ) -> CoverageReport:
        """Import the UNML coverage in CSV, or DILA's territorial competence in JSON.

        One error and nothing is written. Sites that stand alone go to the Mission Locale of
        their commune.
        """
        report = CoverageReport()
        with self.store.read() if dry_run else self.store.write() as uow:
            checker = CoverageChecker(self.gazetteer, _services(uow.territory), skip_unknown)
            try:
                reading = checker.read(_lines(stream, report))
                _require_something(reading)
            except BrokenJson as broken:
                report.problems[:] = [broken_file(broken)]
                return report
            except UnusableFile as refused:
                report.problems.append(refused.problem)
                return report
            report.problems += reading.problems
            report.former = reading.former
            report.problems.sort(key=lambda problem: problem.line)
            if report.errors:
                return report
            saving = _Saving(uow.territory, self.gazetteer, reading, report)
            saving.take()
            if not dry_run:
                saving.write()
                uow.commit()
                report.is_saved = True
        return report


def _lines(stream: BinaryIO, report: CoverageReport) -> Iterable[CoverageLine]:
    if starts_as_json(stream):
        return read_competence(stream)
    lines, problems = read_unml(read_csv(stream))
    report.problems += problems
    return lines


def _services(territory: Territory) -> dict[str, str]:
    """Return the Mission Locale of every site, by its identifier and by DILA's."""
    owners = {site.id: site.organisation_id for site in territory.sites()}
    beside = territory.imported_sites()
    return owners | {one.source_id: owners[one.site_id] for one in beside if one.source_id}


def _require_something(reading: CoverageReading) -> None:
    if not reading.owners and not reading.problems:
        raise unusable(
            "Aucune commune de ce fichier n’a de Mission Locale.",
            "Prenez un fichier de couverture de l’UNML ou de la DILA.",
        )


class _Saving:
    """One import under way: ``take``, then ``write``."""

    def __init__(
        self,
        territory: Territory,
        gazetteer: Gazetteer,
        reading: CoverageReading,
        report: CoverageReport,
    ) -> None:
        self._territory = territory
        self._gazetteer = gazetteer
        self._reading = reading
        self._report = report
        self._changed: list[TerritoryRecord] = []
        self._released: list[str] = []

    def take(self) -> None:
        """Compare the file with what is known, and fill the report."""
        known = self._territory.coverage()
        self._organisations()
        self._communes(known)
        self._attach(known | self._reading.owners)

    def write(self) -> None:
        """Write what changed."""
        self._territory.put(self._changed)
        self._territory.forget_organisations(self._released)

    def _organisations(self) -> None:
        known = {one.id for one in self._territory.organisations()}
        tidier = NameTidier(self._gazetteer)
        for owner, name in self._reading.names.items():
            if owner not in known:
                readable = tidier.tidy(name)[:200] or owner
                self._changed.append(Organisation(owner, readable))
                self._report.organisations.append(readable)

    def _communes(self, known: dict[str, str]) -> None:
        report, owners = self._report, self._reading.owners
        for insee, owner in owners.items():
            before = known.get(insee)
            report.created += before is None
            report.unchanged += before == owner
            report.updated += before not in (None, owner)
            if before != owner:
                self._changed.append(Coverage(insee, owner))
        named = frozenset(owners.values())
        gone = sorted(code for code, who in known.items() if who in named and code not in owners)
        for code in gone:
            commune = self._gazetteer.by_insee(code)
            report.vanished.append(f"{commune.name} ({code})" if commune else code)

    def _attach(self, coverage: dict[str, str]) -> None:
        """Give sites that stand alone to the Mission Locale of the commune they stand in.

        Where nobody covers that commune, the Mission Locale whose own office is there has it.
        """
        covering = frozenset(coverage.values())
        nearby = self._seats() | coverage
        imported = {one.site_id: one for one in self._territory.imported_sites()}
        for site in self._territory.sites():
            if not said_alone(site, imported.get(site.id)):
                continue
            owner = attached_owner(site, nearby, covering)
            self._report.alone += owner == site.id and site.id not in covering
            if owner != site.organisation_id:
                if owner != site.id:
                    count_attached(self._territory, self._report, site)
                self._released.append(site.organisation_id)
                self._changed.append(replace(site, organisation_id=owner))

    def _seats(self) -> dict[str, str]:
        """Return the Mission Locale whose office is in a commune, where there is only one."""
        found: dict[str, set[str]] = {}
        finder = CommuneFinder(self._gazetteer)
        for owner, (postal_code, town) in self._reading.seats.items():
            commune = finder.find("", postal_code, town)
            if commune is not None:
                found.setdefault(commune.insee, set()).add(owner)
        return {insee: owners.pop() for insee, owners in found.items() if len(owners) == 1}
