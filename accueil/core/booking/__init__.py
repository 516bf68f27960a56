"""Booking rules: reasons, slots, proposals, appointments. Pure; the database enforces exclusion."""

from accueil.core.booking.appointment import (
    LIVE_STATUSES,
    Appointment,
    AppointmentStatus,
    BookingError,
    Discretion,
    NotAllowed,
    SlotTaken,
    TooLate,
)
from accueil.core.booking.group_session import GroupSession
from accueil.core.booking.proposals import Proposal, Wish, propose
from accueil.core.booking.reasons import DEFAULT_REASON, REASONS, Reason, read_reason, reason_of
from accueil.core.booking.slots import Interval, Slot, free_slots, is_open
from accueil.core.booking.waiting import WaitingEntry, WaitingStatus

__all__ = [
    "DEFAULT_REASON",
    "LIVE_STATUSES",
    "REASONS",
    "Appointment",
    "AppointmentStatus",
    "BookingError",
    "Discretion",
    "GroupSession",
    "Interval",
    "NotAllowed",
    "Proposal",
    "Reason",
    "Slot",
    "SlotTaken",
    "TooLate",
    "WaitingEntry",
    "WaitingStatus",
    "Wish",
    "free_slots",
    "is_open",
    "propose",
    "read_reason",
    "reason_of",
]
