"""What a message brings to a booking, whatever was asked."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accueil.core.booking import REASONS, Wish, read_reason
from accueil.core.booking.choice import choose
from accueil.core.booking.modality import Reception, read_reception
from accueil.core.consent import (
    agrees_plainly,
    read_yes_no,
    refuses_plainly,
    says_both,
    wants_to_stop,
)
from accueil.core.contact import BAD_EMAIL_TOKEN, BAD_PHONE_TOKEN, EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.dates import DateReading, DateStatus
from accueil.core.discretion import read_discretion
from accueil.core.person import read_first_name
from accueil.core.places import PlaceReading
from accueil.core.text import fold
from actions.place import read_place
from actions.skill import PARIS, Turn

_QUESTION = re.compile(
    r"\?|^\W*(?:comment|combien|pourquoi|pk|quand|c'?est (?:quand|ou|combien|qui|quoi)|ces? koi|"
    r"est[- ]ce|quel(?:le)?s?|qui|ou est|"
    r"vous (?:etes|fermez|ouvrez|avez|faites)|faut[- ]il|on peut|peut[- ]on|a quelle heure)\b"
)
_BACK = re.compile(
    r"^\W*(?:retour|reviens?|revenir|en arriere|precedent|back|je me suis trompee?)\b"
)
_OTHERS = re.compile(
    r"\b(?:plus tard|d'?autres?|autre (?:jour|date|heure|horaire|creneau|chose|moment)|"
    r"une autre|un autre|change(?:r|z)?|trop tot|trop tard)\b"
)
_NO_CONTACT = re.compile(
    r"\b(?:pas|sans|aucun|ni|pa)\b.{0,25}\b(?:numeros?|num|tel|telephone|portable|mails?|e-?mails?|"
    r"contacts?|coordonnees|prevenir|rappeler)\b"
)
_SOONEST = re.compile(
    r"\b(?:le |au )plus (?:tot|vite|rapide(?:ment)?)\b|\bplus (?:vite|rapidement)\b|"
    r"\bdes que possible\b|\basap\b"
)
_ANY = re.compile(
    r"^\W*(?:(?:oui|ok|bah|ben|euh)\W+)?(?:n'? ?importe(?: lequel| laquelle| quand)?|peu importe|"
    r"(?:c'est )?comme tu veux|m'en fiche|egal|ca m'est egal|au choix|choisis)\W*$"
)
_FROM_TODAY = re.compile(
    r"\b(?:demain|2m1|aujourd|auj|ce|cet|cette|dans|prochaine?|pro|semaine|tout de suite)\b"
)
_RESUMES = re.compile(r"\b(?:finir|fini[st]|reprend\w*|continue\w*)\b")
_LEAVES = re.compile(r"\bj'?e? ?(?:re)?vien[st]|\battends?\b")
_CHANGE_LATER = re.compile(
    r"\b(?:je|j|on) (?:peux|peut|pourrai?s?|pourra) .{0,12}"
    r"(?:change\w*|annule\w*|deplace\w*|decale\w*)\b.{0,12}(?:apres|plus tard|ensuite|\?)|"
    r"\bsi (?:je|j) (?:ne )?(?:peux|peu|pourrai) pas (?:venir|y aller)\b"
)
_SHORT = 4
"""Words of a goodbye."""
_FAR = timedelta(days=6)
_ANOTHER_DAY = re.compile(r"\bautres? (?:jours?|dates?)\b")
SURE = 0.45

THEMES = frozenset(REASONS) - {"premier_accueil"}


@dataclass(frozen=True, slots=True)
class BookingMessage:
    """One message, read for everything a booking needs."""

    dates: DateReading
    place: PlaceReading
    choice: int | None
    yes: bool | None
    has_contact: bool
    has_bad_contact: bool
    names_reason: bool
    is_name: bool
    declines_contact: bool
    any_slot: bool
    goes_back: bool
    stops: bool
    is_question: bool
    wants_others: bool
    wants_another_day: bool
    reception: Reception | None
    is_discreet: bool
    agrees: bool
    declines: bool
    asks_to_change_later: bool
    introduces: bool

    def refuses(self) -> bool:
        """Tell whether what was proposed does not suit."""
        return self.yes is False or (self.wants_others and self.yes is None)

    def says_when(self) -> bool:
        """Tell whether days or hours were named, even impossible ones."""
        dates = self.dates
        impossible = dates.status in (DateStatus.INVALID, DateStatus.PAST)
        return impossible or bool(
            dates.windows or dates.excluded or dates.anytime or dates.refused_times
        )

    def may_only_look_like_a_place(self) -> bool:
        """Tell whether a commune's name in it may be a theme, a first name or a choice."""
        answers = self.yes is True or self.choice is not None
        return answers or self.names_reason or self.has_contact or self.is_name


