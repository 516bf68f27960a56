"""WhatsApp, by the Cloud API of the WhatsApp Business Platform.

Sources (developers.facebook.com/documentation/business-messaging/whatsapp): "Text messages",
"Interactive reply buttons messages", "Interactive list messages", "Utility templates", "Typing
indicators", "Status messages webhook reference" (``biz_opaque_callback_data`` comes back in it),
"Business-scoped user IDs" (``recipient`` instead of ``to``; a user with a username may have no
visible number).
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

from accueil.core.clock import Clock
from accueil.core.platforms import Abilities, Choice, Platform, PlatformMessage, Template
from accueil.gateways.customer_window import CustomerWindow
from accueil.gateways.graph_api import GraphApi
from accueil.gateways.meta_templates import LANGUAGE, body_component
from accueil.gateways.platform_accounts import WhatsAppAccount
from accueil.services.platforms.ports import NotDelivered

_MOST_BUTTONS, _LONGEST_BUTTON, _LONGEST_BUTTONS_TEXT = 3, 20, 1024
_LIST_LABEL = "Choisir une réponse"
"""Opens the list; 20 characters at most."""
_LIST_TITLE = "Réponses"
"""Above its rows; 24 characters at most."""
_READ_TIMEOUT = 3.0


class WhatsAppGateway:
    """Implements ``services.platforms.ports.PlatformGateway``.

    Up to three short choices are buttons; more of them, or longer ones, are a list of ten rows at
    most with titles of 24. A long text with choices is better split: buttons stand under 1024
    characters.
    """

    platform = Platform.WHATSAPP
    abilities = Abilities(
        text_limit=4096,
        choices_text_limit=_LONGEST_BUTTONS_TEXT,
        most_choices=10,
        longest_title=24,
    )
    returns_references = True

    def __init__(self, account: WhatsAppAccount, clock: Clock, api: GraphApi | None = None) -> None:
        self._api = api or GraphApi(account.url, account.token, account.app_secret)
        self._window = CustomerWindow(clock)
        self._path = f"/{quote(account.number_id, safe='')}/messages"
        digits = "".join(sign for sign in account.number if sign.isdigit())
        self.address = f"https://wa.me/{digits}"

    def send(self, to: str, message: PlatformMessage, last_heard_at: datetime) -> str:
        words, template = _body(to, message, _words(message)), message.template
        approved = _body(to, message, _approved(template)) if template else None
        return self._window.deliver(last_heard_at, self._send, words, approved)

    def acknowledge(self, to: str, callback: str) -> None:
        """Mark a message as read and show that an answer is being written.

        ``callback`` is the identifier of the message; nothing is shown without it.
        """
        if not callback:
            return
        body = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": callback,
            "typing_indicator": {"type": "text"},
        }
        with suppress(NotDelivered):
            self._api.post(self._path, body, timeout=_READ_TIMEOUT)

    def _send(self, body: dict[str, Any]) -> str:
        return self._api.send(self._path, body, "messages", 0, "id")


def _body(to: str, message: PlatformMessage, content: dict[str, Any]) -> dict[str, Any]:
    """Return a request. A number is all digits; the other identifiers begin with a country."""
    addressed = {"to": to} if to.isdigit() else {"recipient": to}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **addressed,
        **content,
        "biz_opaque_callback_data": message.reference,
    }


def _words(message: PlatformMessage) -> dict[str, Any]:
    if not message.choices:
        return {"type": "text", "text": {"body": message.text, "preview_url": False}}
    titles = [choice.title for choice in message.choices]
    fits = (
        len(titles) <= _MOST_BUTTONS
        and len(message.text) <= _LONGEST_BUTTONS_TEXT
        and max(map(len, titles)) <= _LONGEST_BUTTON
        and len(set(titles)) == len(titles)  # two buttons may not say the same, two rows may
    )
    shown = _buttons(message.choices) if fits else _list(message.choices)
    return {"type": "interactive", "interactive": shown | {"body": {"text": message.text}}}


def _buttons(choices: tuple[Choice, ...]) -> dict[str, Any]:
    buttons = [
        {"type": "reply", "reply": {"id": choice.token, "title": choice.title}}
        for choice in choices
    ]
    return {"type": "button", "action": {"buttons": buttons}}


def _list(choices: tuple[Choice, ...]) -> dict[str, Any]:
    rows = [{"id": choice.token, "title": choice.title} for choice in choices]
    sections = [{"title": _LIST_TITLE, "rows": rows}]
    return {"type": "list", "action": {"button": _LIST_LABEL, "sections": sections}}


def _approved(template: Template) -> dict[str, Any]:
    named = {"name": template.name, "language": {"code": LANGUAGE}}
    return {
        "type": "template",
        "template": named | {"components": body_component(template.values)},
    }
