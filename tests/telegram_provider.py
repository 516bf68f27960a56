"""Telegram's Bot API on loopback, as documented, with people who write to the bot.

Sources: https://core.telegram.org/bots/api; the sentences of refusals are those that Telegram is
known to give (issues of public clients of the Bot API).
"""

import re
from typing import Any

import httpx
from platform_provider import Call, Delivered, Failure, Person, PlatformServer
from telegram_updates import BOT, CONTENTS, Updates

from accueil.gateways.platform_accounts import TelegramAccount

TOKEN, SECRET = "7001:AAF-test-token", "a-secret_of-the-webhook"
WEBHOOK = "/webhooks/telegram"
_UPDATES = {"message", "edited_message", "callback_query", "my_chat_member", "channel_post", "poll"}
_MESSAGE = {"chat_id", "text", "reply_markup", "link_preview_options"}
"""Parameters that a plain message may have; a misspelled one would be ignored in silence."""


def refusal(status: int, description: str = "", **parameters: int) -> Failure:
    """An error as the Bot API says it: ``refusal(429, retry_after=7)``."""
    body = {"ok": False, "error_code": status, "description": description}
    return Failure(status, body | ({"parameters": parameters} if parameters else {}))


class Refused(Exception):
    """The request is not one that the Bot API takes."""


