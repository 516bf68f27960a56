"""Checks of sources: every fact has one, with an owner, and is read again within a year."""

import re
from collections.abc import Generator, Iterator
from datetime import date, timedelta

from accueil.content.check_names import is_theme_fiche
from accueil.content.nearest import proposal
from accueil.content.problem import Place, Problem, quoted
from accueil.content.project import Answer, Card, Project

REQUIRED = ("url", "title", "owner", "checked_on", "expires_on")
KNOWN = ("card", *REQUIRED, "easy", "precisions")
SOON = timedelta(days=60)
"""Time enough to read a source again before its fiche is silent."""
_DATE = 'Écrivez l’année, le mois et le jour, par exemple "2026-08-31".'
_WRITTEN_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)|(\d\d?)/(\d\d?)/(\d{4})")
_AGAIN = "Relisez la source, corrigez la fiche, puis changez les deux dates."


def check_sources(project: Project, today: date) -> Iterator[Problem]:
    """Yield the problems of every source, seen from a day."""
    for answer in project.answers:
        if answer.card is not None:
            yield from _card(answer.card, today)
        elif is_theme_fiche(answer.name):
            yield _absent(answer)


def expiring(project: Project, today: date) -> dict[str, date]:
    """Return the fiches that expire soon, or today, with the first of their days."""
    found: dict[str, date] = {}
    for answer in project.answers:
        day = _read_day(answer.card.values.get("expires_on")) if answer.card else None
        if day is not None and today <= day <= today + SOON:
            found[answer.name] = min(day, found.get(answer.name, day))
    return found


def _absent(answer: Answer) -> Problem:
    return Problem(
        answer.place,
        f"La réponse {quoted(answer.name)} n’a pas de source.",
        f"Ajoutez « custom » avec {', '.join(REQUIRED)}.",
    )


def _card(card: Card, today: date) -> Iterator[Problem]:
    yield from _unknown(card)
    for name in REQUIRED:
        if not card.values.get(name):
            place = card.places.get(name, card.place)
            yield Problem(place, f"Il manque {quoted(name)} à la source.", "Remplissez-le.")
    url = card.values.get("url")
    if url and not str(url).startswith("https://"):
        yield Problem(
            card.places["url"],
            f"Le lien {quoted(str(url))} ne commence pas par https://.",
            "Prenez l’adresse sécurisée de la page officielle.",
        )
    checked = yield from _day(card, "checked_on")
    expires = yield from _day(card, "expires_on")
    if checked is not None and checked > today:
        yield Problem(
            card.places["checked_on"],
            f"La source est dite vérifiée le {checked}, dans le futur.",
            "Mettez le jour où elle a été lue.",
        )
    if expires is not None:
        yield from _expiry(card.places["expires_on"], checked, expires, today)


def _unknown(card: Card) -> Iterator[Problem]:
    for name, place in card.places.items():
        if name not in KNOWN:
            yield Problem(
                place,
                f"La clé {quoted(str(name))} sous « custom » est inconnue : rien ne la lit.",
                f"Prenez l’une de ces clés : {', '.join(KNOWN)}.{proposal(str(name), KNOWN)}",
            )


def _expiry(place: Place, checked: date | None, expires: date, today: date) -> Iterator[Problem]:
    if expires < today:
        yield Problem(place, f"La fiche est périmée depuis le {expires}.", _AGAIN)
    if checked is not None and expires > _a_year_after(checked):
        yield Problem(
            place,
            f"La fiche expire le {expires}, plus de 12 mois après sa vérification.",
            f"Mettez au plus tard {_a_year_after(checked)}.",
        )
    if checked is not None and expires < checked:
        yield Problem(place, f"La fiche expire avant sa vérification ({checked}).", _AGAIN)


def _day(card: Card, name: str) -> Generator[Problem, None, date | None]:
    """Return the day of a field, or ``None`` after yielding what is wrong with it."""
    value = card.values.get(name)
    if not value:
        return None
    day = _read_day(value)
    if day is None:
        reason = f"{quoted(name)} n’est pas une date entre guillemets : {quoted(str(value))}."
        yield Problem(card.places[name], reason, _date_remedy(str(value)))
    return day


def _read_day(value: object) -> date | None:
    """Return a day written as it must be: unquoted, it is YAML's own date, which is not sent."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and day.isoformat() == value else None


def _date_remedy(written: str) -> str:
    """Return the line to type when the day that was meant is certain, else an example."""
    found = _WRITTEN_DAY.search(written)
    if found is None:
        return _DATE
    parts = found.groups()
    year, month, day = parts[:3] if parts[0] else parts[:2:-1]
    try:
        meant = date(int(year), int(month), int(day))
    except ValueError:
        return _DATE
    return f'Écrivez "{meant}", avec ces guillemets droits.'


def _a_year_after(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + 1, day=last)
