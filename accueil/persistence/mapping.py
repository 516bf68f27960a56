"""Map the core's plain classes onto the tables, once a process."""

from functools import cache

from sqlalchemy.orm import registry

from accueil.core.booking import Appointment, GroupSession, WaitingEntry
from accueil.core.console import ConsoleSession
from accueil.core.conversation import (
    AnswerFeedback,
    CallbackRequest,
    ChatButton,
    ChatMessage,
    ChatSession,
    SafetyEvent,
    Transfer,
)
from accueil.core.outbox import OutboxMessage
from accueil.core.platforms import PlatformUser
from accueil.core.platforms.exchange import Delivery, StoredEvent
from accueil.core.territory import (
    Absence,
    Counsellor,
    Coverage,
    Opening,
    Organisation,
    Site,
    SiteClosure,
)
from accueil.core.territory_imported import ImportedSite
from accueil.persistence import tables

_ENTITIES = (
    (Organisation, tables.organisations),
    (Site, tables.sites),
    (ImportedSite, tables.imported_sites),
    (Coverage, tables.coverage),
    (Counsellor, tables.counsellors),
    (Opening, tables.openings),
    (Absence, tables.absences),
    (SiteClosure, tables.site_closures),
    (Appointment, tables.appointments),
    (GroupSession, tables.group_sessions),
    (WaitingEntry, tables.waiting_list),
    (OutboxMessage, tables.outbox),
    (ChatSession, tables.chat_sessions),
    (ChatMessage, tables.chat_messages),
    (ChatButton, tables.chat_buttons),
    (SafetyEvent, tables.safety_events),
    (CallbackRequest, tables.callback_requests),
    (Transfer, tables.transfers),
    (AnswerFeedback, tables.answer_feedback),
    (PlatformUser, tables.platform_users),
    (StoredEvent, tables.platform_events),
    (Delivery, tables.platform_deliveries),
    (ConsoleSession, tables.console_sessions),
)


@cache
def map_entities() -> registry:
    """Map every entity; further calls change nothing."""
    mapper = registry(metadata=tables.metadata)
    for entity, table in _ENTITIES:
        mapper.map_imperatively(entity, table)
    return mapper
