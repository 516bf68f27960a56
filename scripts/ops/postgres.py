"""A PostgreSQL for the tests: one given, else a throwaway one that only this user can reach.

A server of the machine is never used nor changed: ours lives in a temporary folder, listens on a
socket there, and is deleted with it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from scripts.ops.apt import Apt
from scripts.ops.console import Step
from scripts.ops.failure import OperationFailed
from scripts.ops.processes import environment, spawn, stop_all
from scripts.ops.runner import Runner

VARIABLE = "ACCUEIL_TEST_POSTGRES_URL"
SKIPPED = "PostgreSQL manque et ne peut pas être lancé ici : ses tests sont sautés."
START_SECONDS = 30.0
_USER = "accueil"
_SPEED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def server(
    runner: Runner, apt: Apt, name: str, environ: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Yield what the tests are told: the URL of a database, or nothing when there is none."""
    if environ.get(VARIABLE):
        yield {}
        return
    with ExitStack() as stack:
        with runner.console.step(name) as step:
            programs = _programs(runner, apt, step)
            url = None
            if programs is not None:
                cluster = _Cluster(runner, programs)
                stack.callback(cluster.stop)
                url = cluster.start()
            if url is None:
                step.note = "absent"
                runner.console.say(f"\n  {SKIPPED}")
        yield {} if url is None else {VARIABLE: url}


def programs_folder(folder: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """Return the folder of the newest PostgreSQL's programs: Debian's, else the PATH's."""
    versions = [one.parent.parent for one in folder.glob("*/bin/initdb")]
    numbered = [one for one in versions if one.name.isdigit()]
    if numbered:
        return max(numbered, key=lambda one: int(one.name)) / "bin"
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _programs(runner: Runner, apt: Apt, step: Step) -> Path | None:
    found = programs_folder()
    if found is None and apt.allowed():
        try:
            apt.install(step, ["postgresql"], "PostgreSQL n’a pas pu être installé par apt")
        except OperationFailed as problem:
            runner.console.say(f"\n  {problem.sentence}")
        found = programs_folder()
    return found


class _Cluster:
    """One server and its folder."""

    def __init__(self, runner: Runner, programs: Path) -> None:
        self._runner = runner
        self._programs = programs
        self._user = _unprivileged()
        self._folder = Path(tempfile.mkdtemp(prefix="accueil-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            shutil.chown(self._folder, self._user)

    def start(self) -> str | None:
        """Return the URL of an empty database, None when the server does not start."""
        data, log = self._folder / "data", self._runner.checkout.log("postgres")
        with log.open("wb") as output:
            made = self._launch(_initdb(self._programs, data), output).wait() == 0
            if not made:
                return None
            argv: list[str | Path] = [self._programs / "postgres", "-D", data, "-k", self._folder]
            argv += ["-c", "listen_addresses=", *_SPEED]
            self._process = self._launch(argv, output)
            deadline = time.monotonic() + START_SECONDS
            create: list[str | Path] = [
                self._programs / "createdb",
                "-h",
                self._folder,
                "-U",
                _USER,
                "test",
            ]
            while self._process.poll() is None and time.monotonic() < deadline:
                if self._launch(create, output).wait() == 0:
                    return f"postgresql+psycopg://{_USER}@/test?host={self._folder}"
                time.sleep(0.2)
        return None

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        if self._process is not None:
            stop_all([self._process])
        shutil.rmtree(self._folder, ignore_errors=True)

    def _launch(self, argv: Sequence[str | Path], output: IO[bytes]) -> subprocess.Popen[bytes]:
        return spawn(argv, cwd=self._folder, env=environment(), stdout=output, user=self._user)


def _initdb(programs: Path, data: Path) -> list[str | Path]:
    how = ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "-U", _USER]
    return [programs / "initdb", "-D", data, *how]


def _unprivileged() -> str | None:
    """Return who runs the server: PostgreSQL refuses root; None is the current user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
