"""Spans of time in the database: which meet, and whose they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import Session

from accueil.core.booking import Interval

_BETWEEN = "\n"
"""What no identifier holds."""


def within(columns: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Return the condition that ``[starts_at, ends_at)`` meets ``[start, end)``."""
    return and_(columns.starts_at < end, columns.ends_at > start)


def intervals_by_counsellor(session: Session, spans: Subquery) -> dict[str, list[Interval]]:
    """Gather the spans of each counsellor from (counsellor_id, starts_at, ends_at).

    A row comes back per span, with all who share it: counsellors begin at the same hours, and
    thousands of rows cost more on the way than in the database.
    """
    who = func.aggregate_strings(spans.c.counsellor_id, _BETWEEN)
    query = select(who, spans.c.starts_at, spans.c.ends_at).group_by(
        spans.c.starts_at, spans.c.ends_at
    )
    found: dict[str, list[Interval]] = {}
    for together, starts_at, ends_at in session.execute(query):
        span = Interval(starts_at, ends_at)
        for counsellor_id in together.split(_BETWEEN):
            found.setdefault(counsellor_id, []).append(span)
    return found
