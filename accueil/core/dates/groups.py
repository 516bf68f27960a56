"""Gather the days and times that go together, clause by clause."""

from dataclasses import dataclass, field, replace

from accueil.core.dates.items import Bound, Days, Mark, Piece, Times
from accueil.core.dates.model import TimeRange

_LINKS = frozenset({Mark.COMMA, Mark.OR, Mark.ELSE})
_OPENERS = frozenset({Mark.BREAK, Mark.TURN, Mark.FIX, Mark.FIX_NO})
REFUSALS = frozenset({Mark.NOT, Mark.BUSY, Mark.NOT_NEXT, Mark.EXCEPT})
VERDICTS = frozenset({Mark.BAD, Mark.TOO_EARLY, Mark.TOO_LATE})
_SCOPED = REFUSALS | VERDICTS | {
    Mark.YES, Mark.OKAY, Mark.CONTEXT, Mark.DROP, Mark.SAME_DAY, Mark.TOO, Mark.ONLY,
}  # fmt: skip


@dataclass(slots=True)
class Group:
    """Days with their hours. ``link``: the word that joins it to the group before, if any.

    ``only``: no other time suits. ``too``: refused as too early or too late.
    """

    days: Days | None = None
    times: list[Times] = field(default_factory=list)
    link: Mark | None = None
    refused: bool = False
    context: bool = False
    dropped: bool = False
    same_day: bool = False
    only: bool = False
    too: Mark | None = None

    def takes(self, times: Times) -> bool:
        """Say whether ``times`` narrows this group rather than starting another."""
        return not self.times or _narrowed(self.times[-1], times) is not None

    def add(self, times: Times) -> None:
        """Add hours, narrowing those already there ("mardi matin, 10h")."""
        narrowed = _narrowed(self.times[-1], times) if self.times else None
        if narrowed is None:
            self.times.append(times)
        else:
            self.times[-1] = narrowed


@dataclass(slots=True)
class Clause:
    """One stretch of the message: groups and marks in order, and the mark that opened it."""

    opening: Mark | None
    elements: list[Group | Mark] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        return [element for element in self.elements if isinstance(element, Group)]


def clauses(pieces: list[Piece]) -> list[Clause]:
    """Cut pieces into clauses, days and hours that go together in one group."""
    found = [Clause(None)]
    link: Mark | None = None
    for piece in pieces:
        value = piece.value
        if isinstance(value, Mark):
            if value in _OPENERS:
                found.append(Clause(value))
                link = None
            elif value in _LINKS:
                link = value if link not in {Mark.OR, Mark.ELSE} else link
                if not found[-1].elements and found[-1].opening is Mark.FIX and link is Mark.OR:
                    found[-1].opening = None  # "mardi plutôt, ou mercredi" corrects nothing
            elif value in _SCOPED:
                found[-1].elements.append(value)
                link = None
            continue
        _place(found[-1], value, link)
        link = None
    return found


def _place(clause: Clause, value: Days | Times, link: Mark | None) -> None:
    last = clause.elements[-1] if clause.elements else None
    open_group = last if isinstance(last, Group) and link is None else None
    if isinstance(value, Times):
        if open_group is not None and open_group.takes(value):
            open_group.add(value)
            return
        clause.elements.append(Group(times=[value], link=link))
    elif open_group is not None and open_group.days is None:
        open_group.days = value
    else:
        clause.elements.append(Group(days=value, link=link))


def _narrowed(old: Times, new: Times) -> Times | None:
    """Return the hours both say together, or None when they are two choices."""
    end = new.range.end if (old.bound, new.bound) == (Bound.FROM, Bound.UNTIL) else None
    if end is not None and old.range.start < end:
        return Times(TimeRange(old.range.start, end, False))
    for wide, narrow in ((old, new), (new, old)):
        end = narrow.range.end if narrow.bound is Bound.UNTIL else None
        if end is not None and wide.range.end is not None and wide.range.start < end:
            return Times(TimeRange(wide.range.start, min(end, wide.range.end), False))
        shifted = _in_part(wide, narrow)
        if shifted is not None:
            return shifted
    return None


def _in_part(wide: Times, narrow: Times) -> Times | None:
    """Return ``narrow`` if it falls inside ``wide``, moved to the evening for "le soir à 7h"."""
    if wide.range.exact or wide.fault or narrow.fault:
        return None
    end = wide.range.end
    start = narrow.range.start
    if narrow.range.exact and start < wide.range.start and start.hour < 12:
        start = start.replace(hour=start.hour + 12)
        narrow = Times(TimeRange(start, None, True))
    if start < wide.range.start or (end is not None and start >= end):
        return None
    if narrow.range.end is None and not narrow.range.exact and end is not None:
        return Times(replace(narrow.range, end=end))
    inside = end is None or narrow.range.end is None or narrow.range.end <= end
    return narrow if inside else None
