"""What a message brings to a booking, whatever was asked."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accueil.core.booking import REASONS, Wish, read_reason
from accueil.core.booking.choice import choose
from accueil.core.consent import read_yes_no, wants_to_stop
from accueil.core.contact import BAD_EMAIL_TOKEN, BAD_PHONE_TOKEN, EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.dates import DateReading, DateStatus
from accueil.core.person import read_first_name
from accueil.core.places import PlaceReading, PlaceStatus
from accueil.core.text import fold
from actions.place import read_place
from actions.skill import PARIS, Turn

_QUESTION = re.compile(
    r"\?|^\W*(?:comment|combien|pourquoi|pk|c'?est quoi|ces? koi|est[- ]ce|quel(?:le)?s?|qui|"
    r"ou est|"
    r"vous (?:etes|fermez|ouvrez|avez|faites)|faut[- ]il|on peut|peut[- ]on|a quelle heure)\b"
)
_ABOUT_HOURS = re.compile(
    r"\b(?:ouver\w*|ouvr\w*|ferm\w*|horaires?|adresse|bus|metro|tram|parking)\b"
)
_BACK = re.compile(
    r"^\W*(?:retour|reviens?|revenir|en arriere|precedent|back|je me suis trompee?)\b"
)
_OTHERS = re.compile(
    r"\b(?:plus tard|d'?autres?|autre (?:jour|date|heure|horaire|creneau|chose|moment)|"
    r"une autre|un autre|change(?:r|z)?|trop tot|trop tard)\b"
)
_ANOTHER_DAY = re.compile(r"\bautres? (?:jours?|dates?)\b")
_SURE = 0.45

THEMES = frozenset(REASONS) - {"premier_accueil"}
ASIDES = frozenset(
    """trouver_site qui_es_tu hors_sujet parler_humain mes_donnees effacer_donnees consulter_rdv
    remerciement salutation pas_compris detresse nlu_fallback""".split()
)


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
    goes_back: bool
    stops: bool
    is_question: bool
    wants_others: bool
    wants_another_day: bool

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
        return self.names_reason or self.has_contact or self.is_name or self.choice is not None


def read_message(turn: Turn) -> BookingMessage:
    """Read a turn's message."""
    folded = fold(turn.text)
    is_payload = turn.text.startswith("/")
    dates = turn.dates(site_zone(turn))
    yes = None if is_payload else read_yes_no(turn.text)
    if yes is None and turn.intent in ("confirmer", "refuser") and turn.confidence >= _SURE:
        yes = turn.intent == "confirmer"
    is_question = bool(_QUESTION.search(folded))
    return BookingMessage(
        dates=dates,
        place=read_place(turn),
        choice=choose(turn.text, proposed(turn), dates),
        yes=yes,
        has_contact=PHONE_TOKEN in turn.text or EMAIL_TOKEN in turn.text,
        has_bad_contact=BAD_PHONE_TOKEN in turn.text or BAD_EMAIL_TOKEN in turn.text,
        names_reason=read_reason(turn.text) is not None,
        is_name=_is_name(turn, dates, yes) and not is_question,
        goes_back=bool(_BACK.match(folded))
        or (turn.intent == "revenir" and turn.confidence >= _SURE),
        stops=wants_to_stop(turn.text) or turn.intent in ("annuler_rdv", "au_revoir"),
        is_question=is_question,
        wants_others=bool(_OTHERS.search(folded)),
        wants_another_day=bool(_ANOTHER_DAY.search(folded)),
    )


def _is_name(turn: Turn, dates: DateReading, yes: bool | None) -> bool:
    """Tell whether the message, at the recap where one is asked for, is a first name."""
    if turn.slot("requested_slot") != "confirmation" or yes is not None:
        return False
    says_when = bool(dates.windows or dates.excluded or dates.anytime)
    return not says_when and bool(read_first_name(turn.text, expected=True))


def is_digression(turn: Turn, message: BookingMessage) -> bool:
    """Tell whether the message asks for something else, to be answered before going on."""
    asking_site = turn.slot("site") is None
    answers = (
        message.says_when()
        or message.choice is not None
        or message.has_contact
        or message.has_bad_contact
        or (asking_site and message.place.status is not PlaceStatus.NONE)
    )
    if turn.intent in THEMES:
        return message.is_question and not answers and turn.confidence >= _SURE
    if (
        turn.intent == "trouver_site"
        and message.is_question
        and _ABOUT_HOURS.search(fold(turn.text))
    ):
        return not asking_site or not answers
    if turn.intent not in ASIDES:
        return False
    weak = turn.intent == "nlu_fallback"
    also_answers = (
        message.yes is not None
        or message.wants_others
        or message.goes_back
        or message.stops
        or message.is_name
    )
    if message.is_question and not weak:
        return not answers
    return not (answers or also_answers or (weak and message.names_reason))


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
