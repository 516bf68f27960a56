"""Skill: name the reception site and its hours."""

import re

from rasa_sdk.events import SlotSet

from accueil.core.consent import wants_to_stop
from accueil.core.french import NBSP, NNBSP, show_day, show_time
from accueil.core.places import PlaceReading, PlaceStatus
from accueil.core.territory import DAYS
from accueil.core.text import fold
from accueil.services.sites import FoundSite
from accueil.services.slots import closed_days
from actions.answers import give_second_answer
from actions.booking.wording import NOT_A_PLACE
from actions.human import HUMAN, tell_human
from actions.menu import BOOK
from actions.place import (
    ask_commune,
    explain_no_site,
    is_out_of_reach,
    known_site,
    note_site,
    read_place,
)
from actions.site_card import asks_the_way, tell_site, tell_the_way
from actions.skill import Skill, Turn

WHERE = "site"
EXPLAINED = "explique"
_TRIED_TO_ANSWER = ("donner_info", "confirmer", "revenir")
_ELSEWHERE = re.compile(
    r"\b(?:proche|pres|cote|loin)\b.*\b(?:lycee|college|fac|universite|ecole|cfa|cours|"
    r"travail|taf|boulot|stage|alternance|entreprise|cop(?:ain|ine)|meuf|mec|pote|foyer)\b"
)
"""A place where somebody goes, not where they live."""
OTHER_SERVICES = ("france travail", "pole emploi", "cap emploi")


class FindSite(Skill):
    """Answer "where, when, how": at once when the commune is known, else ask for it."""

    skill_name = "action_trouver_site"

    def handle(self, turn: Turn) -> None:
        """Name the site, or leave the question to the form."""
        turn.set(suite=WHERE)
        if any(service in fold(turn.text) for service in OTHER_SERVICES):
            _point_to_france_travail(turn)
            turn.set(besoin_commune=False)
            return
        reading = read_place(turn)
        found = _near_elsewhere(turn, reading) or note_site(turn, reading)
        out = is_out_of_reach(reading, found)
        if out:
            explain_no_site(turn, reading)
        found = found or (None if out else known_site(turn))
        if found is not None:
            _answer(turn, found)
        if turn.intent == "trouver_site":
            give_second_answer(turn)
        in_booking = turn.active_form == "formulaire_rdv"
        turn.set(besoin_commune=found is None and not out and not in_booking)


class ValidateSite(Skill):
    """Fill the site form from a commune in free French."""

    skill_name = "validate_formulaire_site"

    def handle(self, turn: Turn) -> None:
        """Read the commune; a question that is none goes back to the rules."""
        if turn.resumed or turn.active_form is None:
            return
        reading = read_place(turn)
        found = note_site(turn, reading)
        if found is not None:
            return
        if is_out_of_reach(reading, found):
            explain_no_site(turn, reading)
            _end(turn, suite=EXPLAINED)
        elif wants_to_stop(turn.text) or turn.intent == "refuser":
            _end(turn, suite=WHERE)
        elif reading.communes or reading.area:
            explain_no_site(turn, reading)
            turn.set(lieu_a_preciser=True)
        elif turn.intent in _TRIED_TO_ANSWER:
            turn.say(NOT_A_PLACE)
            turn.set(lieu_a_preciser=True)
        else:
            turn.reject_form()


class AskSite(Skill):
    """Ask for the commune, unless a more precise question was just asked."""

    skill_name = "action_ask_formulaire_site_site"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        if turn.slot("lieu_a_preciser"):
            turn.set(lieu_a_preciser=None)
            return
        ask_commune(turn)


class ShowSite(Skill):
    """The site form is done: name the site, or the way to a human."""

    skill_name = "action_montrer_site"

    def handle(self, turn: Turn) -> None:
        """Name what was asked for."""
        found = known_site(turn)
        if turn.slot("suite") == EXPLAINED:
            return
        if found is None:
            turn.say(
                f"D’accord. Si tu changes d’avis, donne-moi ta commune. Je peux aussi répondre à "
                f"une autre question{NNBSP}!"
            )
        elif turn.slot("suite") == HUMAN:
            tell_human(turn, found)
        else:
            tell_site(turn, found)
            turn.say(f"Je peux t’y réserver un premier rendez-vous{NNBSP}?", BOOK)


def _end(turn: Turn, suite: str) -> None:
    """End the form; a slot must change, or Rasa takes the message for a digression."""
    turn.set(suite=suite)
    turn.events.append(SlotSet("requested_slot", None))


def _near_elsewhere(turn: Turn, reading: PlaceReading) -> FoundSite | None:
    """Return the site that is nearest to a school or a job; who is competent does not change.

    "Le plus proche de mon lycée à Pantin" says where they go, not where they live: that must be
    known already, else the place stands for both and this is said.
    """
    if reading.status is not PlaceStatus.FOUND or not _ELSEWHERE.search(fold(turn.text)):
        return None
    place = reading.communes[0]
    home = turn.application.gazetteer.by_insee(turn.slot("commune") or "")
    if home is None:
        turn.say(
            f"Je regarde pour {place.name}. Si tu habites dans une autre commune, dis-le-moi"
            f"{NBSP}: ta Mission Locale est celle de l’endroit où tu vis."
        )
        return None
    found = turn.application.sites.for_commune(home, place)
    if found is not None:
        turn.set(site=found.site.id)
    return found


def _answer(turn: Turn, found: FoundSite) -> None:
    if asks_the_way(turn.text):
        tell_the_way(turn, found)
        return
    _answer_hours(turn, found)
    tell_site(turn, found)


def _answer_hours(turn: Turn, found: FoundSite) -> None:
    """When a day is named ("ouvert samedi ?"), answer for that day first."""
    reading = turn.dates(found.site.zone())
    if not reading.windows or reading.time_only or reading.anytime:
        return
    day = reading.windows[0].start.date()
    start = reading.windows[0].start
    closure = turn.application.sites.next_closure(found.site, turn.now())
    holiday = closed_days(found.site, start, start, (closure,) if closure else ()).get(day)
    spans = [span for span in found.site.hours if span.weekday == day.weekday()]
    if holiday:
        turn.say(f"{show_day(day).capitalize()}, c’est fermé{NBSP}: {holiday}.")
    elif spans:
        hours = ", ".join(f"{show_time(s.start)} – {show_time(s.end)}" for s in spans)
        turn.say(f"{show_day(day).capitalize()}, c’est ouvert{NBSP}: {hours}.")
    else:
        turn.say(f"Le {DAYS[day.weekday()]}, c’est fermé.")


def _point_to_france_travail(turn: Turn) -> None:
    turn.say(
        "Je ne connais que les adresses des Missions Locales. Pour France Travail (l’ancien Pôle "
        f"emploi), l’adresse de ton agence est sur https://www.francetravail.fr ou au 39{NBSP}49."
    )


SITE_SKILLS = (FindSite, ValidateSite, AskSite, ShowSite)
