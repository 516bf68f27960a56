"""From a wish in free French to the few slots worth proposing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking.slots import Slot
from accueil.core.booking.wish import Wish

__all__ = ["PROPOSALS", "Proposal", "Wish", "propose"]

PROPOSALS = 3
_NOON = time(13)
_ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Slots to propose, best first. ``matched`` is False when none of them suits the wish."""

    slots: tuple[Slot, ...]
    matched: bool
    exact: bool = False


def propose(slots: Sequence[Slot], wish: Wish, zone: ZoneInfo) -> Proposal:
    """Choose up to three slots for a wish.

    An exact hour that is free is proposed alone. When nothing suits, the nearest slots after the
    wish (or around its hour on the same day) come with ``matched`` False: the caller says so.
    """
    suiting = [slot for slot in slots if wish.accepts(slot.start, zone)]
    exact_starts = {window.start for window in wish.windows if window.exact}
    on_the_dot = [slot for slot in suiting if slot.start in exact_starts]
    if on_the_dot:
        return Proposal((on_the_dot[0],), matched=True, exact=True)
    if suiting:
        return Proposal(_spread(suiting, zone), matched=True)
    return Proposal(_nearest(slots, wish, zone), matched=False)


def _nearest(slots: Sequence[Slot], wish: Wish, zone: ZoneInfo) -> tuple[Slot, ...]:
    allowed = [slot for slot in slots if not wish.refuses(slot.start, zone)]
    target = wish.first_start()
    if target is None:
        return _spread(allowed, zone)
    day = target.astimezone(zone).date()
    same_day = [slot for slot in allowed if slot.start.astimezone(zone).date() == day]
    if same_day:
        by_distance = sorted(same_day, key=lambda slot: abs(slot.start - target))
        return tuple(_apart(by_distance, PROPOSALS))
    later = [slot for slot in allowed if slot.start >= target]
    return _spread(later or allowed, zone)


def _spread(slots: Sequence[Slot], zone: ZoneInfo) -> tuple[Slot, ...]:
    """Pick the first slot of three different half-days, or hours of one, on round times first."""
    halves: dict[tuple[object, bool], list[Slot]] = {}
    for slot in slots:
        local = slot.start.astimezone(zone)
        halves.setdefault((local.date(), local.time() < _NOON), []).append(slot)
    firsts = [
        min(half, key=lambda slot: (slot.start.minute % 30, slot.start)) for half in halves.values()
    ]
    if len(firsts) >= PROPOSALS:
        return tuple(sorted(firsts)[:PROPOSALS])
    rest = sorted(slots, key=lambda slot: (slot.start.minute % 30, slot.start))
    return tuple(sorted(_apart([*firsts, *rest], PROPOSALS)))


def _apart(candidates: Sequence[Slot], count: int) -> list[Slot]:
    """Keep the first ``count`` that lie an hour or more apart."""
    kept: list[Slot] = []
    for slot in candidates:
        if len(kept) < count and all(abs(slot.start - other.start) >= _ONE_HOUR for other in kept):
            kept.append(slot)
    return kept
