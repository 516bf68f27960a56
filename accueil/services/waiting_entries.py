"""What a place on the waiting list keeps of somebody, and how many are ahead of them."""

from accueil.core.booking import WaitingEntry, Wish, reason_of
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.services.confirming import Sharing
from accueil.services.people import ContactKeys
from accueil.services.ports import UnitOfWork


def fill(
    entry: WaitingEntry,
    keys: ContactKeys,
    reason_code: str,
    wish: Wish,
    sharing: Sharing,
    modality: Modality,
) -> None:
    """Write what somebody waits for, and how they may be told."""
    entry.reason, entry.modality = reason_of(reason_code).code, modality
    entry.wish = wish.to_dict()
    entry.first_name, entry.shared_note = sharing.first_name, sharing.note
    entry.phone, entry.email = sharing.contact.phone, sharing.contact.email
    entry.phone_key, entry.email_key = keys.of(sharing.contact)
    entry.discretion, entry.referrer = sharing.discretion, sharing.referrer


def sharing_of(entry: WaitingEntry) -> Sharing:
    """Return what they agreed to pass on when they joined."""
    return Sharing(
        Contact(entry.phone, entry.email),
        entry.first_name,
        entry.shared_note,
        entry.discretion,
        entry.referrer,
    )


def rank_of(uow: UnitOfWork, entry: WaitingEntry) -> int:
    """Return somebody's rank among those who wait at their site and are not being asked."""
    ahead = [one for one in uow.waiting.of_site(entry.site_id) if one.id != entry.id]
    return 1 + sum((one.created_at, one.id) < (entry.created_at, entry.id) for one in ahead)
