"""A site's time zone is corrected: the hours that people were told stay, the instants change."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession, SlotTaken
from accueil.core.french import NBSP
from accueil.core.outbox import MessageKind
from accueil.core.territory import Absence, Site
from accueil.services.announcements import reminders, to_counsellor, to_young_person
from accueil.services.ports import UnitOfWork
from accueil.services.staff_directory import lock_where_they_receive, team_of

_FAR = timedelta(days=36525)
"""Where an appointment waits while the others move: out of everybody's way."""
_EVER = timedelta(days=3653)


class ZoneClash(Exception):
    """People would be expected twice at the same time; ``str`` is one French sentence."""

    def __init__(self, site: Site, count: int) -> None:
        many = (
            "rendez-vous ou séances se chevaucheraient"
            if count > 1
            else ("rendez-vous ou séance en chevaucherait un autre")
        )
        super().__init__(
            f"{site.name} ne peut pas changer de fuseau horaire{NBSP}: {count} {many}, "
            "à déplacer d’abord."
        )


def lock_to_move(uow: UnitOfWork, sites: Iterable[Site], now: datetime) -> None:
    """Queue up behind whoever books at these sites, or with those who are expected there."""
    names = {site.id: site for site in sites}
    people = {one for site in names.values() for one in _expected_people(uow, site, now)}
    found = [uow.territory.counsellor(one) for one in sorted(people)]
    lock_where_they_receive(uow, [one for one in found if one is not None], *names)


def keep_told_hours(uow: UnitOfWork, site: Site, time_zone: str, now: datetime) -> int:
    """Give what is to come at a site the same local hours in another zone (an IANA name).

    After ``lock_to_move``. Both calendars are told; absences follow. Returns how many appointments
    changed. Raises ``ZoneClash``: then the transaction must be left without ``commit``.
    """
    before = site.zone()
    appointments = _to_come(uow, site, now)
    sessions = uow.groups.of_site(site.id, now)
    for session in sessions:
        _shift(session, before, ZoneInfo(time_zone))
    for counsellor in uow.territory.counsellors():
        if counsellor.site_id == site.id:
            for absence in uow.absences.of_counsellor(counsellor.id):
                if absence.ends_at > now:
                    _shift(absence, before, ZoneInfo(time_zone))
    clashes = _move(uow, appointments, time_zone, now)
    people = {one.counsellor_id for one in appointments}
    people |= {one.counsellor_id for one in sessions if one.counsellor_id}
    clashes += sum(_sessions_that_clash(uow, one, now) for one in people)
    if clashes:
        raise ZoneClash(site, clashes)
    for one in appointments:
        if one.status is AppointmentStatus.CONFIRMED:
            # The hour they were told stays: their calendar is renewed, nothing has moved for them.
            uow.outbox.add(to_young_person(one, MessageKind.CONFIRMED, now))
            uow.outbox.add(reminders(one, now))
            if one.group_session_id is None:
                uow.outbox.add(to_counsellor(one, MessageKind.MOVED, now))
    return len(appointments)


def _to_come(uow: UnitOfWork, site: Site, now: datetime) -> list[Appointment]:
    """Return the appointments to come at a site, those being booked included."""
    found: dict[str, Appointment] = {}
    for counsellor_id in sorted(_expected_people(uow, site, now)):
        with_them = uow.appointments.to_come_with(counsellor_id, now)
        found |= {one.id: one for one in with_them if one.site_id == site.id}
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id))


def _expected_people(uow: UnitOfWork, site: Site, now: datetime) -> set[str]:
    """Return who receives at a site, or is expected there though they receive no more."""
    expected = uow.appointments.of_site(site.id, now, now + _EVER)
    team = {one.id for one in team_of(uow.territory, site.id)}
    return team | {one.counsellor_id for one in expected if one.is_future(now)}


def _move(
    uow: UnitOfWork, appointments: Sequence[Appointment], time_zone: str, now: datetime
) -> int:
    """Move them all; return how many have no room. These stay far away: nothing is committed."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for one in appointments:
        one.keep_local_time(time_zone)
        found[one.id] = one.starts_at, one.ends_at
        one.starts_at, one.ends_at = one.starts_at + _FAR, one.ends_at + _FAR
    uow.appointments.flush()
    clashes = 0
    for one in appointments:
        away = one.starts_at, one.ends_at
        one.starts_at, one.ends_at = found[one.id]
        try:
            if one.group_session_id is None:
                uow.appointments.require_free(one, now)
        except SlotTaken:
            one.starts_at, one.ends_at = away
            clashes += 1
        uow.appointments.flush()
    return clashes


def _sessions_that_clash(uow: UnitOfWork, counsellor_id: str, now: datetime) -> int:
    """Count the sessions of somebody that meet an appointment or another session of theirs."""
    sessions = [one.interval() for one in uow.groups.of_counsellor(counsellor_id, now)]
    expected = uow.appointments.to_come_with(counsellor_id, now)
    alone = [one.interval() for one in expected if one.group_session_id is None]
    return sum(
        any(span.overlaps(other) for other in (*alone, *sessions[:number]))
        for number, span in enumerate(sessions)
    )


def _shift(span: GroupSession | Absence, before: ZoneInfo, after: ZoneInfo) -> None:
    """Keep the local start; a session as long as it was, an absence until its local end."""
    length = span.ends_at - span.starts_at
    span.starts_at = _told(span.starts_at, before, after)
    is_session = isinstance(span, GroupSession)
    span.ends_at = span.starts_at + length if is_session else _told(span.ends_at, before, after)


def _told(instant: datetime, before: ZoneInfo, after: ZoneInfo) -> datetime:
    return instant.astimezone(before).replace(tzinfo=after).astimezone(UTC)
