"""Services that forget, and people to be forgotten, on the database of a test. All made up."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from factories import NOW, keep, seed_territory
from sqlalchemy import Engine, Table, select

from accueil.core.booking import Discretion, Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.conversation import CallbackRequest, ChatMessage, ChatSession
from accueil.core.territory import Opening
from accueil.core.tokens import TokenMaker
from accueil.persistence import tables
from accueil.persistence.retention_repository import SqlOldRecords
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.appointments import Booked
from accueil.services.booking import BookingService, Sharing
from accueil.services.erasure import ErasureService
from accueil.services.holds import HoldMaker
from accueil.services.retention import Retention
from accueil.services.slots import SlotFinder
from accueil.services.waiting import WaitingLine
from accueil.services.waiting_list import WaitingListService

KEY = b"k" * 40
CONTACT = Contact("+33639980021", "zelie@example.org")
VALUES = ("Zélie", "+33639980021", "zelie@example.org", "Dort chez une amie.", "son éducatrice")
SHARING = Sharing(CONTACT, VALUES[0], VALUES[3], Discretion.NEUTRAL, VALUES[4])


@dataclass
class World:
    """A Mission Locale, and the services that keep and forget people."""

    engine: Engine
    store: SqlStore
    clock: FixedClock
    booking: BookingService
    waiting: WaitingListService
    erasure: ErasureService

    def rows(self, table: Table) -> list[Any]:
        """Return every row of a table, decrypted."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(table)))

    def row(self, table: Table, key: str) -> Any:
        """Return the row of one identifier."""
        return next(one for one in self.rows(table) if one.id == key)

    def dump(self) -> str:
        """Return everything that the database says, decrypted."""
        return "\n".join(
            repr(row) for one in tables.metadata.sorted_tables for row in self.rows(one)
        )

    def around(self, limit: datetime, table: Table, key: str) -> tuple[Any, Any, Any]:
        """Erase a second before, at, and a second after; return the row each time, or None."""
        found = []
        for seconds in (-1, 0, 1):
            self.clock.advance(limit + timedelta(seconds=seconds) - self.clock.now())
            self.erasure.erase_old()
            found.append(next((one for one in self.rows(table) if one.id == key), None))
        return found[0], found[1], found[2]


def make_world(engine: Engine, clock: FixedClock) -> World:
    store, tokens = SqlStore(engine), TokenMaker(KEY)
    holds, slots = HoldMaker(clock, tokens, "example.invalid"), SlotFinder(store, clock)
    line = WaitingLine(clock, slots, holds)
    booking = BookingService(store, clock, tokens, holds)
    waiting = WaitingListService(store, clock, tokens, line)
    retention = Retention(store, clock, SqlOldRecords(engine))
    erasure = ErasureService(store, clock, holds, line, retention)
    seed_territory(store)
    return World(engine, store, clock, booking, waiting, erasure)


def booked_by(world: World, conversation: str, start: datetime) -> Booked:
    """Hold and confirm with everything that can be said."""
    held = world.booking.hold(conversation, "centre", "logement", start)
    return world.booking.confirm(held.id, conversation, "logement", SHARING)


def add_chat(world: World, conversation: str, **changes: Any) -> None:
    """Put a conversation with one message into the database."""
    now = world.clock.now()
    session = ChatSession(conversation, f"hash-{conversation}", "web", now, now, now + timedelta(1))
    session.first_name, session.phone, session.email = VALUES[0], CONTACT.phone, CONTACT.email
    session.shared_note, session.referrer, session.age = VALUES[3], VALUES[4], 19
    for name, value in changes.items():
        setattr(session, name, value)
    message = ChatMessage(f"m-{conversation}", conversation, 0, "user", "Zélie ici", now)
    with world.store.write() as uow:
        uow.chats.add_session(session)
        uow.chats.add_messages([message])
        uow.commit()


def add_callback(world: World, conversation: str, **changes: Any) -> str:
    """Put a call-back request into the database; return its identifier."""
    given = {"first_name": VALUES[0], "phone": CONTACT.phone} | changes
    identifier = uuid4().hex
    request = CallbackRequest(identifier, conversation, "centre", world.clock.now(), **given)
    keep(world.store, callbacks=[request])
    return identifier


def only_one_slot(world: World) -> datetime:
    """Leave the station one slot, this Thursday at 9 in Paris; return its start in UTC."""
    day = NOW.date() + timedelta(days=3)
    rare = Opening("rare", "elsa", "gare", day.weekday(), time(9), time(9, 45), day, day)
    with world.store.write() as uow:
        uow.territory.replace_openings("elsa", [rare])
        uow.commit()
    return NOW.replace(hour=8, minute=0) + timedelta(days=3)


def join(world: World, conversation: str, contact: Contact = CONTACT) -> str:
    """Put somebody on the waiting list of the station; return the identifier of their place."""
    sharing = Sharing(contact, VALUES[0], VALUES[3], Discretion.NEUTRAL, VALUES[4])
    world.waiting.join(conversation, "gare", "logement", Wish(), sharing)
    rows = world.rows(tables.waiting_list)
    return next(str(row.id) for row in rows if row.conversation_id == conversation)
