"""Child processes: each in a group of its own, so that all of it can be stopped."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PATIENCE_SECONDS = 8.0  # between the polite signal and the other one: under 10 in all
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
# A pyenv shim that starts us leaves its choice of Python to our children, where it would hide the
# other Python; an activated environment would do the same.
_NOT_INHERITED = ("PYENV_VERSION", "PYENV_DIR", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Copy our environment for a child, less what would mislead it, plus ``extra``."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    kept.update(extra or {})
    return kept


def spawn(
    argv: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdout: IO[Any] | int,
    stderr: IO[Any] | int = subprocess.STDOUT,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``argv`` in its own process group, with no input, to end if this process ends."""
    identity: dict[str, Any] = {}
    if user is not None:
        identity = {"user": user, "group": user, "extra_groups": []}
    return subprocess.Popen(
        [str(word) for word in argv],
        cwd=str(cwd),
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=_end_with_parent,
        **identity,
    )


def stop_all(
    processes: Iterable[subprocess.Popen[bytes]], patience: float = PATIENCE_SECONDS
) -> None:
    """Ask every group to end, wait ``patience`` seconds in all, then kill what is left."""
    groups = list(processes)
    for process in groups:
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + patience
    try:
        for process in groups:
            _wait_until(process, deadline)
    finally:  # also when a second Ctrl-C comes while waiting
        for process in groups:
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _wait_until(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    # The group outlives its first process while a child of it runs.
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _end_with_parent() -> None:
    if hasattr(_LIBC, "prctl"):  # Linux: if we are killed outright, our children are asked to end
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
