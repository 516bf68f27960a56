"""Delete conversations from Rasa's database: those asked for, and those that nobody erased."""

from typing import Any, List, Text

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

ORPHAN_SECONDS = 2 * 86_400
"""The application erases a conversation a day after its last message; older ones were missed."""
SWEEP_SECONDS = 3_600


def silent_conversations(store: SQLTrackerStore, now: float) -> List[Text]:
    """The conversations without any event for two days; `now` in Unix seconds."""
    event: Any = store.SQLEvent
    with store.session_scope() as session:
        senders = session.query(event.sender_id).group_by(event.sender_id)
        old = senders.having(sa.func.max(event.timestamp) < now - ORPHAN_SECONDS)
        return [row[0] for row in old.all()]


def delete_events(store: SQLTrackerStore, sender_id: Text) -> int:
    """Delete every event of a conversation from disk; returns how many.

    On SQLite the deleted rows are overwritten and the write-ahead log is emptied.
    """
    with store.session_scope() as session:
        events = session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == sender_id)
        deleted = int(events.delete(synchronize_session=False))
        session.commit()
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return deleted
