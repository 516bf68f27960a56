"""What an import did, or would do."""

from dataclasses import dataclass, field

from accueil.core.territory import Site
from accueil.core.territory_csv import Problem, ProblemKind, Severity


@dataclass(slots=True)
class Report:
    """What every import tells. ``problems`` follow the file; ``attached`` counts sites."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    attached: int = 0
    alone: int = 0
    """Sites that still have no Mission Locale: nobody is known to cover their commune."""
    first_response_lost: list[str] = field(default_factory=list)
    """Sites whose own first response ended when their Mission Locale became known."""
    is_saved: bool = False

    @property
    def usable(self) -> int:
        """Return how many records of the file are good."""
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
class Kept:
    """Fields of a site that the file says otherwise, kept because somebody edited them."""

    site: Site
    fields: tuple[str, ...]


@dataclass(slots=True)
class ImportReport(Report):
    """Of an import of sites. Distances in kilometres."""

    left_out: int = 0
    organisations: int = 0
    kept: list[Kept] = field(default_factory=list)
    vanished: list[Site] = field(default_factory=list)
    moved: list[tuple[Site, float]] = field(default_factory=list)
    without_phone: list[Site] = field(default_factory=list)

    @property
    def misplaced(self) -> int:
        """Return how many sites are not where their commune is."""
        return sum(one.kind is ProblemKind.MISPLACED for one in self.problems)


@dataclass(slots=True)
class CoverageReport(Report):
    """Of an import of coverage. Counts are of communes."""

    organisations: list[str] = field(default_factory=list)
    """Names of the Missions Locales that are new."""
    former: list[str] = field(default_factory=list)
    """Codes that are no commune's today, and the commune they are taken for."""
    vanished: list[str] = field(default_factory=list)
    """Communes of the file's Missions Locales that it names no more; they stay covered."""
