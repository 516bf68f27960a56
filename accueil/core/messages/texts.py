"""SMS to young people: two segments at most, whatever the place is called (3GPP TS 23.038)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accueil.core.booking import AppointmentStatus
from accueil.core.french import NBSP, NNBSP, join, show_moment
from accueil.core.messages.facts import Facts
from accueil.core.messages.place import BY_VIDEO, street
from accueil.core.messages.young import missed
from accueil.core.outbox import MessageKind
from accueil.core.sms_text import is_gsm, segments, to_gsm
from accueil.core.territory import Modality

MAXIMUM_SEGMENTS = 2
_THREE_ANSWERS = "Réponds 1 je viens, 2 je change, 3 j’ai un souci."
_TWO_ANSWERS = "Réponds 1 je la prends, 2 non merci."


@dataclass(frozen=True, slots=True)
class SmsMeans:
    """What the way out allows: addresses and telephone numbers in the text, and answers."""

    carries_links: bool
    takes_answers: bool


def young_sms(facts: Facts, means: SmsMeans) -> str | None:
    """Return the text of a kind in the GSM alphabet, or ``None`` for a kind without SMS.

    The place is written as long as it fits: name and street, street, town, nothing. First names
    are left out: they may not be in the alphabet, and a locked screen shows the text.
    """
    write = _TEXTS.get(facts.kind)
    if write is None:
        return None
    return _fitted(_plain(write(facts, means, place)) for place in _places(facts))


def _fitted(texts: Iterable[str]) -> str:
    shortest = ""
    for text in texts:
        shortest = text
        if segments(text) <= MAXIMUM_SEGMENTS:
            break
    return shortest


def _plain(text: str) -> str:
    """Names of places and sessions lose what the alphabet has not, rather than halve the room."""
    return " ".join("".join(one for one in to_gsm(text) if is_gsm(one)).split())


def _places(facts: Facts) -> tuple[str, ...]:
    modality = facts.appointment.modality
    if modality is Modality.PHONE:
        return (", par téléphone (on t’appelle)", ", par téléphone")
    if modality is Modality.VIDEO:
        return (f", {BY_VIDEO}",)
    site = facts.site
    shorter = (f", {street(site)}", f", {site.city}", "")
    if facts.is_neutral:
        return shorter
    title = f" ({facts.session_title})" if facts.session_title else ""
    named = f", {site.name}, {street(site)}"
    return (f"{title}{named}", named, *shorter)


def _confirmed(facts: Facts, means: SmsMeans, place: str) -> str:
    said = f"Rendez-vous confirmé{NBSP}: {facts.when}{place}."
    return f"{said} {_way_back(facts, means)}"


def _moved(facts: Facts, means: SmsMeans, place: str) -> str:
    said = f"Rendez-vous déplacé. C’est maintenant {facts.when}{place}."
    return f"{said} {_way_back(facts, means)}"


def _way_back(facts: Facts, means: SmsMeans) -> str:
    if means.carries_links:
        return f"Voir ou changer{NBSP}: {facts.links.page}"
    return "" if facts.is_neutral else f"Ton code{NBSP}: {facts.code}."


def _cancelled(facts: Facts, means: SmsMeans, _place: str) -> str:
    return f"Rendez-vous du {facts.when} annulé. {_again(facts, means)}"


def _again(facts: Facts, means: SmsMeans) -> str:
    if means.carries_links:
        return f"Pour reprendre rendez-vous{NBSP}: {facts.links.home}"
    if facts.is_neutral:
        return "Tu peux reprendre rendez-vous quand tu veux."
    return "Tu peux reprendre rendez-vous quand tu veux, en ligne ou avec ta Mission Locale."


def _reminder(facts: Facts, means: SmsMeans, place: str) -> str:
    said = f"Rappel{NBSP}: rendez-vous {facts.when}{place}."
    if not means.takes_answers:
        return f"{said} {_way_back(facts, means)}"
    needs_page = facts.appointment.modality is Modality.VIDEO and means.carries_links
    page = f" Lien{NBSP}: {facts.links.page}" if needs_page else ""
    return f"{said} {_THREE_ANSWERS}{page}"


def _offer(facts: Facts, means: SmsMeans, place: str) -> str:
    until = show_moment(facts.until) if facts.until else ""
    said = f"Une place s’est libérée{NBSP}: {facts.when}{place}. Gardée jusqu’au {until}."
    if means.takes_answers:
        said = f"{said} {_TWO_ANSWERS}"
    if means.carries_links:
        return f"{said} La prendre ou la laisser{NBSP}: {facts.links.page}"
    if means.takes_answers or facts.is_neutral:
        return said
    return f"{said} Appelle ta Mission Locale pour la prendre."


def _no_show(facts: Facts, means: SmsMeans, _place: str) -> str:
    free = join([show_moment(one) for one in facts.free], "ou")
    times = f" Horaires libres{NBSP}: {free}." if free else ""
    said = f"{missed(facts)} {facts.when}, ce n’est pas grave.{times}"
    return f"{said} {_again(facts, means)}"


def _answer_coming(facts: Facts, _means: SmsMeans, place: str) -> str:
    return f"C’est noté, merci{NNBSP}! Rendez-vous {facts.when}{place}."


def _answer_change(facts: Facts, means: SmsMeans, _place: str) -> str:
    if means.carries_links:
        return f"Pas de souci. Choisis un autre moment ici{NBSP}: {facts.links.page}/deplacer"
    if facts.is_neutral:
        return "Pas de souci. Tu peux changer de date là où tu as pris rendez-vous."
    return (
        f"Pas de souci. Pour changer de date, donne ton code {facts.code} sur le site où tu as "
        "pris rendez-vous, ou appelle ta Mission Locale."
    )


def _answer_trouble(facts: Facts, means: SmsMeans, _place: str) -> str:
    if facts.is_neutral:
        return "C’est noté. L’équipe sait que tu as un souci."  # nobody may call that phone
    said = "C’est noté. On a demandé à l’équipe de te rappeler."
    if means.carries_links and facts.site_phone:
        return f"{said} Tu peux aussi appeler le {facts.site_phone}."
    return said


def _answer_unclear(facts: Facts, means: SmsMeans, _place: str) -> str:
    is_offer = facts.appointment.status is AppointmentStatus.HELD
    asked = _TWO_ANSWERS if is_offer else _THREE_ANSWERS
    where = f" Ou va ici{NBSP}: {facts.links.page}" if means.carries_links else ""
    return f"Je n’ai pas compris ta réponse. {asked}{where}"


_TEXTS: dict[MessageKind, Callable[[Facts, SmsMeans, str], str]] = {
    MessageKind.CONFIRMED: _confirmed,
    MessageKind.MOVED: _moved,
    MessageKind.CANCELLED: _cancelled,
    MessageKind.REMINDER_WEEK: _reminder,
    MessageKind.REMINDER_DAYS: _reminder,
    MessageKind.REMINDER_HOURS: _reminder,
    MessageKind.WAITING_OFFER: _offer,
    MessageKind.NO_SHOW: _no_show,
    MessageKind.ANSWER_COMING: _answer_coming,
    MessageKind.ANSWER_CHANGE: _answer_change,
    MessageKind.ANSWER_TROUBLE: _answer_trouble,
    MessageKind.ANSWER_UNCLEAR: _answer_unclear,
}
