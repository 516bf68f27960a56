"""When a young person would like to come, message after message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from accueil.core.booking.spans import (
    at_times,
    contains,
    covers,
    is_refused,
    is_whole_days,
    span_from_list,
    span_to_list,
    time_fits,
    together,
    whole_day,
    window_from_list,
    window_to_list,
)
from accueil.core.dates.model import DateReading, TimeRange, Window


@dataclass(frozen=True, slots=True)
class Wish:
    """When a young person would like to come: accepted windows, refused ones, hours alone.

    ``refused_times`` are refused on every day ("je bosse le matin").
    """

    windows: tuple[Window, ...] = ()
    excluded: tuple[Window, ...] = ()
    times: tuple[TimeRange, ...] = ()
    refused_times: tuple[TimeRange, ...] = ()

    def refine(self, reading: DateReading) -> "Wish":
        """Return the wish after one more message.

        A new hour is combined with the days said before ("jeudi", then "16h"); new days replace
        the old ones and take the hour said before them ("le matin", then "mardi"); a refusal
        ("pas lundi") narrows what was said. An hour refused without a day is refused on every
        day, until it is asked for.
        """
        refused = tuple(
            span
            for span in self.refused_times
            if not any(covers(span, said) for said in reading.times)
        )
        if reading.time_only:
            return self._at_hours(reading, refused)
        excluded = self.excluded + reading.excluded
        if reading.anytime:
            days = tuple(whole_day(window) for window in self.windows)
            return Wish(days, excluded, (), together(refused, reading.refused_times))
        if reading.windows:
            only_days = all(not w.exact and is_whole_days(w) for w in reading.windows)
            if self.times and not self.windows and only_days:
                windows = at_times(reading.windows, self.times)
                return Wish(windows, reading.excluded, (), refused)
            return Wish(reading.windows, reading.excluded, (), refused)
        refused = together(refused, reading.refused_times)
        return Wish(self.windows, excluded, self.times, refused)

    def _at_hours(self, reading: DateReading, refused: tuple[TimeRange, ...]) -> "Wish":
        """Return the wish after hours without a day; the days said before stay.

        ``refused``: the hours refused before that still are. What the reading excludes is today's
        or tomorrow's share of its refused hours, and says no more than they do.
        """
        refused = together(refused, reading.refused_times)
        days = tuple(whole_day(window) for window in self.windows)
        if reading.times:
            return Wish(at_times(days, reading.times), self.excluded, reading.times, refused)
        windows = tuple(
            whole_day(window) if is_refused(window, refused) else window for window in self.windows
        )
        times = tuple(said for said in self.times if not any(covers(s, said) for s in refused))
        return Wish(tuple(dict.fromkeys(windows)), self.excluded, times, refused)

    def accepts(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a start (aware) suits."""
        if self.refuses(instant, zone):
            return False
        if self.windows:
            return any(contains(window, instant) for window in self.windows)
        local = instant.astimezone(zone).time()
        return not self.times or any(time_fits(span, local) for span in self.times)

    def refuses(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a start (aware) was refused, by its day or by its hour."""
        if any(contains(window, instant) for window in self.excluded):
            return True
        local = instant.astimezone(zone).time()
        return any(time_fits(span, local) for span in self.refused_times)

    def is_empty(self) -> bool:
        """Tell whether nothing was said about when."""
        return not (self.windows or self.excluded or self.times or self.refused_times)

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
            "windows": [window_to_list(window) for window in self.windows],
            "excluded": [window_to_list(window) for window in self.excluded],
            "times": [span_to_list(span) for span in self.times],
            "refused_times": [span_to_list(span) for span in self.refused_times],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None, zone: ZoneInfo) -> Self:
        """Read back ``to_dict`` as local times of ``zone``; ``None`` is the empty wish.

        A wish kept before hours could be refused on every day has no ``refused_times``.
        """
        if not data:
            return cls()
        return cls(
            tuple(window_from_list(item, zone) for item in data["windows"]),
            tuple(window_from_list(item, zone) for item in data["excluded"]),
            tuple(span_from_list(item) for item in data["times"]),
            tuple(span_from_list(item) for item in data.get("refused_times", ())),
        )
