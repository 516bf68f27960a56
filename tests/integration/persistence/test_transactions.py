"""Transactions: all or nothing, writers one at a time, personal columns unreadable at rest."""

from datetime import UTC, datetime, timedelta
from datetime import time as hour
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from factories import (
    keep,
    make_appointment,
    make_callback,
    make_counsellor,
    make_openings,
    make_organisation,
    make_site,
)
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from accueil.core.booking import SlotTaken
from accueil.core.conversation import ChatMessage, ChatSession
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.unit_of_work import SqlStore

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRETS = {
    "first_name": "Xénia-Prénom",
    "phone": "+33199001277",
    "email": "xenia@exemple.fr",
    "shared_note": "Cherche une chambre secrète",
    "link_token": "jeton-du-lien-en-clair",
}


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    keep(store, [make_organisation(), make_site(), make_counsellor()])
    return store


def chat_session() -> ChatSession:
    return ChatSession(
        "s1",
        "t1",
        "web",
        START,
        START,
        START + timedelta(hours=1),
        first_name=SECRETS["first_name"],
    )


def everything_stored(engine: Engine) -> str:
    """Return all columns of all tables as the database keeps them, without deciphering."""
    found = []
    with engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            rows = connection.execute(text(f"SELECT * FROM {table.name}")).all()
            found.append(repr(rows))
    return "\n".join(found)


def test_leaving_without_commit_undoes_everything(store: SqlStore) -> None:
    with store.write() as uow:
        uow.territory.put([make_site("gare")])
        uow.appointments.add(make_appointment(START, make_counsellor()))
    with store.read() as uow:
        assert uow.territory.site("gare") is None
        assert uow.appointments.of_site("centre", START, START + timedelta(days=1)) == []


def test_an_error_undoes_everything(store: SqlStore) -> None:
    appointment = make_appointment(START, make_counsellor())

    def fail() -> None:
        with store.write() as uow:
            uow.appointments.add(appointment)
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail()
    with store.read() as uow:
        assert uow.appointments.get(appointment.id) is None


def test_a_refused_overlap_leaves_the_store_usable(store: SqlStore) -> None:
    nadia = make_counsellor()
    keep(store, appointments=[make_appointment(START, nadia)])
    with store.write() as uow, pytest.raises(SlotTaken):
        uow.appointments.add(make_appointment(START + timedelta(minutes=15), nadia))
    keep(store, appointments=[make_appointment(START + timedelta(minutes=45), nadia)])


def test_another_refusal_is_not_taken_for_an_overlap(store: SqlStore) -> None:
    nadia = make_counsellor()
    first = make_appointment(START, nadia)
    same_link = make_appointment(
        START + timedelta(hours=2), nadia, link_token_hash=first.link_token_hash
    )
    keep(store, appointments=[first])
    with store.write() as uow, pytest.raises(IntegrityError):
        uow.appointments.add(same_link)
    with store.write() as uow:
        uow.chats.add_callback(make_callback("nowhere"))
        with pytest.raises(IntegrityError):
            uow.commit()


def test_a_naive_instant_is_refused(store: SqlStore) -> None:
    naive = make_appointment(START, make_counsellor(), consented_at=datetime(2026, 11, 24, 9))
    with store.write() as uow, pytest.raises(Exception, match="aware"):
        uow.appointments.add(naive)


def test_writers_lock_first_and_readers_do_not(engine: Engine, store: SqlStore) -> None:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    with store.write() as uow:
        uow.territory.site("centre")
    with store.read() as uow:
        uow.territory.site("centre")
    event.remove(engine, "before_cursor_execute", note)
    if engine.dialect.name == "sqlite":
        begins = [one for one in seen if one.startswith("BEGIN")]
        assert begins == ["BEGIN IMMEDIATE", "BEGIN"]


def test_a_reader_is_not_held_up_by_a_writer(store: SqlStore) -> None:
    with store.write() as writer:
        writer.territory.put([make_site("gare")])
        with store.read() as reader:
            assert reader.territory.site("gare") is None
        writer.commit()
    with store.read() as reader:
        assert reader.territory.site("gare") is not None


def test_personal_columns_are_not_readable_at_rest(engine: Engine, store: SqlStore) -> None:
    appointment = make_appointment(START, make_counsellor(), **SECRETS)
    keep(
        store,
        appointments=[appointment],
        callbacks=[make_callback(first_name=SECRETS["first_name"], phone=SECRETS["phone"])],
    )
    with store.write() as uow:
        uow.chats.add_session(chat_session())
        message = ChatMessage("m1", "s1", 0, "jeune", SECRETS["shared_note"], START)
        message.cards = [{"code": SECRETS["link_token"]}]
        uow.chats.add_messages([message])
        uow.commit()
    stored = everything_stored(engine)
    assert appointment.id in stored
    for secret in SECRETS.values():
        assert secret not in stored
    with store.read() as uow:
        found = uow.appointments.get(appointment.id)
        assert {name: getattr(found, name) for name in SECRETS} == SECRETS
        assert uow.chats.messages("s1")[0].text == SECRETS["shared_note"]


def test_nothing_personal_is_in_the_raw_file(tmp_path: Path, empty_database: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(empty_database.read_bytes())
    engine = open_engine(f"sqlite:///{path}", b"k" * 40)
    appointment = make_appointment(START, make_counsellor(), **SECRETS)
    nadia = make_counsellor()
    openings = make_openings(nadia, hour(9), hour(12))
    keep(SqlStore(engine), [make_organisation(), make_site(), nadia, *openings], [appointment])
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("copy.db*"))
    engine.dispose()
    raw += path.read_bytes()
    assert appointment.id.encode() in raw
    for secret in SECRETS.values():
        assert secret.encode() not in raw


def test_another_key_reads_nothing(tmp_path: Path, empty_database: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(empty_database.read_bytes())
    engine = open_engine(f"sqlite:///{path}", b"k" * 40)
    appointment = make_appointment(START, make_counsellor(), **SECRETS)
    keep(SqlStore(engine), [make_organisation(), make_site(), make_counsellor()], [appointment])
    engine.dispose()
    stranger = open_engine(f"sqlite:///{path}", b"x" * 40)
    with SqlStore(stranger).read() as uow, pytest.raises(InvalidToken):
        uow.appointments.get(appointment.id)
    stranger.dispose()
