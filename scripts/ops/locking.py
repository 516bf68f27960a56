"""One at a time: two set-ups take turns, a second "make run" is refused."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scripts.ops.checkout import Checkout
from scripts.ops.console import Console
from scripts.ops.failure import OperationFailed


@contextmanager
def setup_turn(checkout: Checkout, console: Console) -> Iterator[None]:
    """Hold the right to change the environments, waiting for whoever has it."""
    with _opened(checkout.var / "setup.lock") as file:
        if not _take(file):
            console.say("Une autre préparation est en cours dans ce dossier : attente de sa fin…")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def only_run(checkout: Checkout, address: str) -> Iterator[None]:
    """Hold the right to run Premier Accueil from this checkout, answering at ``address``.

    Raises :class:`OperationFailed` when it already runs. The system frees the lock when the
    process ends, however it ends.
    """
    with _opened(checkout.var / "run.lock") as file:
        if not _take(file):
            raise OperationFailed(already_running(file.read()))
        file.truncate()
        file.write(f"{os.getpid()} {address}")
        file.flush()
        yield
        file.truncate(0)


def already_running(content: str) -> str:
    """One sentence from the lock's content: a process number and an address."""
    number, _, address = content.partition(" ")
    where = f" à l’adresse {address}" if address else ""
    how = f" ou par « kill {number} »" if number else ""
    return (
        f"Premier Accueil tourne déjà depuis ce dossier{where} : "
        f"arrêtez-le d’abord par Ctrl-C dans son terminal{how}."
    )


def running(checkout: Checkout) -> bool:
    """Whether Premier Accueil runs from this checkout."""
    with _opened(checkout.var / "run.lock") as file:
        return not _take(file)


def _opened(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")


def _take(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