class TelegramServer(PlatformServer):
    """Knows who wrote to the bot, who blocked it, which buttons were pressed.

    ``undelivered`` are the updates that the webhook did not take: ``redeliver`` sends them again.
    """

    def __init__(self, webhooks: httpx.Client | None = None) -> None:
        super().__init__(webhooks)
        self.updates = Updates()
        self.known: set[int] = set()
        self.blocked: set[int] = set()
        self.pressed: set[str] = set()
        self.acknowledged: list[str] = []
        """Presses whose wheel was stopped."""
        self.typing: list[str] = []
        """Chats in which the bot seemed to write."""
        self.webhook: dict[str, Any] = {}
        self.undelivered: list[dict[str, Any]] = []

    def account(self, token: str = TOKEN) -> TelegramAccount:
        """Return the account that leads here."""
        return TelegramAccount(token, SECRET, BOT, self.url)

    def person(self, number: int = 1001) -> Person:
        """Return somebody who has found the bot."""
        self.known.add(number)
        return Person(self, str(number))

    # What people do. Each returns the update, so that it can be sent again.

    def say(self, sender: str, text: str) -> dict[str, Any]:
        return self.deliver(self.updates.message(int(sender), text=text))

    def press(self, sender: str, title: str) -> dict[str, Any]:
        update = self.updates.pressed(int(sender), self.token(sender, title))
        self.pressed.add(update["callback_query"]["id"])
        return self.deliver(update)

    def edit(self, sender: str, text: str) -> dict[str, Any]:
        """Change what was written last."""
        return self.deliver(self.updates.edited(int(sender), text=text))

    def send(self, sender: str, kind: str, caption: str = "") -> dict[str, Any]:
        """Send something without words: a key of ``CONTENTS``, such as ``voice``."""
        more = {"caption": caption} if caption else {}
        return self.deliver(self.updates.message(int(sender), **CONTENTS[kind], **more))

    def send_location(self, sender: str, latitude: float, longitude: float) -> dict[str, Any]:
        """Share a position, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return self.deliver(self.updates.message(int(sender), location=place))

    def send_contact(self, sender: str, number: str, owner: int | None = None) -> dict[str, Any]:
        """Share a contact: one's own number when ``owner`` is the sender."""
        contact = {"phone_number": number, "first_name": "Lina"}
        card = contact | ({} if owner is None else {"user_id": owner})
        return self.deliver(self.updates.message(int(sender), contact=card))

    def block(self, sender: str) -> dict[str, Any]:
        """Block the bot."""
        self.blocked.add(int(sender))
        return self.deliver(self.updates.membership(int(sender), "kicked"))

    def unblock(self, sender: str) -> dict[str, Any]:
        """Let the bot in again."""
        self.blocked.discard(int(sender))
        return self.deliver(self.updates.membership(int(sender), "member"))

    def deliver(self, update: dict[str, Any], secret: str = SECRET) -> dict[str, Any]:
        """Send an update to the webhook; keep it when it is not taken."""
        assert self.webhooks is not None, "no application to send to"
        for content in update.values():
            if isinstance(content, dict) and "from" in content:
                self.known.add(content["from"]["id"])
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        try:
            is_taken = self.webhooks.post(WEBHOOK, json=update, headers=headers).is_success
        except httpx.HTTPError:
            is_taken = False
        if not is_taken:
            with self.changed:
                self.undelivered.append(update)
        return update

    def redeliver(self) -> None:
        """Send again what was not taken."""
        with self.changed:
            waiting, self.undelivered = self.undelivered, []
        for update in waiting:
            self.deliver(update)

    # What the bot asks.

    def is_message(self, call: Call) -> bool:
        return call.path.endswith("/sendMessage")

    def reply(self, call: Call) -> tuple[int, Any]:
        known = re.fullmatch(rf"/bot{re.escape(TOKEN)}/(\w+)", call.path)
        if known is None:
            return _no(401, "Unauthorized")
        answers = {
            "sendMessage": self._message,
            "answerCallbackQuery": self._acknowledge,
            "sendChatAction": self._act,
            "setWebhook": self._connect,
        }
        if known[1] not in answers:
            return _no(404, "Not Found")
        try:
            return 200, {"ok": True, "result": answers[known[1]](call.json())}
        except Refused as refused:
            text = str(refused)
            return _no(403 if text.startswith("Forbidden") else 400, text)

    def _message(self, body: dict[str, Any]) -> dict[str, Any]:
        chat = self._reachable(body)
        text = body.get("text", "")
        _check(text.strip() != "", "Bad Request: message text is empty")
        _check(len(text.encode("utf-16-le")) <= 2 * 4096, "Bad Request: message is too long")
        _check(set(body) <= _MESSAGE, "Bad Request: unknown parameter")
        choices = _buttons(body.get("reply_markup"))
        number = self.keep(Delivered(str(chat), text, choices, body))
        return self.updates.made(chat, text=text) | {"message_id": 9000 + number}

    def _acknowledge(self, body: dict[str, Any]) -> bool:
        known = body.get("callback_query_id") in self.pressed
        _check(known, "Bad Request: query is too old and response timeout expired or is invalid")
        self.acknowledged.append(body["callback_query_id"])
        return True

    def _act(self, body: dict[str, Any]) -> bool:
        chat = self._reachable(body)
        _check(body.get("action") == "typing", "Bad Request: wrong parameter action in request")
        self.typing.append(str(chat))
        return True

    def _connect(self, body: dict[str, Any]) -> bool:
        secret, most = body.get("secret_token", ""), body.get("max_connections", 40)
        is_https = body.get("url", "").startswith("https://")
        _check(is_https, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        is_plain = re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret) is not None
        _check(is_plain, "Bad Request: secret token contains unallowed characters")
        _check(1 <= most <= 100, "Bad Request: wrong max_connections")
        _check(set(body["allowed_updates"]) <= _UPDATES, "Bad Request: wrong allowed_updates")
        self.webhook = body
        return True

    def _reachable(self, body: dict[str, Any]) -> int:
        chat = int(body["chat_id"])
        _check(chat in self.known, "Bad Request: chat not found")
        _check(chat not in self.blocked, "Forbidden: bot was blocked by the user")
        return chat


def _buttons(markup: Any) -> tuple[tuple[str, str], ...]:
    if markup is None:
        return ()
    rows = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    _check(0 < len(buttons) <= 100, "Bad Request: reply markup is too long")
    for button in buttons:
        _check(set(button) == {"text", "callback_data"}, "Bad Request: BUTTON_TYPE_INVALID")
        _check(button["text"].strip() != "", "Bad Request: inline keyboard button text is empty")
        size = len(button["callback_data"].encode())
        _check(1 <= size <= 64, "Bad Request: BUTTON_DATA_INVALID")
    return tuple((button["text"], button["callback_data"]) for button in buttons)


def _check(is_right: bool, otherwise: str) -> None:
    if not is_right:
        raise Refused(otherwise)


def _no(status: int, description: str) -> tuple[int, Any]:
    return status, {"ok": False, "error_code": status, "description": description}
