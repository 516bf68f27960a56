"""A small town for random histories: two sites, two counsellors, few times, few people."""

import atexit
import shutil
import tempfile
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

from accueil.bootstrap import Application
from accueil.core.booking import Discretion, GroupSession, Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.dates import Window
from accueil.core.territory import Modality, Opening
from accueil.services.absences import AbsenceService
from accueil.services.booking import Sharing
from accueil.services.site_closing import ClosingService
from accueil.services.staff_leaving import LeavingService
from tests.factories import NOW, keep, make_counsellor, make_organisation, make_site
from tests.load.databases import application_on, copied, migrated_file
from tests.load.recorder import Judge, JudgedPost, JudgedSms

SITES = ("centre", "gare")
COUNSELLORS = ("nadia", "karim", "elsa")
PEOPLE = tuple(f"personne-{number}" for number in range(5))
"""Conversations."""
CONTACTS = (
    Contact(),
    Contact("+33639980001"),
    Contact(email="a@example.org"),
    Contact("+33639980002", "b@example.org"),
    Contact("+33639980001", "c@example.org"),
)
TUESDAY = date(2026, 11, 24)
DURATIONS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 6, 20, 60, 3 * 60, 24 * 60, 3 * 24 * 60)
)
_EIGHT, _NINE, _HALF, _TEN, _ELEVEN = time(8), time(9), time(9, 30), time(10, 15), time(11)


class World:
    """One database with the real container over it. ``close`` deletes it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="accueil-history-"))
        self.clock = FixedClock(NOW)
        self.application: Application = application_on(
            copied(_empty(), self.folder), self.folder, self.clock
        )
        self.engine, self.store = self.application.engine, self.application.store
        self.judge = Judge(self.engine, self.clock)
        self.post, self.sms = JudgedPost(self.judge), JudgedSms(self.judge)
        self.application.post, self.application.sms = self.post, self.sms
        self.absences = AbsenceService(self.store, self.clock, self.application.holds)
        self.closing = ClosingService(self.store, self.clock)
        self.leaving = LeavingService(self.store, self.clock, self.application.holds)
        self._settle()

    def close(self) -> None:
        """Close the database and delete it."""
        self.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _settle(self) -> None:
        people = [
            make_counsellor("nadia"),
            make_counsellor("karim"),
            make_counsellor("elsa", "gare"),
        ]
        openings = [
            _opening("n1", "nadia", "centre", 1, _NINE, _ELEVEN),
            _opening("n2", "nadia", "gare", 2, _NINE, _TEN),
            _opening("k1", "karim", "centre", 1, _HALF, _ELEVEN),
            _opening("e1", "elsa", "gare", 1, _NINE, _TEN),
        ]
        sites = [make_site(one) for one in SITES]
        keep(self.store, [make_organisation(), *sites, *people, *openings], sessions=_sessions())


def spare_opening(number: int) -> Opening:
    """Return one of three openings that a history may add and delete."""
    counsellor, site = (("nadia", "centre"), ("karim", "centre"), ("elsa", "gare"))[number]
    return _opening(f"spare-{number}", counsellor, site, number, _EIGHT, _TEN)


def wish(number: int) -> Wish:
    """Return no wish, or one of two days."""
    if number == 0:
        return Wish()
    zone = make_site().zone()
    days = [TUESDAY + timedelta(days=7 * (number - 1) + more) for more in (0, 1)]
    first, last = (NOW.astimezone(zone).replace(month=d.month, day=d.day, hour=0) for d in days)
    return Wish((Window(first, last, exact=False),))


def sharing(contact: int, discretion: int) -> Sharing:
    """Return what somebody shares."""
    return Sharing(CONTACTS[contact], "Lina", "", list(Discretion)[discretion])


@cache
def _empty() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="accueil-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return migrated_file(folder)


def _opening(
    identifier: str, counsellor: str, site: str, weekday: int, start: time, end: time
) -> Opening:
    ways = [Modality.ON_SITE, Modality.PHONE]
    last = TUESDAY + timedelta(days=7)
    return Opening(
        identifier, counsellor, site, weekday, start, end, last_day=last, modalities=ways
    )


def _sessions() -> list[GroupSession]:
    """Three sessions of two seats; one takes place while its animator would receive."""
    found = []
    for number, (animator, site, days, hour) in enumerate(
        [("nadia", "centre", 1, 9), ("karim", "centre", 3, 14), ("nadia", "centre", 8, 14)]
    ):
        start = NOW.replace(hour=hour) + timedelta(days=days)
        session = GroupSession(
            f"collective-{number}",
            site,
            "Découvrir la Mission Locale",
            start,
            start + timedelta(hours=1),
            capacity=2,
            counsellor_id=animator,
        )
        found.append(session)
    return found
