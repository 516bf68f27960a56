"""The tracker store: the cache never says anything else than the database."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any, Coroutine, List

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import DATABASE_ENV, DISTRESS, MASKED, CachedSQLTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [salutation]
slots:
  ville:
    type: text
    mappings: [{type: custom}]
"""
)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.new_event_loop().run_until_complete(work)


def open_store(path: Path, **options: Any) -> CachedSQLTrackerStore:
    return CachedSQLTrackerStore(DOMAIN, db=str(path / "sub" / "rasa.db"), **options)


def start_session(tracker: DialogueStateTracker) -> None:
    for event in (ActionExecuted("action_session_start"), SessionStarted()):
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))


def say(tracker: DialogueStateTracker, text: str) -> None:
    tracker.update(UserUttered(text, {"name": "salutation", "confidence": 1.0}))
    tracker.update(SlotSet("ville", text))
    tracker.update(ActionExecuted("utter_salutation"))
    tracker.update(BotUttered("oui"))
    tracker.update(ActionExecuted("action_listen"))


async def turn(store: CachedSQLTrackerStore, sender: str, text: str) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    if not tracker.events:
        start_session(tracker)
    say(tracker, text)
    await store.save(tracker)
    return tracker


def texts(tracker: DialogueStateTracker) -> List[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def as_stored(tracker: DialogueStateTracker) -> List[Any]:
    return [event.as_dict() for event in tracker.events]


def test_cache_equals_database_after_each_turn(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for number in range(6):
        run(turn(store, "a", f"message {number}"))
        fresh = run(open_store(tmp_path).retrieve("a"))
        kept = run(store.retrieve("a"))
        assert as_stored(kept) == as_stored(fresh)
        assert kept.get_slot("ville") == fresh.get_slot("ville") == f"message {number}"
        assert texts(kept) == [f"message {n}" for n in range(number + 1)]
        run(store.save(kept))


def test_later_turns_come_from_the_cache(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    run(turn(store, "a", "deux"))
    assert store.cached_conversations == 1
    first = store._cache["a"].tracker
    assert run(store.retrieve("a")) is first


def test_a_restarted_process_goes_on(tmp_path: Path) -> None:
    run(turn(open_store(tmp_path), "a", "un"))
    run(turn(open_store(tmp_path), "a", "deux"))
    tracker = run(open_store(tmp_path).retrieve_full_tracker("a"))
    assert texts(tracker) == ["un", "deux"]


def test_a_turn_that_failed_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    run(turn(store, "a", "deux"))
    half = run(store.retrieve("a"))
    half.update(UserUttered("jamais enregistré"))
    assert texts(run(store.retrieve("a"))) == ["un", "deux"]


def test_a_tracker_changed_after_saving_is_thrown_away(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    tracker = run(turn(store, "a", "deux"))
    tracker.update(UserUttered("en cachette"))
    assert texts(run(store.retrieve("a"))) == ["un", "deux"]


def test_a_new_session_starts_afresh(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    run(turn(store, "a", "deux"))
    tracker = run(store.retrieve("a"))
    start_session(tracker)
    say(tracker, "trois")
    run(store.save(tracker))
    assert texts(run(store.retrieve("a"))) == ["trois"]
    run(turn(store, "a", "quatre"))
    run(turn(store, "a", "cinq"))
    assert texts(run(store.retrieve("a"))) == ["trois", "quatre", "cinq"]
    everything = run(store.retrieve_full_tracker("a"))
    assert texts(everything) == ["un", "deux", "trois", "quatre", "cinq"]


def test_a_tracker_made_elsewhere_is_stored_once(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    foreign = DialogueStateTracker("b", DOMAIN.slots)
    start_session(foreign)
    say(foreign, "un")
    run(store.save(foreign))
    assert store.cached_conversations == 0
    assert texts(run(store.retrieve("b"))) == ["un"]


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    store = open_store(tmp_path, cache_size=3)
    for number in range(8):
        run(turn(store, f"s{number}", "un"))
        run(turn(store, f"s{number}", "deux"))
    assert store.cached_conversations == 3
    assert texts(run(store.retrieve("s0"))) == ["un", "deux"]


def test_erasing_leaves_no_trace(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for text in ("secretissime", "encore"):
        run(turn(store, "a", text))
    run(turn(store, "b", "autre"))
    assert run(store.erase("a")) > 0
    assert run(store.erase("a")) == 0
    assert run(store.retrieve("a")) is None
    assert texts(run(store.retrieve("b"))) == ["autre"]
    store.engine.dispose()
    written = b"".join(path.read_bytes() for path in (tmp_path / "sub").iterdir())
    assert b"autre" in written
    assert b"secretissime" not in written


def test_environment_overrides_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_ENV, str(tmp_path / "other.db"))
    run(turn(open_store(tmp_path), "a", "un"))
    rows = sqlite3.connect(tmp_path / "other.db").execute("select count(*) from events")
    assert rows.fetchone()[0] == 8


def test_words_of_distress_are_never_stored(tmp_path: Path) -> None:
    store = open_store(tmp_path)

    async def distress() -> None:
        tracker = await store.get_or_create_tracker("a", append_action_listen=False)
        start_session(tracker)
        words = "des mots que personne ne doit lire"
        parsed = {"text": words, "intent": {"name": DISTRESS}, "text_tokens": [(0, 3)]}
        tracker.update(UserUttered(words, {"name": DISTRESS, "confidence": 1.0}, [], parsed))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)

    run(distress())
    stored = b"".join(path.read_bytes() for path in (tmp_path / "sub").iterdir())
    assert b"personne" not in stored
    assert DISTRESS.encode() in stored
    again = run(store.retrieve("a"))
    assert again.latest_message.text == MASKED
