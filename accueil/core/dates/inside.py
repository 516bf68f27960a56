"""Place a weekday or a day of the month inside the longer days said beside it.

"en janvier, un lundi", "le mercredi après les vacances", "pendant les vacances sauf le 24".
"""

from dataclasses import replace
from datetime import date, timedelta

from accueil.core.dates.groups import Group
from accueil.core.dates.items import Bound, Days, Mark
from accueil.core.dates.numeric import on_or_after

_OPEN = frozenset({Bound.FROM, Bound.AFTER})
_BESIDE = frozenset({None, Mark.COMMA})
_LONG = 7  # days: a shorter stretch does not hold every weekday


def placed_inside(groups: list[Group]) -> list[Group]:
    """Return groups with such days placed; a stretch that only framed wanted days is left out."""
    result: list[Group] = []
    framing: set[int] = set()
    for place, group in enumerate(groups):
        frame = _frame_beside(groups, place)
        inside = _inside(group, groups[frame].days) if frame is not None else []
        if frame is not None and inside and not group.refused:
            framing.add(id(groups[frame]))
            for one in inside:
                one.times = one.times or list(groups[frame].times)
        result.extend(inside or [group])
    return [group for group in result if id(group) not in framing]


def _frame_beside(groups: list[Group], place: int) -> int | None:
    days = groups[place].days
    if days is None or (days.weekday is None and days.bare_day is None):
        return None
    if days.weekday is not None and (days.pinned or days.until_weekday is not None):
        return None
    shortest = _LONG if days.bare_day is None else 1
    if groups[place].link in _BESIDE or groups[place].refused:
        for other in range(place - 1, -1, -1):
            if _is_long(groups[other], shortest):
                return other
            if not groups[place].refused:
                break
    following = place + 1
    if (
        following < len(groups)
        and groups[following].link is None
        and _is_long(groups[following], shortest)
    ):
        return following
    return None


def _is_long(group: Group, shortest: int) -> bool:
    days = group.days
    if days is None or group.refused or days.fault or days.frame or days.every:
        return False
    if days.first is None or days.last is None:
        return False
    return days.bound in _OPEN or (
        days.bound is Bound.WITHIN and (days.last - days.first).days >= shortest
    )


def _inside(group: Group, frame: Days | None) -> list[Group]:
    days = group.days
    if days is None or frame is None or frame.first is None or frame.last is None:
        return []
    is_open = frame.bound in _OPEN
    start = frame.last + timedelta(days=1) if frame.bound is Bound.AFTER else frame.first
    end = None if is_open else frame.last
    if days.bare_day is not None:
        found = on_or_after(start, days.bare_day)
        return [_on(group, found)] if found and (end is None or found <= end) else []
    first = start + timedelta(days=((days.weekday or 0) - start.weekday()) % 7)
    count = 1 if end is None else (end - first).days // 7 + 1
    return [_on(group, first + timedelta(weeks=week)) for week in range(count)]


def _on(group: Group, day: date) -> Group:
    return replace(group, days=Days(day, day, pinned=True), times=list(group.times))
