"""E-mails to counsellors and sites: "vous", and only what the young person agreed to pass on."""

from collections.abc import Iterable
from datetime import datetime

from accueil.core.booking import reason_of
from accueil.core.booking.appointment import Discretion
from accueil.core.contact import shown_phone
from accueil.core.french import NBSP, show_moment
from accueil.core.messages.facts import Facts
from accueil.core.messages.letter import Block, Detail, Letter, Link
from accueil.core.messages.place import phone_url, street
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality

_TITLES = {
    MessageKind.CONFIRMED: "Nouveau rendez-vous",
    MessageKind.MOVED: "Rendez-vous déplacé",
    MessageKind.CANCELLED: "Rendez-vous annulé",
}
_GIVEN_AWAY = (
    "Il n’est pas annulé pour la personne attendue, qui sera reçue par une ou un collègue, à la "
    "même heure ou à une autre."
)
_CAUTION = {
    Discretion.NEUTRAL: (
        f"Attention{NBSP}: quelqu’un d’autre peut lire ses messages. Ceux du robot restent "
        "neutres. Gardez les vôtres neutres aussi, et ne laissez pas de message vocal qui dise "
        "d’où vous appelez."
    ),
    Discretion.SILENT: (
        f"Attention{NBSP}: quelqu’un d’autre peut lire ses messages. Le robot ne lui envoie rien. "
        "N’écrivez pas et n’appelez pas."
    ),
}


def counsellor_letter(facts: Facts) -> Letter | None:
    """Return the e-mail of a kind; ``None`` for what counsellors are not told by e-mail."""
    title = _TITLES.get(facts.kind)
    if title is None or facts.is_group:
        return None
    blocks: list[Block] = ["Bonjour,", f"{title}{NBSP}: {facts.when}."]
    if facts.is_given_away:
        title = "Rendez-vous retiré de votre agenda"
        blocks = ["Bonjour,", f"{title}{NBSP}: {facts.when}. {_GIVEN_AWAY}"]
    if facts.kind is not MessageKind.CANCELLED:
        blocks += [_CAUTION.get(facts.appointment.discretion, ""), tuple(_agreed(facts))]
        if facts.appointment.modality is Modality.VIDEO and facts.links.video:
            blocks.append((Link("Rejoindre la visio", facts.links.video),))
    blocks.append((Link("Votre agenda", facts.links.console),))
    return Letter(f"{title}, {facts.when}", tuple(blocks))


def _agreed(facts: Facts) -> Iterable[Detail]:
    appointment = facts.appointment
    yield Detail("Motif", reason_of(appointment.reason).title)
    yield Detail("Comment", _how(facts))
    yield Detail("Prénom", appointment.first_name or "non donné")
    if appointment.phone:
        yield Detail("Téléphone", shown_phone(appointment.phone), phone_url(appointment.phone))
    if appointment.email:
        yield Detail("E-mail", appointment.email, f"mailto:{appointment.email}")
    if not (appointment.phone or appointment.email):
        yield Detail("Contact", "non donné")
    if appointment.referrer:
        yield Detail("Rendez-vous pris pour lui ou elle par", appointment.referrer)
    if appointment.shared_note:
        yield Detail("Ce qu’il ou elle a accepté de dire", appointment.shared_note)


def _how(facts: Facts) -> str:
    if facts.appointment.modality is Modality.PHONE:
        return "par téléphone, c’est vous qui appelez"
    if facts.appointment.modality is Modality.VIDEO:
        return "en visio"
    return f"sur place, {street(facts.site)}"


def site_letter(facts: Facts) -> Letter | None:
    """Return the e-mail that a site gets when a counsellor's calendar declined."""
    if facts.kind is not MessageKind.DECLINED:
        return None
    return Letter(
        f"Rendez-vous à confier à quelqu’un d’autre{NBSP}: {facts.when}",
        (
            "Bonjour,",
            f"L’agenda de {facts.counsellor.display_name} a refusé le rendez-vous du {facts.when}.",
            "Rien n’est annulé. Le rendez-vous tient toujours, et la personne attendue n’a pas été "
            "prévenue. Confiez-le à une ou un collègue, ou appelez-la pour changer de date.",
            (Link("Votre agenda", facts.links.console),),
        ),
    )


def first_response_letter(site_name: str, asked: datetime, console: str) -> Letter:
    """Return a team's alert about whom to call back first; ``asked`` is local. It names nobody."""
    return Letter(
        f"À rappeler en premier{NBSP}: {site_name}",
        (
            "Bonjour,",
            f"Une personne demande à être rappelée en premier ({show_moment(asked)}). Pendant sa "
            "conversation avec le robot d’accueil, elle a reçu une réponse de sécurité, avec les "
            "numéros d’aide. Elle est d’accord pour que votre équipe soit prévenue.",
            "Ses coordonnées sont dans votre agenda, en tête des rappels.",
            (Link("Les rappels", f"{console}#rappels"),),
            "Le robot ne transmet pas ce qu’elle a écrit, et il ne lui a pas promis de délai.",
        ),
    )
