"""Checks of what is shown: length, reading level, typography, buttons."""

import re
from collections.abc import Iterator

from accueil.content.check_examples import example_key
from accueil.content.problem import Place, Problem, quoted
from accueil.content.project import Answer, Button, Project
from accueil.content.reading_level import (
    FEWEST_WORDS,
    HARDEST_ANSWER,
    HARDEST_EASY,
    LONGEST_MEAN_SENTENCE,
    reading_level,
)
from accueil.content.typography import typography_faults

LONGEST_ANSWER = 600
LONGEST_EASY = 350
LONGEST_TITLE = 28
_INTENT = re.compile(r"/([^\s{]*)")


def check_answers(project: Project) -> Iterator[Problem]:
    """Yield the problems of every text and button."""
    known = {example_key(one.text) for intent in project.intents for one in intent.examples}
    names = {*project.declared, *(intent.name for intent in project.intents)}
    for answer in project.answers:
        yield from _texts(answer)
        for button in answer.buttons:
            yield from _button(button)
            if project.is_whole:
                yield from _target(button, known, names)


def _texts(answer: Answer) -> Iterator[Problem]:
    start = answer.lines[0][1] if answer.lines else answer.place
    yield from _length("La réponse", answer.text, LONGEST_ANSWER, start)
    yield from _level("La réponse", answer.text, HARDEST_ANSWER, start)
    shown = list(answer.lines)
    if answer.card is not None:
        if answer.card.easy:
            easy = "\n".join(line for line, _ in answer.card.easy)
            place = answer.card.places["easy"]
            yield from _length("La version facile à lire", easy, LONGEST_EASY, place)
            yield from _level("La version facile à lire", easy, HARDEST_EASY, place)
        title = answer.card.values.get("title")
        if isinstance(title, str):
            shown.append((title, answer.card.places["title"]))
        shown += answer.card.easy
    shown += [(button.title, button.place) for button in answer.buttons]
    for line, place in shown:
        for reason, remedy in typography_faults(line):
            yield Problem(place, reason, remedy)
    for line, place in answer.lines:
        if "{" in line:
            yield Problem(
                place,
                "Une accolade dans la réponse : Rasa la prend pour une donnée.",
                "Écrivez le texte sans accolade.",
            )


def _length(what: str, text: str, longest: int, place: Place) -> Iterator[Problem]:
    if len(text.strip()) > longest:
        yield Problem(
            place,
            f"{what} a {len(text.strip())} caractères.",
            f"Raccourcissez : {longest} au plus.",
        )


def _level(what: str, text: str, hardest: int, place: Place) -> Iterator[Problem]:
    level = reading_level(text)
    if level.words < FEWEST_WORDS:
        return
    if level.mean_sentence > LONGEST_MEAN_SENTENCE:
        yield Problem(
            place,
            f"{what} a des phrases de {level.mean_sentence:.0f} mots en moyenne.",
            f"Coupez-les : {LONGEST_MEAN_SENTENCE} au plus.",
        )
    elif level.lix >= hardest:
        yield Problem(
            place,
            f"{what} est difficile à lire : indice {level.lix:.0f}, dont "
            f"{level.long_words:.0f} % de mots de plus de six lettres.",
            f"Raccourcissez les phrases et les mots : moins de {hardest}.",
        )


def _button(button: Button) -> Iterator[Problem]:
    if len(button.title) > LONGEST_TITLE:
        yield Problem(
            button.place,
            f"Le titre de bouton {quoted(button.title)} a {len(button.title)} caractères.",
            f"Raccourcissez : {LONGEST_TITLE} au plus.",
        )
    if "{" in button.payload:
        yield Problem(
            button.place,
            f"Une accolade dans le bouton {quoted(button.payload)} : Rasa la prend pour une "
            "donnée et le bouton casse.",
            f"Écrivez {quoted(button.payload.split('{')[0])} seul.",
        )


def _target(button: Button, known: set[str], names: set[str]) -> Iterator[Problem]:
    command = _INTENT.match(button.payload)
    if command is not None and command[1] not in names:
        yield Problem(
            button.place,
            f"Le bouton mène à l’intention {quoted(command[1])}, qui n’existe pas.",
            "Corrigez le nom après la barre oblique.",
        )
    elif command is None and button.payload and example_key(button.payload) not in known:
        yield Problem(
            button.place,
            f"Le bouton envoie {quoted(button.payload)}, qui n’est l’exemple d’aucune fiche.",
            "Reprenez à la lettre le premier exemple de la fiche voulue.",
        )
