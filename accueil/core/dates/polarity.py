"""Tell which groups are wanted, refused or only mentioned, from the words around them."""

from dataclasses import replace

from accueil.core.dates.groups import REFUSALS, Clause, Group
from accueil.core.dates.items import Bound, Mark, Times
from accueil.core.dates.model import TimeRange


def judged(found: list[Clause]) -> list[Clause]:
    """Mark the groups that are refused, only told, or to be left out; return the same clauses."""
    for clause in found:
        _judge(clause)
    return found


def _judge(clause: Clause) -> None:
    elements = clause.elements
    first = next((element for element in elements if element is not Mark.OKAY), None)
    marks_first = isinstance(first, Mark)
    for place, element in enumerate(elements):
        if isinstance(element, Group):
            continue
        before, after = _run(elements, place, -1), _run(elements, place, 1)
        if element in REFUSALS:
            _refuse(element, before, after, marks_first=marks_first)
        elif element in {Mark.YES, Mark.OKAY}:
            if before and (not after or not marks_first):
                before[-1].refused = False
        elif element is Mark.TOO:
            earlier = [group for group in elements[:place] if isinstance(group, Group)]
            if before and len(earlier) > 1:
                before[-1].refused = earlier[-2].refused
        elif element is Mark.SAME_DAY:
            unplaced = [group for group in (*before[-1:], *after[:1]) if group.days is None]
            for group in unplaced[:1]:
                group.same_day = True
        elif after:
            after[0].context |= element is Mark.CONTEXT
            after[0].dropped |= element is Mark.DROP
    for group in clause.groups:
        if group.refused:
            _turn_bounds(group)


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
    for group in refused:
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
