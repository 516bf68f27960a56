"""Random histories of the booking engine on a real database, with a clock that stands still.

``.venv/bin/python -m tests.load.histories --examples 5000`` looks for one that breaks a rule.
"""

import argparse
import sys
import time

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.load.history_checks import Snapshot, check, check_change, take_snapshot
from tests.load.history_staff import StaffRules

STEPS = 30


class Histories(StaffRules):
    """After every step the rows are read, and compared with those before it."""

    done = 0
    """Steps taken by all histories of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Snapshot | None = None

    @invariant()
    def holds(self) -> None:
        found = take_snapshot(self.world.engine, self.world.clock.now())
        check(found)
        if self.before is not None:
            check_change(self.before, found)
        self.before = found
        assert not self.world.judge.wrong, self.world.judge.wrong
        Histories.done += 1

    def teardown(self) -> None:
        Histories.happened["message"] += sum(self.world.judge.left.values())
        self.world.close()


def run(examples: int, *, derandomize: bool = False) -> int:
    """Play that many histories; return how many states were checked. Raises on a broken rule."""
    Histories.done = 0
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=derandomize,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
        ),
    )
    return Histories.done


def main() -> int:
    """Play, and print how many steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100)
    begun = time.monotonic()
    steps = run(parser.parse_args().examples)
    sys.stdout.write(f"{steps} états vérifiés en {time.monotonic() - begun:.0f} s\n")
    for name, count in Histories.happened.most_common():
        sys.stdout.write(f"  {count:>7} {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
