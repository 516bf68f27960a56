"""Read the days and times of a message: the whole chain, from text to windows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accueil.core.dates.calendar_place import (
    Placed,
    is_past,
    on_day,
    place_group,
    today_or_tomorrow,
    with_weekdays_placed,
)
from accueil.core.dates.choose import choose
from accueil.core.dates.groups import Group, clauses
from accueil.core.dates.inside import placed_inside
from accueil.core.dates.intervals import in_order, without
from accueil.core.dates.items import Bound, Days, Times
from accueil.core.dates.lexer import tokenize
from accueil.core.dates.model import DateReading, DateStatus, TimeRange, Window
from accueil.core.dates.polarity import judged
from accueil.core.dates.scan import scan
from accueil.core.dates.scope import anytime_said

_REFUSED_AHEAD = 31  # days on which a refused hour is taken out of a long window
_LONGEST_TEXT = 10_000  # what is longer is cut: nobody proposes a day after three pages


def read_dates(text: str, now: datetime, school_zone: str | None = None) -> DateReading:
    """Return the days and times that ``text`` accepts and refuses, seen from ``now``.

    Windows are aware, in the zone of ``now``, sorted, none already over. A weekday is the next one
    strictly after today; hours without a day are for today, or tomorrow when gone. School
    holidays are those of ``school_zone`` (``school_zones``), or days that suit the whole mainland.

    Raises:
        ValueError: ``now`` is naive.

    """
    if now.utcoffset() is None:
        raise ValueError("now must carry a time zone")
    pieces = scan(tokenize(text[:_LONGEST_TEXT]), now, school_zone)
    groups = with_weekdays_placed(placed_inside(choose(judged(clauses(pieces)))), now.date())
    return _Wishes(groups, anytime_said(pieces)).read(text, now)


@dataclass(slots=True)
class _Wishes:
    """Groups sorted into what is wanted and refused, with or without a day."""

    groups: list[Group]
    anytime: bool
    wanted: list[Group] = field(init=False)
    hours: list[Times] = field(init=False)
    refused_hours: list[Times] = field(init=False)

    def __post_init__(self) -> None:
        self.wanted = [g for g in self.groups if g.days is not None and not g.refused]
        alone = [g for g in self.groups if g.days is None]
        self.hours = [times for g in alone if not g.refused for times in g.times]
        self.refused_hours = [times for g in alone if g.refused for times in g.times]

    def read(self, text: str, now: datetime) -> DateReading:
        placed = self._placed(now)
        windows = [window for item in placed for window in item.windows]
        excluded = self._refused(windows, now)
        left = in_order(without(windows, excluded))
        kept = tuple(window for window in left if not is_past(window, now))
        return DateReading(
            text=text,
            status=_status(kept, windows, placed),
            windows=kept,
            excluded=in_order([one for one in excluded if one.end is None or one.end > now]),
            time_only=bool(self.hours or self.refused_hours) and not self._names_a_day(),
            anytime=self.anytime,
            times=_ranges(self.hours, self.wanted),
            refused_times=tuple(times.range for times in self.refused_hours if not times.fault),
        )

    def _names_a_day(self) -> bool:
        return self.anytime or any(group.days is not None for group in self.groups)

    def _placed(self, now: datetime) -> list[Placed]:
        if self.wanted:
            return [place_group(group, now) for group in self.wanted]
        if self.anytime:
            open_days = Group(days=Days(bound=Bound.FROM), times=self.hours)
            if self.hours:
                return [place_group(open_days, now)]
            return [Placed((Window(now, None, False),))]
        return [_hour_alone(times, now) for times in self.hours]

    def _refused(self, windows: list[Window], now: datetime) -> list[Window]:
        refused_days = [g for g in self.groups if g.days is not None and g.refused]
        excluded = [window for g in refused_days for window in place_group(g, now).windows]
        for times in self.refused_hours:
            if times.fault is None:
                excluded += _refused_hour(times.range, windows, now)
        return excluded


def _hour_alone(times: Times, now: datetime) -> Placed:
    if times.fault is not None:
        return Placed(fault=times.fault)
    return Placed((today_or_tomorrow(times.range, now),))


def _refused_hour(hours: TimeRange, windows: list[Window], now: datetime) -> list[Window]:
    """Return refused hours on every day that is wanted, or on the coming day if none is."""
    days = sorted({window.start.date() for window in windows})
    if not days:
        return [today_or_tomorrow(hours, now)]
    covered = {day for window in windows for day in _days_of(window)}
    return [on_day(hours, day, now) for day in sorted(covered)]


def _days_of(window: Window) -> list[date]:
    """Return the days a window touches, at most as many as hours are refused on."""
    first = window.start.date()
    length = 1 if window.end is None else (window.end - window.start).days
    if window.end is None and not window.exact:
        length = _REFUSED_AHEAD
    return [first + timedelta(days=step) for step in range(min(max(length, 1), _REFUSED_AHEAD))]


def _status(kept: tuple[Window, ...], windows: list[Window], placed: list[Placed]) -> DateStatus:
    if kept:
        return DateStatus.OK
    faults = {item.fault for item in placed}
    if DateStatus.INVALID in faults:
        return DateStatus.INVALID
    if DateStatus.PAST in faults:
        return DateStatus.PAST
    return DateStatus.NONE


def _ranges(hours: list[Times], wanted: list[Group]) -> tuple[TimeRange, ...]:
    said = [*hours, *(times for group in wanted for times in group.times)]
    return tuple(dict.fromkeys(times.range for times in said if times.fault is None))
