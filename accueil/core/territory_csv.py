"""Read a CSV file of reception sites: encoding, delimiter, columns, lines. Pure: bytes in."""

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from accueil.core.french import NBSP
from accueil.core.text import fold

DELIMITERS = (",", ";", "\t")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Severity(StrEnum):
    """An error stops the import; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class ProblemKind(StrEnum):
    """What is wrong; ``leave_out`` in a mapping names some of these."""

    UNREADABLE = "unreadable"
    MISSING_COLUMN = "missing_column"
    BAD_LINE = "bad_line"
    MISSING_VALUE = "missing_value"
    TOO_LONG = "too_long"
    BAD_ID = "bad_id"
    REPEATED_ID = "repeated_id"
    BAD_POSTAL_CODE = "bad_postal_code"
    UNKNOWN_COMMUNE = "unknown_commune"
    OTHER_COMMUNE = "other_commune"
    UNLOCATED = "unlocated"
    BAD_NUMBER = "bad_number"
    MISPLACED = "misplaced"
    BAD_HOURS = "bad_hours"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    SAME_PLACE = "same_place"
    OTHER_ORGANISATION = "other_organisation"
    OTHER_OWNER = "other_owner"
    OTHER_ZONE = "other_zone"
    UNKNOWN_SERVICE = "unknown_service"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct. ``line`` counts from 1 (the header); 0 is the file. Texts in French.

    ``label`` names the place where there are no lines: ``Service 12 (mission_locale-93066-01)``.
    """

    line: int
    severity: Severity
    kind: ProblemKind
    message: str
    remedy: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.label or where(self.line)}{NBSP}: {self.message} {self.remedy}"


def where(line: int) -> str:
    """Return how a line of a file is named, in French; 0 is the file."""
    return f"Ligne {line}" if line else "Fichier"


class UnusableFile(ValueError):
    """Nothing of the file can be read; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Row:
    """One line of data: the line of the file where it begins, and its cells by column key.

    For a record of a JSON file, ``line`` is its rank and ``label`` names it; ``source_id`` is the
    identifier it has in its source beside ours.
    """

    line: int
    cells: dict[str, str]
    label: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file read. ``columns`` are keys (see ``column_key``), in the file's order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def column_key(title: str) -> str:
    """Return the comparable form of a column title: ``Code postal`` -> ``code_postal``."""
    return re.sub(r"[\s\-]+", "_", fold(title))


def read_table(content: bytes, expected: frozenset[str], delimiter: str = "") -> Table:
    """Read CSV in UTF-8 (BOM or not) or Windows-1252. Raises ``UnusableFile``.

    Without a ``delimiter``, the one under which the header holds most ``expected`` keys is taken.
    Lines that have too few or too many cells are listed in ``problems`` and left out of ``rows``.
    """
    text = _decoded(content)
    records = _records(text, delimiter or _delimiter(text, expected)) if text.strip() else []
    if not records:
        remedy = "Choisissez un fichier CSV avec une ligne de titres."
        raise unusable("Le fichier est vide.", remedy)
    columns = tuple(column_key(title) for title in records[0][1])
    repeated = sorted({key for key in columns if key and columns.count(key) > 1})
    if repeated:
        raise unusable(
            f"La colonne {quoted(repeated[0])} figure deux fois.", "Gardez-en une seule.", line=1
        )
    rows, problems = [], []
    for line, cells in records[1:]:
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(columns):
            problems.append(_wrong_width(line, len(cells), len(columns)))
            continue
        clean = (" ".join(cell.split()) for cell in cells)
        rows.append(Row(line, dict(zip(columns, clean, strict=True))))
    return Table(columns, tuple(rows), tuple(problems))


def unusable(
    message: str, remedy: str, *, line: int = 0, kind: ProblemKind = ProblemKind.UNREADABLE
) -> UnusableFile:
    """Return the exception for a file of which nothing can be used."""
    return UnusableFile(Problem(line, Severity.ERROR, kind, message, remedy))


def quoted(text: str, limit: int = 60) -> str:
    """Return a text between French quotation marks, cut to ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return f"«{NBSP}{cut}{NBSP}»"


def _decoded(content: bytes) -> str:
    not_text = unusable(
        "Ce n’est pas un fichier texte (classeur Excel, PDF, image…).",
        "Dans le tableur, enregistrez-le au format «\u00a0CSV UTF-8\u00a0» et recommencez.",
    )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise not_text from error
    if _CONTROL.search(text):
        raise not_text
    return text


def _delimiter(text: str, expected: frozenset[str]) -> str:
    header = next(line for line in text.splitlines() if line.strip())

    def score(delimiter: str) -> tuple[int, int]:
        titles = next(csv.reader([header], delimiter=delimiter), [])
        return len(expected.intersection(map(column_key, titles))), len(titles)

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the lines that are not blank, each with the number of its first line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise unusable(
            "Les guillemets ne vont pas par deux, ou une cellule est démesurée.",
            "Corrigez cette ligne\u00a0: un guillemet dans une cellule s’écrit deux fois.",
            line=begins,
        ) from error
    return found


def _wrong_width(line: int, found: int, wanted: int) -> Problem:
    return Problem(
        line,
        Severity.ERROR,
        ProblemKind.BAD_LINE,
        f"{found} cellules au lieu de {wanted}.",
        "Mettez entre guillemets les cellules qui contiennent le séparateur.",
    )
