"""What an operator sees: one line a step, with its name, its progress and its duration."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

QUIET_SECONDS = 10.0  # between two progress lines when the output is not a terminal


def french(text: str) -> str:
    """``text`` with the non-breaking spaces that French punctuation asks for."""
    text = re.sub(r" (?=[;?!])", "\u202f", text)
    return re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", text)


def duration(seconds: float) -> str:
    """``seconds`` as a French reader writes it: ``4,2 s``, ``2 min 05 s``."""
    if seconds < 59.95:
        return f"{seconds:.1f}".replace(".", ",") + "\u00a0s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}\u00a0min\u00a0{rest:02d}\u00a0s"


class Step:
    """A step under way. ``note`` is a word on the outcome, shown before the duration."""

    def __init__(self, console: Console, name: str) -> None:
        self.name = name
        self.note = ""
        self.seconds = 0.0
        self._console = console
        self._started = console.clock()
        self._next_line = QUIET_SECONDS

    def elapsed(self) -> float:
        """Seconds since the step began."""
        return self._console.clock() - self._started

    def tick(self) -> None:
        """Show that the step is alive: call it about once a second."""
        elapsed = self.elapsed()
        if self._console.terminal:
            self._console.rewrite(f"{self.name}… {int(elapsed)}\u00a0s")
        elif elapsed >= self._next_line:
            self._next_line += QUIET_SECONDS
            self._console.say(f"  {self.name} : en cours depuis {int(elapsed)}\u00a0s")


class Console:
    """Prints steps to ``stream``; ``clock`` counts seconds."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream if stream is not None else sys.stdout
        self.clock = clock
        self.terminal = self._stream.isatty()

    def say(self, text: str = "") -> None:
        """Print a line, French spaces put in."""
        self.write(french(text) + "\n")

    def write(self, text: str) -> None:
        """Print ``text`` as it is, at once."""
        self._stream.write(text)
        self._stream.flush()

    def rewrite(self, text: str) -> None:
        """Replace the current line of a terminal."""
        self.write("\r\x1b[K" + french(text))

    @contextmanager
    def step(self, name: str, *, live: bool = False) -> Iterator[Step]:
        """Time a block. ``live``: its commands print on the terminal, so a title goes above."""
        step = Step(self, name)
        if live:
            self.say(f"\n── {name}")
        elif self.terminal:
            self.rewrite(f"{name}…")
        try:
            yield step
        except KeyboardInterrupt:
            self._close(step, "interrompu", live)
            raise
        except BaseException:
            self._close(step, "échec", live)
            raise
        self._close(step, step.note, live)

    def _close(self, step: Step, note: str, live: bool) -> None:
        step.seconds = step.elapsed()
        took = f"{note} ({duration(step.seconds)})" if note else duration(step.seconds)
        if self.terminal and not live:
            self.rewrite(f"{step.name}… {took}\n")
        else:
            self.say(f"{step.name}… {took}")
