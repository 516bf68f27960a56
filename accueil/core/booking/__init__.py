"""Booking rules: reasons, slots, proposals, appointments. Pure; the database enforces exclusion."""

from accueil.core.booking.appointment import (
    LIVE_STATUSES,
    Appointment,
    AppointmentStatus,
    BookingError,
    GroupRegistration,
    GroupSession,
    NotAllowed,
    SlotTaken,
    TooLate,
)
from accueil.core.booking.proposals import Proposal, Wish, propose
from accueil.core.booking.reasons import DEFAULT_REASON, REASONS, Reason, read_reason, reason_of
from accueil.core.booking.slots import Interval, Slot, free_slots

__all__ = [
    "DEFAULT_REASON",
    "LIVE_STATUSES",
    "REASONS",
    "Appointment",
    "AppointmentStatus",
    "BookingError",
    "GroupRegistration",
    "GroupSession",
    "Interval",
    "NotAllowed",
    "Proposal",
    "Reason",
    "Slot",
    "SlotTaken",
    "TooLate",
    "Wish",
    "free_slots",
    "propose",
    "read_reason",
    "reason_of",
]
