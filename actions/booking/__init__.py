"""Skill: book a first appointment, in any order the young person likes."""

from actions.booking.ask import AskConfirmation, AskSiteForBooking, AskSlot
from actions.booking.finish import FinishBooking
from actions.booking.validate import ValidateBooking

BOOKING_SKILLS = (ValidateBooking, AskSiteForBooking, AskSlot, AskConfirmation, FinishBooking)
"""The actions of this skill."""
