"""Limits on guessing: how often one address or one account may try (in this process's memory)."""

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException

SIGN_INS_OF_ADDRESS = RateLimitItemPerMinute(30, 15, "sign-in-address")
SIGN_INS_OF_ACCOUNT = RateLimitItemPerMinute(8, 15, "sign-in-account")
UNKNOWN_LINKS = RateLimitItemPerMinute(10, 10, "unknown-link")
CODES = RateLimitItemPerMinute(10, 10, "code")


class Attempts:
    """Counts attempts in a moving window."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)

    def count(self, limit: RateLimitItem, key: str) -> None:
        """Count one attempt. Raises 429 when it is one too many."""
        if not self._limiter.hit(limit, key):
            raise too_many(limit)

    def require_left(self, limit: RateLimitItem, key: str) -> None:
        """Raise 429 when no attempt is left; counts nothing."""
        if not self._limiter.test(limit, key):
            raise too_many(limit)

    def forgive(self, limit: RateLimitItem, key: str) -> None:
        """Forget the attempts of a key: it has proved itself."""
        self._limiter.clear(limit, key)


def too_many(limit: RateLimitItem) -> HTTPException:
    """Return the 429 answer, with the time after which trying again makes sense."""
    return HTTPException(429, headers={"Retry-After": str(limit.get_expiry())})
