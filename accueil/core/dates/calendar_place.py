"""Place wishes on the calendar: weekdays in their week, days and hours as windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from accueil.core.dates.groups import Group
from accueil.core.dates.items import Bound, Days, Mark, Times
from accueil.core.dates.model import DateStatus, TimeRange, Window

_FARTHEST = timedelta(days=548)  # eighteen months
_OPEN_SPAN = timedelta(days=14)  # how far "à partir de jeudi, le matin" is written out
_LONGEST_SPAN = 62  # days written out one by one when hours are given
_LAST_RECEPTION = time(18)


@dataclass(frozen=True, slots=True)
class Placed:
    """The windows of one wish, or why there are none."""

    windows: tuple[Window, ...] = ()
    fault: DateStatus | None = None


def with_weekdays_placed(groups: list[Group], today: date) -> list[Group]:
    """Give each weekday its date: in the week said beside it, else the next one after today.

    A week that only frames wanted weekdays is no wish of its own and is left out.
    """
    refused_weeks = [g.days for g in groups if g.days and g.days.frame and g.refused]
    used: set[int] = set()
    said_weekly: list[Group] = []
    for place, group in enumerate(groups):
        if group.days is None or group.days.weekday is None:
            continue
        frame = None if group.days.pinned else _frame_of(groups, place)
        week = groups[frame].days if frame is not None else None
        if frame is not None and not group.refused:
            used.add(frame)
            if groups[frame].times and not group.times:
                group.times = list(groups[frame].times)
        group.days = _weekday_placed(group.days, today, week, refused_weeks)
        if group.refused:
            said_weekly.append(group)
    kept = [group for place, group in enumerate(groups) if place not in used]
    return kept + [group for one in said_weekly for group in _each_week(one, kept)]


def _each_week(refused: Group, groups: list[Group]) -> list[Group]:
    """Repeat a refused weekday over days that come back: "tous les matins sauf le mercredi"."""
    lasts = [g.days.last for g in groups if g.days and g.days.every and not g.refused]
    end = max((last for last in lasts if last is not None), default=None)
    days = refused.days
    if end is None or days is None or days.first is None or days.last is None:
        return []
    ahead = (timedelta(weeks=week) for week in range(1, (end - days.first).days // 7 + 1))
    return [
        replace(refused, days=replace(days, first=days.first + gap, last=days.last + gap))
        for gap in ahead
    ]


def _frame_of(groups: list[Group], place: int) -> int | None:
    for other in range(place - 1, -1, -1):
        days = groups[other].days
        if days and days.frame and not days.fault and not groups[other].refused:
            return None if _is_choice_beside_week(groups, other, place) else other
    for other in range(place + 1, len(groups)):
        days = groups[other].days
        if days is None or (days.weekday is None and not days.frame):
            return None
        if days.frame:
            linked = groups[other].link is not None or groups[other].refused
            return None if linked else other
    return None


def _is_choice_beside_week(groups: list[Group], week: int, place: int) -> bool:
    """Tell "cette semaine ou lundi" (two choices) from "la semaine pro, lundi"."""
    return place == week + 1 and groups[place].link is Mark.OR


def _weekday_placed(days: Days, today: date, week: Days | None, refused: list[Days]) -> Days:
    weekday = days.weekday or 0
    if week is not None and week.fault is not None:
        return Days(fault=week.fault)
    if week is not None and week.first is not None:
        monday = week.first - timedelta(days=week.first.weekday())
        first = monday + timedelta(days=weekday)
    else:
        first = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        first += timedelta(weeks=days.weeks_later)
        if any(_holds(other, first) for other in refused):
            first += timedelta(weeks=1)
    if first < today:
        return Days(fault=DateStatus.PAST)
    last = first
    if days.until_weekday is not None:
        last = first + timedelta(days=(days.until_weekday - weekday) % 7)
    if days.first is not None:
        first, last = days.first, first
        return Days(first, max(first, last))
    return replace(days, first=first, last=last, weekday=None, until_weekday=None)


def _holds(days: Days, day: date) -> bool:
    return days.first is not None and days.last is not None and days.first <= day <= days.last


def place_group(group: Group, now: datetime) -> Placed:
    """Return the windows of one group that names days, refused hours not yet taken out."""
    days = group.days
    if days is None:
        return Placed()
    fault = days.fault or next((times.fault for times in group.times if times.fault), None)
    if fault is None and days.first is not None:
        fault = _too_far(days.first, now.date())
    if fault is not None:
        return Placed(fault=fault)
    span = span_of(days, now)
    if span is None:
        return Placed(fault=DateStatus.PAST)
    windows = list(_at_hours(span, group.times, now)) if group.times else [span]
    ahead = tuple(window for window in windows if not is_past(window, now))
    return Placed(ahead) if ahead else Placed(fault=DateStatus.PAST)


def _too_far(day: date, today: date) -> DateStatus | None:
    return DateStatus.INVALID if day - today > _FARTHEST else None


def span_of(days: Days, now: datetime) -> Window | None:
    """Return the whole stretch that days cover, cut at the start of today; None when over."""
    today = now.date()
    first, last = days.first or today, days.last or today
    if days.bound is Bound.WITHIN:
        start, end = moment(max(first, today), time.min, now), _midnight_after(last, now)
    elif days.bound in {Bound.FROM, Bound.AFTER}:
        after = days.bound is Bound.AFTER and days.at is None
        start = _midnight_after(last, now) if after else moment(first, days.at or time.min, now)
        end = None
    else:
        start = moment(today, time.min, now)
        whole = days.bound is Bound.UNTIL and days.at is None
        end = _midnight_after(last, now) if whole else moment(first, days.at or time.min, now)
    return None if end is not None and end <= start else Window(start, end, False)


def _at_hours(span: Window, hours: Iterable[Times], now: datetime) -> Iterator[Window]:
    last = span.end or span.start + _OPEN_SPAN
    day, count = span.start.date(), 0
    hours = tuple(hours)
    while moment(day, time.min, now) < last and count < _LONGEST_SPAN:
        for times in hours:
            window = on_day(times.range, day, now)
            if window.start >= span.start:
                yield window
        day, count = day + timedelta(days=1), count + 1


def on_day(hours: TimeRange, day: date, now: datetime) -> Window:
    """Return ``hours`` of ``day``; open hours run until midnight."""
    start = moment(day, hours.start, now)
    if hours.exact:
        return Window(start, None, True)
    end = moment(day, hours.end, now) if hours.end else _midnight_after(day, now)
    return Window(start, end, False)


def today_or_tomorrow(hours: TimeRange, now: datetime) -> Window:
    """Return ``hours`` today, or tomorrow when they are gone."""
    today = now.date()
    gone_at = hours.end or (hours.start if hours.exact else max(hours.start, _LAST_RECEPTION))
    gone = moment(today, gone_at, now) <= now
    return on_day(hours, today + timedelta(days=1) if gone else today, now)


def is_past(window: Window, now: datetime) -> bool:
    """Say whether a window is over, or an exact instant gone."""
    if window.exact:
        return window.start <= now
    return window.end is not None and window.end <= now


def moment(day: date, hour: time, now: datetime) -> datetime:
    """Return that wall-clock time in the zone of ``now``."""
    return datetime.combine(day, hour, tzinfo=now.tzinfo)


def _midnight_after(day: date, now: datetime) -> datetime:
    return moment(day + timedelta(days=1), time.min, now)
