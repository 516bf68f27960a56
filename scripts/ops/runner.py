"""Run one tool inside a step: its output in a log, its failure in one sentence."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts.ops import diagnosis, disk
from scripts.ops.checkout import Checkout
from scripts.ops.console import Console, Step
from scripts.ops.failure import OperationFailed
from scripts.ops.processes import environment, spawn, stop_all

TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Tool:
    """A command: ``log`` names its file under var/logs, ``failure`` says in French what failed."""

    argv: Sequence[str | Path]
    log: str
    failure: str
    cwd: Path | None = None
    env: Mapping[str, str] | None = None


class Runner:
    """Runs tools for one checkout, steps shown on one console."""

    def __init__(self, checkout: Checkout, console: Console) -> None:
        self.checkout = checkout
        self.console = console

    def run(self, step: Step, tool: Tool, *, append: bool = False) -> None:
        """Run ``tool`` to its end. Raises :class:`OperationFailed` with the cause if known."""
        log = self.checkout.log(tool.log)
        with log.open("ab" if append else "wb") as output:
            code = self._wait(step, self._start(tool, output, subprocess.STDOUT))
        if code != 0:
            raise self._failed(tool, code, log)

    def read(self, step: Step, tool: Tool) -> str:
        """Return what ``tool`` prints on its standard output; the rest goes to its log."""
        log = self.checkout.log(tool.log)
        with tempfile.TemporaryFile() as output:
            with log.open("wb") as errors:
                code = self._wait(step, self._start(tool, output, errors))
            output.seek(0)
            printed = output.read()
        if code != 0:
            with log.open("ab") as errors:
                errors.write(printed)
            raise self._failed(tool, code, log)
        return printed.decode("utf-8", "replace")

    def show(self, tool: Tool) -> int:
        """Run ``tool`` with its output on the console as well as in its log; its exit code."""
        with self.checkout.log(tool.log).open("wb") as log:
            process = self._start(tool, subprocess.PIPE, subprocess.STDOUT)
            try:
                for line in process.stdout or ():
                    log.write(line)
                    self.console.write(line.decode("utf-8", "replace"))
                return process.wait()
            except BaseException:
                stop_all([process])
                raise

    def _start(
        self, tool: Tool, stdout: IO[bytes] | int, stderr: IO[bytes] | int
    ) -> subprocess.Popen[bytes]:
        try:
            return spawn(
                tool.argv,
                cwd=tool.cwd or self.checkout.root,
                env=environment(tool.env),
                stdout=stdout,
                stderr=stderr,
            )
        except (FileNotFoundError, PermissionError) as error:
            raise OperationFailed(
                f"{tool.failure} : la commande {tool.argv[0]} ne se lance pas ({error.strerror})."
            ) from error

    def _wait(self, step: Step, process: subprocess.Popen[bytes]) -> int:
        try:
            while True:
                try:
                    return process.wait(timeout=TICK_SECONDS)
                except subprocess.TimeoutExpired:
                    step.tick()
        except BaseException:
            stop_all([process])
            raise

    def _failed(self, tool: Tool, code: int, log: Path) -> OperationFailed:
        output = log.read_text(encoding="utf-8", errors="replace")
        shown = self.checkout.shown(log)
        known = diagnosis.cause(output[-20_000:], disk.free_bytes(self.checkout.root))
        if known is not None:
            return OperationFailed(known, f"Détails : {shown}")
        last = diagnosis.last_line(output)
        return OperationFailed(
            f"{tool.failure} (code {code}) : le détail est dans {shown}.",
            *([f"Dernière ligne : {last}"] if last else []),
        )
