"""The worker: sends what is due, and deletes what has had its time."""

import threading
from datetime import datetime, timedelta

import structlog

from accueil.bootstrap import Application

PAUSE_SECONDS = 2.0
CLEANING_PERIOD = timedelta(hours=1)
LOG = structlog.get_logger("worker")


class Worker:
    """One round after the other until it is stopped; may be killed and run twice at any moment."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._stopping = threading.Event()
        self._cleaned_at: datetime | None = None

    def stop(self) -> None:
        """End after the current round."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped. A round that fails is logged (its kind only) and tried again."""
        while not self._stopping.is_set():
            try:
                busy = self.run_once()
            except Exception as error:
                LOG.error("round failed", error=type(error).__name__)
                busy = False
            if not busy:
                self._stopping.wait(PAUSE_SECONDS)

    def run_once(self) -> bool:
        """Do one round; tell whether there may be more to do at once."""
        application = self._application
        sent = application.notifier.send_due()
        for conversation_id in application.erasure.expired_conversations():
            application.forget_conversation(conversation_id)
        if self._time_to_clean():
            application.erasure.erase_old()
        return sent > 0

    def _time_to_clean(self) -> bool:
        now = self._application.clock.now()
        is_due = self._cleaned_at is None or now - self._cleaned_at >= CLEANING_PERIOD
        if is_due:
            self._cleaned_at = now
        return is_due
