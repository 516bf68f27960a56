"""Answers by SMS: what each does, once, whatever happens in between."""

from datetime import timedelta

import pytest
from factories import NOW, book, keep, make_appointment, make_counsellor, seed_territory
from sms_answers import LINA, OTHER, START, answers_of, callbacks, killed, now_of
from sqlalchemy import event

from accueil.core.booking import AppointmentStatus, Discretion
from accueil.core.contact import Contact
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.services.messaging import IncomingSms, reference_for
from accueil.services.sms_answers import SmsAnswers
from accueil.services.sms_sender import Subject, SubjectFinder


def test_i_come(application, booked, answer) -> None:
    row = answer("1 je viens")
    assert now_of(application, booked).coming_at == NOW
    assert (row.kind, row.channel) == (MessageKind.ANSWER_COMING, Channel.SMS)
    assert (row.recipient, row.status) == (Recipient.YOUNG_PERSON, DeliveryStatus.PENDING)
    assert (row.appointment_id, row.due_at) == (booked.id, NOW)


def test_i_change(application, booked, answer) -> None:
    assert answer("je peux pas ce jour là").kind is MessageKind.ANSWER_CHANGE
    assert now_of(application, booked).status is AppointmentStatus.CONFIRMED


def test_trouble_asks_the_site_to_call_back_once(application, booked, answer, clock) -> None:
    assert answer("3").kind is MessageKind.ANSWER_TROUBLE
    clock.advance(timedelta(hours=1))
    assert answer("j'ai un souci").status is DeliveryStatus.PENDING
    assert callbacks(application) == [("Lina", LINA)]


def test_stop_is_silence_from_now_on(application, booked, answer) -> None:
    assert answer("STOP").status is DeliveryStatus.DROPPED
    assert now_of(application, booked).discretion is Discretion.SILENT
    assert answer("1").status is DeliveryStatus.DROPPED
    assert now_of(application, booked).coming_at == NOW


def test_stop_is_about_everything_they_have_and_not_about_what_they_book_later(
    application, booked, answer, clock
) -> None:
    with application.store.read() as uow:
        key = uow.appointments.get(booked.id).phone_key
    nadia = make_counsellor()
    next_week = make_appointment(START + timedelta(days=7), nadia, phone=LINA, phone_key=key)
    keep(application.store, appointments=[next_week])
    clock.advance(START - NOW + timedelta(minutes=10))
    answer("STOP")
    silent = [now_of(application, one).discretion for one in (booked, next_week)]
    assert silent == [Discretion.SILENT] * 2
    application.changes.cancel(next_week.id)
    again = book(application.booking, START + timedelta(days=8), contact=Contact(phone=LINA))
    assert again.appointment.discretion is Discretion.ORDINARY
    with application.store.read() as uow:
        row = uow.outbox.get(f"{again.appointment.id}:0:confirmed:young_person:sms")
    assert row.status is DeliveryStatus.PENDING


