"""Holds: a time or a seat kept for one conversation while it makes up its mind."""

from datetime import datetime

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    GroupSession,
    Interval,
    Slot,
    WaitingEntry,
    WaitingStatus,
    reason_of,
)
from accueil.core.clock import Clock
from accueil.core.territory import Modality, Site
from accueil.core.tokens import TokenMaker
from accueil.services.ports import UnitOfWork

_UNCONFIRMED = (AppointmentStatus.HELD, AppointmentStatus.EXPIRED)


class HoldMaker:
    """Makes and lets go of held appointments, inside the caller's transaction."""

    def __init__(self, clock: Clock, tokens: TokenMaker, uid_domain: str) -> None:
        self._clock = clock
        self._tokens = tokens
        self._uid_domain = uid_domain

    def of_slot(
        self,
        conversation_id: str,
        site: Site,
        reason_code: str,
        slot: Slot,
        modality: Modality,
        until: datetime,
    ) -> Appointment:
        """Return a new hold of a time, until an instant."""
        interval = Interval(slot.start, slot.end)
        held = self._held(conversation_id, site, slot.counsellor_id, interval, until)
        held.reason, held.modality = reason_of(reason_code).code, modality
        return held

    def of_seat(
        self, conversation_id: str, site: Site, session: GroupSession, until: datetime
    ) -> Appointment:
        """Return a new hold of a seat, until an instant. The session has an animator."""
        held = self._held(
            conversation_id, site, session.counsellor_id or "", session.interval(), until
        )
        held.group_session_id = session.id
        return held

    def of_conversation(self, uow: UnitOfWork, conversation_id: str) -> Appointment | None:
        """Return the conversation's hold; a time offered from the waiting list is none."""
        held = [
            one
            for one in uow.appointments.of_conversation(conversation_id)
            if one.status is AppointmentStatus.HELD and uow.waiting.of_offer(one.id) is None
        ]
        return held[-1] if held else None

    def let_go(self, uow: UnitOfWork, held: Appointment) -> None:
        """Give the time or the seat of a hold back."""
        if held.status is not AppointmentStatus.HELD:
            return
        held.status = AppointmentStatus.EXPIRED
        uow.appointments.flush()
        if held.group_session_id is not None:
            uow.groups.give_back_seat(held.group_session_id)

    def withdraw(self, uow: UnitOfWork, entry: WaitingEntry) -> Appointment | None:
        """Take back what is held for somebody who waits, and return it; they keep their place."""
        offered = uow.appointments.get(entry.offered_id) if entry.offered_id else None
        entry.offered_id = None
        if entry.status is WaitingStatus.OFFERED:
            entry.status = WaitingStatus.WAITING
        if offered is None or offered.status not in _UNCONFIRMED:
            return None
        self.let_go(uow, offered)
        offered.erase_person()
        return offered

    def _held(
        self,
        conversation_id: str,
        site: Site,
        counsellor_id: str,
        interval: Interval,
        until: datetime,
    ) -> Appointment:
        token, identifier = self._tokens.new_token(), self._tokens.new_id()
        return Appointment(
            id=identifier,
            site_id=site.id,
            counsellor_id=counsellor_id,
            conversation_id=conversation_id,
            reason=reason_of("").code,
            starts_at=interval.start,
            ends_at=interval.end,
            time_zone=site.time_zone,
            status=AppointmentStatus.HELD,
            created_at=self._clock.now(),
            uid=f"{identifier}@{self._uid_domain}",
            link_token_hash=self._tokens.hash(token),
            link_token=token,
            hold_expires_at=until,
        )
