"""Tell which groups are wanted, refused or only mentioned, from the words around them."""

from dataclasses import replace

from accueil.core.dates.groups import REFUSALS, VERDICTS, Clause, Group
from accueil.core.dates.items import Bound, Mark, Times
from accueil.core.dates.model import TimeRange


def judged(found: list[Clause]) -> list[Clause]:
    """Mark the groups that are refused, only told, or to be left out; return the same clauses."""
    for clause, following in zip(found, [*found[1:], None], strict=True):
        preferred = following and following.opening is Mark.FIX and not following.elements
        _judge(clause, preferred=bool(preferred))
    return found


def _judge(clause: Clause, *, preferred: bool) -> None:
    """Mark the groups of one clause. ``preferred``: it ends with "plutôt"."""
    _limit(clause)
    elements = clause.elements
    first = next((element for element in elements if element is not Mark.OKAY), None)
    marks_first = isinstance(first, Mark)
    for place, element in enumerate(elements):
        if isinstance(element, Group):
            continue
        before, after = _run(elements, place, -1), _run(elements, place, 1)
        if element in REFUSALS:
            _refuse(element, before, after, marks_first=marks_first)
        elif element in VERDICTS:
            refuse_as(element, [] if preferred and not before else _judged_by(before, after))
        elif element in {Mark.YES, Mark.OKAY}:
            if before and (not after or not marks_first):
                before[-1].refused = False
        elif element is Mark.TOO:
            earlier = [group for group in elements[:place] if isinstance(group, Group)]
            if before and len(earlier) > 1:
                before[-1].refused = earlier[-2].refused
        else:
            _set_aside(element, before, after)
    for group in clause.groups:
        if group.refused:
            _turn_bounds(group)


def _set_aside(mark: Mark, before: list[Group], after: list[Group]) -> None:
    """Note what is on the day said before, only told, or no wish."""
    if mark is Mark.SAME_DAY:
        unplaced = [group for group in (*before[-1:], *after[:1]) if group.days is None]
        for group in unplaced[:1]:
            group.same_day = True
    elif after:
        after[0].context |= mark is Mark.CONTEXT
        after[0].dropped |= mark is Mark.DROP


def _limit(clause: Clause) -> None:
    """Mark the days and hours that are the only ones ("que le mercredi", "lundi seulement")."""
    for place, element in enumerate(clause.elements):
        if element is Mark.ONLY:
            before, after = (_run(clause.elements, place, step) for step in (-1, 1))
            for group in _listed(after) if after else before[-1:]:
                group.only = True
    clause.elements = [element for element in clause.elements if element is not Mark.ONLY]


def refuse_as(mark: Mark, groups: list[Group]) -> None:
    """Refuse ``groups``, with what is earlier or later when ``mark`` says so."""
    for group in groups:
        group.refused = True
        group.too = None if mark is Mark.BAD else mark


def _judged_by(before: list[Group], after: list[Group]) -> list[Group]:
    """Return what a verdict is about: what comes just before, or else after."""
    reaches_after = bool(after) and after[0].link is None
    if reaches_after and (not before or _details(before, after[0])):
        return _listed(after)
    return _last_list(before)


def widened(group: Group) -> Group:
    """Return a refused group with all that is earlier or later, when it is too early or late."""
    if not group.refused or group.too is None:
        return group
    early = group.too is Mark.TOO_EARLY
    if group.times:
        times = [wide for one in group.times for wide in _widened_hours(one, early=early)]
        return replace(group, times=times)
    if group.days is None or group.days.every or group.days.bound is not Bound.WITHIN:
        return group
    return replace(
        group, days=replace(group.days, bound=Bound.UNTIL if early else Bound.FROM, frame=False)
    )


def _widened_hours(times: Times, *, early: bool) -> list[Times]:
    start, end = times.range.start, times.range.end
    if times.fault:
        return [times]
    if not early:
        return [Times(TimeRange(start, None, False), Bound.FROM)]
    earlier = Times(TimeRange(start.min, end or start, False), Bound.UNTIL)
    return [earlier, times] if times.range.exact else [earlier]


def _run(elements: list[Group | Mark], place: int, step: int) -> list[Group]:
    """Return the groups that touch the mark at ``place``, in reading order."""
    run: list[Group] = []
    other = place + step
    while 0 <= other < len(elements):
        element = elements[other]
        if not isinstance(element, Group):
            break
        run.append(element)
        other += step
    return run[::step]


def _refuse(mark: Mark, before: list[Group], after: list[Group], *, marks_first: bool) -> None:
    reaches_after = bool(after) and (after[0].link is None)
    if mark is Mark.EXCEPT:
        refused = after
    elif mark is Mark.NOT_NEXT or (
        reaches_after and (marks_first or not before or _details(before, after[0]))
    ):
        refused = _listed(after)
    else:
        refused = _last_list(before)
    others = [group for group in refused if not group.only]
    if mark is Mark.BUSY and refused and not others:
        others = _listed(after) if reaches_after else []
    for group in others if others or mark is Mark.BUSY else refused:
        group.refused = True


def _details(before: list[Group], following: Group) -> bool:
    """Say whether "X je peux pas Y" refuses only Y: an hour of that day, a day of that week."""
    if following.days is None:
        return all(not group.times for group in before)
    weeks = all(group.days is not None and group.days.frame for group in before)
    return weeks and following.days.weekday is not None


def _listed(run: list[Group]) -> list[Group]:
    """Return the first groups of a run that form one list: joined by "et", "ou", "ni"."""
    last_or = max((place for place, group in enumerate(run) if group.link is Mark.OR), default=0)
    for place, group in enumerate(run[: last_or + 1]):
        if place and group.link is None:
            return run[:place]
    return run[: last_or + 1]


def _last_list(run: list[Group]) -> list[Group]:
    links = [group.link for group in run[1:]]
    if Mark.OR not in links and all(not group.times for group in run):
        return run
    start = len(run) - 1
    while start > 0 and run[start].link is Mark.OR:
        start -= 1
    if start < len(run) - 1:
        while start > 0 and run[start].link is Mark.COMMA:
            start -= 1
    return run[max(start, 0) :]


def _turn_bounds(group: Group) -> None:
    """Make a refused limit a wish: "pas avant 14h" is "à partir de 14h"."""
    if len(group.times) == 1 and group.times[0].bound is not Bound.WITHIN:
        group.times = [_other_side(group.times[0])]
        group.refused = False
    elif group.days is not None and group.days.bound is not Bound.WITHIN:
        group.days = replace(group.days, bound=group.days.bound.refused)
        group.refused = False


def _other_side(times: Times) -> Times:
    if times.bound is Bound.FROM:
        end = times.range.start
        return Times(TimeRange(end.min, end, False), Bound.UNTIL)
    return Times(TimeRange(times.range.end or times.range.start, None, False), Bound.FROM)
