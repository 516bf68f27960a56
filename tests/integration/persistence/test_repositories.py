"""What goes into the database comes out the same, on both systems."""

from datetime import UTC, datetime, timedelta
from datetime import time as hour

import pytest
from factories import (
    NOW,
    keep,
    make_appointment,
    make_callback,
    make_counsellor,
    make_group_session,
    make_openings,
    make_organisation,
    make_site,
)

from accueil.core.booking import AppointmentStatus, Interval
from accueil.core.console import ConsoleSession
from accueil.core.conversation import ChatButton, ChatMessage, ChatSession, SafetyEvent
from accueil.core.outbox import DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.core.territory import Coverage, Opening, WeeklyHours
from accueil.persistence.unit_of_work import SqlStore

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    nadia, karim = make_counsellor(), make_counsellor("karim", is_active=False)
    elsa = make_counsellor("elsa", "gare")
    openings = [o for one in (nadia, karim, elsa) for o in make_openings(one, hour(9), hour(12))]
    sites = [make_site(), make_site("gare", hours=[WeeklyHours(2, hour(13, 30), hour(17, 15))])]
    keep(store, [make_organisation(), *sites, nadia, karim, elsa, *openings])
    return store


def outbox_row(appointment_id: str, number: int = 0, **changes: object) -> OutboxMessage:
    given = {
        "id": f"{appointment_id}:{number}",
        "appointment_id": appointment_id,
        "kind": MessageKind.CONFIRMED,
        "recipient": Recipient.COUNSELLOR,
        "sequence": number,
        "due_at": NOW,
        "counsellor_id": "nadia",
    }
    return OutboxMessage(**(given | changes))


def test_the_territory_comes_back(store: SqlStore) -> None:
    with store.write() as uow:
        uow.territory.put([Coverage("75056", "val")])
        uow.commit()
    with store.read() as uow:
        assert uow.territory.site("gare").hours == [WeeklyHours(2, hour(13, 30), hour(17, 15))]
        assert uow.territory.site("gare").zone().key == "Europe/Paris"
        assert [one.id for one in uow.territory.sites_of("val")] == ["centre", "gare"]
        assert uow.territory.organisation_covering("75056").name.endswith("d’Exemple")
        assert uow.territory.organisation_covering("13055") is None
        assert [one.id for one in uow.territory.counsellors_of("centre")] == ["nadia"]
        assert uow.territory.counsellor_by_email("elsa@mission.example").id == "elsa"
        openings = uow.territory.openings_of("centre")
        assert {one.counsellor_id for one in openings} == {"nadia"}
        assert (openings[0].start, openings[0].end) == (hour(9), hour(12))


def test_putting_again_updates(store: SqlStore) -> None:
    with store.write() as uow:
        uow.territory.put([make_site("gare", phone="01 99 00 99 99")])
        uow.commit()
    with store.read() as uow:
        assert uow.territory.site("gare").phone == "01 99 00 99 99"
        assert len(uow.territory.sites()) == 2


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime.fromisoformat("2026-11-24T10:00:00+01:00"),
        datetime.fromisoformat("2026-11-24T10:00:00.123456-09:30"),
    ],
)
def test_an_instant_comes_back_in_utc(store: SqlStore, starts_at: datetime) -> None:
    appointment = make_appointment(starts_at, make_counsellor(), consented_at=starts_at)
    keep(store, appointments=[appointment])
    with store.read() as uow:
        found = uow.appointments.get(appointment.id)
        assert found.starts_at == starts_at == found.consented_at
        assert found.starts_at.utcoffset() == timedelta(0)


def test_an_appointment_is_found_by_link_code_conversation_and_contact(store: SqlStore) -> None:
    one = make_appointment(
        START, make_counsellor(), code_hash="code", phone_key="p", email_key="e", sequence=3
    )
    keep(store, appointments=[one])
    with store.read() as uow:
        a = uow.appointments
        assert a.by_link(one.link_token_hash).id == one.id
        assert a.by_link("other") is None
        assert a.by_code("code").sequence == 3
        assert a.by_code("other") is None
        assert [x.id for x in a.of_conversation(one.conversation_id)] == [one.id]
        for keys in (["p"], ["e"], ["p", "e"], ["x", "e"]):
            assert [x.id for x in a.future_of_contact(keys, NOW)] == [one.id]
        assert a.future_of_contact(["x"], NOW) == []
        assert a.future_of_contact(["p"], START) == []
        assert a.get("unknown") is None


