"""Conversations: what happens between a received message and the answer shown."""

from accueil.services.chat.records import SessionExpired
from accueil.services.chat.service import ChatService, MessageTooLong, Opened, UnknownButton
from accueil.services.chat.shown import Shown, answers_of

__all__ = [
    "ChatService",
    "MessageTooLong",
    "Opened",
    "SessionExpired",
    "Shown",
    "UnknownButton",
    "answers_of",
]
