"""Skill: find, move or cancel an appointment, from this conversation or with its code."""

from actions.my_appointment.cancel import AskCancel, FinishCancel, ValidateCancel
from actions.my_appointment.find import AskCode, ShowAppointment
from actions.my_appointment.move import AskMove, FinishMove, ValidateMove

MY_APPOINTMENT_SKILLS = (
    ShowAppointment,
    AskCode,
    ValidateCancel,
    AskCancel,
    FinishCancel,
    ValidateMove,
    AskMove,
    FinishMove,
)
"""The actions of this skill."""
