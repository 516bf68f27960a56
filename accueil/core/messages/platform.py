"""What young people are told in a messaging app: the letter's words, and a template for later."""

from accueil.core.messages.facts import Facts
from accueil.core.messages.place import place_of
from accueil.core.messages.young import young_letter
from accueil.core.outbox import MessageKind
from accueil.core.platforms import Template

_TEMPLATES = {
    MessageKind.MOVED: "rendez_vous_deplace",
    MessageKind.CANCELLED: "rendez_vous_annule",
    MessageKind.REMINDER_WEEK: "rappel_rendez_vous",
    MessageKind.REMINDER_DAYS: "rappel_rendez_vous",
    MessageKind.REMINDER_HOURS: "rappel_rendez_vous",
}


def young_platform_text(facts: Facts) -> str | None:
    """Return what is written in the app; ``None`` for what is only ever said by SMS."""
    letter = young_letter(facts)
    return letter.to_text().strip() if letter is not None else None


def young_template(facts: Facts) -> Template | None:
    """Return what may be sent long after somebody's last message: approved words, when and where.

    They name nobody and nothing, so they are for whoever wants discreet messages too.
    """
    name = _TEMPLATES.get(facts.kind)
    if name is None:
        return None
    return Template(name, (facts.when, place_of(facts.appointment, facts.site)))
