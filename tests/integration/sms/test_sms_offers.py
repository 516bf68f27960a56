"""Answers by SMS to a time held for somebody on the waiting list."""

from datetime import timedelta

import pytest
from sms_answers import LINA, answers_of, callbacks, killed, now_of

from accueil.core.booking import AppointmentStatus, WaitingStatus
from accueil.core.outbox import DeliveryStatus
from accueil.services.messaging import IncomingSms
from accueil.services.sms_answers import SmsAnswers


def test_an_offer_is_accepted(application, waiting, answer) -> None:
    assert answer("oui").status is DeliveryStatus.DROPPED
    found = now_of(application, waiting)
    assert (found.status, found.phone) == (AppointmentStatus.CONFIRMED, LINA)
    with application.store.read() as uow:
        assert uow.outbox.get(f"{found.id}:0:confirmed:young_person:sms") is not None


def test_an_offer_is_declined_and_the_place_kept(application, waiting, answer, sms) -> None:
    answer("2")
    assert now_of(application, waiting).status is AppointmentStatus.EXPIRED
    with application.store.read() as uow:
        (entry,) = uow.waiting.present()
    assert entry.offered_id != waiting.id


def test_an_answer_never_declines_an_offer_that_came_after_it(
    application, waiting, sms, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(minutes=2))
    sms.answers.append(IncomingSms("a", LINA, "non", clock.now() - timedelta(minutes=1)))
    with monkeypatch.context() as patch:
        patch.setattr(SmsAnswers, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            answers_of(application).poll()
    with application.store.read() as uow:
        (entry,) = uow.waiting.present()
    assert entry.status is WaitingStatus.OFFERED
    answers_of(application).poll()
    with application.store.read() as uow:
        assert uow.waiting.get(entry.id).offered_id == entry.offered_id


def test_a_yes_that_comes_too_late_reaches_somebody(application, waiting, answer, clock) -> None:
    with application.store.write() as uow:
        (entry,) = uow.waiting.present()
        entry.status, entry.offered_id = WaitingStatus.WAITING, None
        uow.commit()
    clock.advance(timedelta(hours=3))
    assert answer("oui je prends").status is DeliveryStatus.DROPPED
    assert callbacks(application) == [("Lina", LINA)]


def test_stop_leaves_the_list(application, waiting, answer) -> None:
    answer("STOP")
    with application.store.read() as uow:
        assert list(uow.waiting.present()) == []