def read_message(turn: Turn) -> BookingMessage:
    """Read a turn's message."""
    folded = fold(turn.text)
    is_payload = turn.text.startswith("/")
    dates = _read_dates(turn)
    yes = None if is_payload else read_yes_no(turn.text)
    guessed = turn.intent in ("confirmer", "refuser") and turn.confidence >= SURE
    if yes is None and guessed and not says_both(turn.text):
        yes = turn.intent == "confirmer"
    if _RESUMES.search(folded):
        yes = None  # to come back to a booking is not yet to agree
    is_question = bool(_QUESTION.search(folded))
    reception = None if is_payload else read_reception(turn.text)
    is_discreet = read_discretion(turn.text) is not None
    says_else = is_question or is_discreet or reception is not None
    return BookingMessage(
        dates=dates,
        place=read_place(turn),
        choice=_choice(turn, dates),
        yes=yes,
        has_contact=PHONE_TOKEN in turn.text or EMAIL_TOKEN in turn.text,
        has_bad_contact=BAD_PHONE_TOKEN in turn.text or BAD_EMAIL_TOKEN in turn.text,
        names_reason=read_reason(turn.text) is not None,
        is_name=_is_name(turn, dates, yes) and not says_else,
        declines_contact=bool(_NO_CONTACT.search(folded)),
        any_slot=_takes_any(dates) or bool(_SOONEST.search(folded) or _ANY.match(folded)),
        goes_back=bool(_BACK.match(folded))
        or (turn.intent == "revenir" and turn.confidence >= SURE and not _LEAVES.search(folded)),
        stops=_stops(turn) and not is_question,
        is_question=is_question,
        wants_others=bool(_OTHERS.search(folded)),
        wants_another_day=bool(_ANOTHER_DAY.search(folded)),
        reception=reception,
        is_discreet=is_discreet,
        agrees=agrees_plainly(turn.text) and yes is True and not is_question,
        introduces=bool(read_first_name(turn.text, expected=False)),
        asks_to_change_later=bool(_CHANGE_LATER.search(folded)),
        declines=not is_payload and refuses_plainly(turn.text),
    )


def _read_dates(turn: Turn) -> DateReading:
    """Read the days named, near the days spoken of.

    After "lundi 30" was proposed, "lundi 14h" means that Monday, not the next one.
    """
    zone = site_zone(turn)
    spoken_of = min(proposed(turn), default=None) or wish_of(turn).first_start()
    is_far = spoken_of is not None and spoken_of - turn.now(zone) > _FAR
    if spoken_of is None or not is_far or _FROM_TODAY.search(fold(turn.text)):
        return turn.dates(zone)
    day_before = spoken_of.astimezone(zone) - timedelta(days=1)
    return turn.dates_from(day_before.replace(hour=0, minute=0, second=0, microsecond=0))


def _choice(turn: Turn, dates: DateReading) -> int | None:
    """Return the proposal chosen; an hour that is refused chooses nothing."""
    only_refuses = bool(dates.refused_times or dates.excluded) and not dates.windows
    return None if only_refuses else choose(turn.text, proposed(turn), dates)


def _takes_any(dates: DateReading) -> bool:
    """Tell "peu importe" from "peu importe sauf l'après-midi"."""
    return dates.anytime and not (dates.excluded or dates.refused_times or dates.times)


def _stops(turn: Turn) -> bool:
    if wants_to_stop(turn.text):
        return True
    if turn.confidence < SURE:
        return False
    # A goodbye is short; "je te donnerai mon numéro plus tard" only sounds like one.
    is_goodbye = turn.intent == "au_revoir" and len(turn.text.split()) <= _SHORT
    return is_goodbye or turn.intent == "annuler_rdv"


def _is_name(turn: Turn, dates: DateReading, yes: bool | None) -> bool:
    """Tell whether the message, at the recap where one is asked for, gives a first name."""
    if turn.slot("requested_slot") != "confirmation":
        return False
    if read_first_name(turn.text, expected=False):
        return True
    if yes is not None:
        return False
    says_when = bool(dates.windows or dates.excluded or dates.anytime)
    return not says_when and bool(read_first_name(turn.text, expected=True))


def proposed(turn: Turn) -> list[datetime]:
    """Return the proposed starts, in the site's local time."""
    zone = site_zone(turn)
    return [
        datetime.fromisoformat(start).astimezone(zone) for start in turn.slot("propositions") or ()
    ]


def wish_of(turn: Turn) -> Wish:
    """Return the wish said so far."""
    saved: dict[str, Any] | None = turn.slot("souhait")
    return Wish.from_dict(saved, site_zone(turn))


def site_zone(turn: Turn) -> ZoneInfo:
    """Return the zone of the chosen site, Paris while there is none."""
    found = turn.application.sites.by_id(turn.slot("site")) if turn.slot("site") else None
    return found.site.zone() if found else PARIS
