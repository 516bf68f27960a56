"""Group sessions that an operator plans: add, list, change the seats, cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession
from accueil.core.clock import Clock
from accueil.core.french import NBSP, show_moment
from accueil.core.outbox import MessageKind
from accueil.core.territory import Counsellor, Site
from accueil.services.animators import what_they_have
from accueil.services.announcements import announce
from accueil.services.expected import Expected
from accueil.services.holds import HoldMaker
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import closed_days
from accueil.services.staff_directory import (
    Refused,
    counsellor_named,
    lock_where_they_receive,
    site_named,
    team_of,
)
from accueil.services.staff_entry import WrongEntry, quoted, read_date, read_label, read_time
from accueil.services.told import untold

LONGEST_TITLE = 200
MOST_SEATS = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What an operator types of a session: its local day and hours, and who animates it."""

    day: str
    start: str
    end: str
    title: str
    seats: int
    animator: str


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One line of the list; a session without seats was cancelled."""

    session: GroupSession
    site: Site
    animator: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """How many had a seat in a session, and whom no message can reach."""

    seats: int
    untold: tuple[Expected, ...]


class SessionService:
    """A cancelled session stays, without seats nor animator: what its seats were is still told."""

    def __init__(self, store: Store, clock: Clock, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds

    def add(self, site_id: str, planned: Planned) -> ListedSession:
        """Plan a session. Raises ``WrongEntry``, and ``Refused`` when its animator is not free."""
        title = read_label(planned.title, LONGEST_TITLE, "Le titre")
        seats = _seats(planned.seats)
        with self._store.write() as uow:
            animator = counsellor_named(uow.territory, planned.animator)
            site = site_named(uow.territory, site_id)
            lock_where_they_receive(uow, [animator], site.id)
            start, end = self._span(site, planned)
            session = GroupSession(
                f"{start:%Y%m%d}-{uuid4().hex[:8]}",
                site.id, title, start, end, seats, counsellor_id=animator.id,
            )  # fmt: skip
            self._require_animator(uow, session, animator)
            _require_open(uow, site, session)
            uow.groups.put(session)
            uow.commit()
        return ListedSession(session, site, animator.display_name)

    def listed(self, site_id: str = "") -> list[ListedSession]:
        """Return the sessions to come, soonest first within a site. Raises ``WrongEntry``."""
        now = self._clock.now()
        with self._store.read() as uow:
            sites = [site_named(uow.territory, site_id)] if site_id else uow.territory.sites()
            return [
                ListedSession(one, site, _name(uow, one.counsellor_id))
                for site in sites
                for one in uow.groups.of_site(site.id, now)
            ]

    def set_seats(self, session_id: str, seats: int) -> GroupSession:
        """Change the number of seats. Raises ``WrongEntry``, ``Refused`` below those taken."""
        wanted = _seats(seats)
        with self._store.write() as uow:
            session = self._to_come(uow, session_id)
            if wanted < session.taken:
                raise Refused(
                    f"{session.taken} places sont déjà prises{NBSP}: "
                    "il ne peut pas y en avoir moins."
                )
            session.capacity = wanted
            uow.commit()
        return session

    def cancel(self, session_id: str, *, sends_sms: bool = True) -> Cancelled:
        """Cancel a session and tell whom a message can reach (``sends_sms``: by SMS too).

        Raises as above.
        """
        with self._store.write() as uow:
            session = self._to_come(uow, session_id)
            seats = cancel_session(uow, session, self._holds, self._clock.now())
            missed = untold(uow, seats, sends_sms=sends_sms)
            uow.commit()
        return Cancelled(len(seats), missed)

    def _span(self, site: Site, planned: Planned) -> tuple[datetime, datetime]:
        day = read_date(planned.day)
        start, end = (
            datetime.combine(day, read_time(one), site.zone()).astimezone(UTC)
            for one in (planned.start, planned.end)
        )
        if start >= end:
            raise WrongEntry("La séance finit avant de commencer.")
        if start <= self._clock.now():
            raise WrongEntry("Cette date est passée.")
        return start, end

    def _require_animator(
        self, uow: UnitOfWork, session: GroupSession, animator: Counsellor
    ) -> None:
        if animator.id not in {one.id for one in team_of(uow.territory, session.site_id)}:
            raise Refused(f"{animator.display_name} ne reçoit pas à ce site.")
        now = self._clock.now()
        taken = what_they_have(uow, animator, session.interval(), now)
        if taken:
            raise Refused(f"{animator.display_name} a déjà {taken} à cette heure-là.")

    def _to_come(self, uow: UnitOfWork, session_id: str) -> GroupSession:
        """Return a session under its site's lock, seats of people who did not go on given back."""
        session = uow.groups.get(session_id)
        if session is None:
            raise WrongEntry(f"Aucune séance n’a l’identifiant {quoted(session_id)}.")
        uow.appointments.lock_sites([session.site_id])
        now = self._clock.now()
        uow.groups.expire_holds(session_id, now)
        fresh = uow.groups.get(session_id)
        if fresh is None or fresh.starts_at <= now or fresh.capacity == 0:
            raise Refused("Cette séance est annulée ou a déjà commencé.")
        return fresh


def cancel_session(
    uow: UnitOfWork, session: GroupSession, holds: HoldMaker, now: datetime
) -> Sequence[Appointment]:
    """Cancel every seat, with its announcement, and free the animator; return the seats."""
    uow.groups.expire_holds(session.id, now)
    held = uow.appointments.to_come_with(session.counsellor_id or "", now)
    for one in held:
        if one.group_session_id == session.id and one.status is AppointmentStatus.HELD:
            holds.let_go(uow, one)
    seats = uow.groups.seats(session.id)
    for seat in seats:
        seat.cancel(now)
        uow.outbox.add(announce(seat, MessageKind.CANCELLED, now))
    uow.appointments.flush()
    session.capacity = session.taken = 0
    session.counsellor_id = None
    return seats


def _require_open(uow: UnitOfWork, site: Site, session: GroupSession) -> None:
    closures = uow.absences.closures_of(site.id)
    closed = closed_days(site, session.starts_at, session.ends_at, closures)
    local = session.local_start(site.zone())
    if local.date() in closed:
        raise Refused(
            f"Le site est fermé {show_moment(local)} ({closed[local.date()] or 'fermeture'})."
        )


def _seats(count: int) -> int:
    if not 1 <= count <= MOST_SEATS:
        raise WrongEntry(f"Le nombre de places va de 1 à {MOST_SEATS}.")
    return count


def _name(uow: UnitOfWork, counsellor_id: str | None) -> str:
    counsellor = uow.territory.counsellor(counsellor_id) if counsellor_id else None
    return counsellor.display_name if counsellor else ""
