"""Conversations: what happens between a received message and the answer shown."""

from accueil.services.chat.service import (
    ChatService,
    MessageTooLong,
    Opened,
    SessionExpired,
    Shown,
    UnknownButton,
)

__all__ = [
    "ChatService",
    "MessageTooLong",
    "Opened",
    "SessionExpired",
    "Shown",
    "UnknownButton",
]
