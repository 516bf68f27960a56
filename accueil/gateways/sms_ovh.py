"""SMS by OVHcloud, asked for receipts and answers rather than called back by it.

Its call-backs carry no signature, so nothing is opened to them. Sources: the schema at
``https://eu.api.ovh.com/1.0/sms.json``, the guides "API SMS Cookbook" and "FAQ SMS OVHcloud".
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from accueil.core.contact import checked_phone
from accueil.core.sms_text import is_gsm
from accueil.gateways.ovh_api import ApiRefused, ApiUnavailable, OvhApi
from accueil.gateways.sms_account import OvhAccount
from accueil.services.messaging import (
    DeliveryReceipt,
    IncomingSms,
    Sms,
    SmsNotSent,
    SmsUnavailable,
)

_RECEIPTS = {
    1: DeliveryReceipt.DELIVERED,
    2: DeliveryReceipt.FAILED,
    16: DeliveryReceipt.FAILED,
}
"""Delivery reports; any other (0, 4, 8) says that the message is on its way."""


class OvhSms:
    """Implements ``services.messaging.SmsSender``."""

    def __init__(self, account: OvhAccount, api: OvhApi | None = None) -> None:
        self._account = account
        self._api = api or OvhApi(account)
        self._path = f"/sms/{quote(account.service, safe='')}"
        if account.number:
            self._path += f"/virtualNumbers/{quote(account.number, safe='')}"
        self.carries_links = bool(account.number or account.sender)
        self.takes_answers = not account.sender
        self.description = "Les SMS partent par OVHcloud."

    def send(self, sms: Sms) -> str:
        """Hand the message over. Raises ``SmsNotSent``: no ``retry`` if the message is at fault."""
        try:
            report = self._api.post(f"{self._path}/jobs", self._job(sms))
            refused, ids = bool(report["invalidReceivers"]), [str(one) for one in report["ids"]]
        except ApiRefused as refusal:
            # An unknown path is a wrong account, which the operator can mend.
            raise SmsNotSent(str(refusal), retry=refusal.is_unknown) from None
        except ApiUnavailable as error:
            raise SmsNotSent(str(error), retry=True) from None
        except (KeyError, TypeError) as error:
            raise SmsNotSent(type(error).__name__, retry=True) from None
        if refused or not ids:
            raise SmsNotSent("invalidReceivers", retry=False)
        return ids[0]

    def find(self, reference: str) -> str | None:
        """Return the identifier of a message accepted earlier. Raises ``SmsUnavailable``.

        The history knows references; the queue before it does not. While something is queued, the
        absence from the history says nothing.
        """
        queued = self._list("/jobs")  # before the history: a message goes from one to the other
        found = self._list("/outgoing", tag=reference)
        if found:
            return found[0]
        if queued:
            raise SmsUnavailable("queued")
        return None

    def receipts(self, ids: Sequence[str]) -> dict[str, DeliveryReceipt]:
        """Return what is known of each, one request for each. Raises ``SmsUnavailable``."""
        return {one: self._receipt(one) for one in ids}

    def incoming(self, since: datetime) -> list[IncomingSms]:
        """Return the answers since an aware instant. Raises ``SmsUnavailable``.

        One that cannot be read does not hide the others. When none can, the provider has changed
        something, and they are asked for again.
        """
        start = since.astimezone(UTC).isoformat(timespec="seconds")
        found = self._list("/incoming", **{"creationDatetime.from": start})
        readable: list[IncomingSms] = []
        trouble: Exception | None = None
        for identifier in found:
            try:
                readable.append(self._answer(identifier))
            except (KeyError, TypeError, ValueError) as error:
                trouble = error
        if trouble is not None and not readable:
            raise _unavailable(trouble) from None
        return sorted(readable, key=lambda answer: answer.at)

    def _job(self, sms: Sms) -> dict[str, Any]:
        job: dict[str, Any] = {
            "message": sms.text,
            "receivers": [sms.to],
            "charset": "UTF-8",
            "coding": "7bit" if is_gsm(sms.text) else "8bit",
            "priority": "high",
            "validityPeriod": max(1, int(sms.valid_for.total_seconds() // 60)),
            "tag": sms.reference,
        }
        if self._account.sender:
            # Else OVHcloud takes it for advertising: "STOP" is added, and it waits for the morning.
            job |= {"sender": self._account.sender, "noStopClause": True}
        elif not self._account.number:
            job |= {"senderForResponse": True, "noStopClause": False}
        return job

    def _receipt(self, identifier: str) -> DeliveryReceipt:
        try:
            sent = self._api.get(f"{self._path}/outgoing/{quote(identifier, safe='')}")
            return _RECEIPTS.get(sent["deliveryReceipt"], DeliveryReceipt.PENDING)
        except ApiRefused as refusal:
            if refusal.is_unknown:
                return DeliveryReceipt.PENDING  # still in the queue
            raise SmsUnavailable(str(refusal)) from None
        except (ApiUnavailable, KeyError, TypeError) as error:
            raise _unavailable(error) from None

    def _answer(self, identifier: str) -> IncomingSms:
        """Return one answer. Raises ``KeyError``, ``TypeError``, ``ValueError``: unreadable."""
        try:
            item = self._api.get(f"{self._path}/incoming/{quote(identifier, safe='')}")
        except (ApiRefused, ApiUnavailable) as error:
            raise _unavailable(error) from None
        at = datetime.fromisoformat(item["creationDatetime"])
        if at.tzinfo is None:
            raise ValueError("an instant without its offset")
        sender, text = checked_phone(str(item["sender"])), str(item["message"])
        return IncomingSms(identifier, sender, text, at.astimezone(UTC), item["tag"] or "")

    def _list(self, path: str, **query: str) -> list[str]:
        """Return identifiers."""
        try:
            return [str(one) for one in self._api.get(self._path + path, **query)]
        except (ApiRefused, ApiUnavailable, TypeError) as error:
            raise _unavailable(error) from None


def _unavailable(error: Exception) -> SmsUnavailable:
    """Return the same trouble, without anything that was in the answer."""
    ours = isinstance(error, ApiRefused | ApiUnavailable)
    return SmsUnavailable(str(error) if ours else type(error).__name__)
