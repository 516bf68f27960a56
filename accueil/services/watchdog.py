"""Do messages leave? Asked by whoever is not the worker: a dead worker cannot tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accueil.core.clock import Clock
from accueil.core.outbox import Channel, DeliveryStatus, OutboxMessage
from accueil.services.ports import Store, UnitOfWork

WORKER = "worker"
"""The name under which the worker gives a sign of life, each round."""
SILENCE = timedelta(minutes=5)
LATENESS = timedelta(minutes=15)
_DAY = timedelta(days=1)
_LOST_SHARE, _LOST_AT_LEAST = 0.2, 3
_REFUSED_AT_LEAST, _LOOKED_AT = 3, 20
_SENT_LATELY = timedelta(hours=1)
_LOST = (DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED, DeliveryStatus.DROPPED)
_ATTEMPTS_IN_VAIN = 5
"""They take a quarter of an hour."""


class Problem(StrEnum):
    """What is wrong, from the most serious."""

    WORKER_SILENT = "worker_silent"
    LATE = "late"
    SMS_REFUSED = "sms_refused"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Watch:
    """What was seen. Instants in UTC.

    ``lost`` of ``tried`` messages of the last 24 hours failed, never reached the phone, or were
    tried in vain until they were no longer true.
    """

    problems: tuple[Problem, ...]
    worker_seen_at: datetime | None
    """``None``: the worker never ran."""
    oldest_due_at: datetime | None
    tried: int
    lost: int

    def stopped_at(self) -> datetime | None:
        """Return since when messages have not left, when they do not and it is known."""
        if Problem.WORKER_SILENT in self.problems:
            return self.worker_seen_at
        return self.oldest_due_at if Problem.LATE in self.problems else None

    def is_stopped(self) -> bool:
        """Tell whether nothing leaves, or not in time."""
        return Problem.WORKER_SILENT in self.problems or Problem.LATE in self.problems


class Watchdog:
    """Looks at what the worker leaves behind."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def worker_is_silent(self) -> bool:
        """Tell whether the worker gave no sign of life for five minutes, or never did."""
        with self._store.read() as uow:
            return self._is_silent(uow.heartbeats.last(WORKER))

    def look(self) -> Watch:
        """Return how it goes."""
        now = self._clock.now()
        with self._store.read() as uow:
            seen = uow.heartbeats.last(WORKER)
            oldest = _earliest(uow.outbox.oldest_due(now), _no_mail_since(uow))
            outcomes = uow.outbox.outcomes_since(now - _DAY)
            is_refused = _is_refused(uow, now)
        tried = sum(outcomes.values())
        lost = sum(outcomes.get(status, 0) for status in _LOST)
        found = {
            Problem.WORKER_SILENT: self._is_silent(seen),
            Problem.LATE: oldest is not None and now - oldest > LATENESS,
            Problem.SMS_REFUSED: is_refused,
            Problem.LOST: lost >= _LOST_AT_LEAST and lost > tried * _LOST_SHARE,
        }
        problems = tuple(problem for problem, is_so in found.items() if is_so)
        return Watch(problems, seen, oldest, tried, lost)

    def _is_silent(self, seen: datetime | None) -> bool:
        return seen is None or self._clock.now() - seen > SILENCE


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((one for one in instants if one is not None), default=None)


def _no_mail_since(uow: UnitOfWork) -> datetime | None:
    """Return since when e-mails are tried again and again while none leaves.

    A wrong address is no alarm: others leave after it was first tried.
    """
    last = uow.outbox.last_sent(Channel.EMAIL)
    put_off = uow.outbox.put_off(Channel.EMAIL, _ATTEMPTS_IN_VAIN)
    since = [one.should_have_left_at() for one in put_off]
    return min((one for one in since if last is None or one > last), default=None)


def _is_refused(uow: UnitOfWork, now: datetime) -> bool:
    """Tell whether SMS are refused one after the other while none leaves."""
    tried = uow.outbox.last_tried(Channel.SMS, _LOOKED_AT)
    if any(one.sent_at is not None and now - one.sent_at <= _SENT_LATELY for one in tried):
        return False
    return sum(_failed_lately(one, now) for one in tried) >= _REFUSED_AT_LEAST


def _failed_lately(message: OutboxMessage, now: datetime) -> bool:
    is_again = message.status is DeliveryStatus.PENDING and message.attempts > 1
    return (is_again or message.status is DeliveryStatus.FAILED) and now - message.due_at <= _DAY
