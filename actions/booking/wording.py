"""What the assistant says while booking."""

from datetime import datetime

from accueil.core.booking import Appointment, Reason
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.conversation import ChatSession
from accueil.core.french import NBSP, NNBSP, show_day, show_distance, show_moment, show_time
from accueil.core.territory import DAYS, Site
from accueil.services.chat.fill import NAME_TOKEN
from accueil.services.sites import FoundSite
from accueil.services.slots import Offer

TAKEN = f"Mince, ce créneau vient d’être pris. En voici d’autres{NBSP}:"
NOT_A_PLACE = (
    f"Je ne trouve pas cette commune. Vérifie le nom, ou donne-moi le code postal{NBSP}: cinq "
    "chiffres."
)
PAST = "Cette date est passée. Choisis un jour à venir."
INVALID = (
    "Cette date n’existe pas dans le calendrier. Tu peux la redire, par exemple "
    f"«{NBSP}mardi{NBSP}»{NNBSP}?"
)
TOO_YOUNG = (
    "Les Missions Locales accueillent à partir de 16 ans, donc je ne peux pas réserver pour toi. "
    "Tu peux parler à ton collège, à un CIO (centre d’information et d’orientation) ou à un "
    f"point d’accueil jeunes{NBSP}: ils reçoivent avant 16 ans. Et pour une question de santé ou "
    "si ça ne va pas, Fil Santé Jeunes répond au 0 800 235 236, gratuit, dès 12 ans."
)
TOO_OLD = (
    "Les Missions Locales accueillent les jeunes de 16 à 25 ans (jusqu’à 29 ans avec une "
    "reconnaissance de handicap), donc je ne peux pas réserver pour toi. À ton âge, c’est France "
    f"Travail (39{NBSP}49, francetravail.fr), Cap emploi si tu as un handicap, et le CCAS de ta "
    "mairie pour les aides. Si tu as une reconnaissance de handicap, dis-le-moi."
)
ALREADY = (
    "Un premier rendez-vous est déjà prévu avec ces coordonnées. Tu peux le retrouver, le déplacer "
    "ou l’annuler avec ton code, ou appeler ton lieu d’accueil. Rien de nouveau n’a été réservé."
)
STOPPED = "D’accord, rien n’est réservé. Tu peux revenir quand tu veux."
WHAT_AND_WHEN = (
    f"C’est pour quel sujet, et tu es libre quand{NNBSP}? Réponds avec tes mots, par exemple "
    f"«{NBSP}logement, jeudi après-midi{NBSP}»."
)
BAD_CONTACT = (
    "Il manque quelque chose dans ce numéro ou cette adresse. Un numéro français a 10 chiffres, "
    f"par exemple 06{NBSP}39{NBSP}98{NBSP}00{NBSP}00.",
    "Je n’arrive toujours pas à lire ton contact. Tu peux recopier les 10 chiffres, ou me donner "
    "une adresse e-mail à la place.",
    f"Pas grave, on peut faire sans{NBSP}: je te donnerai un code pour retrouver ton rendez-vous. "
    f"Réponds «{NBSP}oui{NBSP}» pour continuer.",
)


NO_CONTACT = (
    f"Pas de souci, c’est toi qui choisis{NBSP}: je te donnerai un code, et il suffit. "
    f"Réponds «{NBSP}oui{NBSP}» pour confirmer."
)
TOO_FAR = (
    f"C’est trop loin pour l’agenda{NBSP}: je peux réserver dans les huit semaines qui viennent."
)
WHICH_ONE = f"Lequel{NNBSP}? Réponds par son numéro, ou par l’heure."
HOLD_OVER = f"Ton créneau n’était plus gardé. Regarde ce qui est libre{NBSP}:"
NO_SLOT = (
    "Il n’y a aucun créneau libre en ligne pour le moment. Tu peux appeler ton lieu d’accueil "
    f"au {{phone}}{NBSP}: on te trouvera une place."
)


def your_site(found: FoundSite) -> str:
    """Name the site on which a booking is being made."""
    away = ""
    if found.distance_km is not None and found.distance_km >= 1:
        away = f", à environ {show_distance(found.distance_km)}"
    doubt = "" if found.is_competent else f" (à vérifier{NBSP}: ta commune en dépend sans doute)"
    return f"Ton lieu d’accueil{NBSP}: {found.site.name}{away}{doubt}."


def have_one(start: datetime) -> str:
    """Say that this conversation has an appointment to come."""
    return f"Tu as déjà un rendez-vous{NBSP}: {show_moment(start)}. Tu veux en changer{NNBSP}?"


def unmatched(offer: Offer, wish_day: datetime | None) -> str:
    """Say why what was wished is not proposed."""
    if offer.closed_on is not None:
        if offer.holiday:
            return f"{show_day(offer.closed_on).capitalize()}, c’est fermé ({offer.holiday})."
        return f"{offer.site.name} est fermé le {DAYS[offer.closed_on.weekday()]}."
    if wish_day is None:
        return "Je n’ai rien exactement à ce moment-là."
    if offer.is_too_far:
        return TOO_FAR
    if offer.is_outside_hours:
        spans = [s for s in offer.site.hours if s.weekday == wish_day.weekday()]
        hours = ", ".join(f"{show_time(s.start)} – {show_time(s.end)}" for s in spans)
        return f"À cette heure-là, c’est fermé ({DAYS[wish_day.weekday()]}{NBSP}: {hours})."
    return f"Je n’ai plus de place exactement à ce moment-là ({show_day(wish_day.date())})."


def proposals(starts: list[datetime]) -> str:
    """List up to three local times."""
    if len(starts) == 1:
        return f"Je peux te proposer {show_moment(starts[0])}. Ça te va{NNBSP}?"
    lines = [f"{rank}. {show_moment(start)}" for rank, start in enumerate(starts, 1)]
    listed = "\n".join(lines)
    return (
        f"Je peux te proposer{NBSP}:\n{listed}\n"
        f"Lequel te va{NNBSP}? Tu peux aussi dire un autre jour."
    )


def recap(
    appointment: Appointment, site: Site, reason: Reason | None, session: ChatSession | None
) -> str:
    """Say everything before it is confirmed: what, when, where, what is passed on, and consent."""
    start = appointment.starts_at.astimezone(site.zone())
    name = NAME_TOKEN if session and session.first_name else ""
    reach = [PHONE_TOKEN] if session and session.phone else []
    reach += [EMAIL_TOKEN] if session and session.email else []
    subject = reason.title if reason else "à voir sur place"
    lines = [
        f"Je récapitule{NBSP}:",
        f"• Rendez-vous {show_moment(start)}",
        f"• {site.name}, {site.address}, {site.postal_code} {site.city}",
        f"• Sujet{NBSP}: {subject}",
        f"• Prénom{NBSP}: {name or 'non donné'}",
        f"• Contact{NBSP}: {', '.join(reach) or 'non donné'}",
        "",
    ]
    if reach:
        lines.append(
            "Le conseiller ou la conseillère verra ces informations, et rien d’autre. Tout est "
            f"bon{NNBSP}? Réponds «{NBSP}oui{NBSP}» pour confirmer, ou dis ce qu’il faut changer."
        )
    else:
        lines.append(
            "Tu peux ajouter ton prénom et un téléphone ou un e-mail pour qu’on puisse te prévenir "
            "(ce n’est pas obligatoire). Le conseiller ou la conseillère verra ces informations, "
            f"et rien d’autre. Réponds «{NBSP}oui{NBSP}» pour confirmer."
        )
    return "\n".join(lines)
