"""uv, and through it the two Pythons."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.ops.apt import Apt
from scripts.ops.console import Step
from scripts.ops.diagnosis import FULL_DISK
from scripts.ops.failure import OperationFailed
from scripts.ops.processes import environment
from scripts.ops.runner import Runner, Tool

PINNED = "uv.requirements.txt"  # beside the scripts: one version, its hashes
_NO_UV = "L’outil uv n’a pas pu être installé"


def answers(uv: str | Path) -> bool:
    """Whether this uv runs (a pyenv shim may exist and refuse)."""
    try:
        asked = subprocess.run(
            [str(uv), "--version"], capture_output=True, check=False, env=environment()
        )
    except OSError:
        return False
    return asked.returncode == 0


def find_or_install(runner: Runner, apt: Apt, step: Step) -> Path:
    """Return the machine's uv, else this checkout's own, fetched now if need be."""
    on_path = shutil.which("uv")
    if on_path is not None and answers(on_path):
        step.note = "celui de la machine"
        return Path(on_path)
    folder = runner.checkout.tools / "uv"
    own = folder / "bin" / "uv"
    if not answers(own):
        _install(runner, apt, step, folder)
    return own


def _install(runner: Runner, apt: Apt, step: Step, folder: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in python3-venv
        if not apt.allowed():
            raise OperationFailed(
                "Il manque le paquet python3-venv, nécessaire pour installer l’outil uv : "
                "installez-le (sudo apt-get install python3-venv), puis relancez la même commande."
            )
        apt.install(step, ["python3-venv"], "Le paquet python3-venv n’a pas pu être installé")
    make: list[str | Path] = [sys.executable, "-m", "venv", "--clear", folder]
    runner.run(step, Tool(make, "uv", _NO_UV))
    pinned = Path(__file__).resolve().parents[1] / PINNED
    fetch: list[str | Path] = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
    ]
    runner.run(step, Tool([*fetch, "-r", pinned], "uv", _NO_UV), append=True)


def find_python(runner: Runner, step: Step, uv: Path, version: str, folder: Path) -> Path:
    """Return a Python ``version`` of the machine, else one that uv fetches.

    Asked from ``folder``, whose .python-version tells pyenv which one to show.
    """
    found = _ask(uv, version, folder)
    if found is not None:
        return found
    failure = f"Python {version} est introuvable sur cette machine et uv n’a pas pu l’obtenir"
    fetch = Tool([uv, "python", "install", version], f"python-{version}", failure, cwd=folder)
    try:
        runner.run(step, fetch)
        found = _ask(uv, version, folder)
    except OperationFailed as problem:
        if problem.sentence == FULL_DISK:
            raise
        raise _no_python(failure, version, *problem.details) from problem
    if found is None:
        raise _no_python(failure, version)
    return found


def _no_python(failure: str, version: str, *details: str) -> OperationFailed:
    return OperationFailed(
        f"{failure} : installez-le (par exemple « pyenv install {version} » ou le paquet "
        f"python{version} de votre distribution), puis relancez la même commande.",
        *details,
    )


def _ask(uv: Path, version: str, folder: Path) -> Path | None:
    asked = subprocess.run(
        [str(uv), "python", "find", "--system", version],
        cwd=str(folder),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = asked.stdout.strip().splitlines()
    return Path(lines[-1]) if asked.returncode == 0 and lines else None
