"""Checks of what is shown: a text, its easy-to-read version, buttons."""

import re
from collections.abc import Iterator

from accueil.content.check_examples import example_key
from accueil.content.check_names import is_theme_fiche
from accueil.content.check_texts import check_length, check_level, check_lines
from accueil.content.nearest import proposal, title_proposal
from accueil.content.problem import Problem, quoted
from accueil.content.project import Answer, Button, Card, Project
from accueil.content.reading_level import HARDEST_ANSWER, HARDEST_EASY

LONGEST_ANSWER = 600
LONGEST_EASY = 350
LONGEST_TITLE = 28
_INTENT = re.compile(r"/([^\s{]*)")


def check_answers(project: Project) -> Iterator[Problem]:
    """Yield the problems of every text and button."""
    known = {example_key(one.text) for intent in project.intents for one in intent.examples}
    titles = [one.examples[0].text for one in project.intents if one.is_fiche and one.examples]
    names = {*project.declared, *(intent.name for intent in project.intents)}
    for answer in project.answers:
        yield from _text(answer)
        if answer.card is not None:
            yield from _card(answer.card)
        if is_theme_fiche(answer.name):
            yield from _missing(answer)
        for button in answer.buttons:
            yield from _button(button)
            if project.is_whole:
                yield from _target(button, known, titles, names)


def _text(answer: Answer) -> Iterator[Problem]:
    start = answer.lines[0][1] if answer.lines else answer.place
    yield from check_length("La réponse", answer.text, LONGEST_ANSWER, start)
    yield from check_level("La réponse", answer.text, HARDEST_ANSWER, start)
    yield from check_lines(answer.lines)


def _card(card: Card) -> Iterator[Problem]:
    if card.easy:
        easy = "\n".join(line for line, _ in card.easy)
        yield from check_length("La version facile à lire", easy, LONGEST_EASY, card.places["easy"])
        yield from check_level("La version facile à lire", easy, HARDEST_EASY, card.places["easy"])
        yield from check_lines(card.easy)
    title = card.values.get("title")
    if isinstance(title, str):
        yield from check_lines([(title, card.places["title"])])


def _missing(answer: Answer) -> Iterator[Problem]:
    """Yield what every answer of a theme has, and this one has not."""
    card = answer.card
    if card is not None and not any(line.strip() for line, _ in card.easy):
        yield Problem(
            card.places.get("easy", card.place),
            f"La réponse {quoted(answer.name)} n’a pas de version facile à lire.",
            "Ajoutez « easy » sous « custom » : des mots simples, des phrases très courtes.",
        )
    if not answer.buttons:
        yield Problem(
            answer.place,
            f"La réponse {quoted(answer.name)} n’a pas de bouton.",
            "Ajoutez sous « buttons » au moins un pas de plus, par exemple /prendre_rdv.",
        )


def _button(button: Button) -> Iterator[Problem]:
    yield from check_lines([(button.title, button.place)])
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


def _target(
    button: Button, known: set[str], titles: list[str], names: set[str]
) -> Iterator[Problem]:
    command = _INTENT.match(button.payload)
    if command is not None and command[1] not in names:
        yield Problem(
            button.place,
            f"Le bouton mène à l’intention {quoted(command[1])}, qui n’existe pas.",
            "Corrigez le nom après la barre oblique." + proposal(command[1], names),
        )
    elif command is None and button.payload and example_key(button.payload) not in known:
        yield Problem(
            button.place,
            f"Le bouton envoie {quoted(button.payload)}, qui n’est l’exemple d’aucune fiche.",
            "Reprenez à la lettre le premier exemple de la fiche voulue."
            + title_proposal(button.payload, titles),
        )
