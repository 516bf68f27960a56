"""Set operations on windows: take refusals out, put in order."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from accueil.core.dates.model import Window

_OPENING, _CLOSING = time(8), time(21)  # what is left of a day outside these is no offer


def without(windows: Iterable[Window], refused: Iterable[Window]) -> list[Window]:
    """Return ``windows`` with every refused stretch taken out, cut where it must be."""
    left = list(windows)
    for refusal in refused:
        left = [part for window in left for part in _minus(window, refusal)]
    return left


def in_order(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows sorted by start, each once."""
    return tuple(sorted(set(windows), key=lambda window: (window.start, not window.exact)))


def _minus(window: Window, refused: Window) -> list[Window]:
    if refused.exact:
        return [] if window == refused else [window]
    if window.exact:
        return [] if _contains(refused, window) else [window]
    if refused.end is not None and refused.end <= window.start:
        return [window]
    if window.end is not None and window.end <= refused.start:
        return [window]
    start, end = _with_nights(refused)
    parts: list[Window] = []
    if window.start < start:
        parts.append(Window(window.start, start, False))
    if end is not None and (window.end is None or end < window.end):
        parts.append(Window(end, window.end, False))
    return parts


def _contains(stretch: Window, instant: Window) -> bool:
    ends_after = stretch.end is None or instant.start < stretch.end
    return stretch.start <= instant.start and ends_after


def _with_nights(refused: Window) -> tuple[datetime, datetime | None]:
    """Widen a refused morning or evening to midnight: the night beside it is no offer."""
    start, end = refused.start, refused.end
    if start.time() <= _OPENING:
        start = datetime.combine(start.date(), time.min, tzinfo=start.tzinfo)
    if end is not None and end.time() >= _CLOSING:
        end = datetime.combine(end.date() + timedelta(days=1), time.min, tzinfo=end.tzinfo)
    return start, end
