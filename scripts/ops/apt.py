"""System packages, on Debian and Ubuntu, when this user may install them without a password."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from scripts.ops.console import Step
from scripts.ops.runner import Runner, Tool


class Apt:
    """apt-get for one run: the lists are refreshed once, before the first installation."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._refreshed = False
        self._prefix: list[str] | None = None
        self._asked = False

    def allowed(self) -> bool:
        """Whether packages can be installed: apt-get exists, and root or sudo without password."""
        if not self._asked:
            self._asked = True
            self._prefix = _privilege() if shutil.which("apt-get") else None
        return self._prefix is not None

    def install(self, step: Step, packages: Sequence[str], failure: str) -> None:
        """Install ``packages``. Raises :class:`OperationFailed` beginning with ``failure``."""
        if not self._refreshed:
            self._apt_get(step, ["update"], failure)
            self._refreshed = True
        self._apt_get(step, ["install", "-y", "--no-install-recommends", *packages], failure)

    def _apt_get(self, step: Step, words: Sequence[str], failure: str) -> None:
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        argv = [*(self._prefix or []), *quiet, *words]
        self._runner.run(step, Tool(argv, "apt", failure), append=True)


def _privilege() -> list[str] | None:
    """Return what to write before a command to run it as root; None when that cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None
