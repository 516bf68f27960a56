"""From a wish in free French to the few slots worth proposing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from accueil.core.booking.slots import Slot
from accueil.core.dates.model import DateReading, TimeRange, Window

PROPOSALS = 3
_NOON = time(13)
_ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """When a young person would like to come: accepted windows, refused ones, hours alone."""

    windows: tuple[Window, ...] = ()
    excluded: tuple[Window, ...] = ()
    times: tuple[TimeRange, ...] = ()

    def refine(self, reading: DateReading) -> "Wish":
        """Return the wish after one more message.

        A new hour is combined with the days said before ("jeudi", then "16h"); new days replace
        the old ones and take the hour said before them ("le matin", then "mardi"); a refusal
        ("pas lundi") narrows what was said.
        """
        excluded = self.excluded + reading.excluded
        if reading.anytime:
            return Wish(tuple(_whole_day(window) for window in self.windows), excluded, ())
        if reading.time_only:
            days = tuple(_whole_day(window) for window in self.windows)
            return Wish(_at_times(days, reading.times), excluded, reading.times)
        if reading.windows:
            only_days = all(not w.exact and _is_whole_days(w) for w in reading.windows)
            if self.times and not self.windows and only_days:
                return Wish(_at_times(reading.windows, self.times), reading.excluded, ())
            return Wish(reading.windows, reading.excluded, ())
        return Wish(self.windows, excluded, self.times)

    def accepts(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a start (aware) suits."""
        if any(_contains(window, instant) for window in self.excluded):
            return False
        if self.windows:
            return any(_contains(window, instant) for window in self.windows)
        local = instant.astimezone(zone).time()
        return not self.times or any(_time_fits(span, local) for span in self.times)

    def is_empty(self) -> bool:
        """Tell whether nothing was said about when."""
        return not (self.windows or self.excluded or self.times)

    def is_one_day(self, zone: ZoneInfo) -> bool:
        """Tell whether all accepted windows lie in one local day."""
        days = {window.start.astimezone(zone).date() for window in self.windows}
        ends = {
            (window.end - timedelta(microseconds=1)).astimezone(zone).date()
            for window in self.windows
            if window.end is not None and not window.exact
        }
        return len(days | ends) == 1

    def first_start(self) -> datetime | None:
        """Return the start of the earliest accepted window, if any was said."""
        return min((window.start for window in self.windows), default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON form, for a dialogue slot."""
        return {
            "windows": [_window_to_list(window) for window in self.windows],
            "excluded": [_window_to_list(window) for window in self.excluded],
            "times": [
                [t.start.isoformat(), t.end.isoformat() if t.end else None, t.exact]
                for t in self.times
            ],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None, zone: ZoneInfo) -> Self:
        """Read back ``to_dict`` as local times of ``zone``; ``None`` is the empty wish."""
        if not data:
            return cls()
        return cls(
            tuple(_window_from_list(item, zone) for item in data["windows"]),
            tuple(_window_from_list(item, zone) for item in data["excluded"]),
            tuple(
                TimeRange(time.fromisoformat(a), time.fromisoformat(b) if b else None, bool(c))
                for a, b, c in data["times"]
            ),
        )


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
    allowed = [s for s in slots if not any(_contains(w, s.start) for w in wish.excluded)]
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


def _contains(window: Window, instant: datetime) -> bool:
    if window.exact:
        return instant == window.start
    return window.start <= instant and (window.end is None or instant < window.end)


def _time_fits(span: TimeRange, at: time) -> bool:
    if span.exact:
        return at == span.start
    return span.start <= at and (span.end is None or at < span.end)


def _is_whole_days(window: Window) -> bool:
    return window.start.time() == time(0) and (window.end is None or window.end.time() == time(0))


def _whole_day(window: Window) -> Window:
    start = datetime.combine(window.start.date(), time(0), window.start.tzinfo)
    if not window.exact and window.end is not None and _is_whole_days(window):
        return Window(start, window.end, exact=False)
    return Window(start, start + timedelta(days=1), exact=False)


def _at_times(days: Sequence[Window], times: Sequence[TimeRange]) -> tuple[Window, ...]:
    """Combine whole-day windows (31 days at most of each) with hours of the day."""
    found: list[Window] = []
    for window in days:
        day, zone = window.start.date(), window.start.tzinfo
        last = window.end.date() if window.end else day + timedelta(days=31)
        while day < last and len(found) < 62:
            for span in times:
                start = datetime.combine(day, span.start, zone)
                end = datetime.combine(day, span.end, zone) if span.end else None
                if end is None and not span.exact:
                    end = datetime.combine(day + timedelta(days=1), time(0), zone)
                found.append(Window(start, end, span.exact))
            day += timedelta(days=1)
    return tuple(found)


def _window_to_list(window: Window) -> list[Any]:
    """Keep wall-clock times: a wish said before the site is known means the site's hours."""
    end = window.end.replace(tzinfo=None).isoformat() if window.end else None
    return [window.start.replace(tzinfo=None).isoformat(), end, window.exact]


def _window_from_list(item: list[Any], zone: ZoneInfo) -> Window:
    start, end, exact = item
    return Window(
        datetime.fromisoformat(start).replace(tzinfo=zone),
        datetime.fromisoformat(end).replace(tzinfo=zone) if end else None,
        bool(exact),
    )
