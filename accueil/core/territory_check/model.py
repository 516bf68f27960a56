"""What a look over a territory gives."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a finding asks of the operator."""

    CORRECT = "correct"
    CHECK = "check"


class Kind(StrEnum):
    """What is found; in the order of the report, most useful first."""

    NO_SITE = "no_site"
    NO_COVERAGE = "no_coverage"
    EXAMPLE_BESIDE_REAL = "example_beside_real"
    OVERLAP = "overlap"
    WITHOUT_SITE = "organisation_without_site"
    WITHOUT_COVERAGE = "site_without_coverage"
    HOLE = "hole"
    GONE_COMMUNE = "commune_gone"
    MISPLACED = "misplaced"
    NO_PHONE = "no_phone"
    UNCOVERED = "uncovered"
    FAR = "far_from_its_sites"
    ELSEWHERE = "site_in_another_territory"
    SAME_PLACE = "same_place"
    NO_HOURS = "no_hours"
    NO_EMAIL = "no_email"
    UNSERVED = "department_unserved"

    @property
    def level(self) -> Level:
        """Return whether this must be corrected, or may be right as it is."""
        return Level.CHECK if self in _MAY_BE_RIGHT else Level.CORRECT


_MAY_BE_RIGHT = frozenset(
    {
        Kind.UNCOVERED,
        Kind.FAR,
        Kind.ELSEWHERE,
        Kind.SAME_PLACE,
        Kind.NO_HOURS,
        Kind.NO_EMAIL,
        Kind.UNSERVED,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in one departement (its code; empty for the whole territory).

    ``what`` and the entries of ``which`` are French, for an operator; ``kind`` says what to do.
    """

    kind: Kind
    department: str
    what: str
    which: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a territory holds. Paris, Lyon and Marseille are one commune each.

    ``all_communes`` and ``all_people`` are those of France, or of the departement looked at.
    """

    organisations: int
    sites: int
    communes: int
    all_communes: int
    people: int
    all_people: int


@dataclass(frozen=True, slots=True)
class Check:
    """The whole report. ``department`` is empty for all of France."""

    department: str
    counts: Counts
    findings: tuple[Finding, ...]
    is_example: bool = False
    """Everything there is an example."""

    @property
    def must_be_corrected(self) -> bool:
        """Tell whether somebody has something to correct."""
        return any(one.kind.level is Level.CORRECT for one in self.findings)
