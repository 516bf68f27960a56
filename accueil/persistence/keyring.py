"""The keys of personal columns: the newest encrypts, all of them decrypt (ADR 0017)."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from accueil.persistence.key_file import DERIVED, KeyFile, KeyLine, Mark, draw_key


class UnknownKey(InvalidToken):
    """A stored value opens with none of the keys; the message quotes neither value nor key."""

    def __init__(self) -> None:
        super().__init__("a stored value opens with none of the encryption keys")


@dataclass(frozen=True, slots=True)
class Key:
    """One key, its public fingerprint (8 hexadecimal digits), and how it is written down."""

    fingerprint: str
    line: KeyLine
    fernet: Fernet = field(repr=False, compare=False)

    def opens(self, token: bytes) -> bool:
        """Tell whether this key encrypted a token."""
        try:
            self.fernet.decrypt(token)
        except InvalidToken:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Ring:
    keys: tuple[Key, ...]
    cipher: MultiFernet
    mark: Mark | None


class Keyring:
    """Encrypts and decrypts under a list of keys, newest first; safe between threads.

    With a file, another process may change the list at any time. It is looked at before anything
    is encrypted, so that nothing new is written under a key that is on its way out, and when a
    token opens with no key known so far. A file that goes away leaves the keys as they were.
    """

    def __init__(
        self, secret: bytes, file: KeyFile | None = None, given: Sequence[str] = ()
    ) -> None:
        self._secret = secret
        self._file = file
        self._given = [KeyLine(key) for key in (*given, DERIVED)]
        self._ring = self._read()

    @property
    def file(self) -> KeyFile | None:
        """Where the keys are kept; ``None`` when they cannot be changed from here."""
        return self._file

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys as last read, newest first."""
        return self._ring.keys

    def encrypt(self, data: bytes) -> bytes:
        """Encrypt under the newest key. Raises ``KeyFileError`` if the file became unusable."""
        self.refresh()
        return self._ring.cipher.encrypt(data)

    def decrypt(self, token: bytes) -> bytes:
        """Decrypt. Raises ``UnknownKey`` when no key opens the token, even after a new look."""
        try:
            return self._ring.cipher.decrypt(token)
        except InvalidToken:
            self.refresh()
        try:
            return self._ring.cipher.decrypt(token)
        except InvalidToken:
            raise UnknownKey from None

    def holder(self, token: bytes) -> Key | None:
        """Return the key that encrypted a token, or ``None`` when it is not in the list."""
        before = self._ring
        found = next((key for key in before.keys if key.opens(token)), None)
        if found is None:
            self.refresh()
            found = next((key for key in self.keys if key.opens(token)), None)
        return found

    def renew(self, token: bytes) -> bytes:
        """Return the same content, of the same instant, under the newest key."""
        return self._ring.cipher.rotate(token)

    def refresh(self) -> None:
        """Read the file again if its content is another one."""
        mark = self._file.mark() if self._file else None
        if mark is not None and mark != self._ring.mark:
            self._ring = self._read()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the right to change the list. Raises ``KeyFileError`` when another has it."""
        if self._file is None:
            yield
            return
        with self._file.held():
            self.refresh()
            yield

    def add(self, day: date) -> Key:
        """Put a new random key first, and keep it. Only for a list that has a file."""
        self._replace([draw_key(day), *(key.line for key in self.keys)])
        return self.keys[0]

    def keep_newest(self) -> None:
        """Drop every key but the newest. Only for a list that has a file."""
        self._replace([self.keys[0].line])

    def _replace(self, lines: list[KeyLine]) -> None:
        if self._file is None:
            raise RuntimeError("these keys are given from outside")
        self._file.replace(lines)
        self._ring = self._read()

    def _read(self) -> _Ring:
        lines, mark = self._file.read() if self._file else (self._given, None)
        keys = tuple(_key(line, self._secret) for line in lines)
        return _Ring(keys, MultiFernet([key.fernet for key in keys]), mark)


def open_keyring(secret: bytes, given: Sequence[str], folder: Path) -> Keyring:
    """Return the keys given, newest first, else those of the file in the data folder.

    The key derived from ``secret`` is the oldest: for ever when keys are given, since nothing then
    notes that it was retired; with a file, as long as it is in the file, or there is no file.
    Raises ``KeyFileError``.
    """
    return Keyring(secret, given=given) if given else Keyring(secret, KeyFile(folder))


def _key(line: KeyLine, secret: bytes) -> Key:
    text = _derived(secret) if line.is_derived else line.key
    digest = hashlib.sha256(b"premier-accueil/fingerprint:" + text.encode()).hexdigest()
    return Key(digest[:8], line, Fernet(text))


@lru_cache(maxsize=4)
def _derived(secret: bytes) -> str:
    """Derive the first key there was from the secret key, by scrypt (RFC 7914)."""
    derived = hashlib.scrypt(secret, salt=b"premier-accueil/columns", n=2**14, r=8, p=1, dklen=32)
    return base64.urlsafe_b64encode(derived).decode()
