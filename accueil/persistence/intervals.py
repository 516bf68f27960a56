"""Spans of time in the database: which meet, and whose they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_
from sqlalchemy.orm import Session

from accueil.core.booking import Interval


def within(columns: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Return the condition that ``[starts_at, ends_at)`` meets ``[start, end)``."""
    return and_(columns.starts_at < end, columns.ends_at > start)


def intervals_by_counsellor(
    session: Session, query: Select[Any] | CompoundSelect[Any]
) -> dict[str, list[Interval]]:
    """Run a query for (counsellor, start, end) and gather the spans of each counsellor."""
    found: dict[str, list[Interval]] = {}
    for counsellor_id, starts_at, ends_at in session.execute(query):
        found.setdefault(counsellor_id, []).append(Interval(starts_at, ends_at))
    return found
