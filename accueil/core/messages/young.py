"""E-mails to young people: "tu", plain words, short sentences; neutral when others may read."""

from collections.abc import Callable

from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.core.messages.facts import Facts
from accueil.core.messages.letter import Block, Choices, Detail, Letter, Link
from accueil.core.messages.place import details_for_young, video_link
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality

_NEUTRAL_SUBJECT = "Rendez-vous"


def young_letter(facts: Facts) -> Letter | None:
    """Return the e-mail of a kind; ``None`` for what is only ever said by SMS (answers)."""
    write = _LETTERS.get(facts.kind)
    if write is None:
        return None
    subject, blocks = write(facts)
    name = "" if facts.is_neutral else facts.appointment.first_name
    hello = f"{f'Bonjour {name}'.rstrip()},"
    return Letter(
        _NEUTRAL_SUBJECT if facts.is_neutral else subject,
        (hello, *blocks, f"À bientôt{NNBSP}!", "" if facts.is_neutral else facts.site.name),
    )


type _Written = tuple[str, tuple[Block, ...]]


def _confirmed(facts: Facts) -> _Written:
    said = f"Ton rendez-vous est confirmé{NBSP}: {facts.when}."
    if facts.is_group and not facts.is_neutral:
        said = f"Ta place est réservée{NBSP}: {facts.when}."
    return f"Rendez-vous {facts.when}", _standing(facts, said)


def _moved(facts: Facts) -> _Written:
    said = f"Ton rendez-vous est déplacé. C’est maintenant {facts.when}."
    return f"Rendez-vous déplacé{NBSP}: {facts.when}", _standing(facts, said)


def _standing(facts: Facts, said: str) -> tuple[Block, ...]:
    page = (Link("Voir, déplacer ou annuler", facts.links.page),)
    return (said, details_for_young(facts), video_link(facts), page, *_code(facts))


def _code(facts: Facts) -> tuple[Block, ...]:
    if facts.is_neutral:
        return ()
    return (
        (Detail("Ton code", facts.code),),
        "Garde ce code. Si tu perds le lien, il permet de retrouver ton rendez-vous.",
    )


def _cancelled(facts: Facts) -> _Written:
    blocks = (
        f"Ton rendez-vous du {facts.when} est annulé. Tu n’as rien d’autre à faire.",
        f"Tu veux un autre rendez-vous{NNBSP}? Tu peux en reprendre un quand tu veux.",
        (Link("Reprendre rendez-vous", facts.links.home),),
        _or_call(facts),
    )
    return f"Rendez-vous annulé{NBSP}: {facts.when}", blocks


def _reminder(facts: Facts) -> _Written:
    page = facts.links.page
    answers = (
        Link("Je viens", f"{page}#je-viens"),
        Link("Je change de date", f"{page}/deplacer"),
        Link("J’ai un souci", f"{page}#souci"),
    )
    blocks = (
        f"Petit rappel{NBSP}: tu as rendez-vous {facts.when}.",
        details_for_young(facts),
        video_link(facts),
        f"Dis-nous si tu viens{NBSP}:",
        answers,
    )
    return f"Rappel{NBSP}: rendez-vous {facts.when}", blocks


def _offer(facts: Facts) -> _Written:
    until = show_moment(facts.until) if facts.until else ""
    blocks = (
        f"Une place s’est libérée{NBSP}: {facts.when}.",
        details_for_young(facts),
        f"On te la garde jusqu’au {until}.",
        (Link("La prendre ou la laisser", facts.links.page),),
        "Si elle ne te va pas, tu restes sur la liste d’attente.",
    )
    return f"Une place s’est libérée{NBSP}: {facts.when}", blocks


def _no_show(facts: Facts) -> _Written:
    free = Choices(tuple(show_moment(one) for one in facts.free))
    blocks = (
        f"{missed(facts)} {facts.when}. Ça arrive, ce n’est pas grave.",
        "Si tu veux toujours un rendez-vous, on te reçoit avec plaisir.",
        f"Des horaires libres en ce moment{NBSP}:" if free.items else "",
        free,
        (Link("Reprendre rendez-vous", facts.links.home),),
        _or_call(facts),
    )
    return f"On trouve un autre moment{NNBSP}?", blocks


def missed(facts: Facts) -> str:
    """Return how it is said that they did not meet, without blame."""
    if facts.appointment.modality is Modality.ON_SITE:
        return "On ne s’est pas vus"
    return "On n’a pas pu se parler"


def _or_call(facts: Facts) -> str:
    if facts.is_neutral or not facts.site_phone:
        return ""
    return f"Tu peux aussi appeler le {facts.site_phone}."


_LETTERS: dict[MessageKind, Callable[[Facts], _Written]] = {
    MessageKind.CONFIRMED: _confirmed,
    MessageKind.MOVED: _moved,
    MessageKind.CANCELLED: _cancelled,
    MessageKind.REMINDER_WEEK: _reminder,
    MessageKind.REMINDER_DAYS: _reminder,
    MessageKind.REMINDER_HOURS: _reminder,
    MessageKind.WAITING_OFFER: _offer,
    MessageKind.NO_SHOW: _no_show,
}
