"""Where and how an appointment takes place, in the words of a message and of a calendar."""

from accueil.core.booking import Appointment
from accueil.core.booking.appointment import Discretion
from accueil.core.messages.facts import Facts, show_duration
from accueil.core.messages.letter import Detail, Link
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality, Site

BY_VIDEO = "en visio"


def street(site: Site) -> str:
    """Return the postal address on one line, without a name."""
    return f"{site.address}, {site.postal_code} {site.city}"


def place_of(appointment: Appointment, site: Site) -> str:
    """Return the LOCATION of a calendar entry; the site is named only if nobody else may read."""
    if appointment.modality is Modality.PHONE:
        return "Par téléphone"
    if appointment.modality is Modality.VIDEO:
        return "En visio"
    if appointment.discretion is not Discretion.ORDINARY:
        return street(site)
    return f"{site.name}, {street(site)}"


def details_for_young(facts: Facts) -> tuple[Detail, ...]:
    """Return what one needs to know to come; the sentence before has said when."""
    details = []
    if facts.is_group and facts.session_title and not facts.is_neutral:
        details.append(Detail("Quoi", f"{facts.session_title}, à plusieurs"))
    details.append(_where(facts))
    details.append(Detail("Durée", show_duration(facts.duration)))
    if facts.site_phone and not facts.is_neutral:
        details.append(Detail("Téléphone", facts.site_phone, phone_url(facts.site_phone)))
    return tuple(details)


def _where(facts: Facts) -> Detail:
    modality = facts.appointment.modality
    if modality is Modality.PHONE:
        return Detail("Comment", "par téléphone. On t’appelle au numéro que tu as donné.")
    if modality is Modality.VIDEO:
        if facts.kind is MessageKind.WAITING_OFFER:
            return Detail("Comment", BY_VIDEO)
        where = "ci-dessous" if video_link(facts) else "sur ta page, juste avant le début"
        return Detail("Comment", f"{BY_VIDEO}. Le lien est {where}.")
    return Detail("Où", place_of(facts.appointment, facts.site))


def video_link(facts: Facts) -> tuple[Link, ...]:
    """Return the link of the video call; somebody who may be read finds it on their page only."""
    is_shown = facts.appointment.modality is Modality.VIDEO and not facts.is_neutral
    return (Link("Rejoindre la visio", facts.links.video),) * (is_shown and bool(facts.links.video))


def phone_url(phone: str) -> str:
    """Return a ``tel:`` address (RFC 3966), spaces and dots taken out."""
    return "tel:" + "".join(one for one in phone if one.isdigit() or one == "+")
