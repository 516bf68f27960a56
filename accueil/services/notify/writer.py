"""From facts to the e-mail or the SMS that leaves."""

from dataclasses import dataclass
from datetime import UTC, timedelta

from accueil.core.calendar import CalendarMethod, calendar_part
from accueil.core.clock import Clock
from accueil.core.contact import checked_email
from accueil.core.messages import (
    Facts,
    Letter,
    SmsMeans,
    counsellor_letter,
    site_letter,
    young_letter,
    young_platform_text,
    young_sms,
    young_template,
)
from accueil.core.messages.place import place_of
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.core.platforms import PlatformMessage, PlatformUser
from accueil.core.territory import Modality
from accueil.services.messaging import Sms, reference_for
from accueil.services.ports import Mail

_IN_CALENDARS = (MessageKind.CONFIRMED, MessageKind.MOVED, MessageKind.CANCELLED)
_SMS_LIFE = timedelta(days=2)
_SHORTEST_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PlatformNotice:
    """A message about an appointment, and the person in an app to whom it goes."""

    user: PlatformUser
    message: PlatformMessage


class MessageWriter:
    """Writes messages. ``organiser`` is the address of this service, the ORGANIZER of every event.

    One address for the whole life of an event and for everybody: an organiser who changes is
    somebody else to a calendar (RFC 5546), and a site's address would name it.
    """

    def __init__(self, clock: Clock, organiser: str) -> None:
        self._clock = clock
        self._organiser = organiser

    def mail(self, facts: Facts, message: OutboxMessage, site_address: str) -> Mail | None:
        """Return the e-mail, or ``None`` when there is no such message or no address.

        Raises ``ValueError`` for an address that no calendar takes.
        """
        to, letter = self._addressed(facts, message, site_address)
        if letter is None or not to:
            return None
        calendar, method = self._calendar(facts, message, to)
        return Mail(
            to,
            letter.subject,
            letter.to_text(),
            calendar,
            method,
            self._headers(facts, message, site_address),
            letter.to_html(),
            reference_for(message.id, to),
        )

    def sms(self, facts: Facts, message: OutboxMessage, means: SmsMeans) -> Sms | None:
        """Return the SMS, or ``None`` when there is no such message or no number."""
        to, text = facts.appointment.phone, young_sms(facts, means)
        if not to or text is None or message.recipient is not Recipient.YOUNG_PERSON:
            return None
        return Sms(to, text, reference_for(message.id, to), self._life(facts))

    def notice(
        self, facts: Facts, message: OutboxMessage, user: PlatformUser
    ) -> PlatformNotice | None:
        """Return the message for a messaging app, or ``None`` when there is no such message."""
        text = young_platform_text(facts)
        if text is None or message.recipient is not Recipient.YOUNG_PERSON:
            return None
        reference = reference_for(message.id, user.id)
        return PlatformNotice(
            user, PlatformMessage(text, reference, template=young_template(facts))
        )

    def _addressed(
        self, facts: Facts, message: OutboxMessage, site_address: str
    ) -> tuple[str, Letter | None]:
        match message.recipient:
            case Recipient.COUNSELLOR:
                return facts.counsellor.email, counsellor_letter(facts)
            case Recipient.SITE:
                return site_address, site_letter(facts)
            case Recipient.YOUNG_PERSON:
                return facts.appointment.email, young_letter(facts)

    def _headers(self, facts: Facts, message: OutboxMessage, site_address: str) -> dict[str, str]:
        """Have a young person's answer read by the site; its address would name it, so not always.

        Addresses of sites come from directories too: one that is wrong must not stop the message.
        """
        address = checked_email(site_address)
        is_open = message.recipient is Recipient.YOUNG_PERSON and not facts.is_neutral
        return {"Reply-To": address} if is_open and address else {}

    def _calendar(self, facts: Facts, message: OutboxMessage, to: str) -> tuple[bytes, str]:
        if message.kind not in _IN_CALENDARS:
            return b"", ""
        is_young = message.recipient is Recipient.YOUNG_PERSON
        method = CalendarMethod.PUBLISH if is_young else CalendarMethod.REQUEST
        if message.kind is MessageKind.CANCELLED:
            method = CalendarMethod.CANCEL
        place = place_of(facts.appointment, facts.site)
        if not is_young and facts.appointment.modality is Modality.VIDEO:
            place = facts.links.video or place
        part = calendar_part(
            facts.appointment,
            place=place,
            organiser=self._organiser,
            method=method,
            stamp=self._clock.now(),
            attendee="" if is_young else to,
            url=facts.links.page if is_young else "",
            start=facts.start.astimezone(UTC),
        )
        return part, method.value

    def _life(self, facts: Facts) -> timedelta:
        """Return for how long an SMS that waits for a phone to be switched on is still true."""
        end = facts.until or facts.start
        left = end - self._clock.now()
        if left <= timedelta(0):
            return _SMS_LIFE  # it speaks of what has passed
        return min(max(left, _SHORTEST_LIFE), _SMS_LIFE)
