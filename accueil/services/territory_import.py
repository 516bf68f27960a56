"""Import reception sites from a file: all of it or nothing, and every bad line is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from accueil.core.clock import Clock, SystemClock
from accueil.core.dila_directory import DIRECTORY, read_directory
from accueil.core.json_stream import BrokenJson, is_json
from accueil.core.places import Gazetteer
from accueil.core.territory_conflicts import conflicts
from accueil.core.territory_csv import (
    Problem,
    ProblemKind,
    Row,
    Severity,
    Table,
    UnusableFile,
    quoted,
    read_table,
    unusable,
)
from accueil.core.territory_mapping import (
    FIELDS,
    MappingError,
    SiteMapping,
    checked_source,
    plain_mapping,
    read_mapping,
)
from accueil.core.territory_rows import RowChecker, SiteLine
from accueil.services.ports import Store
from accueil.services.territory_report import ImportReport
from accueil.services.territory_saving import SiteSaving

LARGEST_CSV = 50_000_000
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class TerritoryImport:
    """The use case. A site is known by its ``id``: importing a file again changes nothing."""

    store: Store
    gazetteer: Gazetteer
    clock: Clock = field(default_factory=SystemClock)

    def run_file(
        self,
        path: Path,
        mapping_path: Path | None = None,
        *,
        source: str = "",
        dry_run: bool = False,
    ) -> ImportReport:
        """Import a file. Raises ``OSError``, and ``MappingError`` for a wrong mapping or source."""
        mapping = None
        if mapping_path is not None:
            mapping = read_mapping(mapping_path.read_text(encoding="utf-8", errors="replace"))
        with path.open("rb") as stream:
            return self.run_stream(stream, mapping, source=source, dry_run=dry_run)

    def run(
        self, content: bytes, mapping: SiteMapping | None = None, *, dry_run: bool = False
    ) -> ImportReport:
        """Import the content of a file; see ``run_stream``."""
        return self.run_stream(BytesIO(content), mapping, dry_run=dry_run)

    def run_stream(
        self,
        stream: BinaryIO,
        mapping: SiteMapping | None = None,
        *,
        source: str = "",
        dry_run: bool = False,
    ) -> ImportReport:
        """Import CSV (in our own format without a ``mapping``), or the DILA directory in JSON.

        One error in the file and nothing at all is written; the report says what to correct.
        ``source`` names where the file comes from, if not what the format says.
        """
        report = ImportReport()
        left_out: set[str] = set()
        source = checked_source(source) if source else ""
        try:
            rows, mapping = _rows(stream, mapping, report)
            lines = self._read(rows, mapping, report, left_out)
        except BrokenJson as broken:
            report.problems[:] = [broken_file(broken)]
            return report
        except UnusableFile as refused:
            report.problems.append(refused.problem)
            return report
        report.problems.sort(key=lambda problem: problem.line)
        if report.errors:
            return report
        with self.store.read() if dry_run else self.store.write() as uow:
            saving = SiteSaving(uow.territory, source or mapping.source, mapping.fields(), report)
            saving.take(lines, left_out)
            if not dry_run and saving.keep_told_hours(uow, self.clock.now()):
                saving.write()
                uow.commit()
                report.is_saved = True
        return report

    def _read(
        self, rows: Iterable[Row], mapping: SiteMapping, report: ImportReport, left_out: set[str]
    ) -> list[SiteLine]:
        checker = RowChecker(self.gazetteer, mapping)
        lines: list[SiteLine] = []
        for row in rows:
            line, problems = checker.read(row)
            if line is not None:
                lines.append(line)
            elif _may_be_left_out(problems, mapping):
                report.left_out += 1
                left_out.add(mapping.apply(row.cells)["id"])
                problems = [_left_out(problem) for problem in problems]
            report.problems += problems
        report.problems += conflicts(lines)
        if not lines and not report.problems:
            raise unusable(
                "Il n’y a aucune Mission Locale dans ce fichier.",
                "Prenez l’annuaire complet de la DILA, ou un extrait qui en contient.",
            )
        return lines


def broken_file(broken: BrokenJson) -> Problem:
    """Return the problem of a JSON file that cannot be read to its end."""
    at = f"l’octet {broken.byte:,}".replace(",", "\u202f")
    if broken.is_cut:
        message = f"Le fichier est coupé\u00a0: il s’arrête à {at}, avant sa fin."
    else:
        message = f"Le fichier n’est plus du JSON à partir de {at}."
    remedy = "Rien n’en est importé. Téléchargez-le de nouveau et recommencez."
    return Problem(0, Severity.ERROR, ProblemKind.UNREADABLE, message, remedy)


def starts_as_json(stream: BinaryIO) -> bool:
    """Tell whether a stream, left at its beginning, is meant as JSON."""
    head = stream.read(_HEAD)
    stream.seek(0)
    return is_json(head)


def read_csv(stream: BinaryIO) -> bytes:
    """Return the content of a CSV file. Raises ``UnusableFile`` above 50 MB."""
    content = stream.read(LARGEST_CSV + 1)
    if len(content) > LARGEST_CSV:
        raise unusable("Le fichier dépasse 50 Mo.", "Gardez seulement les sites d’accueil.")
    return content


def _rows(
    stream: BinaryIO, mapping: SiteMapping | None, report: ImportReport
) -> tuple[Iterable[Row], SiteMapping]:
    """Return the rows of a file, and the mapping they go by. Raises as ``run_file`` says."""
    if starts_as_json(stream):
        if mapping is not None:
            raise MappingError("--mapping ne sert que pour un CSV, ce fichier est du JSON.")
        return read_directory(stream), DIRECTORY
    table, mapping = _table(read_csv(stream), mapping)
    report.problems += table.problems
    return table.rows, mapping


def _table(content: bytes, mapping: SiteMapping | None) -> tuple[Table, SiteMapping]:
    """Read the lines, and settle the mapping. Raises ``UnusableFile``."""
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
