"""Spans of time in the database: which meet, and whose they are."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    type_coerce,
)
from sqlalchemy.orm import Session

from accueil.core.booking import Interval


def within(columns: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Return the condition that ``[starts_at, ends_at)`` meets ``[start, end)``."""
    return and_(columns.starts_at < end, columns.ends_at > start)


def intervals_by_counsellor(
    session: Session, query: Select[Any] | CompoundSelect[Any]
) -> dict[str, list[Interval]]:
    """Run a query for (counsellor, start, end) and gather the spans of each counsellor.

    Instants may be ``unread``: among thousands of rows, many counsellors share a span.
    """
    found: dict[str, list[Interval]] = {}
    known: dict[tuple[object, object], Interval] = {}
    for counsellor_id, starts_at, ends_at in session.execute(query).all():
        span = known.get((starts_at, ends_at))
        if span is None:
            span = known[starts_at, ends_at] = Interval(_instant(starts_at), _instant(ends_at))
        found.setdefault(counsellor_id, []).append(span)
    return found


def unread(column: Column[datetime]) -> ColumnElement[Any]:
    """Select an instant as the driver gives it: ISO 8601 text in UTC from SQLite."""
    return type_coerce(column, String)


def _instant(value: datetime | str) -> datetime:
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
