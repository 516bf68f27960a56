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
_CODE = re.compile(
    r"(?<![^\W_])(?=([A-Z0-9]{4})([ ‐‑–—-]?)([A-Z0-9]{4})(?![^\W_]))",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\bcode(?=[A-Z0-9]{4}[ -]?[A-Z0-9]{4}\b)", re.IGNORECASE)
_YEARS = re.compile(r"(?:[A-Z]{4} |(?:19|20)\d\d[ -])(?:19|20)\d\d", re.IGNORECASE)
_HOURS = re.compile(r"(?:\dh\d\d|midi)\W(?:\dh\d\d|midi)", re.IGNORECASE)
_WORD_AND_NUMBER = re.compile(r"[a-z]{4} \d{4}")
_WORD_AND_HOUR = re.compile(r"[A-Z]{4} \dh\d\d", re.IGNORECASE)
_WORDS = frozenset(
    "avec bien cest dans deja donc elle fait hein leur mais merci mien pour puis quoi sans sera "
    "suis tout vers voir".split()
)


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
    ("Lily-Rose" is a name); the word "code", a word and a year ("mars 2027"), a school year and
    hours are no code. Of two codes the last counts, one with its hyphen before any other.
    """
    plain = _GLUED.sub("code ", text)
    found = [match for match in _CODE.finditer(plain) if _may_be_code(match, plain)]
    hyphened = [match for match in found if match[2].strip()]
    kept = hyphened or _apart(found)
    return "-".join(_halves(kept[-1])) if kept else None


def _halves(match: re.Match[str]) -> tuple[str, str]:
    """Return both halves with their look-alikes read as intended."""
    return match[1].upper().translate(_LOOKALIKES), match[3].upper().translate(_LOOKALIKES)


def _may_be_code(match: re.Match[str], text: str) -> bool:
    typed = match[1] + match[2] + match[3]
    words = {match[1].lower(), match[3].lower()}
    if "code" in words or _YEARS.fullmatch(typed) or _HOURS.fullmatch(typed):
        return False
    if match[2] == " " and (words & _WORDS or _WORD_AND_HOUR.fullmatch(typed)):
        return False
    if _WORD_AND_NUMBER.fullmatch(typed) and typed != text.strip():
        return False  # "je paye 1500"
    certain = "".join(_halves(match)) if match[2].strip() and typed.isupper() else typed
    return any(character.isdigit() for character in certain)


def _apart(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop the less likely of two that share a half ("voila K7QF 3M2P"), in reading order."""
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=_likelihood, reverse=True):
        if all(match.end(3) <= one.start() or one.end(3) <= match.start() for one in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start())


def _likelihood(match: re.Match[str]) -> tuple[int, bool, bool]:
    """Weigh a candidate: a code has digits, is shown in capitals, without look-alikes."""
    typed = match[1] + match[3]
    halves_with_digits = sum(not half.isalpha() for half in (match[1], match[3]))
    return halves_with_digits, typed.isupper(), not set(typed.upper()) & set("OILU")
