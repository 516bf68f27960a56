"""The file of encryption keys: one key a line, newest first, readable by its owner alone.

A line is a Fernet key, then the day it was added (UTC) if that is known. The word ``derived``
stands for the key derived from the secret key, which encrypted everything before this file existed.
"""

import base64
import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from accueil.core.french import NBSP

NAME = "encryption.keys"
DERIVED = "derived"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")  # 32 bytes in URL-safe base 64

type Mark = tuple[int, int, int]
"""Inode, time of change and size: another mark, another content."""


class KeyFileError(ValueError):
    """The keys cannot be used; the message says why, in French, and quotes none of them."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as it is written down, and the day it was added."""

    key: str = field(repr=False)
    added: date | None = None

    @property
    def is_derived(self) -> bool:
        """Tell whether this is the key derived from the secret key."""
        return self.key == DERIVED


def draw_key(added: date | None = None) -> KeyLine:
    """Return a new random key of 256 bits."""
    return KeyLine(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(), added)


def is_key(text: str) -> bool:
    """Tell whether a text can be a Fernet key."""
    return _KEY.fullmatch(text) is not None


class KeyFile:
    """``encryption.keys`` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME

    def mark(self) -> Mark | None:
        """Return the mark of the present content, or ``None`` when there is no file."""
        try:
            return _mark(os.stat(self._path))  # noqa: PTH116, at every write: half of Path.stat
        except FileNotFoundError:
            return None

    def read(self) -> tuple[list[KeyLine], Mark | None]:
        """Return the keys, and the mark of what was read; no file means the derived key alone.

        Raises ``KeyFileError`` for a file that is empty, wrong, or not ours to read.
        """
        try:
            with self._path.open(encoding="ascii", errors="replace") as file:
                text, mark = file.read(), _mark(os.fstat(file.fileno()))
        except FileNotFoundError:
            return [KeyLine(DERIVED)], None
        except OSError as error:
            raise KeyFileError(f"{NAME} ne peut pas être lu{NBSP}: vérifiez ses droits.") from error
        lines = [_parsed(number, line) for number, line in enumerate(text.splitlines(), 1) if line]
        if not lines:
            raise KeyFileError(f"{NAME} est vide{NBSP}: remettez la dernière sauvegarde.")
        return lines, mark

    def make(self, lines: Sequence[KeyLine]) -> None:
        """Write the file of a new installation, unless another process made it a moment ago."""
        with self.held(wait=True):
            if self.mark() is None:
                self.replace(lines)

    def replace(self, lines: Sequence[KeyLine]) -> None:
        """Replace the whole file at once, on the disk before this returns; keep its owner."""
        draft = self._path.with_suffix(".tmp")
        draft.unlink(missing_ok=True)  # left by a command that was killed
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{line.key} {line.added or ''}".rstrip() + "\n" for line in lines)
            file.flush()
            self._hand_over(descriptor)
            os.fsync(descriptor)
        draft.replace(self._path)
        with self._opened_folder() as folder:
            os.fsync(folder)

    @contextmanager
    def held(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the right to change the file; the system frees it however the process ends.

        Raises ``KeyFileError`` when another process has it and ``wait`` is false.
        """
        with self._opened_folder() as folder:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as error:
                told = f"Une autre commande change déjà les clés{NBSP}: attendez sa fin."
                raise KeyFileError(told) from error
            yield

    def _hand_over(self, descriptor: int) -> None:
        """Leave the file to whoever had it: root may run the command, a service reads the keys."""
        before = os.stat(self._path if self._path.exists() else self._folder)  # noqa: PTH116
        if os.geteuid() == 0:
            os.fchown(descriptor, before.st_uid, before.st_gid)

    @contextmanager
    def _opened_folder(self) -> Iterator[int]:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def _mark(status: os.stat_result) -> Mark:
    return status.st_ino, status.st_mtime_ns, status.st_size


def _parsed(number: int, line: str) -> KeyLine:
    key, _, day = line.strip().partition(" ")
    try:
        added = date.fromisoformat(day.strip()) if day else None
    except ValueError:
        key = ""
    if key != DERIVED and not is_key(key):
        raise KeyFileError(f"{NAME}, ligne {number}{NBSP}: ce n’est pas une clé.")
    return KeyLine(key, added)
