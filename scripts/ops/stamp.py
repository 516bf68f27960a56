"""Is an environment what its lock says? Told in milliseconds, without starting a tool."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_STAMP = ".accueil-stamp.json"
_UNDER_WAY = ".accueil-under-way"


class State(Enum):
    """What there is to do with an environment."""

    READY = "nothing to do"
    STALE = "bring its packages to the lock"
    BROKEN = "make it again from nothing"


@dataclass(frozen=True)
class Environment:
    """A virtual environment of the checkout and the files that decide what it holds."""

    name: str
    project: Path
    version: str
    editable: bool

    @property
    def folder(self) -> Path:
        return self.project / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def lock(self) -> Path:
        return self.project / "requirements.lock"

    def installed(self) -> list[str]:
        """Return the names of the installed distributions."""
        found = self.folder.glob("lib/python*/site-packages/*.dist-info/RECORD")
        return sorted(record.parent.name for record in found)


def fingerprint(files: Sequence[Path]) -> str:
    """One SHA-256 over the files' names and bytes, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def state(environment: Environment) -> State:
    """Compare the environment with its stamp, its lock, its place and its packages."""
    under_way = (environment.folder / _UNDER_WAY).exists()
    if under_way or not _runs(environment):
        return State.BROKEN  # an interrupted installation can leave half a package
    try:
        stamp = json.loads((environment.folder / _STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return State.STALE
    if not isinstance(stamp, dict):
        return State.STALE
    if stamp.get("folder") != str(environment.folder):
        return State.BROKEN  # a moved or copied checkout: its scripts name the former place
    missing = set(stamp.get("installed", [])) - set(environment.installed())
    return (
        State.READY if stamp.get("wanted") == _wanted(environment) and not missing else State.STALE
    )


def begin(environment: Environment) -> None:
    """Say on disk that an installation is under way."""
    (environment.folder / _STAMP).unlink(missing_ok=True)
    (environment.folder / _UNDER_WAY).touch()


def finish(environment: Environment) -> None:
    """Write the stamp: the installation is whole."""
    content = {
        "folder": str(environment.folder),
        "wanted": _wanted(environment),
        "installed": environment.installed(),
    }
    (environment.folder / _STAMP).write_text(json.dumps(content), encoding="utf-8")
    (environment.folder / _UNDER_WAY).unlink(missing_ok=True)


def _wanted(environment: Environment) -> str:
    return fingerprint([environment.lock, environment.project / "pyproject.toml"])


def _runs(environment: Environment) -> bool:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run(
            [str(environment.python), "-I", "-S", "-c", code],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.strip() == environment.version
