"""Forget people: at their request, and when their conversation is over."""

from dataclasses import dataclass
from datetime import timedelta

from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind
from accueil.services.announcements import announce
from accueil.services.holds import HoldMaker
from accueil.services.ports import Store

RETENTION = timedelta(days=730)
"""What the assistant tells young people: contacts go within 24 months of the appointment."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was forgotten."""

    appointments_cancelled: int
    appointments_erased: int


class ErasureService:
    """Deletes conversations and the personal fields of what came out of them."""

    def __init__(self, store: Store, clock: Clock, holds: HoldMaker) -> None:
        self._store = store
        self._clock = clock
        self._holds = holds

    def erase_person(self, conversation_id: str) -> Erased:
        """Erase every personal field that a conversation left; cancel what is to come.

        The conversation itself stays open (empty), so that the answer can still be shown.
        """
        now = self._clock.now()
        cancelled = erased = 0
        with self._store.write() as uow:
            appointments = uow.appointments.of_conversation(conversation_id)
            uow.appointments.lock_sites([one.site_id for one in appointments])
            for appointment in appointments:
                if appointment.is_future(now):
                    appointment.cancel(now)
                    rows = announce(appointment, MessageKind.CANCELLED, now)
                    uow.outbox.add(row for row in rows if row.counsellor_id)
                    if appointment.group_session_id is not None:
                        uow.groups.give_back_seat(appointment.group_session_id)
                    cancelled += 1
                else:
                    self._holds.let_go(uow, appointment)
                appointment.erase_person()
                erased += 1
            for entry in uow.waiting.of_conversation(conversation_id):
                entry.forget_person()
            for request in uow.chats.callbacks_of_conversation(conversation_id):
                request.first_name = request.phone = ""
                request.done = True
            uow.chats.delete_messages(conversation_id)
            session = uow.chats.get(conversation_id)
            if session is not None:
                session.forget_person()
            uow.commit()
        return Erased(cancelled, erased)

    def erase_conversation(self, conversation_id: str) -> None:
        """Delete a conversation's session and messages; appointments stay as they are."""
        with self._store.write() as uow:
            uow.chats.delete(conversation_id)
            uow.commit()

    def erase_old(self) -> int:
        """Erase the personal fields of what ended 24 months ago; return how many were erased."""
        before = self._clock.now() - RETENTION
        with self._store.write() as uow:
            appointments = uow.appointments.personal_before(before)
            for appointment in appointments:
                appointment.erase_person()
            requests = uow.chats.personal_callbacks_before(before)
            for request in requests:
                request.first_name = request.phone = ""
                request.done = True
            uow.commit()
        return len(appointments) + len(requests)

    def expired_conversations(self) -> list[str]:
        """Return the conversations whose time is over."""
        with self._store.read() as uow:
            return [session.id for session in uow.chats.expired(self._clock.now())]
