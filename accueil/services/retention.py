"""Forget what has had its time: each kind of data after its own delay (``core.privacy``)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from accueil.core.clock import Clock
from accueil.core.privacy import terms
from accueil.services.ports import Store


class OldRecords(Protocol):
    """What is too old, in the database. Each call is one transaction, and returns its rows.

    Instants are aware, in UTC; what happened at the instant itself is not old yet.
    """

    def empty_conversations(self, now: datetime) -> int:
        """Empty conversations that are over, while their shells wait for Rasa to forget."""
        ...

    def empty_holds(self, before: datetime) -> int:
        """Empty the people of holds that ran out before an instant; their links still answer."""
        ...

    def empty_notes(self, before: datetime) -> int:
        """Empty the notes and referrers of appointments that ended before an instant."""
        ...

    def empty_cancelled(self, before: datetime) -> int:
        """Empty appointments and holds that came to nothing, and would have ended before."""
        ...

    def empty_appointments(self, before: datetime) -> int:
        """Empty the people of appointments that ended before an instant."""
        ...

    def empty_left_waiting(self) -> int:
        """Empty the people of places that were served or left."""
        ...

    def delete_waiting(self, before: datetime) -> int:
        """Delete the places on a waiting list that were taken before an instant."""
        ...

    def empty_callbacks(self, done_before: datetime, before: datetime) -> int:
        """Empty the people of call-back requests: of those done, and of all."""
        ...

    def delete_messages(self, before: datetime) -> int:
        """Delete the rows of messages that left, or were due, before an instant."""
        ...

    def drop_messages(self, appointment_ids: Sequence[str]) -> int:
        """Drop what waits to be sent to the young people of these appointments."""
        ...

    def delete_absences(self, before: datetime) -> int:
        """Delete the absences that ended before an instant."""
        ...

    def anonymise_left(self, before: datetime) -> int:
        """Anonymise closed accounts of which nothing happened since an instant."""
        ...


class Retention:
    """Applies every delay; said again, it finds nothing."""

    def __init__(self, store: Store, clock: Clock, old: OldRecords) -> None:
        self._store = store
        self._clock = clock
        self._old = old

    def run(self) -> int:
        """Forget what has had its time; return how many rows were emptied or deleted."""
        now, old = self._clock.now(), self._old
        done = (
            old.empty_conversations(now),
            old.empty_holds(_before(now, terms.HOLD)),
            old.empty_notes(_before(now, terms.NOTE)),
            old.empty_cancelled(_before(now, terms.CANCELLED)),
            old.empty_appointments(_before(now, terms.CONTACT)),
            old.empty_left_waiting(),
            old.delete_waiting(_before(now, terms.WAITING_ROW)),
            old.empty_callbacks(_before(now, terms.CALLBACK_DONE), _before(now, terms.CALLBACK)),
            old.delete_messages(_before(now, terms.MESSAGE)),
            old.delete_absences(_before(now, terms.ABSENCE)),
            old.anonymise_left(_before(now, terms.LEFT)),
        )
        with self._store.write() as uow:
            uow.console.delete_expired(now)
            gone = uow.platforms.delete_over(now)
            gone += uow.platforms.delete_old(_before(now, terms.EVENT))
            uow.commit()
        return sum(done) + gone

    def drop_messages(self, appointment_ids: Sequence[str]) -> int:
        """Drop what waits to be sent to young people who asked to be forgotten."""
        return self._old.drop_messages(appointment_ids) if appointment_ids else 0


def _before(now: datetime, delay: terms.Delay) -> datetime:
    if delay.time is None:
        raise ValueError("no job ends this")
    return now - delay.time
