"""Tokens, recovery codes and keyed hashes."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 or o, no 1, i or l
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_CODE = re.compile(r"(?<![^\W_])([A-Z0-9]{4})([ -]?)([A-Z0-9]{4})(?![^\W_])", re.IGNORECASE)
_YEAR = re.compile(r"[A-Z]{4} (?:19|20)\d\d", re.IGNORECASE)


class TokenMaker:
    """Makes secrets from a source of random bytes, and hashes them under one key.

    ``key`` must be kept: with another key no link, code or contact is found again.
    """

    def __init__(self, key: bytes, source: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._key = key
        self._source = source

    def new_token(self) -> str:
        """Return 128 random bits, URL-safe, 22 characters."""
        return base64.urlsafe_b64encode(self._source(16)).rstrip(b"=").decode()

    def new_id(self) -> str:
        """Return a random identifier of 32 hexadecimal digits."""
        return self._source(16).hex()

    def code_for(self, link_token: str) -> str:
        """Return the recovery code that belongs to a link token, such as ``K7QF-3M2P``.

        Nearly 40 bits in Crockford's base 32, always with a digit, so that two four-letter words
        are never taken for a code. It is derived, so it can be shown again and is stored nowhere.
        """
        attempt = 0
        while True:
            digest = bytes.fromhex(self.hash(f"code:{attempt}:{link_token}"))
            letters = "".join(_ALPHABET[byte & 31] for byte in digest[:8])
            if any(character.isdigit() for character in letters):
                return f"{letters[:4]}-{letters[4:]}"
            attempt += 1

    def hash(self, value: str) -> str:
        """Return HMAC-SHA-256 of the value, in hexadecimal."""
        return hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()


def spoken_password() -> str:
    """Return a random password of 79 bits, in four groups that can be read aloud, then typed."""
    groups = ("".join(secrets.choice(_SPOKEN) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def read_code(text: str) -> str | None:
    """Find a recovery code in a message; ``O``, ``I``, ``L`` and ``U`` are read as intended.

    A code holds a digit, or a look-alike of one when it was written in capitals with its hyphen
    ("Lily-Rose" is a name); a word and a year ("mars 2027") are no code.
    """
    for match in _CODE.finditer(text):
        if _YEAR.fullmatch(match.group(0)):
            continue
        typed = (match.group(1) + match.group(3)).upper()
        code = typed.translate(_LOOKALIKES)
        certain = code if match.group(2) == "-" and match.group(0).isupper() else typed
        if any(character.isdigit() for character in certain):
            return f"{code[:4]}-{code[4:]}"
    return None