@pytest.mark.parametrize(
    ("status", "occupies"),
    [
        ("held", True), ("confirmed", True), ("seen", True), ("no_show", True),
        ("excused", False), ("cancelled", False), ("expired", False),
    ],
)  # fmt: skip
def test_only_live_appointments_occupy_time(store: SqlStore, status: str, occupies: bool) -> None:
    one = make_appointment(
        START,
        make_counsellor(),
        status=AppointmentStatus(status),
        hold_expires_at=NOW + timedelta(minutes=1) if status == "held" else None,
    )
    keep(store, appointments=[one])
    with store.read() as uow:
        busy = uow.appointments.busy("centre", START, START + DAY, NOW)
        later = uow.appointments.busy("centre", START, START + DAY, NOW + timedelta(minutes=1))
        listed = uow.appointments.of_site("centre", START, START + DAY)
    assert busy == ({"nadia": [Interval(one.starts_at, one.ends_at)]} if occupies else {})
    assert (later == {}) is (not occupies or status == "held")
    assert bool(listed) is (status not in ("held", "expired"))


def test_busy_counts_what_a_counsellor_has_at_another_site(store: SqlStore) -> None:
    visiting = Opening("elsa-visits", "elsa", "centre", 1, hour(9), hour(12))
    elsa = make_counsellor("elsa", "gare")
    keep(store, [visiting], [make_appointment(START, elsa)])
    with store.read() as uow:
        assert "elsa" in uow.appointments.busy("centre", START, START + DAY, NOW)
        assert "elsa" in uow.appointments.busy("gare", START, START + DAY, NOW)


def test_busy_takes_a_half_open_span(store: SqlStore) -> None:
    keep(store, appointments=[make_appointment(START, make_counsellor())])
    end = START + timedelta(minutes=45)
    with store.read() as uow:
        assert uow.appointments.busy("centre", end, end + DAY, NOW) == {}
        assert uow.appointments.busy("centre", START - DAY, START, NOW) == {}
        assert uow.appointments.busy("gare", START, end, NOW) == {}


def test_seats_are_never_put_back_by_an_import(store: SqlStore) -> None:
    session = make_group_session(START, capacity=2, taken=1)
    keep(store, sessions=[session])
    with store.write() as uow:
        assert uow.groups.take_seat(session.id, NOW)
        assert not uow.groups.take_seat(session.id, NOW)
        assert not uow.groups.take_seat("unknown", NOW)
        uow.commit()
    keep(store, sessions=[make_group_session(START, id=session.id, capacity=12, taken=0)])
    with store.read() as uow:
        (found,) = uow.groups.of_site("centre", NOW)
        assert (found.taken, found.capacity) == (2, 12)
        assert uow.groups.of_site("centre", START) == []


