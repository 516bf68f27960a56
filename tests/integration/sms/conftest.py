"""Somebody who has an appointment, or waits for one, and writes."""

from collections.abc import Callable

import pytest
from factories import book, seed_territory
from sms_answers import DATA, LINA, START, answers_of

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, Wish
from accueil.core.contact import Contact
from accueil.core.outbox import OutboxMessage
from accueil.core.safety import SafetyDetector
from accueil.gateways.sms import NullSms
from accueil.services.booking import Sharing
from accueil.services.messaging import IncomingSms


@pytest.fixture(scope="module")
def detector() -> SafetyDetector:
    return SafetyDetector.load(DATA)


@pytest.fixture
def sms(application: Application, detector: SafetyDetector) -> NullSms:
    seed_territory(application.store)
    application.safety, application.sms = detector, NullSms()
    return application.sms


@pytest.fixture
def booked(application: Application, sms: NullSms) -> Appointment:
    return book(application.booking, START, contact=Contact(phone=LINA)).appointment


@pytest.fixture
def answer(application: Application, sms: NullSms) -> Callable[..., OutboxMessage]:
    """Let somebody write, read the answers, and return the row that proves it."""

    def write(text: str, sender: str = LINA, **changes: str) -> OutboxMessage:
        number = f"sms-{len(sms.answers)}"
        at = application.clock.now()
        sms.answers.append(IncomingSms(number, sender, text, at, **changes))
        assert answers_of(application).poll() == 1
        with application.store.read() as uow:
            return uow.outbox.get(f"answer:{number}")

    return write


@pytest.fixture
def waiting(application: Application, sms: NullSms) -> Appointment:
    """Lina waits, and the next free time is held for her."""
    sharing = Sharing(Contact(phone=LINA), "Lina")
    application.waiting_list.join("conversation-lina", "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        (entry,) = uow.waiting.present()
        return uow.appointments.get(entry.offered_id)
