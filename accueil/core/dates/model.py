"""What reading a message for dates gives back."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class DateStatus(StrEnum):
    """How the reading ended."""

    OK = "ok"
    NONE = "none"
    INVALID = "invalid"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, half-open, aware, in the zone of ``now``.

    ``end`` is None when nothing closes the window ("à partir de jeudi") or when the window is one
    exact instant ("mardi à 10h"), in which case ``exact`` is true.
    """

    start: datetime
    end: datetime | None
    exact: bool


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Wall-clock times of any day, half-open. ``end`` None: until midnight, or one exact time."""

    start: time
    end: time | None
    exact: bool


@dataclass(frozen=True, slots=True)
class DateReading:
    """The days and times a message accepts and refuses.

    ``status`` speaks of what is *accepted*: a message that only refuses ("pas lundi") has status
    NONE, no window, and its refusals in ``excluded``. Refused times are already taken out of
    ``windows``. ``time_only``: no day was named, so windows are for today, or tomorrow when that
    hour is gone; ``times`` and ``refused_times`` let a dialogue apply the hours to a day said
    earlier. ``anytime``: every moment suits, or the first one ("le plus tôt possible").
    """

    text: str
    status: DateStatus
    windows: tuple[Window, ...]
    excluded: tuple[Window, ...] = ()
    time_only: bool = False
    anytime: bool = False
    times: tuple[TimeRange, ...] = ()
    refused_times: tuple[TimeRange, ...] = ()
