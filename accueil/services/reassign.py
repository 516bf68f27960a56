"""Give appointments and group sessions to colleagues who are free at the same time and place."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    GroupSession,
    Interval,
    SlotTaken,
    is_open,
)
from accueil.core.outbox import (
    Channel,
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
    message_id,
)
from accueil.core.territory import Opening, Site
from accueil.services.animators import is_free
from accueil.services.announcements import still_to_leave, to_counsellor
from accueil.services.appointments import site_of
from accueil.services.expected import Expected, expected_appointment, expected_session
from accueil.services.holds import HoldMaker
from accueil.services.ports import UnitOfWork
from accueil.services.slots import closed_days
from accueil.services.staff_directory import team_of

_AHEAD = timedelta(days=366)
_TOLD_AHEAD = (
    MessageKind.CONFIRMED,
    MessageKind.MOVED,
    MessageKind.REMINDER_WEEK,
    MessageKind.REMINDER_DAYS,
    MessageKind.REMINDER_HOURS,
)


class Handover:
    """What one counsellor leaves to others, inside a transaction that holds the sites' locks."""

    def __init__(self, uow: UnitOfWork, counsellor_id: str, now: datetime) -> None:
        self._uow = uow
        self._from = counsellor_id
        self._now = now
        self._teams: dict[str, _Team] = {}
        self.given: list[Expected] = []
        self.left: list[Appointment] = []
        self.left_sessions: list[GroupSession] = []

    def give(self, appointments: Iterable[Appointment], sessions: Sequence[GroupSession]) -> None:
        """Give each to a colleague; a seat goes with its session. What nobody takes is left."""
        alone = [one for one in appointments if one.group_session_id is None]
        for session in sessions:
            self._give_session(session)
        for appointment in sorted(alone, key=lambda one: (one.starts_at, one.id)):
            if not self._give(appointment):
                self.left.append(appointment)

    def _give(self, appointment: Appointment) -> bool:
        team = self._team(site_of(self._uow, appointment.site_id))
        for colleague in team.free_for(appointment):
            appointment.counsellor_id = colleague
            try:
                self._uow.appointments.require_free(appointment, self._now)
            except SlotTaken:
                appointment.counsellor_id = self._from
                continue
            if appointment.status is AppointmentStatus.CONFIRMED:
                self._tell(appointment)
            self._uow.appointments.flush()
            team.note(colleague, appointment.interval())
            self.given.append(expected_appointment(self._uow, appointment, self._from))
            return True
        return False

    def _tell(self, appointment: Appointment) -> None:
        """Tell both counsellors. Nothing changes for the young person, reminders included."""
        unsent = _unsent_to_young_person(self._uow, appointment)
        appointment.sequence += 1
        previous = self._from, appointment.starts_at
        rows = to_counsellor(appointment, MessageKind.CONFIRMED, self._now, previous)
        self._uow.outbox.add([*rows, *still_to_leave(unsent, appointment)])

    def _give_session(self, session: GroupSession) -> None:
        team = [
            one for one in team_of(self._uow.territory, session.site_id) if one.id != self._from
        ]
        load = {one.id: len(self._uow.appointments.to_come_with(one.id, self._now)) for one in team}
        for colleague in sorted(team, key=lambda one: (load[one.id], one.id)):
            if is_free(self._uow, colleague, session.interval(), self._now):
                animate(self._uow, session, colleague.id, self._now)
                self.given.append(expected_session(self._uow, session, self._from))
                return
        self.left_sessions.append(session)

    def _team(self, site: Site) -> "_Team":
        if site.id not in self._teams:
            self._teams[site.id] = _Team(self._uow, site, self._from, self._now)
        return self._teams[site.id]


class _Team:
    """Who else receives at a site, and when they are taken."""

    def __init__(self, uow: UnitOfWork, site: Site, without: str, now: datetime) -> None:
        until = now + _AHEAD
        self._openings: dict[str, list[Opening]] = {}
        for one in uow.territory.openings_of(site.id):
            if one.counsellor_id != without:
                self._openings.setdefault(one.counsellor_id, []).append(one)
        busy = uow.appointments.busy(site.id, now, until, now)
        away = uow.absences.away(site.id, now, until)
        self._load = {one: len(busy.get(one, ())) for one in self._openings}
        self._taken = {one: [*busy.get(one, ()), *away.get(one, ())] for one in self._openings}
        closures = uow.absences.closures_of(site.id)
        self._closed = frozenset(closed_days(site, now, until, closures))
        self._zone = site.zone()

    def free_for(self, appointment: Appointment) -> list[str]:
        """Return who receives in that way at that time, fewest appointments to come first."""
        found = []
        for one, openings in self._openings.items():
            fit = [opening for opening in openings if appointment.modality in opening.modalities]
            span = appointment.interval()
            if is_open(fit, span, self._taken[one], self._closed, self._zone):
                found.append(one)
        return sorted(found, key=lambda one: (self._load[one], one))

    def note(self, colleague: str, taken: Interval) -> None:
        """Count an appointment that a colleague has just been given."""
        self._taken[colleague].append(taken)
        self._load[colleague] += 1


def animate(uow: UnitOfWork, session: GroupSession, counsellor_id: str, now: datetime) -> None:
    """Give a session another animator; its seats follow. Nobody's time or place changes."""
    held = uow.appointments.to_come_with(session.counsellor_id or "", now)
    seats = [one for one in held if one.group_session_id == session.id]
    for seat in {one.id: one for one in (*seats, *uow.groups.seats(session.id))}.values():
        seat.counsellor_id = counsellor_id
    session.counsellor_id = counsellor_id
    uow.appointments.flush()


def take_back_hold(uow: UnitOfWork, held: Appointment, holds: HoldMaker) -> None:
    """Let a hold go; whoever it was offered to keeps their place on the waiting list."""
    entry = uow.waiting.of_offer(held.id)
    if entry is not None:
        holds.withdraw(uow, entry)
    else:
        holds.let_go(uow, held)


def _unsent_to_young_person(uow: UnitOfWork, appointment: Appointment) -> list[OutboxMessage]:
    """Return what says the present state and has not left yet: it must still leave.

    One that is leaving at this very moment leaves twice rather than never.
    """
    of_now = appointment.id, appointment.sequence
    found = [
        uow.outbox.get(message_id(*of_now, kind, Recipient.YOUNG_PERSON, way))
        for kind in _TOLD_AHEAD
        for way in Channel
    ]
    return [one for one in found if one is not None and one.status is DeliveryStatus.PENDING]
