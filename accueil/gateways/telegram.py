"""A Telegram bot: what we send to people, and where Telegram sends what they write.

Sources: https://core.telegram.org/bots/api, "sendMessage", "InlineKeyboardButton",
"answerCallbackQuery", "sendChatAction", "setWebhook".
"""

from datetime import datetime
from typing import Any

import httpx

from accueil.core.platforms import Abilities, Choice, Platform, PlatformMessage
from accueil.gateways.platform_accounts import TelegramAccount
from accueil.gateways.telegram_api import TelegramApi, TelegramRefused, TelegramUnreachable
from accueil.services.platforms.ports import Blocked, NotDelivered

WEBHOOK_PATH = "/webhooks/telegram"
HEARD_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram tells us, and nothing else."""

_ABILITIES = Abilities(
    # 4096 characters are documented. Telegram counts as UTF-16 does, where an emoji is two; Python
    # counts it once: 96 emoji fit in what is left.
    text_limit=4000,
    choices_text_limit=4000,
    # No number is documented. Telegram refuses past a hundred; past twenty nobody reads them.
    most_choices=20,
    # No length is documented. A telephone shows about 32 characters of a button that has its row to
    # itself, and leaves out the middle of longer ones.
    longest_title=32,
)
_CONNECTIONS = 10
"""Webhooks at the same time, of 40 by default: one application answers them at once."""
_ACKNOWLEDGE_SECONDS = 3.0
_CHAT_GONE = "chat not found"
_OPERATOR_STATUSES = (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND)
"""What Telegram answers to a token that is revoked, or is none."""


class TelegramGateway:
    """Implements ``services.platforms.ports.PlatformGateway``."""

    def __init__(self, account: TelegramAccount, api: TelegramApi | None = None) -> None:
        self._account = account
        self._api = api or TelegramApi(account)

    @property
    def platform(self) -> Platform:
        return Platform.TELEGRAM

    @property
    def abilities(self) -> Abilities:
        return _ABILITIES

    @property
    def returns_references(self) -> bool:
        return False

    @property
    def address(self) -> str:
        return f"https://t.me/{self._account.bot}"

    def send(self, to: str, message: PlatformMessage, last_heard_at: datetime) -> str:
        """Hand the message over and return its identifier in the chat. Raises ``NotDelivered``.

        A bot may write at any time to whoever wrote to it: ``last_heard_at`` changes nothing, and
        neither does a template.
        """
        try:
            sent = self._api.call("sendMessage", _body(to, message))
        except TelegramUnreachable as error:
            raise NotDelivered(str(error), retry=True, is_uncertain=error.is_uncertain) from None
        except TelegramRefused as refusal:
            raise _not_delivered(refusal) from None
        try:
            return str(sent["message_id"])
        except (KeyError, TypeError):
            raise NotDelivered("unreadable", retry=True, is_uncertain=True) from None

    def acknowledge(self, to: str, callback: str) -> None:
        """Stop the wheel of the button that was pressed, or show that an answer is on its way."""
        try:
            if callback:
                self._quickly("answerCallbackQuery", {"callback_query_id": callback})
            else:
                self._quickly("sendChatAction", {"chat_id": to, "action": "typing"})
        except (TelegramUnreachable, TelegramRefused):
            return  # a courtesy, worth no second attempt

    def set_webhook(self, public_url: str) -> None:
        """Tell Telegram where to send what people write, and the secret that proves it.

        ``public_url`` is this instance's, with https and without a final "/". What was written
        meanwhile is kept. Raises ``TelegramRefused``, ``TelegramUnreachable``.
        """
        body = {
            "url": public_url + WEBHOOK_PATH,
            "secret_token": self._account.secret,
            "allowed_updates": HEARD_UPDATES,
            "max_connections": _CONNECTIONS,
        }
        self._api.call("setWebhook", body)

    def _quickly(self, method: str, body: dict[str, Any]) -> None:
        self._api.call(method, body, timeout=_ACKNOWLEDGE_SECONDS)


def _body(to: str, message: PlatformMessage) -> dict[str, Any]:
    """Return a plain text: no ``parse_mode``, so that no sign of it means anything."""
    body: dict[str, Any] = {
        "chat_id": to,
        "text": message.text,
        "link_preview_options": {"is_disabled": True},
    }
    if message.choices:
        rows = [[_button(choice)] for choice in message.choices]
        body["reply_markup"] = {"inline_keyboard": rows}
    return body


def _button(choice: Choice) -> dict[str, str]:
    return {"text": choice.title, "callback_data": choice.token}


def _not_delivered(refusal: TelegramRefused) -> NotDelivered:
    """Return what a refusal means for the message. Telegram's sentence goes no further."""
    status, kind = refusal.status, str(refusal)
    if status == httpx.codes.FORBIDDEN:
        return Blocked()  # blocked by the person, who may also have left Telegram
    if status == httpx.codes.BAD_REQUEST and _CHAT_GONE in refusal.description.lower():
        return Blocked()
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return NotDelivered(kind, retry=True, wait=refusal.wait)
    is_ours = httpx.codes.is_client_error(status) and status not in _OPERATOR_STATUSES
    return NotDelivered(kind, retry=not is_ours)
