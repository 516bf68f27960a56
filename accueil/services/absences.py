"""When a counsellor is away: noted by an operator, with what becomes of who is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession, Interval
from accueil.core.clock import Clock
from accueil.core.territory import Absence, Counsellor, Site
from accueil.services.expected import Expected, expected_appointment, expected_session
from accueil.services.holds import HoldMaker
from accueil.services.ports import Store, UnitOfWork
from accueil.services.reassign import Handover, take_back_hold
from accueil.services.staff_directory import (
    counsellor_named,
    lock_where_they_receive,
    lock_with_colleagues,
    site_named,
)
from accueil.services.staff_entry import WrongEntry, quoted, read_date, read_time

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Away:
    """What an operator types: local days, both included, and hours of each when not whole days."""

    first_day: str
    last_day: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """An absence noted. ``given`` went to colleagues, ``left`` stay until somebody moves them."""

    counsellor: Counsellor
    changed: bool
    given: tuple[Expected, ...]
    left: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class LocalAbsence:
    """An absence in the local time of the counsellor's site."""

    identifier: str
    start: datetime
    end: datetime


class AbsenceService:
    """Adds, lists and deletes absences; why somebody is away is not kept."""

    def __init__(self, store: Store, clock: Clock, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds

    def add(self, email: str, away: Away, *, reassign: bool = False) -> Noted:
        """Note an absence: no slot is offered then. Doing it again changes nothing.

        Who is expected stays expected, unless ``reassign`` and a colleague is free at that very
        time. Raises ``WrongEntry``.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            counsellor = counsellor_named(uow.territory, email)
            site = site_named(uow.territory, counsellor.site_id)
            spans = _spans(away, site, now)
            if reassign:
                lock_with_colleagues(uow, counsellor, now)
            else:
                lock_where_they_receive(uow, [counsellor])
            changed = _write(uow, counsellor, spans)
            handover = Handover(uow, counsellor.id, now)
            met, sessions = _met(uow, counsellor, spans, now)
            if reassign:
                handover.give(met, sessions)
                met, sessions = handover.left, handover.left_sessions
            left = self._left(uow, met, sessions)
            uow.commit()
        return Noted(counsellor, changed, tuple(handover.given), left)

    def _left(
        self, uow: UnitOfWork, met: Sequence[Appointment], sessions: Sequence[GroupSession]
    ) -> tuple[Expected, ...]:
        """Return who stays expected; times only held are let go, they are offered no more."""
        found = [expected_session(uow, one) for one in sessions]
        for one in met:
            if one.group_session_id is not None:
                continue
            if one.status is AppointmentStatus.HELD:
                take_back_hold(uow, one, self._holds)
            else:
                found.append(expected_appointment(uow, one))
        return tuple(sorted(found, key=lambda one: one.start))

    def listed(self, email: str) -> list[LocalAbsence]:
        """Return the absences that are not over. Raises ``WrongEntry``."""
        now = self._clock.now()
        with self._store.read() as uow:
            counsellor = counsellor_named(uow.territory, email)
            zone = site_named(uow.territory, counsellor.site_id).zone()
            return [
                LocalAbsence(one.id, one.starts_at.astimezone(zone), one.ends_at.astimezone(zone))
                for one in uow.absences.of_counsellor(counsellor.id)
                if one.ends_at > now
            ]

    def delete(self, absence_id: str) -> None:
        """Delete an absence: slots are offered again. Raises ``WrongEntry``."""
        with self._store.write() as uow:
            absence = uow.absences.get(absence_id)
            if absence is None:
                raise WrongEntry(f"Aucune absence n’a l’identifiant {quoted(absence_id)}.")
            uow.absences.delete(absence)
            uow.commit()


def read_days(first: str, last: str) -> tuple[date, date]:
    """Return two local days in order, the same when one is given. Raises ``WrongEntry``."""
    begins = read_date(first)
    ends = read_date(last) if last else begins
    if ends < begins:
        raise WrongEntry("Les dates vont à reculons.")
    if ends - begins > LONGEST:
        raise WrongEntry("Ces dates couvrent plus d’un an.")
    return begins, ends


def _spans(away: Away, site: Site, now: datetime) -> list[Interval]:
    """Return the spans: one for whole days, one a day with hours. Raises ``WrongEntry``."""
    first, last = read_days(away.first_day, away.last_day)
    if bool(away.start) != bool(away.end):
        raise WrongEntry("Donnez --de et --a ensemble, ou aucun des deux.")
    if away.start:
        start, end = read_time(away.start), read_time(away.end)
        if start >= end:
            raise WrongEntry("L’heure de fin vient avant l’heure de début.")
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        spans = [_span(site, (day, start), (day, end)) for day in days]
    else:
        spans = [_span(site, (first, time()), (last + timedelta(days=1), time()))]
    if spans[-1].end <= now:
        raise WrongEntry("Ces dates sont passées.")
    return spans


def _span(site: Site, start: tuple[date, time], end: tuple[date, time]) -> Interval:
    zone = site.zone()
    return Interval(
        datetime.combine(*start, zone).astimezone(UTC), datetime.combine(*end, zone).astimezone(UTC)
    )


def _write(uow: UnitOfWork, counsellor: Counsellor, spans: Sequence[Interval]) -> bool:
    known = {
        Interval(one.starts_at, one.ends_at) for one in uow.absences.of_counsellor(counsellor.id)
    }
    new = [span for span in spans if span not in known]
    for span in new:
        uow.absences.add(Absence(uuid4().hex[:12], counsellor.id, span.start, span.end))
    return bool(new)


def _met(
    uow: UnitOfWork, counsellor: Counsellor, spans: Sequence[Interval], now: datetime
) -> tuple[list[Appointment], list[GroupSession]]:
    """Return what is to come within the spans: appointments and holds, then sessions."""

    def is_within(interval: Interval) -> bool:
        return any(span.overlaps(interval) for span in spans)

    expected = uow.appointments.to_come_with(counsellor.id, now)
    sessions = uow.groups.of_counsellor(counsellor.id, now)
    return (
        [one for one in expected if is_within(one.interval())],
        [one for one in sessions if one.starts_at > now and is_within(one.interval())],
    )
