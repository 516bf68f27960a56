"""Conversations: what happens between a received message and the answer shown."""

from accueil.services.chat.feedback import FeedbackDesk, UnknownMessage
from accueil.services.chat.records import SessionExpired, SessionMoved
from accueil.services.chat.service import ChatService, MessageTooLong, UnknownButton
from accueil.services.chat.shown import Opened, Shown, answers_of, opened_body
from accueil.services.chat.transfer import ChatTransfer, OfferedTransfer, UnknownTransfer

__all__ = [
    "ChatService",
    "ChatTransfer",
    "FeedbackDesk",
    "MessageTooLong",
    "OfferedTransfer",
    "Opened",
    "SessionExpired",
    "SessionMoved",
    "Shown",
    "UnknownButton",
    "UnknownMessage",
    "UnknownTransfer",
    "answers_of",
    "opened_body",
]
