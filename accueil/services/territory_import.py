"""Import reception sites from a CSV file: all of it or nothing, and every bad line is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from accueil.core.places import Gazetteer
from accueil.core.territory import Organisation, Site
from accueil.core.territory_conflicts import conflicts
from accueil.core.territory_csv import (
    Problem,
    ProblemKind,
    Severity,
    Table,
    UnusableFile,
    quoted,
    read_table,
    unusable,
)
from accueil.core.territory_mapping import FIELDS, SiteMapping, plain_mapping, read_mapping
from accueil.core.territory_rows import RowChecker, SiteLine
from accueil.services.ports import Store, Territory, UnitOfWork

_LARGEST = 50_000_000
_COLUMN_OF = {
    "phone": "telephone",
    "email": "email",
    "hours": "horaires",
    "accessibility": "accessibilite",
}


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. Counts are of sites; ``problems`` follow the file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    organisations: int = 0
    problems: list[Problem] = field(default_factory=list)
    is_saved: bool = False

    @property
    def usable(self) -> int:
        """Return how many sites of the file are good."""
        return self.created + self.updated + self.unchanged

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that stop the import."""
        return [one for one in self.problems if one.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """Return the problems that do not."""
        return [one for one in self.problems if one.severity is Severity.WARNING]


@dataclass(frozen=True, slots=True)
class TerritoryImport:
    """The use case. A site is known by its ``id``: importing a file again changes nothing."""

    store: Store
    gazetteer: Gazetteer

    def run_file(
        self, path: Path, mapping_path: Path | None = None, *, dry_run: bool = False
    ) -> ImportReport:
        """Import a file. Raises ``OSError``, and ``MappingError`` for a wrong mapping."""
        mapping = None
        if mapping_path is not None:
            mapping = read_mapping(mapping_path.read_text(encoding="utf-8", errors="replace"))
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        return self.run(content, mapping, dry_run=dry_run)

    def run(
        self, content: bytes, mapping: SiteMapping | None = None, *, dry_run: bool = False
    ) -> ImportReport:
        """Import the content of a CSV file; without a ``mapping`` it is in our own format.

        One error in the file and nothing at all is written; the report says what to correct.
        """
        report = ImportReport()
        try:
            lines, fields = self._read(content, mapping, report)
        except UnusableFile as refused:
            report.problems.append(refused.problem)
            return report
        report.problems.sort(key=lambda problem: problem.line)
        if report.errors:
            return report
        with self.store.read() if dry_run else self.store.write() as uow:
            _save(uow, lines, fields, report, dry_run=dry_run)
        return report

    def _read(
        self, content: bytes, mapping: SiteMapping | None, report: ImportReport
    ) -> tuple[list[SiteLine], frozenset[str]]:
        table, mapping = _table(content, mapping)
        report.problems += table.problems
        lines: list[SiteLine] = []
        for row in table.rows:
            checker = RowChecker(self.gazetteer, mapping, row.line)
            line = checker.read(row.cells)
            if line is not None:
                lines.append(line)
            elif _may_be_left_out(checker.problems, mapping):
                report.left_out += 1
                checker.problems = [_left_out(problem) for problem in checker.problems]
            report.problems += checker.problems
        report.problems += conflicts(lines)
        return lines, mapping.fields()


def _table(content: bytes, mapping: SiteMapping | None) -> tuple[Table, SiteMapping]:
    """Read the lines, and settle the mapping. Raises ``UnusableFile``."""
    if len(content) > _LARGEST:
        raise unusable("Le fichier dépasse 50 Mo.", "Gardez seulement les sites d’accueil.")
    expected = mapping.source_columns() if mapping else frozenset(FIELDS)
    table = read_table(content, expected, mapping.delimiter if mapping else "")
    mapping = mapping or plain_mapping(frozenset(table.columns))
    missing = sorted(mapping.source_columns().difference(table.columns))
    if missing:
        raise unusable(
            f"Il manque la colonne {', '.join(map(quoted, missing))}.",
            "Ajoutez-la, ou donnez un fichier de correspondance (--mapping).",
            line=1,
            kind=ProblemKind.MISSING_COLUMN,
        )
    if not table.rows and not table.problems:
        raise unusable("Le fichier n’a que sa ligne de titres.", "Ajoutez au moins un site.")
    return table, mapping


def _may_be_left_out(problems: Sequence[Problem], mapping: SiteMapping) -> bool:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    return all(problem.kind in mapping.leave_out for problem in errors)


def _left_out(problem: Problem) -> Problem:
    if problem.severity is Severity.WARNING:
        return problem
    message = f"{problem.message} Le site est laissé de côté."
    return replace(problem, severity=Severity.WARNING, message=message)


def _save(
    uow: UnitOfWork,
    lines: Sequence[SiteLine],
    fields: frozenset[str],
    report: ImportReport,
    *,
    dry_run: bool,
) -> None:
    changed: list[Organisation | Site] = []
    for organisation in _organisations(uow.territory, lines):
        report.organisations += 1
        changed.append(organisation)
    known = {site.id: site for site in uow.territory.sites()}
    for line in lines:
        before = known.get(line.site.id)
        site = line.site if before is None else _kept(before, line.site, fields)
        if before is None:
            report.created += 1
        elif before == site:
            report.unchanged += 1
            continue
        else:
            report.updated += 1
        changed.append(site)
    if not dry_run:
        uow.territory.put(changed)
        uow.commit()
        report.is_saved = True


def _organisations(territory: Territory, lines: Iterable[SiteLine]) -> Iterable[Organisation]:
    """Yield the Missions Locales that are new or whose name changed."""
    names = {line.site.organisation_id: line.organisation for line in lines}
    for organisation_id, name in names.items():
        before = territory.organisation(organisation_id)
        if before is None:
            yield Organisation(organisation_id, name)
        elif before.name != name or before.is_example:
            yield Organisation(
                organisation_id, name, before.phone, before.email, before.website, is_example=False
            )


def _kept(before: Site, after: Site, fields: frozenset[str]) -> Site:
    """Return the new site with what the file does not speak of taken from the old one."""
    silent = {
        name: getattr(before, name) for name, column in _COLUMN_OF.items() if column not in fields
    }
    return replace(after, **silent)
