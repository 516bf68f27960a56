"""How often people may write, whichever door they come by. One object for the whole process.

Every limit is far above what a school, a library or a mobile operator does behind one address.
Beyond half of an address's limit, whoever can is asked for a proof (``core.proof``); beyond the
limit, everybody is asked to wait. Who says that they are in danger is answered all the same: that
is for the door to do (``ChatService.in_danger``).
"""

from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from accueil.channels.attempts import Attempts, Guesses
from accueil.core.proof import Challenge, Proofs, bits_for

LONGEST_KEY = 64
_ASKED_FROM = 0.5
_OPENINGS_OF_VISITOR = parse("600 per 10 minutes")
_MESSAGES_OF_VISITOR = parse("3000 per minute")
_MESSAGES_OF_SESSION = parse("120 per minute")
_TURNS_OF_CHANNEL = parse("6000 per minute")
_CODES_OF_VISITOR = parse("10 per 10 minutes")
_ALL_CODES = parse("300 per 10 minutes")
_SEARCHES_OF_VISITOR = parse("600 per minute")


@dataclass(frozen=True, slots=True)
class Rates:
    """How often. A visitor is an address on the web, a person in a messaging app."""

    openings_of_visitor: RateLimitItem = _OPENINGS_OF_VISITOR
    messages_of_visitor: RateLimitItem = _MESSAGES_OF_VISITOR
    messages_of_session: RateLimitItem = _MESSAGES_OF_SESSION
    turns_of_channel: RateLimitItem = _TURNS_OF_CHANNEL
    """Messages and openings of everybody: a flood on one channel leaves the others free."""
    searches_of_visitor: RateLimitItem = _SEARCHES_OF_VISITOR
    """Searches among the written answers, which need no conversation."""


class TooManyRequests(Exception):
    """One conversation, one visitor or one channel asks too often.

    ``challenge``: solved, it lets the same request through.
    """

    def __init__(self, kind: str, challenge: Challenge | None = None) -> None:
        super().__init__(kind)
        self.challenge = challenge


class ChatLimits:
    """Counts in windows that slide, in this process's memory: a new key costs 200 bytes.

    ``proof`` is what the client sent (``X-Proof``), empty when nothing; ``None`` when it cannot be
    asked for one, as on a page without JavaScript or in a messaging app.
    """

    def __init__(self, proofs: Proofs, rates: Rates | None = None) -> None:
        self._proofs = proofs
        self._rates = rates or Rates()
        # Not the moving window: its storage keeps every key that it ever saw.
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.codes = Guesses(Attempts(), _CODES_OF_VISITOR, _ALL_CODES, spare=3)
        """Limits on wrong transfer codes, of one visitor and in all."""

    def opening(self, channel: str, visitor: str, proof: str | None = None) -> None:
        """Count a new conversation. Raises ``TooManyRequests``."""
        self._admit(self._rates.openings_of_visitor, "openings", visitor, proof)
        self._count(self._rates.openings_of_visitor, "openings", visitor)
        self._count(self._rates.turns_of_channel, "channel", channel)

    def message(self, channel: str, visitor: str, session: str, proof: str | None = None) -> None:
        """Count a message. ``session`` is its token. Raises ``TooManyRequests``.

        What is refused to one does not count for those around: neither for the address of a
        conversation that goes too fast, nor for the channel of an address that floods.
        """
        self._admit(self._rates.messages_of_visitor, "messages", visitor, proof)
        self._count(self._rates.messages_of_session, "session", session[:LONGEST_KEY])
        self._count(self._rates.messages_of_visitor, "messages", visitor)
        self._count(self._rates.turns_of_channel, "channel", channel)

    def search(self, visitor: str) -> None:
        """Count a search among the written answers. Raises ``TooManyRequests``."""
        self._count(self._rates.searches_of_visitor, "searches", visitor)

    def _admit(self, limit: RateLimitItem, kind: str, visitor: str, proof: str | None) -> None:
        """Count nothing; refuse whoever is over the limit, or owes a proof."""
        left = self._limiter.get_window_stats(limit, kind, visitor).remaining
        if left <= 0:
            raise TooManyRequests(kind)
        calm = limit.amount * _ASKED_FROM
        beyond = limit.amount - left - calm
        if proof is None or beyond < 0 or self._proofs.accept(proof, visitor):
            return
        bits = bits_for(beyond / (limit.amount - calm))
        raise TooManyRequests(kind, self._proofs.challenge(visitor, bits))

    def _count(self, limit: RateLimitItem, kind: str, key: str) -> None:
        if not self._limiter.hit(limit, kind, key):
            raise TooManyRequests(kind)
