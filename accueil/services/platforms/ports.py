"""What the services need of a messaging app. Gateways implement it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from accueil.core.platforms import Abilities, Platform, PlatformMessage, PlatformUser
from accueil.core.platforms.exchange import Delivery, StoredEvent


class NotDelivered(Exception):
    """The provider did not take the message, or nobody knows.

    ``kind`` is a short word for the log, never the text or the address. ``retry``: it may be tried
    again, after ``wait`` seconds when the provider says so. ``is_uncertain``: it may have left (the
    answer never came): where the platform hands references back, wait for them before trying again.
    """

    def __init__(
        self,
        kind: str,
        *,
        retry: bool,
        wait: float | None = None,
        is_uncertain: bool = False,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.retry = retry
        self.wait = wait
        self.is_uncertain = is_uncertain


class Blocked(NotDelivered):
    """The person does not want to hear from us any more, or has left the app."""

    def __init__(self) -> None:
        super().__init__("blocked", retry=False)


class WindowClosed(NotDelivered):
    """The person wrote too long ago for this app, and the message has no template."""

    def __init__(self) -> None:
        super().__init__("window closed", retry=False)


class PlatformGateway(Protocol):
    """Sends to one messaging app. Synchronous, with a time limit on every call.

    No method ever puts an address, a text or a secret in an exception or a log.
    """

    @property
    def platform(self) -> Platform:
        """Which app."""
        ...

    @property
    def abilities(self) -> Abilities:
        """What it can show."""
        ...

    @property
    def returns_references(self) -> bool:
        """Tell whether a webhook hands back the reference of each message that was accepted."""
        ...

    @property
    def address(self) -> str:
        """The public address (https) at which people find us in the app; no code, no token."""
        ...

    def send(self, to: str, message: PlatformMessage, last_heard_at: datetime) -> str:
        """Hand the message over and return the provider's identifier. Raises ``NotDelivered``.

        ``last_heard_at`` (aware) is when the person last wrote: some apps close after 24 hours.
        """
        ...

    def acknowledge(self, to: str, callback: str) -> None:
        """Show that the person was heard: typing, the button's wheel stopped. Never raises."""
        ...


class PlatformRecords(Protocol):
    """People, events and messages of messaging apps."""

    def user(self, user_id: str) -> PlatformUser | None: ...
    def user_at(self, address_key: str) -> PlatformUser | None: ...
    def user_of_session(self, session_id: str) -> PlatformUser | None:
        """Return the person whose present conversation this is, if it is in an app."""
        ...

    def add_user(self, user: PlatformUser) -> None: ...
    def event(self, event_key: str) -> StoredEvent | None: ...
    def add_event(self, event: StoredEvent) -> None: ...
    def next_event(self, user_id: str) -> StoredEvent | None:
        """Return the oldest event of a person that is not answered."""
        ...

    def waiting_users(self, now: datetime) -> Sequence[str]:
        """Return the people with an event to answer, or a message that is due."""
        ...

    def add_deliveries(self, deliveries: Iterable[Delivery]) -> None: ...
    def delivery(self, delivery_id: str) -> Delivery | None: ...
    def next_position(self, user_id: str) -> int:
        """Return the position after that of a person's last message."""
        ...

    def next_delivery(self, user_id: str) -> Delivery | None:
        """Return the oldest message that still has to leave for a person, due or not."""
        ...

    def drop_deliveries(self, user_id: str) -> None: ...
    def delete_over(self, now: datetime) -> int:
        """Delete the people whose conversation is over and who expect no reminder."""
        ...

    def delete_old(self, before: datetime) -> int:
        """Delete what was received or written before an instant, even if it still waits."""
        ...
