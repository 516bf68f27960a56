"""Chromium for the browser tests: the machine's, else Debian's by apt when that is allowed."""

from __future__ import annotations

import shutil
import subprocess

from scripts.ops.apt import Apt
from scripts.ops.console import Step
from scripts.ops.failure import OperationFailed
from scripts.ops.runner import Runner

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SKIPPED = "Chromium manque et ne peut pas être installé ici : les tests du navigateur sont sautés."


def find() -> str | None:
    """Return a Chromium that starts (Ubuntu's may be a stub that only asks for a snap)."""
    for name in NAMES:
        path = shutil.which(name)
        if path is not None and _starts(path):
            return path
    return None


def environment(runner: Runner, apt: Apt, step: Step) -> dict[str, str]:
    """Return what the tests are told: where Chromium is, or that its tests are to be skipped."""
    found = find()
    if found is None and apt.allowed():
        try:
            failure = "Chromium n’a pas pu être installé par apt"
            apt.install(step, ["chromium", "fonts-dejavu"], failure)
        except OperationFailed as problem:
            runner.console.say(f"\n  {problem.sentence}")
        found = find()
    if found is None:
        step.note = "absent"
        runner.console.say(f"\n  {SKIPPED}")
        return {"ACCUEIL_SKIP_BROWSER": "1"}
    step.note = found
    return {"ACCUEIL_CHROMIUM": found}


def _starts(path: str) -> bool:
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
