"""How old somebody is, in young people's words: the writer, or the person they write for."""

import re

from accueil.core.person.age_words import (
    AGE,
    AT_A_TIME,
    AT_AN_AGE,
    BIRTHDAYS,
    KIN_IS,
    NAMED_IS,
    OF_NOBODY,
    OTHERS,
    OWN_AGE,
    SOON,
    SOON_AFTER,
    SPAN,
    number_of,
)
from accueil.core.person.name_words import is_first_name
from accueil.core.text import fold

_BORN = re.compile(r"\b(?:je suis |jsuis |suis )?nee? (?:le .{1,20}|en )\s*((?:19|20)\d{2})\b")


def read_age(text: str) -> int | None:
    """Return the age in years that the message gives for its writer, or ``None``.

    An age still to come counts one year less ("j'aurai 26 ans dans 2 semaines": 25). Ages said of
    somebody else, of the rules ("les 16-25 ans") or of the past ("à 16 ans") are not the writer's.
    """
    folded = _without_others(fold(AT_AN_AGE.sub(" ", text)))
    folded = OF_NOBODY.sub(" ", folded)
    for pattern in SOON:
        soon = pattern.search(folded)
        if soon:
            return number_of(soon["age"]) - 1
    rest = SPAN.sub(" ", folded)
    for match in (*OWN_AGE.finditer(rest), *AGE.finditer(rest)):
        age = number_of(match["age"])
        if 10 <= age <= 99:
            return age
    return None


def read_other_age(text: str) -> int | None:
    """Return the age in years said of somebody else, the first if several, or ``None``.

    It may be a person whom the writer asks for ("ma fille de 18 ans") or anybody ("ma copine a
    19 ans", "un fils de 3 ans"): the caller knows whether the appointment is for somebody else.
    """
    folded = fold(AT_AN_AGE.sub(" ", text))
    found = sorted(_others(folded), key=lambda match: match.start())
    if not found:
        return None
    match = found[0]
    age = number_of(match["age"])
    later = SOON_AFTER.match(folded, match.end()) or KIN_IS.search(match[0])
    return age - 1 if later and age else age


def read_birth_year(text: str) -> int | None:
    """Return the year in which the message says that its writer was born, or ``None``."""
    match = _BORN.search(fold(text))
    return int(match.group(1)) if match else None


def without_ages(text: str) -> str:
    """Return the text without its phrases about an age, a birth or a birthday.

    The dates in them ("j'aurai 26 ans dans 2 semaines", "samedi c mon anniv") are no wish for an
    appointment. Whose age it is, and all
    the rest, is left letter for letter; spans ("depuis 2 ans") stay.
    """
    folded, places = _fold_with_places(text)
    gone = bytearray(len(text))
    spans = [match.span() for match in SPAN.finditer(folded)]
    for pattern in (*BIRTHDAYS, *SOON, *OTHERS, OF_NOBODY, AGE):
        for match in pattern.finditer(folded):
            start, end = match.span()
            if pattern in OTHERS:
                later = AT_A_TIME.match(folded, end) if KIN_IS.search(match[0]) else None
                start, end = match.start("age"), later.end() if later else end
            if pattern is AGE and any(start < last and first < end for first, last in spans):
                continue
            if start < end:
                first, last = places[start], places[end - 1] + 1
                gone[first:last] = b"\1" * (last - first)
    kept = "".join(" " if gone[i] else character for i, character in enumerate(text))
    return re.sub(r"  +", " ", kept).strip() if any(gone) else text


def _others(folded: str) -> list[re.Match[str]]:
    found = [match for pattern in OTHERS for match in pattern.finditer(folded)]
    named = NAMED_IS.finditer(folded)
    return [*found, *(one for one in named if is_first_name(one["for"] or one["name"]))]


def _without_others(folded: str) -> str:
    for match in _others(folded):
        folded = folded.replace(match[0], " ", 1)
    return folded


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return ``text`` folded letter by letter, and the place in it that each letter comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in " " if character.isspace() else fold(character):
            if letter != " " or letters[-1:] != [" "]:
                letters.append(letter)
                places.append(place)
    return "".join(letters), places
