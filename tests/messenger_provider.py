"""Messenger's Send API on loopback, with what its documentation says and nothing more.

It checks what it is sent (limits of texts, quick replies and templates), answers with an echo that
carries our ``metadata``, and lets people write.
"""

from typing import Any

from graph_rules import Refused, check
from meta_provider import (
    APP_SECRET,
    START,
    TOKEN,
    VERIFY_TOKEN,
    MetaPerson,
    MetaServer,
)
from platform_provider import Call, Delivered

from accueil.gateways.platform_accounts import MessengerAccount

PAGE, APP = "104000000000001", 205000000000002


class MessengerProvider(MetaServer):
    """Start it with ``with``."""

    webhook = "/webhooks/messenger"

    def account(self) -> MessengerAccount:
        """Return the account that leads here."""
        return MessengerAccount(PAGE, TOKEN, APP_SECRET, VERIFY_TOKEN, self.graph)

    def environment(self) -> dict[str, str]:
        """Return the variables that lead here."""
        return {
            "ACCUEIL_MESSENGER_PAGE": PAGE,
            "ACCUEIL_MESSENGER_TOKEN": TOKEN,
            "ACCUEIL_MESSENGER_APP_SECRET": APP_SECRET,
            "ACCUEIL_MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
            "ACCUEIL_MESSENGER_URL": self.graph,
        }

    def person(self, number: int = 1001) -> MetaPerson:
        return MetaPerson(self, f"77{number:014}")

    def is_message(self, call: Call) -> bool:
        return "/messages?" in call.path and b'"message"' in call.body

    def batch(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        entry = {"id": PAGE, "time": START * 1000, "messaging": items}
        return {"object": "page", "entry": [entry]}

    def item(self, sender: str, **content: Any) -> dict[str, Any]:
        """Return what one person did, a second after what happened before."""
        at = (START + self.next_count()) * 1000
        parties = {"sender": {"id": sender}, "recipient": {"id": PAGE}}
        return parties | {"timestamp": at} | content

    def message(self, sender: str, **content: Any) -> dict[str, Any]:
        """Return a message of one person."""
        mid = f"m_{sender}_{self.next_count()}"
        return self.item(sender, message={"mid": mid} | content)

    def text(self, sender: str, text: str) -> dict[str, Any]:
        return self.message(sender, text=text)

    def pressed(self, sender: str, title: str, token: str) -> dict[str, Any]:
        return self.message(sender, text=title, quick_reply={"payload": token})

    def location(self, sender: str, latitude: float, longitude: float) -> dict[str, Any]:
        payload = {"coordinates": {"lat": latitude, "long": longitude}}
        return self.message(sender, attachments=[{"type": "location", "payload": payload}])

    def medium(self, sender: str, kind: str) -> dict[str, Any]:
        payload = {"url": "https://cdn.example.org/attachment"}
        return self.message(sender, attachments=[{"type": kind, "payload": payload}])

    def start(self, sender: str) -> bytes:
        """Let somebody press "Démarrer"."""
        postback = {"title": "Démarrer", "payload": "GET_STARTED", "mid": f"m_{sender}_start"}
        return self.tell(self.item(sender, postback=postback))

    def accept(self, path: str, body: dict[str, Any]) -> Any:
        owner, _, edge = path.lstrip("/").partition("/")
        check(owner == PAGE)
        if edge == "messages":
            return self._message(body)
        if edge == "message_templates":
            return self.templates.approve(body)
        check(edge in ("subscribed_apps", "messenger_profile"))
        self.set_up.append((edge, body))
        return {"success": True}

    def _message(self, body: dict[str, Any]) -> Any:
        to = body["recipient"]["id"]
        if "sender_action" in body:
            check(body["sender_action"] in ("mark_seen", "typing_on"), "message" not in body)
            self.acknowledged.append(body)
            return {"recipient_id": to}
        message, kind = body["message"], body["messaging_type"]
        check(kind in ("RESPONSE", "UPDATE", "UTILITY"), len(message["metadata"]) <= 1000)
        self.check_person(to, is_template="template" in message)
        text, choices = self._shown(message, kind)
        mid = f"m_sent_{self.next_count()}"
        echo = {"is_echo": True, "app_id": APP, "metadata": message["metadata"], "mid": mid}
        item = self.item(PAGE, message=echo | {"text": text}) | {"recipient": {"id": to}}
        self.told(Delivered(to, text, choices, body), item)
        return {"recipient_id": to, "message_id": mid}

    def _shown(self, message: dict[str, Any], kind: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        if "template" in message:
            check(kind == "UTILITY", "text" not in message)
            return self.templates.filled(message["template"]), ()
        check(0 < len(message["text"]) <= 2000)
        replies = message.get("quick_replies", [])
        check(len(replies) <= 13, "quick_replies" not in message or bool(replies))
        for reply in replies:
            check(reply["content_type"] == "text", 0 < len(reply["title"]) <= 20)
            check(0 < len(reply["payload"]) <= 1000)
        return message["text"], tuple((one["title"], one["payload"]) for one in replies)

    def check_person(self, address: str, *, is_template: bool) -> None:
        if address in self.blocked:
            raise Refused(551, 1545041)
        if address in self.closed and not is_template:
            raise Refused(10, 2018278)
