"""What the grammar finds in a message, before it is placed on the calendar."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto

from accueil.core.dates.model import DateStatus, TimeRange


class Bound(Enum):
    """How an expression limits time: inside it, from it on, after it, before it, up to it."""

    WITHIN = auto()
    FROM = auto()
    AFTER = auto()
    BEFORE = auto()
    UNTIL = auto()

    @property
    def refused(self) -> "Bound":
        """Return what is left when this is refused: "pas avant" means "à partir de"."""
        return _REFUSED[self]


_REFUSED = {
    Bound.WITHIN: Bound.WITHIN,
    Bound.FROM: Bound.BEFORE,
    Bound.BEFORE: Bound.FROM,
    Bound.AFTER: Bound.UNTIL,
    Bound.UNTIL: Bound.AFTER,
}


@dataclass(frozen=True, slots=True)
class Days:
    """Days named by one expression: dates, both included, or a weekday still to be placed.

    ``frame``: a week, which a weekday said beside it falls in ("la semaine pro, mardi").
    ``every``: days that come back ("tous les matins"), so that a refused weekday does too.
    ``bare_day``: the day of a date said without its month.
    ``at``: the hour of a bound ("à partir de jeudi 14h"). ``fault``: why it cannot be used.
    """

    first: date | None = None
    last: date | None = None
    weekday: int | None = None
    until_weekday: int | None = None
    weeks_later: int = 0
    bound: Bound = Bound.WITHIN
    at: time | None = None
    frame: bool = False
    pinned: bool = False
    every: bool = False
    bare_day: int | None = None
    fault: DateStatus | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Hours named by one expression; ``bound`` keeps which side an open range came from."""

    range: TimeRange
    bound: Bound = Bound.WITHIN
    fault: DateStatus | None = None


class Mark(Enum):
    """Words that say what to make of the days and times around them."""

    NOT = auto()  # "je peux pas": refuses what comes before, or else after
    NOT_NEXT = auto()  # "pas", "ni": refuses what comes next
    EXCEPT = auto()  # "sauf": refuses the whole list that comes next
    BUSY = auto()  # "je travaille": refuses only what it touches
    BAD = auto()  # "c'est nul", "bof": refuses what it is said of
    TOO_EARLY = auto()  # the same, and all that is earlier
    TOO_LATE = auto()  # the same, and all that is later
    ONLY = auto()  # "que", "seulement": no excuse told beside it refuses what it names
    REST = auto()  # "le reste du temps": what is said there is of other days
    YES = auto()  # "je suis dispo"
    OKAY = auto()  # "oui", "ok"
    FIX = auto()  # "plutôt", "enfin": what follows replaces what came before
    FIX_NO = auto()  # "non": the same, and what came before is refused
    CONTEXT = auto()  # "mon rdv de": tells of an appointment that already exists
    DROP = auto()  # "depuis", "né le": what follows is no wish
    BREAK = auto()  # end of a sentence
    TURN = auto()  # "mais", "?"
    COMMA = auto()
    OR = auto()
    ELSE = auto()  # "sinon": another choice, that shares nothing with the first
    TOO = auto()  # "aussi": wanted or refused like the day before it
    ANYTIME = auto()
    SAME_DAY = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One finding and the tokens it covers, ``end`` excluded."""

    value: Days | Times | Mark
    start: int
    end: int


type DaysFound = tuple[Days, int] | None
type TimesFound = tuple[Times, int] | None

PAST_DAYS = Days(fault=DateStatus.PAST)
INVALID_DAYS = Days(fault=DateStatus.INVALID)
UNKNOWN_DAYS = Days(fault=DateStatus.NONE)  # named, but no calendar holds them