def test_a_conversation_comes_back_and_goes_away(store: SqlStore) -> None:
    with store.write() as uow:
        session = ChatSession("s", "hash", "web", NOW, NOW, NOW + DAY, age=17, disability=True)
        uow.chats.add_session(session)
        buttons = [{"title": "Oui", "token": "b"}]
        uow.chats.add_messages(
            [
                ChatMessage("m1", "s", 0, "jeune", "salut 😅", NOW, request_key="k"),
                ChatMessage("m2", "s", 1, "bot", "Bonjour", NOW, buttons, [{"type": "site"}]),
            ]
        )
        uow.chats.add_buttons([ChatButton("b", "s", "Oui", "/confirmer", NOW)])
        uow.chats.add_safety_event(SafetyEvent("e", NOW, "suicide", "web"))
        uow.commit()
    with store.read() as uow:
        found = uow.chats.by_token("hash")
        assert (found.age, found.disability, found.safety_variant) == (17, True, None)
        assert [m.text for m in uow.chats.messages("s")] == ["salut 😅", "Bonjour"]
        assert uow.chats.messages("s")[1].cards == [{"type": "site"}]
        assert uow.chats.by_request_key("s", "k").id == "m1"
        assert uow.chats.by_request_key("s", "other") is None
        assert uow.chats.next_position("s") == 2
        assert uow.chats.next_position("new") == 0
        assert uow.chats.button("s", "b").payload == "/confirmer"
        assert uow.chats.button("other", "b") is None
        assert uow.chats.expired(NOW) == []
        assert [one.id for one in uow.chats.expired(NOW + DAY)] == ["s"]
    with store.write() as uow:
        uow.chats.delete("s")
        uow.commit()
    with store.read() as uow:
        assert uow.chats.get("s") is None
        assert uow.chats.messages("s") == []
        assert uow.chats.button("s", "b") is None


def test_callbacks_wait_until_done(store: SqlStore) -> None:
    first, second = make_callback(), make_callback(created_at=NOW - timedelta(hours=3))
    keep(store, callbacks=[first, second])
    with store.write() as uow:
        assert [x.id for x in uow.chats.callbacks_of_site("centre")] == [second.id, first.id]
        uow.chats.callback(second.id).done = True
        uow.commit()
    with store.read() as uow:
        assert [x.id for x in uow.chats.callbacks_of_site("centre")] == [first.id]
        assert uow.chats.callbacks_of_conversation(second.conversation_id)[0].done


def test_a_message_is_claimed_once_until_its_claim_ends(store: SqlStore) -> None:
    one = make_appointment(START, make_counsellor())
    keep(store, appointments=[one])
    rows = [
        outbox_row(one.id, 0),
        outbox_row(one.id, 1, due_at=NOW + timedelta(minutes=1)),
        outbox_row(one.id, 2, status=DeliveryStatus.SENT),
    ]
    with store.write() as uow:
        uow.outbox.add(rows)
        uow.commit()

    def claim(at: datetime) -> list[str]:
        with store.write() as uow:
            claimed = [message.id for message in uow.outbox.claim_due(at, 10)]
            uow.commit()
            return claimed

    assert claim(NOW) == [f"{one.id}:0"]
    assert claim(NOW) == []
    assert claim(NOW + timedelta(minutes=1)) == [f"{one.id}:1"]
    assert claim(NOW + timedelta(minutes=2)) == [f"{one.id}:0"]
    with store.read() as uow:
        assert uow.outbox.get(f"{one.id}:0").attempts == 2


def test_the_same_fact_is_written_once(store: SqlStore) -> None:
    one = make_appointment(START, make_counsellor())
    keep(store, appointments=[one])
    for _ in range(2):
        with store.write() as uow:
            uow.outbox.add([outbox_row(one.id, was_at=START)])
            uow.commit()
    with store.read() as uow:
        assert uow.outbox.get(f"{one.id}:0").was_at == START


def test_console_sessions_end(store: SqlStore) -> None:
    with store.write() as uow:
        for name, end in (("a", NOW), ("b", NOW + DAY)):
            uow.console.add(ConsoleSession(name, "nadia", "csrf", NOW - DAY, end))
        uow.console.delete("unknown")
        uow.commit()
    with store.write() as uow:
        uow.console.delete_expired(NOW)
        uow.commit()
    with store.read() as uow:
        assert uow.console.get("a") is None
        assert uow.console.get("b").counsellor_id == "nadia"


def test_locking_keeps_what_is_changed_afterwards(store: SqlStore) -> None:
    one = make_appointment(START, make_counsellor())
    keep(store, appointments=[one])
    with store.write() as first:
        mine = first.appointments.get(one.id)
        first.appointments.lock_sites([one.site_id, "gare", one.site_id])
        first.appointments.lock_people(["k2", "k1"])
        mine.sequence = 7
        first.commit()
    with store.read() as second:
        assert second.appointments.get(one.id).sequence == 7
