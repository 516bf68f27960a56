"""A process that books, moves and cancels in threads until it is killed; it notes what it was told.

Each line of the journal is written once the service has answered, in one piece.
"""

import argparse
import json
import os
import random
import threading
import uuid
from datetime import datetime
from pathlib import Path

from accueil.bootstrap import Application, build
from accueil.core.booking import DEFAULT_REASON, BookingError
from accueil.core.contact import Contact
from accueil.services.appointments import Booked
from accueil.services.booking import Sharing

THREADS = 3
SITE = "centre"


class Driver:
    """One thread's young people, one after the other."""

    def __init__(self, application: Application, journal: int, seed: str) -> None:
        self._application = application
        self._journal = journal
        self._chance = random.Random(seed)

    def run(self) -> None:
        """Go on for ever: a refusal is part of it."""
        while True:
            try:
                self._one_person()
            except BookingError:
                continue

    def _one_person(self) -> None:
        application, conversation = self._application, uuid.uuid4().hex
        held = application.booking.hold(conversation, SITE, "logement", self._free())
        sharing = Sharing(self._contact(conversation), "Lina")
        booked = application.booking.confirm(held.id, conversation, "logement", sharing)
        self._note("confirmed", booked)
        if self._chance.random() < 0.4:
            self._note("moved", application.changes.move(held.id, self._free()))
        if self._chance.random() < 0.3:
            self._note("cancelled", application.changes.cancel(held.id))

    def _free(self) -> datetime:
        finder = self._application.slots
        with self._application.store.read() as uow:
            site = uow.territory.site(SITE)
            assert site is not None
            return self._chance.choice(finder.free(uow, site, DEFAULT_REASON)).start

    def _contact(self, name: str) -> Contact:
        phone = f"+3363998{self._chance.randrange(10_000):04}"
        email = f"{name}@example.org"
        return self._chance.choice([Contact(phone), Contact(phone, email), Contact(email=email)])

    def _note(self, did: str, booked: Booked) -> None:
        one = booked.appointment
        told = {"did": did, "id": one.id, "sequence": one.sequence}
        os.write(self._journal, f"{json.dumps(told)}\n".encode())


def main() -> None:
    """Run the threads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--seed", required=True)
    options = parser.parse_args()
    journal = os.open(options.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    application = build()
    for number in range(THREADS):
        driver = Driver(application, journal, f"{options.seed}-{number}")
        threading.Thread(target=driver.run).start()


if __name__ == "__main__":
    main()
