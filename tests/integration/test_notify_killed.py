"""A worker killed (SIGKILL) at each step of a sending; the next one finishes, nothing doubles."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from factories import NOW, book, seed_territory
from sending import status_of

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import DeliveryStatus
from accueil.gateways.post import FolderPost
from accueil.gateways.sms import FolderSms

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WORKER = """
import os, signal, sys
from accueil.bootstrap import build
from accueil.gateways.post import FolderPost
from accueil.gateways.sms import FolderSms
from accueil.services.notify import Notifier

def kill(owner, name, after):
    real = getattr(owner, name)
    def wrapped(*given):
        if after:
            real(*given)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, wrapped)

owners = {"sms": FolderSms, "mail": FolderPost, "claim": Notifier, "settle": Notifier}
what, when = sys.argv[1], sys.argv[2]
names = {"sms": "send", "mail": "send", "claim": "_claim", "settle": "_settle"}
kill(owners[what], names[what], when == "after")
application = build()
while application.notifier.send_due():
    pass
"""


@pytest.mark.parametrize(
    ("what", "when", "contact"),
    [
        ("claim", "after", Contact("+33639980011", "")),
        ("sms", "before", Contact("+33639980011", "")),
        ("sms", "after", Contact("+33639980011", "")),
        ("mail", "before", Contact("", "lina@example.org")),
        ("mail", "after", Contact("", "lina@example.org")),
        ("settle", "after", Contact("", "lina@example.org")),
    ],
)
def test_a_killed_worker_neither_loses_nor_doubles(
    application: Application, clock: FixedClock, what: str, when: str, contact: Contact
) -> None:
    folder = application.settings.folder
    application._post = FolderPost(folder / "mail", "premier-accueil@example.org")
    application.__dict__.pop("post", None)
    seed_territory(application.store)
    booked = book(application.booking, START, contact=contact)
    died = work_until_killed(folder, what, when)
    assert died == -signal.SIGKILL

    sends = counted(application)
    clock.advance(timedelta(minutes=3))
    while application.notifier.send_due():
        pass
    assert len(list((folder / "mail").glob("*.eml"))) == (1 if contact.phone else 2)
    assert len(list((folder / "sms").glob("*.txt"))) == (1 if contact.phone else 0)
    assert len(sends) == (1 if contact.phone and (what, when) != ("sms", "after") else 0)
    way = ":sms" if contact.phone else ""
    for key in ("counsellor", f"young_person{way}"):
        row = f"{booked.appointment.id}:0:confirmed:{key}"
        assert status_of(application, row) is DeliveryStatus.SENT


def counted(application: Application) -> list[str]:
    """Return a list that grows with each SMS handed over from now on."""
    sent: list[str] = []
    sms = FolderSms(application.settings.folder / "sms")
    real = sms.send

    def send(one):
        sent.append(one.reference)
        return real(one)

    sms.send = send
    application._sms = sms
    application.__dict__.pop("sms", None)
    return sent


def work_until_killed(folder: Path, what: str, when: str) -> int:
    environment = {
        "PATH": os.environ["PATH"],
        "ACCUEIL_FOLDER": str(folder),
        "ACCUEIL_SECRET_KEY": "k" * 40,
        "ACCUEIL_NOW": NOW.isoformat(),
    }
    return subprocess.run(
        [sys.executable, "-c", WORKER, what, when], env=environment, timeout=60, check=False
    ).returncode
