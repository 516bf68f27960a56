"""A small sum that a browser does when its address floods us: nothing to read, nothing to click.

The client looks for a number ``n`` such that SHA-256 of ``salt:n`` begins with some zero bits
(Adam Back, « Hashcash », 2002, http://www.hashcash.org/hashcash.pdf). One more bit doubles the
work of whoever asks, and checking stays one hash. What it costs is in ``docs/proof.md``.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from accueil.core.clock import Clock
from accueil.core.tokens import TokenMaker

FEWEST_BITS, MOST_BITS = 14, 20
LIFETIME = timedelta(minutes=5)
"""Time to find the number: an old telephone needs a minute for the most bits."""
MOST_SPENT = 20_000
"""How many used salts are remembered, about 4 MB."""
_PROOF = re.compile(r"([\w-]{22}\.(\d{1,12})\.(\d{1,2})\.([0-9a-f]{64})):(\d{1,16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What to solve: ``bits`` zero bits, before ``expires`` (seconds since 1970, UTC)."""

    salt: str
    bits: int
    expires: int


class Proofs:
    """Makes challenges and checks what comes back. Keeps nothing of those never solved.

    A salt carries its own expiry and bits; its signature also covers who it was made for, who
    cannot be read in it. Each serves once.
    """

    def __init__(self, tokens: TokenMaker, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock
        self._spent: dict[str, int] = {}

    def challenge(self, visitor: str, bits: int) -> Challenge:
        """Return a new challenge for a visitor."""
        expires = int((self._clock.now() + LIFETIME).timestamp())
        said = f"{self._tokens.new_token()}.{expires}.{bits}"
        return Challenge(f"{said}.{self._signature(said, visitor)}", bits, expires)

    def accept(self, proof: str, visitor: str) -> bool:
        """Tell whether ``salt:n`` is a solved challenge of this visitor, not used before."""
        match = _PROOF.fullmatch(proof)
        if match is None:
            return False
        salt, expires, bits, signature = match[1], int(match[2]), int(match[3]), match[4]
        expected = self._signature(salt.rpartition(".")[0], visitor)
        if not hmac.compare_digest(signature, expected):
            return False
        now = int(self._clock.now().timestamp())
        if expires <= now or salt in self._spent or not is_solved(salt, match[5], bits):
            return False
        self._spend(salt, expires, now)
        return True

    def _spend(self, salt: str, expires: int, now: int) -> None:
        """Remember a salt until it expires; in a flood the oldest go first, the limits stand."""
        if len(self._spent) >= MOST_SPENT:
            self._spent = {one: end for one, end in self._spent.items() if end > now}
        if len(self._spent) >= MOST_SPENT:
            del self._spent[next(iter(self._spent))]
        self._spent[salt] = expires

    def _signature(self, said: str, visitor: str) -> str:
        return self._tokens.hash(f"proof:{said}:{visitor}")


def is_solved(salt: str, number: str, bits: int) -> bool:
    """Tell whether SHA-256 of ``salt:number`` begins with that many zero bits."""
    digest = hashlib.sha256(f"{salt}:{number}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def bits_for(share: float) -> int:
    """Return the bits for a flood: the fewest at a share of 0, the most at 1 and beyond."""
    return FEWEST_BITS + int(min(max(share, 0.0), 1.0) * (MOST_BITS - FEWEST_BITS))
