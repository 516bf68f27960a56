"""The worker: sends what is due, and deletes what has had its time."""

import threading

import structlog

from accueil.bootstrap import Application

PAUSE_SECONDS = 2.0
LOG = structlog.get_logger("worker")


class Worker:
    """One round after the other until it is stopped; may be killed and run twice at any moment."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._stopping = threading.Event()

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
        return sent > 0
