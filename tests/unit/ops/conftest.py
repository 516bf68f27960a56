"""Make ``scripts`` and the plugin importable; give a checkout and a console to try them on."""

import io
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from scripts.ops.checkout import Checkout  # noqa: E402
from scripts.ops.console import Console  # noqa: E402
from scripts.ops.runner import Runner  # noqa: E402


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def printed() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def console(printed: io.StringIO, clock: Clock) -> Console:
    return Console(printed, clock)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def runner(checkout: Checkout, console: Console) -> Runner:
    return Runner(checkout, console)
