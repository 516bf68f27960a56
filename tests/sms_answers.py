"""Answers by SMS in tests: who writes, and what is looked at afterwards."""

from datetime import timedelta
from pathlib import Path

from factories import NOW
from sqlalchemy import text as sql

from accueil.bootstrap import Application
from accueil.core.booking import Appointment
from accueil.core.safety import SafetyReplies
from accueil.services.sms_answers import SmsAnswers
from accueil.services.sms_safety import SmsSafety

LINA, OTHER = "+33639980011", "+33639980022"
START = NOW + timedelta(days=1, hours=2)
DATA = Path(__file__).resolve().parents[1] / "data" / "safety"


def answers_of(app: Application) -> SmsAnswers:
    replies = SafetyReplies.load(DATA)
    safety = SmsSafety(app.store, app.clock, app.tokens, app.sms, app.safety, replies)
    return SmsAnswers(
        app.store, app.clock, app.tokens, app.sms, app.changes, app.waiting_list, safety
    )


def now_of(application: Application, appointment: Appointment) -> Appointment:
    with application.store.read() as uow:
        return uow.appointments.get(appointment.id)


def callbacks(application: Application) -> list[tuple[str, str]]:
    with application.store.read() as uow:
        return [(one.first_name, one.phone) for one in uow.chats.callbacks_of_site("centre")]


def count(application: Application, table: str) -> int:
    with application.engine.connect() as connection:
        return connection.scalar(sql(f"SELECT count(*) FROM {table}"))


def killed(*_: object) -> None:
    raise KeyboardInterrupt
