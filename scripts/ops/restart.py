"""How many times a process that dies is started again."""

from __future__ import annotations

from collections import deque

MOST_RESTARTS = 3
WINDOW_SECONDS = 300.0


class RestartPolicy:
    """At most ``most`` restarts in any ``window`` seconds. Pure: the time comes in."""

    def __init__(self, most: int = MOST_RESTARTS, window: float = WINDOW_SECONDS) -> None:
        self._most = most
        self._window = window
        self._restarts: deque[float] = deque()

    def allow(self, now: float) -> bool:
        """Whether a restart at ``now`` (seconds) is allowed; if so, it is counted."""
        while self._restarts and now - self._restarts[0] >= self._window:
            self._restarts.popleft()
        if len(self._restarts) >= self._most:
            return False
        self._restarts.append(now)
        return True
