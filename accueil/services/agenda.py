"""What counsellors see and settle: the week's appointments, call-backs, group sessions."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking import Appointment, AppointmentStatus, NotAllowed, SlotTaken
from accueil.core.clock import Clock
from accueil.core.conversation import CallbackRequest
from accueil.core.outbox import DeliveryStatus, MessageKind, daytime_after
from accueil.core.territory import Counsellor, Site
from accueil.services.announcements import to_young_person
from accueil.services.appointments import future_of
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import UnknownSite
from accueil.services.week import Callback, Entry, Gathering, Week, days_of_week

_SOON_AFTER = timedelta(days=7)


class Refused(Exception):
    """The change was not made; the message says why, in French, to the counsellor."""


class NotInSite(Refused):
    """The counsellor's own site has no such thing; whether another has it is not said."""


class Agenda:
    """Reads one site's week for one of its counsellors, and records what happened."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def today(self, counsellor: Counsellor) -> date:
        """Return the present local day of the counsellor's site. Raises ``UnknownSite``."""
        with self._store.read() as uow:
            return self._clock.now().astimezone(_site_of(uow, counsellor).zone()).date()

    def week(self, counsellor: Counsellor, day: date) -> Week:
        """Return the ISO week of a local day, for the counsellor's site.

        Saturday and Sunday are left out when the site is closed and nothing happens then.
        Raises ``UnknownSite``.
        """
        now = self._clock.now()
        monday = day - timedelta(days=day.weekday())
        with self._store.read() as uow:
            site = _site_of(uow, counsellor)
            zone = site.zone()
            start = datetime.combine(monday, time(), zone)
            end = datetime.combine(monday + timedelta(days=7), time(), zone)
            found = uow.appointments.of_site(site.id, start, end)
            entries = [
                _entry(one, _name(uow, one.counsellor_id), counsellor, zone, now) for one in found
            ]
            callbacks = [
                Callback(one, one.created_at.astimezone(zone), _about(uow, one, now))
                for one in uow.chats.callbacks_of_site(site.id)
            ]
            sessions = uow.groups.of_site(site.id, now)
            closures = uow.absences.closures_of(site.id)
        return Week(
            site,
            monday,
            days_of_week(site, monday, entries, now.astimezone(zone).date(), closures),
            tuple(callbacks),
            tuple(Gathering(one, one.local_start(zone)) for one in sessions if one.capacity),
        )

    def mark(
        self, appointment_id: str, counsellor: Counsellor, status: AppointmentStatus
    ) -> Appointment:
        """Record that the young person came, did not, or was excused; it can be corrected.

        Raises ``NotInSite`` for another site's appointment, ``Refused`` before the start, after a
        cancellation, or for another status.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = uow.appointments.get(appointment_id)
            if appointment is None or appointment.site_id != counsellor.site_id:
                raise NotInSite("Ce rendez-vous n’est pas dans l’agenda de votre antenne.")
            if appointment.status is AppointmentStatus.CANCELLED:
                raise Refused("Ce rendez-vous est annulé\u00a0: il n’y a rien à noter.")
            if now < appointment.starts_at:
                raise Refused("Ce rendez-vous n’a pas encore commencé\u00a0: notez-le après.")
            try:
                appointment.mark(status, now)
                if status is AppointmentStatus.NO_SHOW:
                    _offer_another(uow, appointment, now)
                uow.commit()
            except (NotAllowed, SlotTaken) as error:
                raise Refused("Ce rendez-vous ne peut pas être noté ainsi.") from error
        return appointment

    def close_callback(self, request_id: str, counsellor: Counsellor) -> None:
        """Record that somebody was called back. Raises ``NotInSite``."""
        with self._store.write() as uow:
            request = uow.chats.callback(request_id)
            if request is None or request.site_id != counsellor.site_id:
                raise NotInSite("Cette demande de rappel n’est pas dans votre antenne.")
            request.done = True
            uow.commit()


def _offer_another(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    """Write the message that offers other times; a late one would come out of the blue."""
    if now - appointment.starts_at > _SOON_AFTER:
        return
    due = daytime_after(now, appointment.zone())
    for row in to_young_person(appointment, MessageKind.NO_SHOW, due):
        known = uow.outbox.get(row.id)
        if known is not None and known.status is DeliveryStatus.DROPPED:
            known.send_again(due)  # noted, corrected, and noted again
        uow.outbox.add([row])


def _site_of(uow: UnitOfWork, counsellor: Counsellor) -> Site:
    site = uow.territory.site(counsellor.site_id)
    if site is None:
        raise UnknownSite(counsellor.site_id)
    return site


def _entry(
    one: Appointment, name: str, counsellor: Counsellor, zone: ZoneInfo, now: datetime
) -> Entry:
    start, end = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    return Entry(one, name, one.counsellor_id == counsellor.id, start, end, one.starts_at <= now)


def _about(uow: UnitOfWork, request: CallbackRequest, now: datetime) -> datetime | None:
    """Return the local start of the appointment of whoever asks, at the same site."""
    if not request.conversation_id:
        return None
    booked = future_of(uow, request.conversation_id, now)
    is_here = booked is not None and booked.site_id == request.site_id
    return booked.local_start() if booked is not None and is_here else None


def _name(uow: UnitOfWork, counsellor_id: str) -> str:
    counsellor = uow.territory.counsellor(counsellor_id)
    return counsellor.display_name if counsellor is not None else ""
