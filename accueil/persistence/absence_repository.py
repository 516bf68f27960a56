"""When nobody is received, in the database: absences of counsellors, closures of sites."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accueil.core.booking import Interval
from accueil.core.territory import Absence, SiteClosure
from accueil.persistence import tables
from accueil.persistence.intervals import intervals_by_counsellor, within

_absent = tables.absences.c
_g = tables.group_sessions.c


class AbsenceRepository:
    """Implements ``services.ports.Absences``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_counsellor(self, counsellor_id: str) -> Sequence[Absence]:
        """Return a counsellor's absences, past ones too."""
        query = select(Absence).where(_absent.counsellor_id == counsellor_id)
        return self._session.scalars(query.order_by(_absent.starts_at)).all()

    def get(self, absence_id: str) -> Absence | None:
        """Return one absence."""
        return self._session.get(Absence, absence_id)

    def add(self, record: Absence | SiteClosure) -> None:
        """Insert an absence or a closure."""
        self._session.add(record)
        self._session.flush()

    def delete(self, record: Absence | SiteClosure) -> None:
        """Delete an absence or a closure."""
        self._session.delete(record)
        self._session.flush()

    def closures_of(self, site_id: str) -> Sequence[SiteClosure]:
        """Return the closures of a site, past ones too."""
        c = tables.site_closures.c
        query = select(SiteClosure).where(c.site_id == site_id).order_by(c.first_day)
        return self._session.scalars(query).all()

    def closure(self, closure_id: str) -> SiteClosure | None:
        """Return one closure."""
        return self._session.get(SiteClosure, closure_id)

    def closures(self) -> Sequence[SiteClosure]:
        """Return the closures of every site, past ones too, soonest first."""
        c = tables.site_closures.c
        return self._session.scalars(select(SiteClosure).order_by(c.first_day, c.id)).all()

    def away(self, site_id: str, start: datetime, end: datetime) -> dict[str, list[Interval]]:
        """Return when each counsellor of a site is absent, or animates a group session."""
        receiving = select(tables.openings.c.counsellor_id).where(
            tables.openings.c.site_id == site_id
        )
        absent = select(_absent.counsellor_id, _absent.starts_at, _absent.ends_at).where(
            _absent.counsellor_id.in_(receiving), within(_absent, start, end)
        )
        animating = select(_g.counsellor_id, _g.starts_at, _g.ends_at).where(
            _g.counsellor_id.in_(receiving), within(_g, start, end)
        )
        return intervals_by_counsellor(self._session, absent.union_all(animating).subquery())
