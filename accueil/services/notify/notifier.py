"""Send what is due: claim, send, settle; and learn what became of SMS (ADR 0018)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from accueil.core.clock import Clock
from accueil.core.messages import Facts, SmsMeans
from accueil.core.outbox import Channel, DeliveryStatus, OutboxMessage
from accueil.core.platforms import Platform
from accueil.services.first_response import alert_mail, site_address
from accueil.services.messaging import (
    NoSmsProvider,
    Sms,
    SmsNotSent,
    SmsSender,
    SmsUnavailable,
    reference_for,
)
from accueil.services.notify.current import is_current
from accueil.services.notify.facts import FactsReader
from accueil.services.notify.receipts import ReceiptReader, another_way_instead
from accueil.services.notify.writer import MessageWriter, PlatformNotice
from accueil.services.platforms.ports import Blocked, NotDelivered, PlatformGateway
from accueil.services.ports import Mail, MailNotSent, Post, Store, UnitOfWork

BATCH = 20


class _Outcome(Enum):
    SENT = auto()
    LATER = auto()
    FAILED = auto()
    DROPPED = auto()


class Notifier:
    """Sends what is due. Run it in as many workers as wanted: a claimed message is theirs only."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        post: Post,
        sms: SmsSender,
        facts: FactsReader,
        writer: MessageWriter,
        gateways: Mapping[Platform, PlatformGateway] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._post = post
        self._sms = sms
        self._facts = facts
        self._writer = writer
        self._gateways = gateways or {}
        self._receipts = ReceiptReader(store, clock, sms)

    def send_due(self) -> int:
        """Send one batch of due messages and return how many were tried."""
        for tried in range(BATCH):
            claim = self._claim()
            if claim is None:
                return tried
            self._send_one(claim)
        return BATCH

    def poll_receipts(self) -> int:
        """Ask what became of SMS sent lately; return how many were asked about."""
        return self._receipts.poll()

    def _now(self) -> datetime:
        return self._clock.now()

    def _claim(self) -> OutboxMessage | None:
        """Claim one message only: a slow server must not outlast the claims of a whole batch."""
        with self._store.write() as uow:
            claimed = uow.outbox.claim_due(self._now(), 1)
            uow.commit()
        return claimed[0] if claimed else None

    def _send_one(self, claim: OutboxMessage) -> None:
        provider_id = ""
        try:
            outcome, provider_id = self._hand_over(claim)
        except NoSmsProvider:
            outcome = _Outcome.DROPPED
        except (SmsNotSent, NotDelivered) as error:
            outcome = _Outcome.LATER if error.retry else _Outcome.FAILED
        except (MailNotSent, SmsUnavailable, ValueError):
            # ValueError: an address that no calendar takes. The messages behind it must leave.
            outcome = _Outcome.LATER
        except Exception:
            self._settle(claim, _Outcome.LATER, "")
            raise
        self._settle(claim, outcome, provider_id)

    def _hand_over(self, claim: OutboxMessage) -> tuple[_Outcome, str]:
        """Return what became of it, and the name under which a receipt speaks of it."""
        written = self._written(claim)
        if written is None:
            return _Outcome.DROPPED, ""
        if isinstance(written, Sms) and claim.attempts > 1:
            earlier = self._sms.find(written.reference)
            if earlier is not None:
                return _Outcome.SENT, earlier
        if not self._is_mine(claim):
            return _Outcome.LATER, ""
        if isinstance(written, Sms):
            return _Outcome.SENT, self._sms.send(written)
        if isinstance(written, PlatformNotice):
            gateway = self._gateways[written.user.platform]
            heard = written.user.last_heard_at
            gateway.send(written.user.address, written.message, heard)
            # By our own reference the app says later that it could not deliver after all.
            return _Outcome.SENT, written.message.reference
        self._post.send(written)
        return _Outcome.SENT, ""

    def _is_mine(self, claim: OutboxMessage) -> bool:
        """Tell whether the claim still holds: a worker that was suspended may wake up too late."""
        return claim.claimed_until is not None and self._now() < claim.claimed_until

    def _written(self, claim: OutboxMessage) -> Mail | Sms | PlatformNotice | None:
        """Return the message as the facts are now, or ``None`` when it is no longer true."""
        with self._store.read() as uow:
            message = uow.outbox.get(claim.id)
            if message is None:
                return None
            if message.callback_id is not None:
                return self._alert(uow, message, message.callback_id)
            facts = self._facts.read(uow, message)
            if facts is None or not is_current(uow, message, facts.appointment, self._now()):
                return None
            if message.channel is Channel.SMS:
                means = SmsMeans(self._sms.carries_links, self._sms.takes_answers)
                return self._writer.sms(facts, message, means)
            if message.channel is Channel.PLATFORM:
                return self._notice(uow, facts, message)
            return self._writer.mail(facts, message, site_address(uow, facts.site))

    def _notice(
        self, uow: UnitOfWork, facts: Facts, message: OutboxMessage
    ) -> PlatformNotice | None:
        """Return the message for an app. Raises ``Blocked`` when nobody is there any more."""
        user = uow.platforms.user(facts.appointment.platform_user_id or "")
        if user is None or user.blocked_at is not None or user.platform not in self._gateways:
            raise Blocked
        return self._writer.notice(facts, message, user)

    def _alert(self, uow: UnitOfWork, message: OutboxMessage, callback_id: str) -> Mail | None:
        mail = alert_mail(uow, callback_id, self._facts.addresses.public_url)
        if mail is None or not mail.to:
            return None
        return replace(mail, message_id=reference_for(message.id, mail.to))

    def _settle(self, claim: OutboxMessage, outcome: _Outcome, provider_id: str) -> None:
        """Record how the attempt ended, unless the claim ran out and somebody else has it."""
        now = self._now()
        with self._store.write() as uow:
            message = uow.outbox.locked(claim.id)
            if message is None or message.claimed_until != claim.claimed_until:
                return
            match outcome:
                case _Outcome.DROPPED:
                    message.drop()
                case _Outcome.FAILED:
                    message.give_up()
                case _:
                    message.settle(outcome is _Outcome.SENT, now)
                    message.provider_id = provider_id
            if message.status is DeliveryStatus.FAILED:
                uow.outbox.add(another_way_instead(uow, message, now))
            uow.commit()
