"""What the assistant says while booking."""

from collections.abc import Sequence
from datetime import datetime

from accueil.core.booking import GroupSession
from accueil.core.booking.modality import Reception
from accueil.core.french import NBSP, NNBSP, show_day, show_distance, show_moment, show_time
from accueil.core.territory import DAYS
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
TOO_OLD_WITH_DISABILITY = (
    "Avec une reconnaissance de handicap, les Missions Locales accueillent jusqu’à 29 ans, donc je "
    "ne peux pas réserver pour toi. À ton âge, c’est Cap emploi, et France Travail "
    f"(39{NBSP}49, francetravail.fr), et le CCAS de ta mairie pour les aides."
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
NOT_RECEIVED = {
    Reception.PHONE: (
        "Ici, personne ne reçoit par téléphone en ce moment. Je te propose un rendez-vous sur "
        "place."
    ),
    Reception.VIDEO: (
        "Ici, personne ne reçoit en visio en ce moment. Je te propose un rendez-vous sur place."
    ),
    Reception.GROUP: (
        "Il n’y a pas de réunion de groupe prévue ici en ce moment. Je te propose un entretien "
        "individuel."
    ),
}
NO_OTHER_GROUP = (
    "Il n’y a pas d’autre réunion de groupe prévue ici. Je te propose un entretien individuel."
)
PHONE_NEEDED = (
    "Pour un rendez-vous par téléphone, il me faut le numéro où t’appeler. Écris-le ici, ou dis "
    f"«{NBSP}sur place{NBSP}» si tu préfères venir."
)
SILENT_LIST = (
    "Tu m’as demandé de ne rien t’envoyer, je ne pourrais donc pas te prévenir. Dis "
    f"«{NBSP}messages discrets{NBSP}» si je peux t’écrire sans rien dire de précis, puis "
    f"«{NBSP}liste d’attente{NBSP}»."
)
LIST_AGAIN = (
    f"Je n’ai pas compris. Tu veux être sur la liste d’attente{NNBSP}? Réponds par oui ou par non, "
    "ou dis un autre jour."
)
LIST_CONTACT = (
    "Pour te prévenir quand une place se libère, il me faut un numéro de téléphone ou un e-mail. "
    "Écris-le ici, avec ton prénom si tu veux."
)
WHAT_NOTE = (
    "Écris ce que tu veux que le conseiller ou la conseillère lise avant de te voir, avec tes "
    "mots. Tu pourras le relire et le changer avant de confirmer."
)
AGREES_PROFESSIONAL = (
    "Merci de votre démarche. Je peux réserver pour cette personne si elle est d’accord"
    f"{NBSP}: est-elle d’accord pour ce rendez-vous, et pour que je transmette son prénom et son "
    f"contact{NNBSP}?"
)
AGREES_RELATIVE = (
    "C’est gentil de l’aider. Je peux réserver pour cette personne si elle est d’accord"
    f"{NBSP}: elle est d’accord pour ce rendez-vous, et pour que je transmette son prénom et son "
    f"contact{NNBSP}?"
)
AGREED = (
    "Très bien. À partir de maintenant, je pose les questions comme si je parlais à cette personne"
    f"{NBSP}: répondez pour elle. La commune, le prénom et le contact sont les siens."
)
NO_AGREEMENT = (
    "Alors je ne réserve rien pour l’instant. Cette personne peut m’écrire elle-même, quand elle "
    "veut, ou appeler sa Mission Locale."
)
_HOW = {
    Reception.PHONE: " par téléphone",
    Reception.VIDEO: " en visio",
    Reception.GROUP: " en groupe",
}
GROUP_TOO = "Tu peux aussi venir en groupe{NBSP}: {title}, {moment}."


ANOTHER_PERSON = (
    "Dans cette conversation, un rendez-vous est déjà pris pour quelqu’un. Pour une autre "
    "personne, ouvre une nouvelle conversation, par exemple dans une fenêtre de navigation privée."
)
STILL_LISTED = (
    "D’accord, je la propose à la personne suivante. Tu restes sur la liste d’attente, à la même "
    "place."
)
CAN_CHANGE = (
    "Oui, tu pourras le déplacer jusqu’à quatre heures avant et l’annuler jusqu’au début, avec ton "
    f"code ou ton lien. Je réserve{NNBSP}?"
)
CONTACT_DROPPED = "C’est enlevé, je ne garde pas ton contact."
STILL_FREE = (
    "Il reste des places libres, tu n’as pas besoin d’attendre. Si aucune ne te va, redis "
    f"«{NBSP}liste d’attente{NBSP}»."
)
LIST_TOO = (
    f"Si rien ne te va, dis «{NBSP}liste d’attente{NBSP}»{NBSP}: je te préviens dès qu’une place "
    "se libère."
)
SURE_OF_AGREEMENT = (
    "Il me faut un accord clair de cette personne. Demande-lui d’abord. Elle est d’accord"
    f"{NNBSP}? Réponds par oui ou par non."
)
NOTE_CUT = "Ton mot était trop long, j’ai gardé le début. Tu peux le raccourcir."
NOTE_CONTACT = (
    "J’ai lu un contact dans ton mot, et je l’ai pris pour le tien. Si ce n’est pas le tien, dis "
    f"«{NBSP}enlève mon numéro{NBSP}»."
)
LEFT_LIST = "C’est fait, tu n’es plus sur la liste d’attente. Tu peux revenir quand tu veux."


def no_slot(phone: str) -> str:
    """Say that nothing is free, and what can be done: wait for a place, or call."""
    call = f" Tu peux aussi appeler ton lieu d’accueil au {phone}." if phone else ""
    return (
        "Il n’y a aucune place libre en ce moment. Je peux te mettre sur la liste d’attente"
        f"{NBSP}: dès qu’une place se libère, je te la garde et je te préviens.{call} Tu veux que "
        f"je t’inscrive{NNBSP}?"
    )


def listed(rank: int) -> str:
    """Say that somebody is on the list, and at what place."""
    place = "premier ou première" if rank == 1 else f"à la {rank}e place"
    return (
        f"C’est noté{NBSP}: tu es {place} sur la liste d’attente. Dès qu’une place se libère, je "
        "te la garde et je te préviens avec un lien pour dire oui ou non. Pour quitter la liste, "
        f"dis «{NBSP}quitter la liste{NBSP}»."
    )


def still_kept(start: datetime) -> str:
    """Say that the time is kept, and ask again, shortly."""
    return (
        f"Je te garde {show_moment(start)}. Je réserve{NNBSP}? Réponds «{NBSP}oui{NBSP}», ou dis "
        "ce qu’il faut changer."
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


def proposals(
    starts: list[datetime], reception: Reception, sessions: Sequence[GroupSession]
) -> str:
    """List up to three local times; of group sessions, their titles too."""
    titles = {one.starts_at: f" ({one.title})" for one in sessions}
    said = [f"{show_moment(start)}{titles.get(start, '')}" for start in starts]
    how = _HOW.get(reception, "")
    if len(starts) == 1:
        return f"Je peux te proposer {said[0]}{how}. Ça te va{NNBSP}?"
    lines = [f"{rank}. {one}" for rank, one in enumerate(said, 1)]
    listed = "\n".join(lines)
    return (
        f"Je peux te proposer{how}{NBSP}:\n{listed}\n"
        f"Lequel te va{NNBSP}? Tu peux aussi dire un autre jour."
    )
