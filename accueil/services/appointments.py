"""Find appointments: by link, by recovery code, by conversation."""

from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.clock import Clock
from accueil.core.territory import Site
from accueil.core.tokens import TokenMaker
from accueil.services.ports import Store, UnitOfWork
from accueil.services.slots import UnknownSite


@dataclass(frozen=True, slots=True)
class Booked:
    """A confirmed appointment with what the young person needs to come back to it."""

    appointment: Appointment
    site: Site
    code: str
    link_token: str

    def local_start(self) -> datetime:
        """Return the start in the time zone in which it takes place."""
        return self.appointment.local_start()


class AppointmentFinder:
    """Reads appointments that somebody may see: holds are not shown."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens

    def by_link(self, token: str) -> Booked | None:
        """Return the appointment a link leads to; holds have no page."""
        with self._store.read() as uow:
            return self._if_confirmed(uow, uow.appointments.by_link(self._tokens.hash(token)))

    def by_code(self, code: str) -> Booked | None:
        """Return the appointment of a recovery code."""
        with self._store.read() as uow:
            return self._if_confirmed(uow, uow.appointments.by_code(self._tokens.hash(code)))

    def by_id(self, appointment_id: str) -> Booked | None:
        """Return an appointment whose identifier the caller was given by us."""
        with self._store.read() as uow:
            return self._if_confirmed(uow, uow.appointments.get(appointment_id))

    def future_of(self, conversation_id: str) -> Booked | None:
        """Return the confirmed appointment to come of whoever converses, if any."""
        with self._store.read() as uow:
            return self._if_confirmed(uow, future_of(uow, conversation_id, self._clock.now()))

    def shown(self, uow: UnitOfWork, appointment: Appointment) -> Booked:
        """Return an appointment with its site, its code and its link."""
        return self.shown_at(appointment, site_of(uow, appointment.site_id))

    def shown_at(self, appointment: Appointment, site: Site) -> Booked:
        """Return an appointment at a site that was read already."""
        token = appointment.link_token
        return Booked(appointment, site, self._tokens.code_for(token), token)

    def _if_confirmed(self, uow: UnitOfWork, appointment: Appointment | None) -> Booked | None:
        unconfirmed = (AppointmentStatus.HELD, AppointmentStatus.EXPIRED)
        if appointment is None or appointment.status in unconfirmed:
            return None
        return self.shown(uow, appointment)


def site_of(uow: UnitOfWork, site_id: str) -> Site:
    """Return a site. Raises ``UnknownSite``."""
    site = uow.territory.site(site_id)
    if site is None:
        raise UnknownSite(site_id)
    return site


def future_of(uow: UnitOfWork, conversation_id: str, now: datetime) -> Appointment | None:
    """Return the conversation's confirmed appointment to come, if any.

    In a messaging app, also one that was booked there in an earlier conversation.
    """
    found = appointments_of(uow, conversation_id)
    return next((one for one in found if one.is_future(now)), None)


def appointments_of(uow: UnitOfWork, conversation_id: str) -> list[Appointment]:
    """Return every appointment of whoever converses, holds included, each once.

    In a messaging app, those told of there too, whichever conversation they were booked in.
    """
    found = {one.id: one for one in uow.appointments.of_conversation(conversation_id)}
    user = uow.platforms.user_of_session(conversation_id)
    of_user = uow.appointments.of_platform_user(user.id) if user is not None else ()
    return list((found | {one.id: one for one in of_user if one.id not in found}).values())
