"""What is checked in any text that is shown: length, reading level, typography, braces, links."""

import re
from collections.abc import Iterable, Iterator

from accueil.content.problem import Place, Problem, quoted
from accueil.content.reading_level import (
    FEWEST_WORDS,
    LONGEST_MEAN_SENTENCE,
    longest_sentence,
    reading_level,
)
from accueil.content.typography import typography_faults

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)


def check_length(what: str, text: str, longest: int, place: Place) -> Iterator[Problem]:
    """Yield a problem when a text is too long. ``what`` begins the sentence."""
    if len(text.strip()) > longest:
        yield Problem(
            place,
            f"{what} a {len(text.strip())} caractères.",
            f"Raccourcissez : {longest} au plus.",
        )


def check_level(what: str, text: str, hardest: int, place: Place) -> Iterator[Problem]:
    """Yield a problem when a text is hard to read (``hardest`` is an index of Björnsson)."""
    level = reading_level(text)
    if level.words < FEWEST_WORDS:
        return
    longest = f"La plus longue phrase : {quoted(longest_sentence(text), 90)}."
    if level.mean_sentence > LONGEST_MEAN_SENTENCE:
        yield Problem(
            place,
            f"{what} a des phrases de {level.mean_sentence:.0f} mots en moyenne. {longest}",
            f"Coupez-les : {LONGEST_MEAN_SENTENCE} au plus.",
        )
    elif level.lix >= hardest:
        yield Problem(
            place,
            f"{what} est difficile à lire : indice {level.lix:.0f}, dont "
            f"{level.long_words:.0f} % de mots de plus de six lettres. {longest}",
            f"Raccourcissez les phrases et les mots : moins de {hardest}.",
        )


def check_lines(lines: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """Yield the faults of each line by itself."""
    for line, place in lines:
        for reason, remedy in typography_faults(line):
            yield Problem(place, reason, remedy)
        if "{" in line or "}" in line:
            yield Problem(
                place,
                "Une accolade dans le texte : Rasa la prend pour une donnée.",
                "Écrivez le texte sans accolade.",
            )
        for link in _LINK.findall(line):
            if not link.lower().startswith("https://"):
                yield Problem(
                    place,
                    f"Le lien {quoted(link)} ne commence pas par https://.",
                    "Prenez l’adresse sécurisée de la page.",
                )
