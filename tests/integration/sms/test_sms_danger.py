"""Danger in an SMS: the numbers leave at once, and once."""

from datetime import timedelta

import pytest
from factories import NOW
from sms_answers import LINA, OTHER, answers_of, callbacks, count, killed, now_of

from accueil.core.booking import Discretion
from accueil.core.outbox import DeliveryStatus
from accueil.services.messaging import IncomingSms, SmsNotSent
from accueil.services.sms_safety import SmsSafety


def test_danger_gets_the_numbers_at_once(application, sms, booked, answer) -> None:
    row = answer("3 mon copain me frappe")
    assert (row.status, row.sent_at, row.claimed_until) == (DeliveryStatus.SENT, NOW, None)
    (sent,) = sms.sent
    assert sent.to == LINA
    assert sent.text.startswith("Merci")
    assert "39" in sent.text
    assert "112" in sent.text
    assert row.provider_id == f"null-{sent.reference}"
    assert callbacks(application) == [("Lina", LINA)]
    assert count(application, "safety_events") == 1


@pytest.mark.parametrize("discretion", [Discretion.NEUTRAL, Discretion.SILENT])
def test_danger_on_a_phone_that_others_read(
    application, sms, booked, answer, discretion: Discretion
) -> None:
    with application.store.write() as uow:
        uow.appointments.get(booked.id).discretion = discretion
        uow.commit()
    answer("je veux mourir")
    assert sms.sent[0].text.startswith("Numéros gratuits, jour et nuit")


def test_danger_from_an_unknown_number_is_answered(sms, answer) -> None:
    answer("je veux mourir", sender=OTHER)
    assert [one.to for one in sms.sent] == [OTHER]


def test_stop_in_danger_is_no_wish_for_silence(application, sms, booked, answer) -> None:
    answer("stop il me tape")
    assert len(sms.sent) == 1
    assert now_of(application, booked).discretion is Discretion.ORDINARY


def test_numbers_that_could_not_leave_are_tried_again(application, sms, clock, booked) -> None:
    sms.answers.append(IncomingSms("a", LINA, "je veux mourir", NOW))
    sms.failure = SmsNotSent("ReadTimeout", retry=True)
    with pytest.raises(SmsNotSent):
        answers_of(application).poll()
    sms.failure = None
    answers_of(application).poll()  # another worker may still be at it
    assert sms.sent == []
    clock.advance(timedelta(minutes=3))
    answers_of(application).poll()
    clock.advance(timedelta(minutes=3))
    answers_of(application).poll()
    assert len(sms.sent) == 1
    assert count(application, "safety_events") == 1


def test_numbers_that_left_before_a_kill_do_not_leave_twice(
    application, sms, clock, booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms.answers.append(IncomingSms("a", LINA, "je veux mourir", NOW))
    with monkeypatch.context() as patch:
        patch.setattr(SmsSafety, "_end", killed)
        with pytest.raises(KeyboardInterrupt):
            answers_of(application).poll()
    clock.advance(timedelta(minutes=3))
    answers_of(application).poll()
    assert len(sms.sent) == 1
    with application.store.read() as uow:
        assert uow.outbox.get("answer:a").status is DeliveryStatus.SENT


def test_numbers_refused_for_good_stay_failed(application, sms, clock, booked) -> None:
    sms.answers.append(IncomingSms("a", LINA, "je veux mourir", NOW))
    sms.failure = SmsNotSent("invalidReceivers", retry=False)
    with pytest.raises(SmsNotSent):
        answers_of(application).poll()
    clock.advance(timedelta(minutes=3))
    assert answers_of(application).poll() == 0
    with application.store.read() as uow:
        assert uow.outbox.get("answer:a").status is DeliveryStatus.FAILED
