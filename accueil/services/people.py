"""Who somebody is, as far as booking goes: one first appointment to come per person."""

from datetime import datetime

from accueil.core.booking import Appointment, NotAllowed
from accueil.core.contact import Contact
from accueil.core.tokens import TokenMaker
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

    def require_no_other(
        self, uow: UnitOfWork, appointment: Appointment, contact: Contact, now: datetime
    ) -> None:
        """Raise ``AlreadyBooked`` when the conversation or the contact has another one to come.

        Whoever confirms for the same person at the same moment waits until this is settled.
        """
        keys = [key for key in self.of(contact) if key]
        uow.appointments.lock_people([appointment.conversation_id, *keys])
        others = list(uow.appointments.future_of_contact(keys, now)) if keys else []
        others += [
            one
            for one in uow.appointments.of_conversation(appointment.conversation_id)
            if one.is_future(now)
        ]
        if any(other.id != appointment.id for other in others):
            raise AlreadyBooked("one first appointment to come per person")
