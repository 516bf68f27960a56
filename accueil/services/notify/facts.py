"""Read what a message speaks of, inside a transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from accueil.core.booking import Appointment, Wish, propose, reason_of
from accueil.core.messages import Facts, Links
from accueil.core.outbox import MessageKind, OutboxMessage
from accueil.core.territory import Site
from accueil.core.tokens import TokenMaker
from accueil.services.ports import UnitOfWork
from accueil.services.slots import SlotFinder


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links lead. ``video`` gives the room of an appointment, empty when there is none."""

    public_url: str
    video: Callable[[Appointment], str] = field(default=lambda _appointment: "")

    def of(self, appointment: Appointment) -> Links:
        """Return the addresses that a message about an appointment may hold."""
        return Links(
            home=f"{self.public_url}/",
            page=f"{self.public_url}/rdv/{appointment.link_token}",
            console=f"{self.public_url}/conseiller",
            video=self.video(appointment),
        )


class FactsReader:
    """Gathers the facts of a message."""

    def __init__(self, slots: SlotFinder, tokens: TokenMaker, addresses: Addresses) -> None:
        self._slots = slots
        self._tokens = tokens
        self.addresses = addresses

    def read(self, uow: UnitOfWork, message: OutboxMessage) -> Facts | None:
        """Return the facts, or ``None`` when what the message speaks of is gone."""
        appointment = uow.appointments.get(message.appointment_id or "")
        if appointment is None:
            return None
        site = uow.territory.site(appointment.site_id)
        counsellor = uow.territory.counsellor(message.counsellor_id or appointment.counsellor_id)
        if site is None or counsellor is None:
            return None
        owner = uow.territory.organisation(site.organisation_id)
        zone, until = appointment.zone(), appointment.hold_expires_at
        return Facts(
            message.kind,
            appointment,
            site,
            counsellor,
            (message.was_at or appointment.starts_at).astimezone(zone),
            self.addresses.of(appointment),
            site_phone=site.phone or (owner.phone if owner else ""),
            code=self._tokens.code_for(appointment.link_token),
            session_title=_title(uow, appointment),
            until=until.astimezone(zone) if until else None,
            free=self._free(uow, message, appointment, site),
        )

    def _free(
        self, uow: UnitOfWork, message: OutboxMessage, appointment: Appointment, site: Site
    ) -> tuple[datetime, ...]:
        """Return up to three new starts, local, for somebody who did not come."""
        if message.kind is not MessageKind.NO_SHOW:
            return ()
        zone = site.zone()
        slots = self._slots.free(uow, site, reason_of(appointment.reason), appointment.modality)
        return tuple(slot.start.astimezone(zone) for slot in propose(slots, Wish(), zone).slots)


def _title(uow: UnitOfWork, appointment: Appointment) -> str:
    session = uow.groups.get(appointment.group_session_id or "")
    return session.title if session is not None else ""
