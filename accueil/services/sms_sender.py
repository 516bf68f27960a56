"""Whose answer an SMS is: by the keyed hash of the number, or by the message answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.booking import Appointment, AppointmentStatus, WaitingEntry
from accueil.core.contact import Contact
from accueil.core.tokens import TokenMaker
from accueil.services.messaging import IncomingSms, reference_for
from accueil.services.people import ContactKeys
from accueil.services.ports import UnitOfWork
from accueil.services.waiting import is_open_offer

LATE = timedelta(hours=1)
"""Until so long after the start, an answer is about that appointment: "je suis en retard"."""
_ANSWERED_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody who answers has with us; empty for an unknown number."""

    appointment: Appointment | None = None
    offered: Appointment | None = None
    """The time held for them while they answer, if they have no appointment."""
    waiting: tuple[WaitingEntry, ...] = ()
    later: tuple[Appointment, ...] = ()
    """What else they have after that appointment: the answer is not about it, but STOP is."""


class SubjectFinder:
    """Finds what an answer is about."""

    def __init__(self, tokens: TokenMaker) -> None:
        self._keys = ContactKeys(tokens)

    def of(self, uow: UnitOfWork, answer: IncomingSms, now: datetime) -> Subject:
        """Return what the sender has; the message answered counts when the number says nothing."""
        subject = self._of_number(uow, answer, now)
        if subject == Subject() and answer.reference:
            return self._of_reference(uow, answer, now)
        return subject

    def _of_number(self, uow: UnitOfWork, answer: IncomingSms, now: datetime) -> Subject:
        key = self._keys.of(Contact(answer.sender))[0]
        if key is None:
            return Subject()
        booked = uow.appointments.future_of_contact([key], now - LATE)
        nobodys_conversation = ""
        waiting = tuple(uow.waiting.present_of(nobodys_conversation, [key]))
        if booked:
            first, *later = sorted(booked, key=lambda one: one.starts_at)
            return Subject(first, None, waiting, tuple(later))
        return Subject(None, _offered(uow, waiting, answer, now), waiting)

    def _of_reference(self, uow: UnitOfWork, answer: IncomingSms, now: datetime) -> Subject:
        answered = next(
            (
                sent.appointment_id
                for sent in uow.outbox.sms_since(now - _ANSWERED_WITHIN)
                if reference_for(sent.message_id, sent.phone) == answer.reference
            ),
            "",
        )
        found = uow.appointments.get(answered)
        if found is None:
            return Subject()
        entry = uow.waiting.of_offer(found.id)
        if entry is not None and found.status is AppointmentStatus.HELD:
            return Subject(None, _offered(uow, [entry], answer, now), (entry,))
        is_near = found.starts_at > now - LATE
        confirmed = found.status is AppointmentStatus.CONFIRMED
        return Subject(found) if confirmed and is_near else Subject()


def _offered(
    uow: UnitOfWork, waiting: Sequence[WaitingEntry], answer: IncomingSms, now: datetime
) -> Appointment | None:
    """Return the time held for them; an answer never accepts an offer that came after it."""
    for entry in waiting:
        held = uow.appointments.get(entry.offered_id) if entry.offered_id else None
        if held is not None and is_open_offer(held, now) and held.created_at <= answer.at:
            return held
    return None
