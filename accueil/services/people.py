"""Who somebody is, as far as booking goes: one first appointment to come per person."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accueil.core.booking import Appointment, NotAllowed, WaitingEntry
from accueil.core.contact import Contact
from accueil.core.tokens import TokenMaker
from accueil.services.appointments import appointments_of
from accueil.services.ports import UnitOfWork


class AlreadyBooked(NotAllowed):
    """This person has a first appointment to come."""


class ContactKeys:
    """Keyed hashes of contacts: somebody is found again without their number being readable."""

    def __init__(self, tokens: TokenMaker) -> None:
        self._tokens = tokens

    def of(self, contact: Contact) -> tuple[str | None, str | None]:
        """Return the keys of the phone number and of the e-mail address."""
        phone = self._tokens.hash(f"phone:{contact.phone}") if contact.phone else None
        email = self._tokens.hash(f"email:{contact.email}") if contact.email else None
        return phone, email

    def set_contact(self, appointment: Appointment, contact: Contact) -> None:
        """Write a contact and its keys."""
        appointment.phone, appointment.email = contact.phone, contact.email
        appointment.phone_key, appointment.email_key = self.of(contact)

    def places(
        self, uow: UnitOfWork, conversation_id: str, contact: Contact
    ) -> Sequence[WaitingEntry]:
        """Return the places that a conversation or a contact has on waiting lists."""
        keys = [key for key in self.of(contact) if key]
        return uow.waiting.present_of(conversation_id, keys)

    def lock(
        self, uow: UnitOfWork, conversation_id: str, contact: Contact, site_ids: Iterable[str]
    ) -> None:
        """Queue up behind whoever books or waits for this person, then at these sites.

        The sites where the person waits are locked with the others: booking ends the waiting.
        """
        keys = [key for key in self.of(contact) if key]
        uow.appointments.lock_people([conversation_id, *keys])
        waits = {one.site_id for one in self.places(uow, conversation_id, contact)}
        uow.appointments.lock_sites({*site_ids, *waits})

    def require_no_other(
        self,
        uow: UnitOfWork,
        conversation_id: str,
        contact: Contact,
        now: datetime,
        but: Appointment | None = None,
    ) -> None:
        """Raise ``AlreadyBooked`` when the conversation or the contact has one to come; ``lock``ed.

        ``but`` is the appointment that they may have.
        """
        keys = [key for key in self.of(contact) if key]
        found = list(uow.appointments.future_of_contact(keys, now)) if keys else []
        found += [one for one in appointments_of(uow, conversation_id) if one.is_future(now)]
        if any(but is None or one.id != but.id for one in found):
            raise AlreadyBooked("one first appointment to come per person")
