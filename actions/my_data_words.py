"""What is known about someone, in words: a sentence, a copy they can keep, what was erased.

A first name, a contact and a note are tokens here: the door fills them in (ADR 0008).
"""

from dataclasses import dataclass

from accueil.core.booking import Appointment, AppointmentStatus, Discretion, WaitingEntry
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.conversation import CallbackRequest, ChatSession
from accueil.core.french import NBSP, NNBSP, join, show_day, show_moment
from accueil.services.chat.fill import (
    CODE_TOKEN,
    NAME_TOKEN,
    NOTE_TOKEN,
    PASSED_ON_TOKEN,
    REFERRER_TOKEN,
)
from accueil.services.erasure import Erased
from actions.skill import PARIS, Turn

_UNCONFIRMED = (AppointmentStatus.HELD, AppointmentStatus.EXPIRED)
_STANDS = {
    AppointmentStatus.CONFIRMED: "confirmé",
    AppointmentStatus.SEEN: "passé",
    AppointmentStatus.NO_SHOW: "manqué",
    AppointmentStatus.EXCUSED: "excusé",
    AppointmentStatus.CANCELLED: "annulé",
}
_COUNSELLOR_MAIL = (
    f"Si l’équipe a déjà reçu un e-mail, elle peut l’avoir gardé{NBSP}: pour le faire effacer "
    "aussi, demande à ta Mission Locale."
)
COPY_BEGINS = f"Voici tout ce que je garde sur toi. Tu peux copier ce texte pour le garder{NBSP}:"
COPY_ENDS = (
    "• Nos messages, que tu vois ici. Ils s’effacent tout seuls 24 heures après le dernier.\n"
    f"Pour tout effacer, écris «{NBSP}efface mes données{NBSP}». Pour une réclamation{NBSP}: ta "
    "Mission Locale d’abord, puis la CNIL (cnil.fr)."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the application holds of one conversation."""

    session: ChatSession | None
    appointments: list[Appointment]
    place: WaitingEntry | None
    callbacks: list[CallbackRequest]


def known_of(turn: Turn) -> Known:
    """Read what the application holds of this conversation, holds left out."""
    conversation = turn.conversation_id
    with turn.application.store.read() as uow:
        booked = uow.appointments.of_conversation(conversation)
        return Known(
            uow.chats.get(conversation),
            [one for one in booked if one.status not in _UNCONFIRMED],
            next(iter(uow.waiting.present_of(conversation, [])), None),
            list(uow.chats.callbacks_of_conversation(conversation)),
        )


def of_person(session: ChatSession | None) -> list[str]:
    """Return what the conversation says of the person."""
    if session is None:
        return []
    facts = (
        (session.first_name, f"ton prénom ({NAME_TOKEN})"),
        (session.phone, f"ton téléphone ({PHONE_TOKEN})"),
        (session.email, f"ton e-mail ({EMAIL_TOKEN})"),
        (session.age, f"ton âge ({session.age}{NBSP}ans)"),
        (session.disability, "ta situation de handicap"),
        (session.shared_note, f"ton mot pour l’équipe ({NOTE_TOKEN})"),
        (session.referrer, f"qui écrit pour toi ({REFERRER_TOKEN})"),
        (session.discretion is not Discretion.ORDINARY, "ton choix de messages discrets"),
    )
    return [words for known, words in facts if known]


def of_requests(known: Known) -> list[str]:
    """Return what came out of the conversation: appointments, waiting list, call-backs."""
    said = [
        f"ton rendez-vous du {show_moment(one.local_start())} ({_STANDS[one.status]})"
        for one in known.appointments
    ]
    if known.place is not None:
        since = show_day(known.place.created_at.astimezone(PARIS).date())
        said.append(f"ta place sur la liste d’attente (depuis {since})")
    return said + (["ta demande de rappel"] if known.callbacks else [])


def copy_of_conversation(known: Known) -> str:
    """Return the part of the copy that is not about an appointment."""
    person = of_person(known.session)
    if known.session is not None and known.session.had_safety_reply:
        person.append("que je t’ai donné des numéros d’aide")
    lines = [f"• Dans cette conversation{NBSP}: {', '.join(person) or 'rien de personnel'}."]
    if known.place is not None:
        lines.append(
            f"• {of_requests(Known(None, [], known.place, []))[0].capitalize()}, avec le prénom, "
            "le contact et le mot que tu as donnés. Effacés dès que tu as un rendez-vous ou que tu "
            "quittes la liste."
        )
    lines += [
        f"• Ta demande de rappel du {show_day(one.created_at.astimezone(PARIS).date())}, avec le "
        "prénom et le numéro que tu as donnés. Effacés au bout de 6 mois au plus."
        for one in known.callbacks
    ]
    return "\n".join([COPY_BEGINS, *lines])


def copy_of_appointment(appointment: Appointment) -> str:
    """Return the part of the copy about one appointment; its card goes with it."""
    stands = _STANDS[appointment.status]
    return (
        f"• Ton rendez-vous du {show_moment(appointment.local_start())} ({stands}), code "
        f"{CODE_TOKEN}. Ce que l’équipe a reçu{NBSP}: {PASSED_ON_TOKEN}. Ton mot s’efface 3 mois "
        "après, le reste au plus tard 24 mois après."
    )


def told_of_person(erased: Erased) -> str:
    """Return what was erased of a conversation, what could not be, and what happens next."""
    done = ["nos messages", "ton prénom", "tes contacts", "ton mot", "ton âge"]
    done += ["ta place sur la liste d’attente"] if erased.places_left else []
    done += ["ta demande de rappel"] if erased.callbacks_erased else []
    cancelled = " Ton rendez-vous à venir est annulé." if erased.appointments_cancelled else ""
    return (
        f"C’est fait{NBSP}: j’ai effacé {join(done)}.{cancelled} La mémoire du dialogue s’efface "
        f"juste après ce message{NNBSP}; si elle est en panne, je réessaie tout seul jusqu’à y "
        f"arriver. {_COUNSELLOR_MAIL}"
    )


def told_of_appointment(erased: Erased) -> str:
    """Return what was erased of one appointment, and what was not."""
    if not erased.appointments_erased:
        return "Il n’y avait plus rien à effacer dans ce rendez-vous."
    cancelled = " Il est annulé." if erased.appointments_cancelled else ""
    return (
        f"C’est fait{NBSP}: j’ai effacé ce qui disait qui tu es dans ce rendez-vous (prénom, "
        f"contact, mot, lien, code).{cancelled} Le reste de cette conversation n’est pas effacé."
        f" {_COUNSELLOR_MAIL}"
    )
