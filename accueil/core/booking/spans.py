"""Windows and hours of the day: what they hold, cover, and how a dialogue keeps them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accueil.core.dates.model import TimeRange, Window


def contains(window: Window, instant: datetime) -> bool:
    """Tell whether an aware instant lies in a window."""
    if window.exact:
        return instant == window.start
    return window.start <= instant and (window.end is None or instant < window.end)


def time_fits(span: TimeRange, at: time) -> bool:
    """Tell whether a wall-clock time lies in hours of the day."""
    if span.exact:
        return at == span.start
    return span.start <= at and (span.end is None or at < span.end)


def covers(wide: TimeRange, narrow: TimeRange) -> bool:
    """Tell whether all hours of ``narrow`` lie in ``wide``."""
    if wide.exact or narrow.exact:
        return wide == narrow if wide.exact else time_fits(wide, narrow.start)
    ends_after = wide.end is None or (narrow.end is not None and narrow.end <= wide.end)
    return wide.start <= narrow.start and ends_after


def is_refused(window: Window, refused: Sequence[TimeRange]) -> bool:
    """Tell whether hours refused leave nothing of a window of one day."""
    if is_whole_days(window) and not window.exact:
        return False
    end = window.end
    if end is not None and end - window.start > timedelta(days=1):
        return False
    until = end.time() if end is not None and end.time() > window.start.time() else None
    hours = TimeRange(window.start.time(), until, window.exact)
    return any(covers(span, hours) for span in refused)


def together(first: Sequence[TimeRange], second: Sequence[TimeRange]) -> tuple[TimeRange, ...]:
    """Return both, each once."""
    return tuple(dict.fromkeys((*first, *second)))


def span_to_list(span: TimeRange) -> list[Any]:
    """Return a JSON form of hours."""
    return [span.start.isoformat(), span.end.isoformat() if span.end else None, span.exact]


def span_from_list(item: list[Any]) -> TimeRange:
    """Read back ``span_to_list``."""
    start, end, exact = item
    return TimeRange(
        time.fromisoformat(start), time.fromisoformat(end) if end else None, bool(exact)
    )


def is_whole_days(window: Window) -> bool:
    """Tell whether a window starts and ends at midnight."""
    return window.start.time() == time(0) and (window.end is None or window.end.time() == time(0))


def whole_day(window: Window) -> Window:
    """Return the local day of a window, or the window when it is whole days."""
    start = datetime.combine(window.start.date(), time(0), window.start.tzinfo)
    if not window.exact and window.end is not None and is_whole_days(window):
        return Window(start, window.end, exact=False)
    return Window(start, start + timedelta(days=1), exact=False)


def at_times(days: Sequence[Window], times: Sequence[TimeRange]) -> tuple[Window, ...]:
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


def window_to_list(window: Window) -> list[Any]:
    """Keep wall-clock times: a wish said before the site is known means the site's hours."""
    end = window.end.replace(tzinfo=None).isoformat() if window.end else None
    return [window.start.replace(tzinfo=None).isoformat(), end, window.exact]


def window_from_list(item: list[Any], zone: ZoneInfo) -> Window:
    """Read back ``window_to_list`` as local times of ``zone``."""
    start, end, exact = item
    return Window(
        datetime.fromisoformat(start).replace(tzinfo=zone),
        datetime.fromisoformat(end).replace(tzinfo=zone) if end else None,
        bool(exact),
    )
