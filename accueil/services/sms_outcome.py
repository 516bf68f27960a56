"""What an SMS answer leads to: a reply in the outbox, a call-back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.booking import Appointment, Discretion, WaitingEntry
from accueil.core.conversation import CallbackRequest
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.services.call_backs import ask_call_back, number_to_call, open_call_back
from accueil.services.ports import UnitOfWork

_QUIET = {MessageKind.ANSWER_UNCLEAR: timedelta(days=1)}
_QUIET_OTHERWISE = timedelta(minutes=10)
"""For that long, the same reply is not sent again: machines answer machines for ever."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from an answer, to be written with the proof that it was handled."""

    reply: MessageKind | None = None
    call_back: bool = False
    """The site must call who is on its list: trouble, or a yes to an offer that is over."""
    silence: bool = False


def reply_row(
    uow: UnitOfWork,
    row_id: str,
    appointment: Appointment | None,
    kind: MessageKind | None,
    now: datetime,
) -> OutboxMessage:
    """Return the reply; ``DROPPED`` when there is none to send, or it was sent a moment ago."""
    row = OutboxMessage(
        row_id,
        appointment.id if appointment else None,
        kind or MessageKind.ANSWER_UNCLEAR,
        Recipient.YOUNG_PERSON,
        appointment.sequence if appointment else 0,
        now,
        channel=Channel.SMS,
    )
    if appointment is None or kind is None or _is_quiet(uow, appointment, kind, now):
        row.status = DeliveryStatus.DROPPED
    return row


def _is_quiet(uow: UnitOfWork, appointment: Appointment, kind: MessageKind, now: datetime) -> bool:
    quiet = _QUIET.get(kind, _QUIET_OTHERWISE)
    if appointment.discretion is Discretion.SILENT:
        return True
    return uow.outbox.replied_since(appointment.id, kind, now - quiet)


def call_back_once(uow: UnitOfWork, of: WaitingEntry, request_id: str, now: datetime) -> None:
    """Ask the site to call somebody on its list, unless that was asked already."""
    if open_call_back(uow, of.conversation_id, of.site_id) is None:
        asked = CallbackRequest(
            request_id, of.conversation_id, of.site_id, now, of.first_name, number_to_call(of)
        )
        ask_call_back(uow, asked)
