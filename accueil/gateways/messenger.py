"""Facebook Messenger, by the Send API of the Messenger Platform.

Sources (developers.facebook.com/documentation/business-messaging/messenger-platform): "Send API
Reference", "Quick replies", "Sender actions", "Message echoes", "Send a utility message". Message
tags such as CONFIRMED_EVENT_UPDATE are refused since 27 April 2026 (changelog of 27 March 2026):
after 24 hours, an appointment is recalled by a utility template.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

from accueil.core.clock import Clock
from accueil.core.platforms import Abilities, Platform, PlatformMessage, Template
from accueil.gateways.customer_window import CustomerWindow
from accueil.gateways.graph_api import GraphApi
from accueil.gateways.meta_templates import LANGUAGE, body_component
from accueil.gateways.platform_accounts import MessengerAccount
from accueil.services.platforms.ports import NotDelivered

_ACTION_TIMEOUT = 3.0


class MessengerGateway:
    """Implements ``services.platforms.ports.PlatformGateway``.

    Choices are quick replies: up to 13 under a message of full length, where buttons are three at
    most under 640 characters. They stand above the composer, where there is room for those of the
    newest message only.
    """

    platform = Platform.MESSENGER
    abilities = Abilities(
        text_limit=2000,
        choices_text_limit=2000,
        most_choices=13,
        longest_title=20,
        only_last_choices=True,
    )
    returns_references = True

    def __init__(
        self, account: MessengerAccount, clock: Clock, api: GraphApi | None = None
    ) -> None:
        self._api = api or GraphApi(account.url, account.token, account.app_secret)
        self._window = CustomerWindow(clock)
        self._path = f"/{quote(account.page, safe='')}/messages"
        self.address = f"https://m.me/{quote(account.page, safe='')}"

    def send(self, to: str, message: PlatformMessage, last_heard_at: datetime) -> str:
        words, template = _body(to, "RESPONSE", message, _words(message)), message.template
        approved = _body(to, "UTILITY", message, _approved(template)) if template else None
        return self._window.deliver(last_heard_at, self._send, words, approved)

    def acknowledge(self, to: str, callback: str) -> None:
        for action in ("mark_seen", "typing_on"):
            body = {"recipient": {"id": to}, "sender_action": action}
            with suppress(NotDelivered):
                self._api.post(self._path, body, timeout=_ACTION_TIMEOUT)

    def _send(self, body: dict[str, Any]) -> str:
        return self._api.send(self._path, body, "message_id")


def _body(to: str, kind: str, message: PlatformMessage, content: dict[str, Any]) -> dict[str, Any]:
    """Return a request. ``metadata`` comes back in the echo of the message."""
    content = content | {"metadata": message.reference}
    return {"recipient": {"id": to}, "messaging_type": kind, "message": content}


def _words(message: PlatformMessage) -> dict[str, Any]:
    content: dict[str, Any] = {"text": message.text}
    if message.choices:
        content["quick_replies"] = [
            {"content_type": "text", "title": choice.title, "payload": choice.token}
            for choice in message.choices
        ]
    return content


def _approved(template: Template) -> dict[str, Any]:
    named = {"name": template.name, "language": {"code": LANGUAGE}}
    return {"template": named | {"components": body_component(template.values)}}
