"""SMS without a provider: as files in a folder, or in memory."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from accueil.core.french import NBSP
from accueil.services.messaging import DeliveryReceipt, IncomingSms, Sms, SmsNotSent


class FolderSms:
    """Writes each message as a ``.txt`` file: for demonstrations and trials."""

    carries_links = True
    takes_answers = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.description = (
            f"Démonstration{NBSP}: aucun SMS ne part. Les messages sont écrits dans le dossier "
            f"«{NBSP}{folder.name}{NBSP}» du serveur."
        )

    def send(self, sms: Sms) -> str:
        """Write the file, whole or not at all, once per reference. Raises ``SmsNotSent``."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._folder / f"{sms.reference}.tmp"
            draft.write_text(f"À{NBSP}: {sms.to}\n\n{sms.text}\n", encoding="utf-8")
            draft.replace(self._file(sms.reference))
        except (OSError, ValueError) as error:
            # ValueError: half a character, which no encoding takes.
            raise SmsNotSent(type(error).__name__, retry=isinstance(error, OSError)) from None
        return sms.reference

    def find(self, reference: str) -> str | None:
        """Return the reference if its file is there."""
        return reference if self._file(reference).exists() else None

    def receipts(self, ids: Sequence[str]) -> dict[str, DeliveryReceipt]:
        """Return what became of each: delivered when its file is there."""
        return {
            one: DeliveryReceipt.DELIVERED if self.find(one) else DeliveryReceipt.FAILED
            for one in ids
        }

    def incoming(self, since: datetime) -> list[IncomingSms]:
        """Return nothing: nobody answers a file."""
        return []

    def _file(self, reference: str) -> Path:
        return self._folder / f"{reference}.txt"


class NullSms:
    """Keeps messages in memory: for tests, which fill ``states`` and ``answers``."""

    description = "Aucun SMS ne part."

    def __init__(self, *, carries_links: bool = True, takes_answers: bool = True) -> None:
        self.carries_links = carries_links
        self.takes_answers = takes_answers
        self.sent: list[Sms] = []
        self.states: dict[str, DeliveryReceipt] = {}
        self.answers: list[IncomingSms] = []
        self.failure: SmsNotSent | None = None

    def send(self, sms: Sms) -> str:
        """Keep the message, or raise ``failure`` while there is one."""
        if self.failure is not None:
            raise self.failure
        self.sent.append(sms)
        return f"null-{sms.reference}"

    def find(self, reference: str) -> str | None:
        """Return the identifier of a message kept."""
        known = any(sms.reference == reference for sms in self.sent)
        return f"null-{reference}" if known else None

    def receipts(self, ids: Sequence[str]) -> dict[str, DeliveryReceipt]:
        """Return the state that the test gave, pending otherwise."""
        return {one: self.states.get(one, DeliveryReceipt.PENDING) for one in ids}

    def incoming(self, since: datetime) -> list[IncomingSms]:
        """Return the answers since an instant, oldest first."""
        return sorted((one for one in self.answers if one.at >= since), key=lambda one: one.at)
