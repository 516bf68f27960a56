"""Kill the processes that book and send, at any moment; then count what people were told.

``.venv/bin/python -m tests.load.kills --kills 50`` does so on both databases.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hour
from pathlib import Path

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock, SystemClock
from tests.factories import keep, make_counsellor, make_openings, make_organisation, make_site
from tests.load.databases import KEY, SYSTEMS, application_on, new_database
from tests.load.kill_checks import Report, drain, judge
from tests.load.outside import Outside, running_outside

COUNSELLORS = 3
WORKERS = 2
WARM_UP_SECONDS = 120.0
"""At most, until the first appointment is booked and the first message has left."""


@dataclass
class Child:
    """A process that can be killed and started again."""

    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, silent."""
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=quiet, stderr=quiet
        )

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def run(system: str, kills: int, seed: int, *, gap: float = 1.0) -> Report:
    """Kill that many times under load, one every ``gap`` seconds or so; return what came of it.

    Raises ``AssertionError`` when something was lost, done by half or told twice.
    """
    with (
        tempfile.TemporaryDirectory(prefix="accueil-kills-") as name,
        new_database(system, Path(name)) as url,
        running_outside() as outside,
    ):
        folder = Path(name)
        journal = folder / "journal"
        _settle(url, folder)
        environment = _environment(url, folder, outside)
        with _children(environment, journal, seed) as children:
            _wait_until_busy(journal, outside)
            _kill_at_random(children, kills, random.Random(seed), gap, outside)
        application = _afterwards(url, folder, outside)
        try:
            drain(application, outside)
            return judge(application, outside, journal)
        finally:
            application.engine.dispose()


@contextmanager
def _children(environment: dict[str, str], journal: Path, seed: int) -> Iterator[list[Child]]:
    driver = [sys.executable, "-m", "tests.load.kill_driver", "--journal", str(journal)]
    worker = [sys.executable, "-c", "from accueil.cli import main; main()", "worker"]
    children = [Child([*driver, "--seed", str(seed)], environment)]
    children += [Child(worker, environment) for _ in range(WORKERS)]
    try:
        for child in children:
            child.start()
        yield children
    finally:
        for child in children:
            child.kill()


def _wait_until_busy(journal: Path, outside: Outside) -> None:
    end = time.monotonic() + WARM_UP_SECONDS
    while not (journal.exists() and journal.stat().st_size and outside.mails):
        assert time.monotonic() < end, "nothing is booked, or nothing leaves"
        time.sleep(0.05)


def _kill_at_random(
    children: list[Child], kills: int, chance: random.Random, gap: float, outside: Outside
) -> None:
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.8) * gap)
        outside.tick()
        victim = chance.choice(children)
        victim.kill()
        victim.start()


def _settle(url: str, folder: Path) -> None:
    application = application_on(url, folder, SystemClock())
    people = [make_counsellor(f"c{number}") for number in range(COUNSELLORS)]
    openings = [one for person in people for one in make_openings(person, hour(8), hour(18))]
    keep(application.store, [make_organisation(), make_site(), *people, *openings])
    application.engine.dispose()


def _environment(url: str, folder: Path, outside: Outside) -> dict[str, str]:
    return {
        "ACCUEIL_FOLDER": str(folder),
        "ACCUEIL_SECRET_KEY": KEY,
        "ACCUEIL_DATABASE_URL": url,
        **outside.environment(),
    }


def _afterwards(url: str, folder: Path, outside: Outside) -> Application:
    clock = FixedClock(datetime.now(UTC))
    return application_on(url, folder, clock, given=outside.environment())


def main() -> int:
    """Run on both databases, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for system in SYSTEMS:
        report = run(system, options.kills, options.seed)
        sys.stdout.write(f"{system}, {options.kills} fois : {report}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
