"""From clauses to wishes: apply corrections, share hours between days, drop what is only told."""

from accueil.core.dates.groups import VERDICTS, Clause, Group
from accueil.core.dates.items import Bound, Days, Mark
from accueil.core.dates.polarity import refuse_as, widened

_LISTS = frozenset({Mark.COMMA, Mark.OR})
_CHOICES = frozenset({Mark.OR, Mark.ELSE})
_AGREES = frozenset({Mark.YES, Mark.OKAY})
_CORRECTIONS = frozenset({Mark.FIX, Mark.FIX_NO})


def choose(found: list[Clause]) -> list[Group]:
    """Return the groups that say what the person wants and refuses, hours given to their days."""
    kept: list[Group] = []
    for clause in found:
        groups = [group for group in clause.groups if not group.dropped]
        _merge_hours(groups)
        _share_hours(groups)
        if clause.opening is Mark.TURN:
            _narrow(kept, groups)
        if clause.opening in _CORRECTIONS:
            _correct(kept, groups, refuse=clause.opening is Mark.FIX_NO)
        if not groups:
            _answer(kept, clause)
        kept.extend(groups)
    _place_same_day(kept)
    kept = _without_context(kept)
    return [widened(group) for group in _hours_given_to_days(kept)]


def _merge_hours(groups: list[Group]) -> None:
    """Give a day the hours it is followed by: "mardi ou jeudi 14h ou 15h"."""
    for place in range(len(groups) - 1, 0, -1):
        group, before = groups[place], groups[place - 1]
        alone = group.days is None and group.link is Mark.OR and not group.refused
        exact = all(times.range.exact for times in (*before.times, *group.times))
        if alone and exact and before.days is not None and before.times and not before.refused:
            before.times = [*before.times, *group.times]
            groups.remove(group)


def _narrow(kept: list[Group], groups: list[Group]) -> None:
    """Limit the hours said before: "le matin, mais pas avant 10h"."""
    if not kept or not groups or kept[-1].days is not None or groups[0].days is not None:
        return
    if kept[-1].refused or groups[0].refused or len(groups[0].times) != 1:
        return
    limit = groups[0].times[0]
    if kept[-1].times and limit.bound is not Bound.WITHIN and kept[-1].takes(limit):
        kept[-1].add(limit)
        del groups[0]


def _share_hours(groups: list[Group]) -> None:
    """Give the hours of the last day of a list to the days before: "mardi ou mercredi matin"."""
    for place in range(len(groups) - 1, 0, -1):
        group, before = groups[place], groups[place - 1]
        if group.link not in _LISTS or group.days is None or before.days is None:
            continue
        told_apart = before.days.frame or before.context or group.refused != before.refused
        if group.times and not before.times and not told_apart:
            before.times = list(group.times)


def _correct(kept: list[Group], groups: list[Group], *, refuse: bool) -> None:
    """Replace earlier wishes by the first wish of ``groups``: days by days, hours by hours."""
    new = next((group for group in groups if not group.refused), None)
    old = [group for group in kept if not group.refused and not group.context]
    if new is None or not old:
        return
    if new.days is None:
        dated = [group for group in old if group.days is not None] or old
        for group in dated:
            group.times = list(new.times)
        groups.remove(new)
        return
    if new.days.weekday is not None:
        old = [group for group in old if not _frames_weekday(group)]
    last_times = next((group.times for group in reversed(old) if group.times), [])
    if not new.times:
        new.times = list(last_times)
    for group in old:
        if refuse and group.days is not None:
            group.refused = True
            group.times = [] if group.times == new.times else group.times
        else:
            kept.remove(group)


def _frames_weekday(group: Group) -> bool:
    """Say whether a weekday falls in these days: "début janvier, plutôt un mardi"."""
    days = group.days
    if days is None or days.first is None or days.last is None:
        return False
    return days.frame or (days.last - days.first).days >= 7


def _answer(kept: list[Group], clause: Clause) -> None:
    """Refuse what was just said when a clause only refuses: "lundi, non", "mardi ? impossible"."""
    says_no = Mark.NOT in clause.elements and clause.opening in {Mark.TURN, *_CORRECTIONS}
    bare_no = clause.opening is Mark.FIX_NO and not clause.elements
    if kept and (says_no or bare_no):
        kept[-1].refused = True
    judges = clause.opening in {Mark.TURN, *_CORRECTIONS}
    for mark in clause.elements if kept and judges else ():
        if not isinstance(mark, Mark):
            continue
        if mark in VERDICTS:
            refuse_as(mark, kept[-1:])
        elif mark in _AGREES and kept[-1].too is not None:
            kept[-1].refused = False


def _place_same_day(kept: list[Group]) -> None:
    """Give "le même jour" the day said before it, even one that was only told."""
    named: Days | None = None
    for group in kept:
        if group.same_day and group.days is None and named is not None:
            group.days = named
        named = group.days or named


def _without_context(kept: list[Group]) -> list[Group]:
    wanted = [group for group in kept if not group.context]
    return wanted if any(not group.refused for group in wanted) else kept


def _hours_given_to_days(kept: list[Group]) -> list[Group]:
    """Attach hours said alone to the days they are about."""
    dated = [group for group in kept if group.days is not None and not group.refused]
    if not dated:
        return kept
    result: list[Group] = []
    previous: Group | None = None
    for place, group in enumerate(kept):
        following = kept[place + 1] if place + 1 < len(kept) else None
        if group.days is not None or group.refused:
            result.append(group)
            previous = group if not group.refused else previous
        elif group.link in _CHOICES and previous is not None and previous.times:
            for times in group.times:
                previous.add(times)
        elif following is not None and following.link in _CHOICES and following.times:
            following.times = [*group.times, *following.times]
        else:
            _spread(group, dated)
    return result


def _spread(hours: Group, dated: list[Group]) -> None:
    without = [group for group in dated if not group.times]
    for group in without:
        group.times = list(hours.times)
    if not without:
        for times in hours.times:
            if times.bound is Bound.WITHIN or dated[-1].takes(times):
                dated[-1].add(times)
