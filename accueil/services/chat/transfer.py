"""Move a conversation to another device with a short code: said once, ten minutes, one use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accueil.core.clock import Clock
from accueil.core.conversation import Transfer
from accueil.core.tokens import TokenMaker, read_code
from accueil.services.chat.records import ChatRecords
from accueil.services.chat.shown import Opened
from accueil.services.ports import Store, UnitOfWork

LIFETIME = timedelta(minutes=10)


type Keep = Callable[[UnitOfWork, str, str], None]
"""Keeps a conversation's identifier and its new token."""


def _nothing(_uow: UnitOfWork, _session_id: str, _token: str) -> None:
    """Keep nothing: the caller is told."""


class UnknownTransfer(LookupError):
    """No conversation waits for this code: it is mistyped, used, replaced or too old."""


@dataclass(frozen=True, slots=True)
class OfferedTransfer:
    """A code, such as ``K7QF-3M2P``, and the instant (aware, UTC) at which it ends."""

    code: str = field(repr=False)
    expires_at: datetime


class ChatTransfer:
    """Gives codes, and takes them. Synchronous.

    A code is made as recovery codes are (ADR 0009): nearly 40 bits, always with a digit, kept
    hashed. Whoever takes wrong ones must be slowed down by the door that asks.
    """

    def __init__(
        self, store: Store, clock: Clock, tokens: TokenMaker, records: ChatRecords
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._records = records

    def offer(self, token: str) -> OfferedTransfer:
        """Return a code for the token's conversation, in place of any other.

        Raises ``SessionExpired``.
        """
        session, now = self._records.session(token), self._clock.now()
        code = self._tokens.code_for(self._tokens.new_token())
        transfer = Transfer(self._hash(code), session.id, now, now + LIFETIME)
        with self._store.write() as uow:
            uow.chats.drop_transfers(session.id)
            uow.chats.add_transfer(transfer)
            uow.commit()
        return OfferedTransfer(code, transfer.expires_at)

    def redeem(self, typed: str, channel: str, keep: Keep = _nothing) -> Opened:
        """Open the conversation of a code on a channel, with a new token and all that was said.

        From the same transaction on, the former token opens nothing; ``keep`` writes the new one
        down in it, for who cannot be told. Raises ``UnknownTransfer``.
        """
        code, token = read_code(typed), self._tokens.new_token()
        if code is None:
            raise UnknownTransfer
        now = self._clock.now()
        with self._store.write() as uow:
            transfer = uow.chats.take_transfer(self._hash(code), now)
            session = uow.chats.get(transfer.session_id) if transfer is not None else None
            if session is None or session.expires_at <= now:
                raise UnknownTransfer
            session.moved_token_hash = session.token_hash
            session.token_hash = self._tokens.hash(token)
            session.channel = channel
            keep(uow, session.id, token)
            uow.commit()
        return Opened(session.id, token, tuple(self._records.messages(session.id)))

    def _hash(self, code: str) -> str:
        return self._tokens.hash(f"transfer:{code}")
