"""No SMS at all: in service without a provider, files in a folder would reach nobody."""

from collections.abc import Sequence
from datetime import datetime

from accueil.services.messaging import DeliveryReceipt, IncomingSms, NoSmsProvider, Sms


class NoSms:
    """Refuses every message for good."""

    description = "Aucun SMS n’est configuré."
    carries_links = False
    takes_answers = False

    def send(self, sms: Sms) -> str:
        """Refuse. Raises ``NoSmsProvider``."""
        raise NoSmsProvider

    def find(self, reference: str) -> str | None:
        """Return nothing: none was ever accepted."""
        return None

    def receipts(self, ids: Sequence[str]) -> dict[str, DeliveryReceipt]:
        """Return nothing: of messages of another time, nobody can tell."""
        return {}

    def incoming(self, since: datetime) -> list[IncomingSms]:
        """Return nothing: nobody answers."""
        return []
