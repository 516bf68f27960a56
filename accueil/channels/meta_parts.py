"""Reading Meta's webhooks without trusting their shape: what does not fit is left out."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from accueil.core.platforms import EventKind, Platform, PlatformEvent

_LONGEST_IDENTIFIER = 512
_LONGEST_REFERENCE = 32


def part(value: Any, name: str) -> dict[str, Any]:
    """Return the object that has this name, empty when there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def parts(value: Any, name: str) -> Iterator[dict[str, Any]]:
    """Return the objects of the list that has this name."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))


def identifier(value: Any) -> str:
    """Return a provider's identifier, or a token: printable ASCII of a sensible length."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_IDENTIFIER:
        return ""
    return value if value.isascii() and value.isprintable() else ""


def reference(value: Any) -> str:
    """Return a reference of ours: at most 32 letters and digits."""
    found = identifier(value)
    return found if found.isalnum() and len(found) <= _LONGEST_REFERENCE else ""


def words(value: Any) -> str:
    """Return what somebody wrote; halves of characters, which nothing can store, become "?"."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def instant(value: Any, per_second: int = 1) -> datetime | None:
    """Return an instant in UTC from a count since 1970, as a number or in digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value / per_second, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def point(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """Return a point on Earth, in degrees."""
    degrees = [value for value in (latitude, longitude) if _is_degrees(value)]
    if len(degrees) < 2 or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
        return None
    return float(degrees[0]), float(degrees[1])


def event(
    platform: Platform,
    name: str,
    sender: str,
    at: datetime,
    kind: EventKind,
    *,
    text: str = "",
    button: str = "",
    at_point: tuple[float, float] | None = None,
    callback: str = "",
) -> PlatformEvent:
    """Return an event; ``at_point`` is what ``point`` returns."""
    latitude, longitude = at_point or (None, None)
    return PlatformEvent(
        platform, name, sender, kind, at, text, button, latitude, longitude, callback
    )


def _is_degrees(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 180 and math.isfinite(value)
