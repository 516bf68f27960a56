"""What Telegram sends to a bot's webhook, as https://core.telegram.org/bots/api documents it."""

import itertools
from typing import Any

BOT = "accueil_test_bot"
BOT_ID = 7001
NOW = 1_795_417_200
"""Monday 23 November 2026, 8 h in Paris, in seconds."""


class Updates:
    """Makes updates, numbered as Telegram does: one after the other. ``now`` is in seconds."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now
        self._updates = itertools.count(870_001)
        self._messages = itertools.count(501)
        self._callbacks = itertools.count(1)

    def message(self, chat: int, **content: Any) -> dict[str, Any]:
        """Something that somebody sends to the bot in private: ``text=``, ``voice=``…"""
        return self.update(message=self.made(chat, **content))

    def edited(self, chat: int, **content: Any) -> dict[str, Any]:
        """Something that they sent earlier, changed now."""
        return self.update(edited_message=self.made(chat, edit_date=self.now, **content))

    def in_group(self, group: int, **content: Any) -> dict[str, Any]:
        """Something that somebody says in a group where the bot is."""
        chat = {"id": group, "type": "supergroup", "title": "Les copains"}
        return self.update(message=self.made(1001, **content) | {"chat": chat})

    def pressed(self, chat: int, token: str, **message: Any) -> dict[str, Any]:
        """A button of a message of ours, pressed."""
        made = self.made(chat) | {"from": bot_user(), "text": "…"} | message
        query = {
            "id": f"48100{next(self._callbacks)}",
            "from": user(chat),
            "message": made,
            "chat_instance": "-1",
            "data": token,
        }
        return self.update(callback_query=query)

    def membership(self, chat: int, status: str) -> dict[str, Any]:
        """The bot is blocked (``kicked``) or let in again (``member``)."""
        former = {"kicked": "member", "member": "kicked"}[status]
        change = {
            "chat": private(chat),
            "from": user(chat),
            "date": self.now,
            "old_chat_member": {"user": bot_user(), "status": former},
            "new_chat_member": {"user": bot_user(), "status": status},
        }
        return self.update(my_chat_member=change)

    def update(self, **what: Any) -> dict[str, Any]:
        """Any update."""
        return {"update_id": next(self._updates), **what}

    def made(self, chat: int, **content: Any) -> dict[str, Any]:
        """A message of somebody in their chat with the bot."""
        return {
            "message_id": next(self._messages),
            "from": user(chat),
            "chat": private(chat),
            "date": self.now,
            **content,
        }


def user(number: int) -> dict[str, Any]:
    """Somebody; the chat with them has the same number."""
    return {"id": number, "is_bot": False, "first_name": "Lina", "language_code": "fr"}


def bot_user() -> dict[str, Any]:
    return {"id": BOT_ID, "is_bot": True, "first_name": "Premier Accueil", "username": BOT}


def private(number: int) -> dict[str, Any]:
    return {"id": number, "first_name": "Lina", "type": "private"}


def a_file(**more: Any) -> dict[str, Any]:
    """A file on Telegram's side."""
    return {"file_id": "AwACAgQ", "file_unique_id": "AgADBA", "file_size": 20_480, **more}


CONTENTS: dict[str, dict[str, Any]] = {
    "voice": {"voice": a_file(duration=4, mime_type="audio/ogg")},
    "audio": {"audio": a_file(duration=180, title="Chanson")},
    "photo": {"photo": [a_file(width=90, height=67), a_file(width=800, height=600)]},
    "video": {"video": a_file(width=640, height=480, duration=9)},
    "video_note": {"video_note": a_file(length=240, duration=9)},
    "animation": {"animation": a_file(width=320, height=240, duration=2), "document": a_file()},
    "document": {"document": a_file(file_name="cv.pdf", mime_type="application/pdf")},
    "sticker": {"sticker": a_file(type="regular", width=512, height=512, emoji="👋")},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {"poll": {"id": "1", "question": "Ça va ?", "options": []}},
    "story": {"story": {"chat": {"id": 5, "type": "private"}, "id": 2}},
}
"""What a message may hold besides words, by the name of its field."""
