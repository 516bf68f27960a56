"""Limits on guessing: how often one address or one account may try (in this process's memory)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException

SIGN_INS_OF_ADDRESS = RateLimitItemPerMinute(30, 15, "sign-in-address")
SIGN_INS_OF_ACCOUNT = RateLimitItemPerMinute(8, 15, "sign-in-account")
UNKNOWN_LINKS = RateLimitItemPerMinute(10, 10, "unknown-link")
ALL_UNKNOWN_LINKS = RateLimitItemPerMinute(600, 10, "all-unknown-links")
UNKNOWN_CODES = RateLimitItemPerMinute(10, 10, "unknown-code")
ALL_UNKNOWN_CODES = RateLimitItemPerMinute(300, 10, "all-unknown-codes")
_EVERYBODY = "everybody"


class Attempts:
    """Counts attempts in a moving window."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)

    def count(self, limit: RateLimitItem, key: str) -> None:
        """Count one attempt. Raises 429 when it is one too many."""
        if not self._limiter.hit(limit, key):
            raise too_many(limit)

    def note(self, limit: RateLimitItem, key: str) -> None:
        """Count one attempt, be it one too many."""
        self._limiter.hit(limit, key)

    def left(self, limit: RateLimitItem, key: str) -> int:
        """Return how many attempts are left; counts nothing."""
        return self._limiter.get_window_stats(limit, key).remaining

    def forgive(self, limit: RateLimitItem, key: str) -> None:
        """Forget the attempts of a key: it has proved itself."""
        self._limiter.clear(limit, key)


class Guesses:
    """Limits on secrets that nobody has: so many from one address, so many in all.

    Only what was not found counts. Once too many were missed in all, an address that has missed
    fewer than ``spare`` is still let in: guessing from everywhere must not shut out whoever has
    the right link.
    """

    def __init__(
        self, attempts: Attempts, of_address: RateLimitItem, in_all: RateLimitItem, spare: int
    ) -> None:
        self._attempts = attempts
        self._of_address = of_address
        self._in_all = in_all
        self._spare = spare
        self._queues: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, visitor: str) -> AsyncIterator[None]:
        """Look one secret up. Raises 429 when this address, or everybody, missed too often.

        As many as the limit are looked up at once, so that sending all guesses together gets
        at most twice the limit through.
        """
        queue = self._queues.setdefault(visitor, asyncio.Semaphore(self._of_address.amount))
        async with queue:
            if not self._may_try(visitor):
                raise too_many(self._of_address)
            yield

    def missed(self, visitor: str) -> None:
        """Count one secret that leads nowhere."""
        self._attempts.note(self._of_address, visitor)
        self._attempts.note(self._in_all, _EVERYBODY)

    def _may_try(self, visitor: str) -> bool:
        left = self._attempts.left(self._of_address, visitor)
        if self._attempts.left(self._in_all, _EVERYBODY) > 0:
            return left > 0
        return self._of_address.amount - left < self._spare


def too_many(limit: RateLimitItem) -> HTTPException:
    """Return the 429 answer, with the time after which trying again makes sense."""
    return HTTPException(429, headers={"Retry-After": str(limit.get_expiry())})
