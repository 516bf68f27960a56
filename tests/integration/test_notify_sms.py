"""SMS leave once, whatever breaks, and what becomes of them is known."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from factories import book, seed_territory
from sending import notifier_of, row_of, status_of

from accueil.bootstrap import Application
from accueil.core.booking.appointment import Discretion
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import MAXIMUM_ATTEMPTS, RECEIPT_TIME, DeliveryStatus
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.services.appointments import Booked
from accueil.services.messaging import DeliveryReceipt, Sms, SmsNotSent, SmsUnavailable

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PHONE = "+33639980011"
LATER = timedelta(minutes=3)


@pytest.fixture(autouse=True)
def _people(application: Application) -> None:
    seed_territory(application.store)


@pytest.fixture
def booked(application: Application) -> Booked:
    return book(application.booking, START, contact=Contact(PHONE))


def confirmation(booked: Booked, way: str = ":sms") -> str:
    return f"{booked.appointment.id}:0:confirmed:young_person{way}"


class DiesAfter(NullSms):
    """Takes the message; the worker is killed before it can write that down."""

    def send(self, sms: Sms) -> str:
        super().send(sms)
        raise KeyboardInterrupt


def test_a_confirmation_leaves_by_sms_when_there_is_no_address(
    application: Application, booked: Booked
) -> None:
    sms = NullSms()
    notifier_of(application, sms=sms).send_due()
    (sent,) = sms.sent
    assert sent.to == PHONE
    assert "mercredi 25 novembre à 10 h" in sent.text
    assert booked.link_token in sent.text
    assert sent.valid_for == timedelta(days=2)
    row = row_of(application, confirmation(booked))
    assert (row.status, row.provider_id) == (DeliveryStatus.SENT, f"null-{sent.reference}")


def test_killed_between_sending_and_recording_it_does_not_leave_twice(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    sms = DiesAfter()
    with pytest.raises(KeyboardInterrupt):
        notifier_of(application, sms=sms).send_due()
    assert status_of(application, confirmation(booked)) is DeliveryStatus.PENDING
    clock.advance(LATER)
    notifier_of(application, sms=sms).send_due()
    assert len(sms.sent) == 1
    row = row_of(application, confirmation(booked))
    assert (row.status, row.provider_id) == (DeliveryStatus.SENT, f"null-{sms.sent[0].reference}")


def test_nobody_sends_while_nobody_can_say_whether_it_left(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    class Silent(DiesAfter):
        def find(self, reference: str) -> str | None:
            raise SmsUnavailable("queued")

    sms = Silent()
    with pytest.raises(KeyboardInterrupt):
        notifier_of(application, sms=sms).send_due()
    clock.advance(LATER)
    notifier_of(application, sms=sms).send_due()
    assert len(sms.sent) == 1
    assert status_of(application, confirmation(booked)) is DeliveryStatus.PENDING


def test_a_number_that_cannot_receive_is_given_up_at_once(
    application: Application, booked: Booked
) -> None:
    sms = NullSms()
    sms.failure = SmsNotSent("invalidReceivers", retry=False)
    notifier_of(application, sms=sms).send_due()
    row = row_of(application, confirmation(booked))
    assert (row.status, row.attempts) == (DeliveryStatus.FAILED, 1)


def test_a_provider_in_trouble_is_asked_again_later(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    sms = NullSms()
    sms.failure = SmsNotSent("503", retry=True)
    notifier_of(application, sms=sms).send_due()
    sms.failure = None
    assert notifier_of(application, sms=sms).send_due() == 0
    clock.advance(LATER)
    notifier_of(application, sms=sms).send_due()
    assert len(sms.sent) == 1
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT


def test_a_worker_that_wakes_up_too_late_neither_sends_nor_records(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    """It was suspended before it sent; another worker has taken the message over meanwhile."""
    sms, asleep = NullSms(), NullSms()
    slow = notifier_of(application, sms=asleep)
    slow._claim()  # the counsellor's
    written = slow._written

    def suspended(claim: object) -> object:
        clock.advance(LATER)
        notifier_of(application, sms=sms).send_due()
        return written(claim)

    slow._written = suspended
    slow._send_one(slow._claim())
    assert (len(sms.sent), len(asleep.sent)) == (1, 0)
    row = row_of(application, confirmation(booked))
    assert (row.status, row.attempts) == (DeliveryStatus.SENT, 2)


def test_what_breaks_unexpectedly_is_tried_again_and_given_up_in_the_end(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    class Broken(NullSms):
        def send(self, sms: Sms) -> str:
            raise KeyError(sms.reference)

    notifier = notifier_of(application, sms=Broken(), post=NullPost())
    notifier._send_one(notifier._claim())  # the counsellor's
    for _ in range(MAXIMUM_ATTEMPTS):
        with pytest.raises(KeyError):
            notifier.send_due()
        clock.advance(timedelta(hours=1))
    assert status_of(application, confirmation(booked)) is DeliveryStatus.FAILED


def test_receipts_are_asked_for_and_recorded(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    sms = NullSms()
    notifier = notifier_of(application, sms=sms)
    notifier.send_due()
    assert notifier.poll_receipts() == 0  # a minute has not passed
    clock.advance(timedelta(minutes=1))
    assert notifier.poll_receipts() == 1
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT
    assert notifier.poll_receipts() == 0
    sms.states[f"null-{sms.sent[0].reference}"] = DeliveryReceipt.DELIVERED
    clock.advance(timedelta(minutes=1))
    assert notifier.poll_receipts() == 1
    assert status_of(application, confirmation(booked)) is DeliveryStatus.DELIVERED
    clock.advance(timedelta(hours=1))
    assert notifier.poll_receipts() == 0


def test_receipts_are_asked_for_ever_less_often_and_not_after_three_days(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    notifier = notifier_of(application)
    notifier.send_due()
    questions, sent_at = [], clock.now()
    while clock.now() - sent_at < RECEIPT_TIME + timedelta(days=1):
        clock.advance(timedelta(minutes=10))
        questions += [clock.now() - sent_at] * notifier.poll_receipts()
    assert 5 < len(questions) < 25
    assert questions[-1] <= RECEIPT_TIME
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT


def test_a_provider_that_cannot_tell_changes_nothing(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    class Mute(NullSms):
        def receipts(self, ids: object) -> dict[str, DeliveryReceipt]:
            raise SmsUnavailable("503")

    notifier = notifier_of(application, sms=Mute())
    notifier.send_due()
    clock.advance(timedelta(minutes=1))
    assert notifier.poll_receipts() == 1
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT


def undelivered(application: Application, clock: FixedClock) -> tuple[NullSms, NullPost]:
    sms, post = NullSms(), NullPost()
    notifier = notifier_of(application, sms=sms, post=post)
    notifier.send_due()
    post.sent.clear()
    sms.states[f"null-{sms.sent[0].reference}"] = DeliveryReceipt.FAILED
    return sms, post


def add_address(application: Application, booked: Booked) -> None:
    with application.store.write() as uow:
        uow.appointments.get(booked.appointment.id).email = "lina@example.org"
        uow.commit()


def test_what_never_arrived_is_said_by_e_mail_once(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    sms, post = undelivered(application, clock)
    add_address(application, booked)
    notifier = notifier_of(application, sms=sms, post=post)
    for _ in range(3):
        clock.advance(timedelta(minutes=5))
        notifier.poll_receipts()
        notifier.send_due()
    assert status_of(application, confirmation(booked)) is DeliveryStatus.UNDELIVERED
    (mail,) = post.sent
    assert mail.to == "lina@example.org"
    assert status_of(application, confirmation(booked, "")) is DeliveryStatus.SENT


@pytest.mark.parametrize("retry", [True, False])
def test_what_never_left_is_said_by_e_mail_once(
    application: Application, booked: Booked, clock: FixedClock, retry: bool
) -> None:
    sms, post = NullSms(), NullPost()
    sms.failure = SmsNotSent("refused", retry=retry)
    add_address(application, booked)
    notifier = notifier_of(application, sms=sms, post=post)
    for _ in range(MAXIMUM_ATTEMPTS + 1):
        notifier.send_due()
        clock.advance(timedelta(hours=1))
    assert status_of(application, confirmation(booked)) is DeliveryStatus.FAILED
    assert [mail.to for mail in post.sent] == ["nadia@mission.example", "lina@example.org"]


def test_without_an_address_or_by_wish_nothing_replaces_it(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    sms, post = undelivered(application, clock)
    add_address(application, booked)
    with application.store.write() as uow:
        uow.appointments.get(booked.appointment.id).discretion = Discretion.SILENT
        uow.commit()
    clock.advance(timedelta(minutes=5))
    notifier = notifier_of(application, sms=sms, post=post)
    notifier.poll_receipts()
    notifier.send_due()
    assert status_of(application, confirmation(booked)) is DeliveryStatus.UNDELIVERED
    assert post.sent == []


def test_no_contact_and_no_text_is_logged(
    application: Application,
    booked: Booked,
    clock: FixedClock,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    sms = NullSms()
    sms.failure = SmsNotSent("503", retry=True)
    notifier_of(application, sms=sms).send_due()
    sms.failure = None
    clock.advance(LATER)
    notifier_of(application, sms=sms).send_due()
    said = caplog.text + "".join(capsys.readouterr())
    for secret in ("39980011", "Lina", booked.link_token, booked.code, "studio"):
        assert secret not in said
    assert PHONE not in repr(sms.sent[0])


class CorrectedMeanwhile(NullSms):
    """While the first message is handed over, the young person corrects their number."""

    def __init__(self, correct: Callable[[], object]) -> None:
        super().__init__()
        self.correct = correct

    def send(self, sms: Sms) -> str:
        if not self.sent:
            self.correct()
        return super().send(sms)


def test_a_number_corrected_while_the_message_leaves_is_written_to_once(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    other = Contact("+33639980022")
    conversation = booked.appointment.conversation_id
    sms = CorrectedMeanwhile(lambda: application.booking.add_contact(conversation, other, ""))
    notifier = notifier_of(application, sms=sms)
    for _ in range(3):
        notifier.send_due()
        clock.advance(LATER)
    assert [one.to for one in sms.sent] == [PHONE, other.phone]
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT


def test_what_left_to_the_corrected_number_already_does_not_leave_again(
    application: Application, booked: Booked, clock: FixedClock
) -> None:
    """The number is corrected between the claim and the writing: the new one is written to."""
    sms = NullSms()
    notifier = notifier_of(application, sms=sms)
    notifier._claim()  # the counsellor's
    claim = notifier._claim()
    other = Contact("+33639980022")
    application.booking.add_contact(booked.appointment.conversation_id, other, "")
    notifier._send_one(claim)
    for _ in range(3):
        clock.advance(LATER)
        notifier.send_due()
    assert [one.to for one in sms.sent] == [other.phone]
    assert status_of(application, confirmation(booked)) is DeliveryStatus.SENT
