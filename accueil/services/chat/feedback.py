"""Was this answer useful? Kept for editors with the answer's name, never with who said so."""

from collections.abc import Mapping

from accueil.core.clock import Clock
from accueil.core.conversation import AnswerFeedback
from accueil.core.tokens import TokenMaker
from accueil.services.chat.records import ChatRecords
from accueil.services.chat.shown import answer_key
from accueil.services.ports import Store


class UnknownMessage(LookupError):
    """This conversation has no such message, or it is no written answer."""


class FeedbackDesk:
    """Takes opinions on written answers. Synchronous."""

    def __init__(
        self, store: Store, clock: Clock, tokens: TokenMaker, records: ChatRecords
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._records = records

    def note(self, token: str, message_id: str, *, useful: bool) -> None:
        """Keep one opinion on a message of the token's conversation, in place of the former one.

        The instant kept is the day's midnight, UTC: nobody is found again by the hour. Raises
        ``SessionExpired`` or ``UnknownMessage``.
        """
        session = self._records.session(token)
        if not (message_id.isascii() and message_id.isprintable()):
            raise UnknownMessage  # no database takes every character
        with self._store.write() as uow:
            message = uow.chats.message(session.id, message_id)
            answer = answer_key(message.cards) if message is not None else ""
            if not answer:
                raise UnknownMessage
            feedback = AnswerFeedback(
                id=self._tokens.new_id(),
                message_key=self._tokens.hash(f"feedback:{message_id}"),
                answer=answer,
                useful=useful,
                channel=session.channel,
                at=self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0),
            )
            uow.chats.note_feedback(feedback)
            uow.commit()

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Return how many said yes and no, by answer (``theme/fiche``)."""
        with self._store.read() as uow:
            return uow.chats.feedback_counts()
