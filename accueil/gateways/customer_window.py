"""Meta's 24 hours: after them, only a message that Meta approved beforehand may leave.

Sources: "Customer service windows" (WhatsApp), "Standard messaging window" (Messenger Platform).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from accueil.core.clock import Clock
from accueil.services.platforms.ports import WindowClosed

_OPEN_FOR = timedelta(hours=24) - timedelta(minutes=1)
"""A minute less than Meta's: clocks differ, and a message takes time to leave."""


class CustomerWindow:
    """Chooses between the words and the approved template."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def deliver(
        self,
        last_heard_at: datetime,
        send: Callable[[dict[str, Any]], str],
        words: dict[str, Any],
        approved: dict[str, Any] | None,
    ) -> str:
        """Send the words while the window is open, else the template; return what ``send`` does.

        Raises ``WindowClosed`` when there is no template, and whatever ``send`` raises. Meta's own
        opinion counts: if it says that the window is closed, the template leaves.
        """
        if self._clock.now() - last_heard_at < _OPEN_FOR:
            try:
                return send(words)
            except WindowClosed:
                pass
        if approved is None:
            raise WindowClosed
        return send(approved)
