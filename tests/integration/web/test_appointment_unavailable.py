"""A database that is locked, full or gone: a page in French, and nothing half done."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from factories import book, keep, make_callback, make_group_session
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from accueil.core.booking import Wish
from accueil.core.contact import Contact
from accueil.services.booking import Sharing

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
CHANGES = [
    ("annuler", {}),
    ("deplacer", {"debut": "2026-11-26T08:00:00+00:00"}),
    ("viens", {}),
    ("souci", {}),
]


@pytest.fixture
def booked(application, people):
    return book(application.booking, TUESDAY_NINE, contact=Contact(phone="+33639980011"))


@pytest.fixture
def file(application):
    return application.settings.folder / "accueil.db"


def everything(file) -> list[str]:
    """Every row that a change could touch."""
    tables = ("appointments", "outbox", "callback_requests", "group_sessions", "waiting_list")
    with closing(sqlite3.connect(file)) as connection:
        return [
            repr(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}")
        ]


@contextmanager
def each_connection(application, *pragmas: str) -> Iterator[None]:
    """Set every connection that is opened from here on so."""

    def configure(connection, _record) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    application.engine.dispose()
    event.listen(application.engine, "connect", configure)
    yield
    event.remove(application.engine, "connect", configure)
    application.engine.dispose()


@contextmanager
def locked(application, file) -> Iterator[None]:
    """Somebody else keeps the database to themselves; nobody waits long for them."""
    with each_connection(application, "busy_timeout = 20"), closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(application, file) -> Iterator[None]:
    """Not a page more can be had, and not a row more fits into the pages there are."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
        other.execute(f"PRAGMA max_page_count = {pages}")
        for table in ("outbox", "callback_requests"):
            fill(other, table)
    with each_connection(application, f"max_page_count = {pages}"):
        yield


def fill(connection: sqlite3.Connection, table: str) -> None:
    """Copy a row of a table until the database is full."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    copied = ", ".join("hex(randomblob(8))" if name == "id" else name for name in names)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        for_ever(connection, f"INSERT INTO {table} SELECT {copied} FROM {table} LIMIT 1")


def for_ever(connection: sqlite3.Connection, statement: str) -> None:
    while True:
        connection.execute(statement)


TROUBLES = [(locked, button, data) for button, data in CHANGES]
# "Je viens" writes into a row that is there: that still works when nothing can be added.
TROUBLES += [(full, button, data) for button, data in CHANGES if button != "viens"]


@pytest.mark.parametrize(("trouble", "button", "data"), TROUBLES)
def test_nothing_is_half_done(application, browser, booked, file, trouble, button, data):
    keep(application.store, callbacks=[make_callback()])
    address = f"/rdv/{booked.link_token}"
    with trouble(application, file):
        before = everything(file)
        response = browser.post(f"{address}/{button}", data=data)
        assert browser.get(address).status_code == 200
        assert everything(file) == before
    assert response.status_code == 503
    assert response.headers["retry-after"] == "60"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "Rien n’a été changé" in response.text
    assert f'href="{address}"' in response.text
    assert browser.post(f"{address}/{button}", data=data).status_code == 303
    assert everything(file) != before


@pytest.mark.parametrize("button", ["prendre", "laisser", "quitter"])
def test_an_offer_stays_as_it_is(application, browser, people, file, button):
    sharing = Sharing(Contact(email="lina@example.org"), "Lina")
    application.waiting_list.join("lina", "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        (held,) = uow.appointments.of_conversation("lina")
    before = everything(file)
    with locked(application, file):
        response = browser.post(f"/rdv/{held.link_token}/{button}")
    assert response.status_code == 503
    assert everything(file) == before
    assert "Une place s’est libérée" in browser.get(f"/rdv/{held.link_token}").text


def test_a_database_that_is_gone_is_said_for_codes_too(application, browser, booked, monkeypatch):
    def gone(_code: str) -> None:
        raise OperationalError("SELECT", {}, Exception("no such host"))

    monkeypatch.setattr(application.appointments, "by_code", gone)
    response = browser.post("/rdv", data={"code": booked.code})
    assert response.status_code == 503
    assert 'href="/rdv"' in response.text


def test_a_connection_lost_in_the_middle_is_not_called_nothing(
    application, browser, booked, monkeypatch
):
    def lost(_appointment_id: str) -> None:
        raise OperationalError("COMMIT", {}, Exception("lost"), connection_invalidated=True)

    monkeypatch.setattr(application.changes, "cancel", lost)
    response = browser.post(f"/rdv/{booked.link_token}/annuler")
    assert response.status_code == 503
    assert "Rien n’a été changé" not in response.text
    assert "On n’est pas sûr que ton choix soit noté" in response.text


def test_once_a_change_is_made_nothing_is_asked_that_could_fail(application, people):
    sessions = [make_group_session(TUESDAY_NINE + timedelta(days=day)) for day in (2, 3)]
    keep(application.store, sessions=sessions)
    held = application.booking.hold_seat("c", sessions[0].id)
    seat = application.booking.confirm(held.id, "c", "", Sharing(Contact(), "Lina")).appointment
    alone = book(application.booking, TUESDAY_NINE).appointment
    told: list[str] = []
    event.listen(application.engine, "begin", lambda _connection: told.append("begin"))
    event.listen(application.engine, "commit", lambda _connection: told.append("commit"))
    application.changes.move_seat(seat.id, sessions[1].id)
    application.changes.move(alone.id, TUESDAY_NINE + timedelta(days=1))
    application.changes.cancel(seat.id)
    application.changes.cancel(alone.id)
    assert told == ["begin", "commit"] * 4
