"""Many people want the same thing at the same moment: one gets it, on both databases.

``.venv/bin/python -m tests.load.races --rounds 20`` prints a table and fails on a broken rule.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from tests.factories import NOW
from tests.load.databases import SYSTEMS, application_on, empty, new_database
from tests.load.history_checks import check, take_snapshot
from tests.load.race_cases import Outcomes, freed_slot, last_seat, moves, same_slot, seat_moves


@dataclass(frozen=True)
class Race:
    """What happens, and how it must end: how many outcomes of each type."""

    name: str
    run: Callable[[Application], Outcomes]
    expected: Outcomes


RACES = (
    Race("one slot, 200 confirm", same_slot, Counter(str=1, SlotTaken=199)),
    Race("last seat, 50 confirm", last_seat, Counter(str=1, SlotTaken=49)),
    Race("one slot, 50 move", moves, Counter(Booked=1, SlotTaken=49)),
    Race("last seat, 50 move", seat_moves, Counter(Booked=1, SlotTaken=49)),
    Race(
        "freed slot, 20 wait, 20 hold",
        freed_slot,
        Counter({"Booked": 1, "int": 20, "SlotTaken": 20, "asked:w0": 1}),
    ),
)


def run_race(race: Race, application: Application) -> None:
    """Run a race on an empty database. Raises ``AssertionError`` when it does not end as it must.

    Then the rows are read: no overlap, seats counted, one appointment each, all announced.
    """
    found = race.run(application)
    assert found == race.expected, f"{race.name}: {dict(found)}"
    check(take_snapshot(application.engine, application.clock.now()))


def main() -> int:
    """Run every race on both databases, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    for system in SYSTEMS:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="races-")))
            url = stack.enter_context(new_database(system, folder))
            application = application_on(url, folder, FixedClock(NOW))
            stack.callback(application.engine.dispose)
            for race in RACES:
                begun = time.monotonic()
                for _ in range(rounds):
                    run_race(race, application)
                    empty(application.engine)
                spent = (time.monotonic() - begun) / rounds
                sys.stdout.write(
                    f"| {system} | {race.name} | {rounds}/{rounds} | {spent:.2f} s |\n"
                )
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
