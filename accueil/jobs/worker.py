"""The worker: sends what is due, reads the answers, and deletes what has had its time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from accueil.bootstrap import Application
from accueil.services.watchdog import WORKER

PAUSE_SECONDS = 2.0
EACH_ROUND, EACH_MINUTE, EACH_HOUR = timedelta(0), timedelta(minutes=1), timedelta(hours=1)
FORGOTTEN_AT_ONCE = 20
"""Conversations deleted in one round: the reminders behind them must not wait for the engine."""
LOG = structlog.get_logger("worker")


@dataclass
class Duty:
    """One thing to do again and again; ``work`` returns how much there was to do."""

    name: str
    period: timedelta
    work: Callable[[], int]
    last: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Tell whether its time has come."""
        return self.last is None or now - self.last >= self.period


class Worker:
    """One round after the other until it is stopped; may be killed and run twice at any moment.

    Each duty is by itself: one that fails is logged (the kind of error only), stops no other, and
    is tried again when its time comes.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._stopping = threading.Event()
        self._duties = self._own_duties()

    def stop(self) -> None:
        """End after the current duty."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            if not self.run_once():
                self._stopping.wait(PAUSE_SECONDS)

    def run_once(self) -> bool:
        """Do one round; tell whether there may be more to send at once."""
        done = {duty.name: self._do(duty) for duty in self._duties if not self._stopping.is_set()}
        return done.get("send", 0) > 0

    def _do(self, duty: Duty) -> int:
        now = self._application.clock.now()
        if not duty.is_due(now):
            return 0
        duty.last = now
        try:
            return duty.work()
        except Exception as error:
            LOG.error("duty failed", duty=duty.name, error=type(error).__name__)
            return 0

    def _own_duties(self) -> list[Duty]:
        app = self._application
        return [
            Duty("heartbeat", EACH_ROUND, self._beat),
            Duty("send", EACH_ROUND, lambda: app.notifier.send_due()),
            Duty("receipts", EACH_ROUND, lambda: app.notifier.poll_receipts()),
            Duty("answers", EACH_MINUTE, self._read_answers),
            Duty("waiting_list", EACH_MINUTE, lambda: app.waiting_list.work()),
            Duty("conversations", EACH_ROUND, self._forget_conversations),
            Duty("erasure", EACH_HOUR, self._erase),
        ]

    def _read_answers(self) -> int:
        app = self._application
        if not app.sms.takes_answers:
            return 0  # and what reads danger, a second of work, is not even loaded
        return app.sms_answers.poll()

    def _beat(self) -> int:
        with self._application.store.write() as uow:
            uow.heartbeats.beat(WORKER, self._application.clock.now())
            uow.commit()
        return 0

    def _forget_conversations(self) -> int:
        expired = self._application.erasure.expired_conversations()
        for conversation_id in expired[:FORGOTTEN_AT_ONCE]:
            self._application.forget_conversation(conversation_id)
        return len(expired)

    def _erase(self) -> int:
        self._application.erasure.erase_old()
        return 0
