"""Receive events once, and keep them until they are answered. Synchronous."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accueil.core.clock import Clock
from accueil.core.platforms import EventKind, Platform, PlatformEvent, PlatformUser, SentReceipt
from accueil.core.platforms.exchange import Delivery, StoredEvent, kept_body
from accueil.core.platforms.render import Piece
from accueil.core.tokens import TokenMaker
from accueil.services.notify.receipts import note_undelivered
from accueil.services.platforms.ports import PlatformRecords
from accueil.services.ports import Store, UnitOfWork


class PlatformInbox:
    """Keeps what was received and what must leave, in one transaction each."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens

    def receive(self, events: Sequence[PlatformEvent], receipts: Sequence[SentReceipt]) -> None:
        """Keep events that are new; whatever came before changes nothing."""
        now = self._clock.now()
        with self._store.write() as uow:
            for number, event in enumerate(events):
                key = self._tokens.hash(f"{event.platform}:{event.id}")
                if uow.platforms.event(key) is None:
                    user = self._user(uow.platforms, event)
                    # Providers tell the second: within it, the order of the batch counts.
                    came = now + timedelta(microseconds=number)
                    stored = StoredEvent(key, user.id, came, event.at, kept_body(event))
                    uow.platforms.add_event(stored)
            for receipt in receipts:
                delivery = uow.platforms.delivery(receipt.reference)
                if delivery is not None:
                    delivery.give_up() if receipt.failed else delivery.sent()
                elif receipt.failed:
                    note_undelivered(uow, receipt.reference, now)
            uow.commit()

    def waiting(self) -> Sequence[str]:
        """Return the people with something to answer, or to be sent."""
        with self._store.read() as uow:
            return uow.platforms.waiting_users(self._clock.now())

    def user(self, user_id: str) -> PlatformUser | None:
        """Return one person."""
        with self._store.read() as uow:
            return uow.platforms.user(user_id)

    def next_event(self, user: PlatformUser) -> PlatformEvent | None:
        """Return the oldest unanswered event of a person, as it was received."""
        with self._store.read() as uow:
            stored = uow.platforms.next_event(user.id)
        return stored.event(user) if stored is not None else None

    def count_failure(self, event: PlatformEvent) -> bool:
        """Count an attempt to answer that failed; tell whether it was one too many."""
        with self._store.write() as uow:
            stored = uow.platforms.event(event.id)
            if stored is None:
                return False
            stored.attempts += 1
            hopeless = stored.is_hopeless
            uow.commit()
        return hopeless

    def attach(self, user_id: str, session_id: str, token: str) -> None:
        """Remember which conversation is a person's; empty: none any more."""
        with self._store.write() as uow:
            attach(uow, user_id, session_id, token)
            uow.commit()

    def block(self, user_id: str, *, blocked: bool) -> None:
        """Remember that a person does not want to hear from us; nothing more leaves for them."""
        with self._store.write() as uow:
            if blocked:
                leave_alone(uow, user_id, self._clock.now())
            elif (user := uow.platforms.user(user_id)) is not None:
                user.blocked_at = None
            uow.commit()

    def answered(self, event: PlatformEvent, user_id: str, pieces: Sequence[Piece]) -> None:
        """Keep the answer, to be sent, and forget the event's words: both or nothing."""
        now = self._clock.now()
        with self._store.write() as uow:
            stored = uow.platforms.event(event.id)
            if stored is None or stored.answered_at is not None:
                return
            stored.answered(now)
            first = uow.platforms.next_position(user_id)
            uow.platforms.add_deliveries(
                Delivery(
                    id=self._tokens.hash(f"{event.id}:{position}")[:32],
                    user_id=user_id,
                    created_at=now,
                    position=first + position,
                    body=[
                        {"text": piece.text, "choices": [[c.title, c.token] for c in piece.choices]}
                    ],
                    due_at=now,
                )
                for position, piece in enumerate(pieces)
            )
            uow.commit()

    def _user(self, records: PlatformRecords, event: PlatformEvent) -> PlatformUser:
        key = address_key(self._tokens, event.platform, event.sender)
        now = self._clock.now()
        user = records.user_at(key)
        if user is None:
            identifier = self._tokens.new_id()
            user = PlatformUser(identifier, event.platform, key, event.sender, now, now)
            records.add_user(user)
        if event.kind is not EventKind.BLOCKED:
            user.blocked_at = None
        user.last_heard_at = max(user.last_heard_at, min(event.at, now))
        return user


def attach(uow: UnitOfWork, user_id: str, session_id: str, token: str) -> None:
    """Make a conversation a person's, in the caller's transaction."""
    user = uow.platforms.user(user_id)
    if user is not None:
        user.session_id, user.session_token = session_id, token


def leave_alone(uow: UnitOfWork, user_id: str, now: datetime) -> None:
    """Let go of what still had to leave for whoever blocked us, in the caller's transaction."""
    user = uow.platforms.user(user_id)
    if user is not None:
        user.blocked_at = now
    uow.platforms.drop_deliveries(user_id)


def address_key(tokens: TokenMaker, platform: Platform, address: str) -> str:
    """Return the keyed hash under which an address is found."""
    return tokens.hash(f"address:{platform}:{address}")
