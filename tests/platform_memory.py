"""A messaging app in memory: it keeps what it is handed, and fails when told to."""

from collections import deque
from datetime import datetime

from accueil.core.platforms import Abilities, Platform, PlatformMessage
from accueil.services.platforms.ports import NotDelivered


class MemoryGateway:
    """Implements ``services.platforms.ports.PlatformGateway``."""

    abilities = Abilities(400, 300, 3, 20)
    address = "https://app.example/premier-accueil"

    def __init__(self, platform: Platform, *, returns_references: bool = False) -> None:
        self.platform = platform
        self.returns_references = returns_references
        self.sent: list[tuple[str, PlatformMessage]] = []
        self.failures: deque[NotDelivered] = deque()
        self.acknowledged: list[str] = []

    def send(self, to: str, message: PlatformMessage, last_heard_at: datetime) -> str:
        if self.failures:
            raise self.failures.popleft()
        self.sent.append((to, message))
        return str(len(self.sent))

    def acknowledge(self, to: str, callback: str) -> None:
        self.acknowledged.append(to)

    def texts(self, to: str) -> list[str]:
        return [message.text for address, message in self.sent if address == to]
