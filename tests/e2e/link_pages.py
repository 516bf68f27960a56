"""An application served without the dialogue engine, and every page to which a link can lead."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import uvicorn
from factories import book, keep, make_group_session

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits
from accueil.core.booking import Appointment, Wish
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.services.booking import Sharing
from accueil.web.app import create_app

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
CONTACT = Contact("+33639980011", "lina@example.org")


@contextmanager
def serving(application: Application, limits: ChatLimits | None = None) -> Iterator[str]:
    """Serve the web application on a free port, without the dialogue engine."""
    config = uvicorn.Config(
        create_app(application, limits), port=0, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # waiting for a socket, not for time to pass
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def stored(application: Application, token: str) -> Appointment:
    with application.store.read() as uow:
        found = uow.appointments.by_link(application.tokens.hash(token))
    assert found is not None
    return found


def seat(application: Application) -> str:
    """Book a seat of a group session; two other sessions have seats left."""
    sessions = [
        make_group_session(TUESDAY_NINE + timedelta(days=day), title=title)
        for day, title in ((1, "Découvrir la Mission Locale"), (2, "Préparer un entretien"))
    ]
    keep(application.store, sessions=sessions)
    held = application.booking.hold_seat("seat", sessions[0].id)
    return application.booking.confirm(held.id, "seat", "", Sharing(Contact())).link_token


def by_phone(application: Application) -> str:
    held = application.booking.hold("p", "centre", "emploi", TUESDAY_NINE, Modality.PHONE)
    return application.booking.confirm(held.id, "p", "emploi", Sharing(CONTACT)).link_token


def offer(application: Application) -> str:
    sharing = Sharing(Contact(email="sacha@example.org"))
    application.waiting_list.join("offer", "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        return uow.appointments.of_conversation("offer")[-1].link_token


def pages(application: Application) -> dict[str, str]:
    """Return the path of each page, by name."""
    start = datetime(2026, 11, 26, 8, tzinfo=UTC)
    plain = book(application.booking, start, contact=Contact("+33639980012")).link_token
    told = book(application.booking, start + timedelta(hours=1)).link_token
    gone = book(application.booking, start + timedelta(hours=2)).link_token
    application.changes.coming(stored(application, told).id)
    application.changes.ask_call_back(stored(application, told).id)
    application.changes.cancel(stored(application, gone).id)
    offered, left = offer(application), "left"
    sharing = Sharing(Contact(email="noe@example.org"))
    application.waiting_list.join(left, "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        late = uow.appointments.of_conversation(left)[-1]
    application.waiting_list.decline(late.id)
    seated = seat(application)
    return {
        "code": "/rdv",
        "plain": f"/rdv/{plain}",
        "told": f"/rdv/{told}?fait=souci",
        "phone": f"/rdv/{by_phone(application)}",
        "move": f"/rdv/{plain}/deplacer",
        "cancel": f"/rdv/{plain}/annuler",
        "cancelled": f"/rdv/{gone}?fait=annule",
        "refused": f"/rdv/{gone}/deplacer",
        "seat": f"/rdv/{seated}",
        "move-seat": f"/rdv/{seated}/deplacer",
        "offer": f"/rdv/{offered}",
        "offer-late": f"/rdv/{late.link_token}",
        "offer-left": f"/rdv/{late.link_token}?fait=refuse",
        "unknown": "/rdv/AAAAAAAAAAAAAAAAAAAAAA",
    }
