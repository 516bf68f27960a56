"""Nothing of an erased conversation is left in Rasa; what erasing missed is swept up."""

import asyncio
from pathlib import Path
from typing import List, Tuple

import pytest
import sqlalchemy as sa
from rasa.core.lock_store import InMemoryLockStore

from bot import tracker_store
from bot.channel import erase_conversation
from bot.tests.test_tracker_store import open_store, run, texts, turn
from bot.tracker_erasure import ORPHAN_SECONDS, SWEEP_SECONDS
from bot.tracker_store import CachedSQLTrackerStore

COLUMNS = ["id", "sender_id", "type_name", "timestamp", "intent_name", "action_name", "data"]
"""The register of personal data (accueil/core/privacy) lists the same."""


def senders(store: CachedSQLTrackerStore) -> List[str]:
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT DISTINCT sender_id FROM events ORDER BY 1"))
        return [row[0] for row in rows]


def age(store: CachedSQLTrackerStore, sender: str, seconds: float, now: float) -> None:
    """Let a conversation have been silent for so long."""
    with store.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE events SET timestamp = :at WHERE sender_id = :sender"),
            {"at": now - seconds, "sender": sender},
        )


def test_rasa_keeps_people_in_one_table_of_known_columns(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    found = sa.inspect(store.engine)
    assert found.get_table_names() == ["events"]
    assert [column["name"] for column in found.get_columns("events")] == COLUMNS


def test_erasing_empties_table_cache_and_locks(tmp_path: Path) -> None:
    store, locks = open_store(tmp_path), InMemoryLockStore()

    async def told_and_erased() -> Tuple[int, int]:
        async with locks.lock("a"):
            await turn(store, "a", "un")
        before = len(senders(store))
        async with locks.lock("a"):
            await erase_conversation(store, "a")
        return before, len(senders(store))

    assert asyncio.new_event_loop().run_until_complete(told_and_erased()) == (1, 0)
    assert store.cached_conversations == 0
    assert store._lent == {}
    assert locks.conversation_locks == {}


def test_a_conversation_silent_for_two_days_is_swept(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for sender in ("old", "limit", "live"):
        for text in ("un", "deux"):
            run(turn(store, sender, text))
    now = 2_000_000_000.0
    age(store, "old", ORPHAN_SECONDS + 1, now)
    age(store, "limit", ORPHAN_SECONDS, now)
    age(store, "live", 0, now)
    assert run(store.sweep(now)) > 0
    assert senders(store) == ["limit", "live"]
    assert run(store.retrieve("old")) is None
    assert texts(run(store.retrieve("live"))) == ["un", "deux"]
    assert run(store.sweep(now)) == 0


def test_one_late_message_keeps_a_long_conversation(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    now = 2_000_000_000.0
    age(store, "a", ORPHAN_SECONDS * 3, now)
    with store.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE events SET timestamp = :now WHERE id = (SELECT max(id) FROM events)"),
            {"now": now},
        )
    assert run(store.sweep(now)) == 0


def test_sweeping_is_done_once_an_hour_when_a_turn_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    swept: List[float] = []
    clock = [1_000_000.0]

    async def note(now: float) -> int:
        swept.append(now)
        return 0

    monkeypatch.setattr(store, "sweep", note)
    monkeypatch.setattr(tracker_store.time, "time", lambda: clock[0])
    for passed in (0, 10, SWEEP_SECONDS - 11, 1):
        clock[0] += passed
        run(turn(store, "a", "un"))
    assert swept == [1_000_000.0, 1_000_000.0 + SWEEP_SECONDS]


def test_a_sweep_that_fails_does_not_fail_the_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)

    async def fail(now: float) -> int:
        raise sa.exc.OperationalError("DELETE", {}, Exception("locked"))

    monkeypatch.setattr(store, "sweep", fail)
    run(turn(store, "a", "un"))
    assert senders(store) == ["a"]
