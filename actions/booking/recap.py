"""Everything before it is confirmed: what, when, where, what is passed on, and consent."""

from datetime import timedelta

from accueil.core.booking import Appointment, Discretion, GroupSession, Reason
from accueil.core.booking.appointment import HOLD_TIME
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.conversation import ChatSession
from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.core.platforms import Platform
from accueil.core.territory import Modality, Site
from accueil.services.chat.fill import NAME_TOKEN, NOTE_TOKEN
from accueil.services.platforms.wording import NAMES

_MESSAGES = {
    Discretion.NEUTRAL: "discrets, rien qui dise de quoi il s’agit",
    Discretion.SILENT: "aucun",
}
_KEPT = f"Je te garde cet horaire {HOLD_TIME // timedelta(minutes=1)}{NBSP}minutes."
"""A limit of time is told (RGAA 13.1). Whatever is written meanwhile puts it off."""


def recap(
    held: Appointment,
    site: Site,
    reason: Reason | None,
    session: ChatSession,
    group: GroupSession | None,
) -> str:
    """Return the summary; the door fills in what the dialogue engine must not see."""
    reach = [PHONE_TOKEN] if session.phone else []
    reach += [EMAIL_TOKEN] if session.email else []
    lines = [f"Je récapitule{NBSP}:", *_what(held, site, reason, session, group)]
    lines += [
        f"• Prénom{NBSP}: {NAME_TOKEN if session.first_name else 'non donné'}",
        f"• Contact{NBSP}: {', '.join(reach) or 'non donné'}",
    ]
    if session.shared_note:
        lines.append(f"• Ton mot pour le conseiller ou la conseillère{NBSP}: {NOTE_TOKEN}")
    if session.referrer:
        lines.append(f"• Demandé pour toi par{NBSP}: {session.referrer}, avec ton accord")
    if session.discretion in _MESSAGES:
        lines.append(f"• Mes messages{NBSP}: {_MESSAGES[session.discretion]}")
    if is_told_in_app(session):
        lines.append(f"• Mes rappels{NBSP}: ici, sur {NAMES[Platform(session.channel)]}")
    return "\n".join([*lines, "", f"{_consent(bool(reach))} {_KEPT}"])


def buttons(session: ChatSession) -> list[tuple[str, str]]:
    """Return what can be done with the summary."""
    note = "Changer mon mot" if session.shared_note else "Ajouter un mot"
    found = [
        ("Oui, je confirme", "oui"),
        ("Changer d’horaire", "retour"),
        (note, "ajouter un mot"),
    ]
    if session.phone or session.email:
        found += [("Messages discrets", "messages discrets")] * (
            session.discretion is Discretion.ORDINARY
        )
    if is_told_in_app(session):
        found.append(("Pas de rappel", "pas de rappel"))
    return [*found, ("Laisser tomber", "laisse tomber")]


def is_told_in_app(session: ChatSession) -> bool:
    """Tell whether reminders come in the messaging app of the conversation."""
    return session.channel in Platform and session.discretion is not Discretion.SILENT


def _what(
    held: Appointment,
    site: Site,
    reason: Reason | None,
    session: ChatSession,
    group: GroupSession | None,
) -> list[str]:
    when = show_moment(held.local_start())
    place = f"• {site.name}, {site.address}, {site.postal_code} {site.city}"
    if group is not None:
        return [f"• {group.title}, en groupe{NBSP}: {when}", place]
    subject = f"• Sujet{NBSP}: {reason.title if reason else 'à voir ensemble'}"
    if held.modality is Modality.PHONE:
        number = PHONE_TOKEN if session.phone else "il me faut un numéro"
        return [
            f"• Rendez-vous par téléphone {when}",
            f"• {site.name} t’appelle{NBSP}: {number}",
            subject,
        ]
    if held.modality is Modality.VIDEO:
        link = "avec un lien que tu trouveras sur la page de ton rendez-vous"
        return [f"• Rendez-vous en visio {when}, {link}", f"• Avec {site.name}", subject]
    return [f"• Rendez-vous {when}", place, subject]


def _consent(is_reachable: bool) -> str:
    if is_reachable:
        return (
            "Le conseiller ou la conseillère verra ces informations, et rien d’autre. Tout est "
            f"bon{NNBSP}? Réponds «{NBSP}oui{NBSP}» pour confirmer, ou dis ce qu’il faut changer."
        )
    return (
        "Tu peux ajouter ton prénom et un téléphone ou un e-mail pour qu’on puisse te prévenir "
        "(ce n’est pas obligatoire). Le conseiller ou la conseillère verra ces informations, "
        f"et rien d’autre. Réponds «{NBSP}oui{NBSP}» pour confirmer."
    )
