"""What a browser does with a challenge."""

import hashlib
from itertools import count
from typing import Any


def solve(challenge: dict[str, Any]) -> str:
    """Return ``salt:n`` with the smallest number that solves the challenge."""
    salt, bits = challenge["salt"], challenge["bits"]
    for number in count():
        digest = hashlib.sha256(f"{salt}:{number}".encode()).hexdigest()
        if bin(int(digest, 16))[2:].zfill(256).startswith("0" * bits):
            return f"{salt}:{number}"
    raise AssertionError
