"""The edge of every command: signals in, one sentence and an exit code out."""

from __future__ import annotations

import errno
import io
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from scripts.ops.apt import Apt
from scripts.ops.checkout import HERE
from scripts.ops.console import Console
from scripts.ops.diagnosis import FULL_DISK
from scripts.ops.failure import OperationFailed
from scripts.ops.runner import Runner

INTERRUPTED = 130

Command = Callable[[Runner, Apt], int]


def main(command: Command) -> NoReturn:
    """Run ``command`` for this checkout and exit with its code."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a C locale must not turn French into an error
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    runner = Runner(HERE, Console())
    sys.exit(guarded(command, runner, Apt(runner)))


def guarded(command: Command, runner: Runner, apt: Apt) -> int:
    """Return the exit code of ``command``; what goes wrong is told on the console."""
    try:
        return command(runner, apt)
    except OperationFailed as problem:
        _tell(runner.console, problem.sentence, *problem.details)
    except KeyboardInterrupt:
        _tell(runner.console, "Arrêté.")
        return INTERRUPTED
    except OSError as error:
        _tell(runner.console, refusal(error))
    return 1


def refusal(error: OSError) -> str:
    """One sentence for a refusal of the system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL_DISK
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Cet utilisateur n’a pas le droit d’écrire {error.filename} : corrigez les droits."
    return f"Le système a refusé une opération : {error.strerror} ({error.filename})."


def _tell(console: Console, sentence: str, *details: str) -> None:
    console.say(f"\n{sentence}")
    for line in details:
        console.say(f"  {line}")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