def test_the_message_answered_is_found_with_a_fixed_number_of_questions(
    application, booked
) -> None:
    asked: list[object] = []
    event.listen(application.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def questions(rows: int) -> int:
        """Count them when so many more SMS have left."""
        for number in range(rows):
            day = NOW + timedelta(days=9 + rows + number)
            one = make_appointment(day, make_counsellor(), phone=OTHER)
            given = one.id, MessageKind.CONFIRMED, Recipient.YOUNG_PERSON, 0, NOW
            row = OutboxMessage(f"row-{one.id}", *given, channel=Channel.SMS)
            row.status, row.sent_at = DeliveryStatus.SENT, NOW
            keep(application.store, appointments=[one])
            with application.store.write() as uow:
                uow.outbox.add([row])
                uow.commit()
        unknown = IncomingSms("a", "", "1", NOW, reference="unknown")
        asked.clear()
        with application.store.read() as uow:
            assert SubjectFinder(application.tokens).of(uow, unknown, NOW) == Subject()
        return len(asked)

    assert questions(1) == questions(9)


def test_the_unclear_is_answered_once_a_day(booked, answer, clock) -> None:
    row = answer("c'est qui ?")
    assert (row.kind, row.status) == (MessageKind.ANSWER_UNCLEAR, DeliveryStatus.PENDING)
    clock.advance(timedelta(hours=12))
    assert answer("???").status is DeliveryStatus.DROPPED
    clock.advance(timedelta(hours=13))
    assert answer("hein").status is DeliveryStatus.PENDING


def test_ten_identical_answers_get_one_reply(application, sms, booked, clock) -> None:
    for number in range(10):
        sms.answers.append(IncomingSms(f"sms-{number}", LINA, "oui", clock.now()))
    assert answers_of(application).poll() == 10
    assert answers_of(application).poll() == 0
    with application.store.read() as uow:
        rows = [uow.outbox.get(f"answer:sms-{number}") for number in range(10)]
    assert [row.status for row in rows].count(DeliveryStatus.PENDING) == 1


def test_an_unknown_number_gets_nothing(application, sms, booked, answer) -> None:
    row = answer("1", sender=OTHER)
    assert (row.status, row.appointment_id) == (DeliveryStatus.DROPPED, None)
    assert answer("1", sender="").status is DeliveryStatus.DROPPED
    assert now_of(application, booked).coming_at is None
    assert sms.sent == []


def test_the_message_answered_tells_when_the_number_does_not(application, booked, answer) -> None:
    with application.store.write() as uow:
        row = uow.outbox.get(f"{booked.id}:0:confirmed:young_person:sms")
        row.status, row.sent_at = DeliveryStatus.SENT, NOW
        uow.commit()
    answer("1", sender=OTHER, reference=reference_for(row.id, OTHER))
    assert now_of(application, booked).coming_at is None
    answer("1", sender=OTHER, reference=reference_for(row.id, LINA))
    assert now_of(application, booked).coming_at == NOW


def test_late_is_still_about_that_appointment(application, booked, answer, clock) -> None:
    clock.advance(START - NOW + timedelta(minutes=10))
    assert answer("je suis en retard").kind is MessageKind.ANSWER_TROUBLE
    assert callbacks(application) == [("Lina", LINA)]
    assert answer("1").status is DeliveryStatus.DROPPED
    clock.advance(timedelta(hours=2))
    assert answer("2").appointment_id is None


def test_killed_before_the_proof_an_answer_is_done_again(
    application, sms, booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms.answers.append(IncomingSms("a", LINA, "3", NOW))
    with monkeypatch.context() as patch:
        patch.setattr(SmsAnswers, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            answers_of(application).poll()
    assert answers_of(application).poll() == 1
    assert callbacks(application) == [("Lina", LINA)]


def test_one_that_fails_does_not_stop_the_others(
    application, sms, booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms.answers += [IncomingSms("a", OTHER, "boum", NOW), IncomingSms("b", LINA, "1", NOW)]
    read = application.safety.read

    def fail(text: str) -> object:
        if text == "boum":
            raise OSError("disk")
        return read(text)

    with monkeypatch.context() as patch:
        patch.setattr(application.safety, "read", fail)
        with pytest.raises(OSError, match="disk"):
            answers_of(application).poll()
    assert now_of(application, booked).coming_at == NOW
    assert answers_of(application).poll() == 1


def test_answers_that_came_while_nobody_read_are_read(application, sms, booked, clock) -> None:
    answers_of(application).poll()
    sms.answers.append(IncomingSms("a", LINA, "1", NOW + timedelta(minutes=1)))
    clock.advance(timedelta(hours=20))
    assert answers_of(application).poll() == 1


def test_nothing_of_the_text_is_kept(application, sms, booked, answer, settings) -> None:
    answer("1 je viens avec Zephyrine")
    answer("je veux mourir Zephyrine")
    application.engine.dispose()
    for path in settings.folder.glob("accueil.db*"):
        assert b"Zephyrine" not in path.read_bytes()


def test_an_appointment_of_somebody_else_is_untouched(application, booked, answer) -> None:
    other = make_appointment(START, seed_territory(application.store)["karim"], phone=OTHER)
    keep(application.store, appointments=[other])
    answer("STOP")
    assert now_of(application, other).discretion is Discretion.ORDINARY
