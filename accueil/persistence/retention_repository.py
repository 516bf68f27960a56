"""What is too old in the database, emptied or deleted in bulk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnCollection,
    ColumnElement,
    Delete,
    Engine,
    Update,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from accueil.core.booking import AppointmentStatus, Discretion, WaitingStatus
from accueil.core.outbox import DeliveryStatus, Recipient
from accueil.persistence import tables
from accueil.persistence.engine import IMMEDIATE

_a = tables.appointments.c
_w = tables.waiting_list.c
_r = tables.callback_requests.c
_o = tables.outbox.c
_c = tables.counsellors.c
_s = tables.chat_sessions.c

_CONTACT: dict[str, Any] = {"first_name": "", "phone": "", "email": ""}
_OWN_WORDS: dict[str, Any] = {"shared_note": "", "referrer": ""}
_PERSON = {
    **_CONTACT,
    **_OWN_WORDS,
    "phone_key": None,
    "email_key": None,
    "discretion": Discretion.ORDINARY,
}
_SESSION = {
    **_CONTACT,
    **_OWN_WORDS,
    "discretion": Discretion.ORDINARY,
    "age": None,
    "disability": False,
    "safety_type": "",
    "safety_variant": None,
    "third_person": False,
    "had_safety_reply": False,
}
_UNCONFIRMED = (AppointmentStatus.HELD, AppointmentStatus.EXPIRED)
_CLOSED = "Compte fermé"


class SqlOldRecords:
    """Implements ``services.retention.OldRecords`` over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{IMMEDIATE: True})

    def empty_conversations(self, now: datetime) -> int:
        """Empty conversations that are over: messages, buttons, and what was known."""
        over = select(_s.id).where(_s.expires_at <= now)
        emptied = update(tables.chat_sessions).where(_s.expires_at <= now, _differs(_s, _SESSION))
        return self._run(
            delete(tables.chat_messages).where(tables.chat_messages.c.session_id.in_(over)),
            delete(tables.chat_buttons).where(tables.chat_buttons.c.session_id.in_(over)),
            delete(tables.transfers).where(tables.transfers.c.session_id.in_(over)),
            emptied.values(**_SESSION),
        )

    def empty_holds(self, before: datetime) -> int:
        """Empty the people of holds that ran out before an instant; their links still answer."""
        old = and_(_a.status.in_(_UNCONFIRMED), _a.hold_expires_at < before)
        return self._run(
            update(tables.appointments).where(old, _differs(_a, _PERSON)).values(**_PERSON)
        )

    def empty_notes(self, before: datetime) -> int:
        """Empty the notes and referrers of appointments that ended before an instant."""
        kept = or_(_a.shared_note != "", _a.referrer != "")
        old = update(tables.appointments).where(_a.ends_at < before, kept)
        return self._run(old.values(**_OWN_WORDS))

    def empty_cancelled(self, before: datetime) -> int:
        """Empty appointments and holds that came to nothing, and would have ended before."""
        off = _a.status.in_((AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED, *_UNCONFIRMED))
        return self._run(_emptied(and_(off, _a.ends_at < before)))

    def empty_appointments(self, before: datetime) -> int:
        """Empty the people of appointments that ended before an instant."""
        return self._run(_emptied(_a.ends_at < before))

    def empty_left_waiting(self) -> int:
        """Empty the people of places that were served or left."""
        gone = _w.status.in_((WaitingStatus.SERVED, WaitingStatus.LEFT))
        left = update(tables.waiting_list).where(gone, _differs(_w, _PERSON))
        return self._run(left.values(**_PERSON))

    def delete_waiting(self, before: datetime) -> int:
        """Delete the places on a waiting list that were taken before an instant."""
        return self._run(delete(tables.waiting_list).where(_w.created_at < before))

    def empty_callbacks(self, done_before: datetime, before: datetime) -> int:
        """Empty the people of call-back requests, which are then no longer to be done."""
        old = or_(and_(_r.done, _r.created_at < done_before), _r.created_at < before)
        emptied = update(tables.callback_requests).where(old, _r.conversation_id != "")
        return self._run(emptied.values(first_name="", phone="", conversation_id="", done=True))

    def delete_messages(self, before: datetime) -> int:
        """Delete the rows of messages that left, or were due, before an instant."""
        return self._run(delete(tables.outbox).where(func.coalesce(_o.sent_at, _o.due_at) < before))

    def drop_messages(self, appointment_ids: Sequence[str]) -> int:
        """Drop what waits to be sent to the young people of these appointments."""
        waiting = update(tables.outbox).where(
            _o.appointment_id.in_(appointment_ids),
            _o.recipient == Recipient.YOUNG_PERSON,
            _o.status == DeliveryStatus.PENDING,
        )
        return self._run(waiting.values(status=DeliveryStatus.DROPPED, claimed_until=None))

    def delete_absences(self, before: datetime) -> int:
        """Delete the absences that ended before an instant."""
        return self._run(delete(tables.absences).where(tables.absences.c.ends_at < before))

    def anonymise_left(self, before: datetime) -> int:
        """Anonymise closed accounts of which nothing happened since an instant."""
        traces = [
            exists().where(table.c.counsellor_id == _c.id, table.c.ends_at >= before)
            for table in (tables.appointments, tables.absences, tables.group_sessions)
        ]
        left = update(tables.counsellors).where(
            _c.left_at < before, _c.display_name != _CLOSED, ~or_(*traces)
        )
        # RFC 2606: nobody ever has an address under .invalid.
        nobody = "compte-" + _c.id + "@ferme.invalid"
        return self._run(left.values(display_name=_CLOSED, email=nobody, password_hash=""))

    def _run(self, *statements: Update | Delete) -> int:
        with self._engine.begin() as connection:
            return [connection.execute(one).rowcount for one in statements][-1]


def _differs(row: ColumnCollection[str, Any], empty: dict[str, Any]) -> ColumnElement[bool]:
    """Tell whether a row still holds any of what would be emptied."""
    return or_(*(row[name].is_distinct_from(value) for name, value in empty.items()))


def _emptied(old: ColumnElement[bool]) -> Update:
    """Forget who it was, and every way back: link, code, conversation. The time taken stays."""
    return (
        update(tables.appointments)
        .where(old, _a.conversation_id != "")
        .values(
            **_PERSON,
            conversation_id="",
            link_token="",
            link_token_hash="erased:" + _a.id,
            code_hash="",
            consented_at=None,
            coming_at=None,
            platform_user_id=None,
        )
    )
