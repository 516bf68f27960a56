"""Time the free slots of one site, from the database to the list; 20 counsellors, eight weeks.

``.venv/bin/python -m tests.load.slot_times`` prints medians in milliseconds, and asserts nothing.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from accueil.bootstrap import Application
from accueil.core.booking import DEFAULT_REASON, Appointment
from accueil.core.clock import FixedClock
from accueil.persistence import tables
from tests.factories import keep, make_appointment, make_counsellor, make_organisation, make_site
from tests.load.databases import SYSTEMS, application_on, empty, new_database
from tests.load.slots import (
    COUNSELLORS,
    HOLIDAYS,
    NOW,
    PARIS,
    appointments_of,
    milliseconds,
    openings_of,
)
from tests.load.slots_naive import naive_starts

LOADS = (0, 3, 6, 8)
"""Appointments a day and a counsellor."""


def median(act: Callable[[], object], repeats: int) -> float:
    """Return the median time of an act, in milliseconds, after one that does not count."""
    act()
    spent = []
    for _ in range(repeats):
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def naive_milliseconds(a_day: int, repeats: int) -> float:
    """Return the median time of the peer."""
    given = openings_of(), appointments_of(a_day), HOLIDAYS, PARIS, DEFAULT_REASON, NOW
    return median(lambda: naive_starts(*given), repeats)


def fill(application: Application, a_day: int) -> None:
    """Write the site, its counsellors, their openings and their appointments."""
    people = [make_counsellor(f"c{number:02}", "site") for number in range(COUNSELLORS)]
    keep(application.store, [make_organisation(), make_site("site"), *people, *openings_of()])
    busy = appointments_of(a_day)
    rows = [
        _values(make_appointment(one.start, person, ends_at=one.end))
        for person in people
        for one in busy.get(person.id, ())
    ]
    if rows:
        with application.engine.begin() as connection:
            connection.execute(insert(tables.appointments), rows)


def find(application: Application) -> list[datetime]:
    """Return the free starts of the site, each call in a transaction of its own."""
    with application.store.read() as uow:
        site = uow.territory.site("site")
        assert site is not None
        return [one.start for one in application.slots.free(uow, site, DEFAULT_REASON)]


def main() -> int:
    """Measure on both databases and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=30)
    repeats = parser.parse_args().repeats
    found: dict[tuple[str, int], float] = {}
    for system in SYSTEMS:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slots-")))
            url = stack.enter_context(new_database(system, folder))
            application = application_on(url, folder, FixedClock(NOW))
            stack.callback(application.engine.dispose)
            for a_day in LOADS:
                fill(application, a_day)
                found[system, a_day] = median(partial(find, application), repeats)
                empty(application.engine)
    sys.stdout.write(
        "| appointments a day and counsellor | free starts | free_slots | naive subtraction |"
        " ratio | SQLite, whole | PostgreSQL, whole |\n|---|---|---|---|---|---|---|\n"
    )
    for a_day in LOADS:
        ours, starts = milliseconds(a_day, repeats)
        naive = naive_milliseconds(a_day, max(3, repeats // 5))
        whole = " | ".join(f"{found[system, a_day]:.1f} ms" for system in SYSTEMS)
        sys.stdout.write(
            f"| {a_day} | {starts} | {ours:.1f} ms | {naive:.1f} ms | {naive / ours:.1f} |"
            f" {whole} |\n"
        )
    return 0


def _values(appointment: Appointment) -> dict[str, object]:
    return {column.name: getattr(appointment, column.name) for column in tables.appointments.c}


if __name__ == "__main__":
    sys.exit(main())
