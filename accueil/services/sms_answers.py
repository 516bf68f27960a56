"""Answers to reminders and offers, by SMS: each is handled once, and nothing of it is kept.

What an answer changes can be said twice without harm; the outbox row named after the answer is
written last, and proves that it was handled. Killed between the two, the worker does it again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accueil.core.booking import Appointment, BookingError, Discretion
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind
from accueil.core.sms_answer import Meaning, read_answer
from accueil.core.tokens import TokenMaker
from accueil.services.changes import ChangeService
from accueil.services.messaging import IncomingSms, SmsSender
from accueil.services.ports import Store, UnitOfWork
from accueil.services.sms_outcome import Outcome, call_back_once, reply_row
from accueil.services.sms_safety import SmsSafety
from accueil.services.sms_sender import Subject, SubjectFinder
from accueil.services.waiting_list import WaitingListService

HEARTBEAT = "sms_answers"
"""When answers were last read, all of them."""
_OVERLAP = timedelta(minutes=15)
"""A provider may show an answer later than the instant it gives it."""
_AT_FIRST, _AT_MOST = timedelta(days=1), timedelta(days=7)


class SmsAnswers:
    """Reads the answers that came in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tokens: TokenMaker,
        sms: SmsSender,
        changes: ChangeService,
        waiting_list: WaitingListService,
        safety: SmsSafety,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._sms = sms
        self._changes = changes
        self._waiting_list = waiting_list
        self._safety = safety
        self._finder = SubjectFinder(tokens)

    def poll(self) -> int:
        """Handle what came in since the last time, and return how many answers were new.

        One that fails does not stop those behind it, and is read again next time; the first
        failure is raised at the end. Raises ``SmsUnavailable`` when the provider cannot tell.
        """
        began, handled = self._clock.now(), 0
        failures: list[Exception] = []
        for answer in self._sms.incoming(self._since(began)):
            try:
                handled += self._handle(answer)
            except Exception as error:
                failures.append(error)
        if failures:
            raise failures[0]
        with self._store.write() as uow:
            uow.heartbeats.beat(HEARTBEAT, began)
            uow.commit()
        return handled

    def _since(self, now: datetime) -> datetime:
        with self._store.read() as uow:
            last = uow.heartbeats.last(HEARTBEAT)
        return now - _AT_FIRST if last is None else max(last - _OVERLAP, now - _AT_MOST)

    def _handle(self, answer: IncomingSms) -> bool:
        proof = f"answer:{answer.id}"
        now = self._clock.now()
        with self._store.read() as uow:
            row = uow.outbox.get(proof)
            subject = self._finder.of(uow, answer, now)
        if row is not None and not self._safety.is_unfinished(row):
            return False
        reading, meaning = self._safety.read(answer.text), read_answer(answer.text)
        to = answer.sender or (subject.appointment.phone if subject.appointment else "")
        if not (reading.distress and to):
            return self._write(proof, subject, self._act(subject, meaning))
        try:
            if meaning in (Meaning.COMING, Meaning.TROUBLE):
                self._write(None, subject, self._act(subject, meaning))
        finally:
            # Whatever else the answer says, whoever wrote it, and even if the rest goes wrong.
            is_new = self._safety.send(proof, to, reading, subject.appointment)
        return is_new

    def _act(self, subject: Subject, meaning: Meaning) -> Outcome:
        """Do what can be done twice, and say what is to be written once."""
        if meaning is Meaning.STOP:
            for entry in subject.waiting:
                self._waiting_list.leave(entry.conversation_id)
            return Outcome(silence=True)
        if subject.appointment is not None:
            return self._about(subject.appointment, meaning)
        if subject.offered is not None:
            return self._to_offer(subject.offered, meaning)
        return Outcome(call_back=meaning in (Meaning.COMING, Meaning.TROUBLE))

    def _about(self, appointment: Appointment, meaning: Meaning) -> Outcome:
        has_begun = appointment.starts_at <= self._clock.now()
        try:
            if meaning is Meaning.TROUBLE or (has_begun and meaning is Meaning.CHANGE):
                self._changes.ask_call_back(appointment.id)
                return Outcome(MessageKind.ANSWER_TROUBLE)
            if meaning is Meaning.COMING:
                self._changes.coming(appointment.id)
                return Outcome(MessageKind.ANSWER_COMING)
        except BookingError:
            return Outcome()  # it has begun, is over or was cancelled
        is_change = meaning is Meaning.CHANGE
        return Outcome(MessageKind.ANSWER_CHANGE if is_change else MessageKind.ANSWER_UNCLEAR)

    def _to_offer(self, offered: Appointment, meaning: Meaning) -> Outcome:
        """Accept or decline; whoever accepts is told by the confirmation itself."""
        if meaning is Meaning.TROUBLE:
            return Outcome(MessageKind.ANSWER_TROUBLE, call_back=True)
        if meaning is Meaning.UNCLEAR:
            return Outcome(MessageKind.ANSWER_UNCLEAR)
        try:
            if meaning is Meaning.COMING:
                self._waiting_list.accept(offered.id)
            else:
                self._waiting_list.decline(offered.id)
        except BookingError:
            return Outcome(call_back=meaning is Meaning.COMING)
        return Outcome()

    def _write(self, proof: str | None, subject: Subject, outcome: Outcome) -> bool:
        """Write what follows, with the proof; False when another worker was faster."""
        now, found = self._clock.now(), subject.appointment or subject.offered
        theirs = [one for one in (found, *subject.later) if one is not None]
        with self._store.write() as uow:
            uow.appointments.lock_sites(one.site_id for one in theirs)
            appointment = uow.appointments.get(found.id) if found else None
            if proof is not None:
                uow.appointments.lock_people([proof])
                if uow.outbox.get(proof) is not None:
                    return False
                uow.outbox.add([reply_row(uow, proof, appointment, outcome.reply, now)])
            if outcome.call_back and subject.waiting:
                call_back_once(uow, subject.waiting[0], self._tokens.new_id(), now)
            if outcome.silence:
                _silence(uow, theirs)
            uow.commit()
        return True


def _silence(uow: UnitOfWork, appointments: Iterable[Appointment]) -> None:
    """Tell nothing more of what they have now; who books again asks to be told again."""
    for one in appointments:
        present = uow.appointments.get(one.id)
        if present is not None:
            present.discretion = Discretion.SILENT
