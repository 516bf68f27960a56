"""Send what waits for one person, in order, each message once. Synchronous."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from accueil.core.clock import Clock
from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms import Platform, PlatformUser
from accueil.core.platforms.exchange import RECEIPT_WAIT, Delivery
from accueil.services.platforms.inbox import leave_alone
from accueil.services.platforms.ports import Blocked, NotDelivered, PlatformGateway
from accueil.services.ports import Store

LOG = structlog.get_logger("platforms")


class PlatformSending:
    """Hands messages over to their app.

    An attempt is written down before it is made. Where the provider hands references back, one
    that we died in waits ten seconds for that; elsewhere (Telegram) it is made again at once, and
    the message may come twice (ADR 0020).
    """

    def __init__(
        self, store: Store, clock: Clock, gateways: Mapping[Platform, PlatformGateway]
    ) -> None:
        self._store = store
        self._clock = clock
        self._gateways = gateways

    def send_next(self, user: PlatformUser) -> bool:
        """Send the next message of a person; tell whether another may be sent right now."""
        gateway = self._gateways.get(user.platform)
        if gateway is None:
            return False
        delivery = self._begin(user, gateway)
        if delivery is None:
            return False
        try:
            gateway.send(user.address, delivery.message(), user.last_heard_at)
        except NotDelivered as error:
            return self._failed(delivery, user.id, error, gateway)
        except Exception as error:
            # A mistake of ours: counted like the others, so that it is given up one day.
            unknown = NotDelivered(type(error).__name__, retry=True, is_uncertain=True)
            return self._failed(delivery, user.id, unknown, gateway)
        self._end(delivery.id)
        return True

    def _begin(self, user: PlatformUser, gateway: PlatformGateway) -> Delivery | None:
        now = self._clock.now()
        with self._store.write() as uow:
            delivery = uow.platforms.next_delivery(user.id)
            if delivery is None or delivery.due_at > now:
                return None
            wait = RECEIPT_WAIT if gateway.returns_references else timedelta(0)
            delivery.begin(now, wait)
            uow.commit()
        return delivery

    def _end(self, delivery_id: str) -> None:
        with self._store.write() as uow:
            delivery = uow.platforms.delivery(delivery_id)
            if delivery is not None and delivery.status is DeliveryStatus.PENDING:
                delivery.sent()
            uow.commit()

    def _failed(
        self, begun: Delivery, user_id: str, error: NotDelivered, gateway: PlatformGateway
    ) -> bool:
        LOG.warning("message not delivered", app=gateway.platform.value, kind=error.kind)
        with self._store.write() as uow:
            delivery = uow.platforms.delivery(begun.id)
            if delivery is None or delivery.status is not DeliveryStatus.PENDING:
                return True  # a receipt came first
            if isinstance(error, Blocked):
                delivery.give_up()
                leave_alone(uow, user_id, self._clock.now())
            elif not error.retry:
                delivery.give_up()
            else:
                waits = error.is_uncertain and gateway.returns_references
                delivery.put_off(self._clock.now(), error.wait, is_uncertain=waits)
            uow.commit()
        return not error.retry and not isinstance(error, Blocked)
