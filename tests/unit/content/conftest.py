"""A small project whose content is good, and a way to break one line of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from accueil.content.check import check_content
from accueil.content.check_names import FIXED_NAMES, THEMES
from accueil.content.problem import Problem

TODAY = date(2026, 11, 23)
FICHES = [*(f"{theme}/aide" for theme in THEMES), "logement/visale"]
ORDINARY = [name for name in FIXED_NAMES if name not in THEMES]

RESPONSE = """\
  utter_{fiche}:
    - text: |-
        Voici ce que tu peux faire\u202f: c’est simple.

        On t’explique tout\u00a0: demande «\u00a0aide {number}\u00a0» à l’accueil.
      buttons:
        - title: Prendre rendez-vous
          payload: /prendre_rdv
        - title: Et ensuite\u202f?
          payload: Question 1 sur logement/visale
      custom:
        card: source
        title: L’aide, expliquée
        url: https://www.service-public.example/{number}
        checked_on: "2026-08-31"
        expires_on: "2027-03-31"
        owner: équipe éditoriale
        easy: |-
          Tu peux demander une aide.
          C’est gratuit\u202f!
        precisions:
          age: L’aide est ouverte de 16 à 25 ans.
          papiers: |-
            Prépare ta pièce d’identité.
            Une photo suffit.
"""


def examples(name: str, count: int) -> str:
    lines = [f"      - Question {number} sur {name}\n" for number in range(1, count + 1)]
    return f"  - intent: {name}\n    examples: |\n{''.join(lines)}"


def write_good(folder: Path) -> None:
    """Write a project in which every check finds nothing to say."""
    nlu = folder / "data" / "nlu"
    nlu.mkdir(parents=True)
    (folder / "data" / "stories").mkdir()
    for theme in THEMES:
        fiches = [fiche for fiche in FICHES if fiche.startswith(f"{theme}/")]
        text = 'version: "3.1"\n\nnlu:\n' + "\n".join(examples(fiche, 25) for fiche in fiches)
        text += "\nresponses:\n"
        text += "".join(RESPONSE.format(fiche=one, number=FICHES.index(one)) for one in fiches)
        (nlu / f"{theme}.yml").write_text(text, encoding="utf-8")
    talk = 'version: "3.1"\n\nnlu:\n' + "\n".join(examples(name, 3) for name in ORDINARY)
    (nlu / "conversation.yml").write_text(talk, encoding="utf-8")
    rules = "".join(
        f"  - rule: Sur {name}\n    steps:\n      - intent: {name}\n      - action: action_x\n"
        for name in FIXED_NAMES[1:]
    )
    either = (
        "  - rule: L’un ou l’autre\n    steps:\n      - or:\n          - intent: logement\n"
        "          - intent: sante\n      - action: action_x\n"
    )
    stories = folder / "data" / "stories" / "regles.yml"
    stories.write_text('version: "3.1"\n\nrules:\n' + either + rules, encoding="utf-8")
    declared = "".join(f"  - {name}\n" for name in (*FIXED_NAMES, "nlu_fallback"))
    (folder / "domain.yml").write_text(f'version: "3.1"\n\nintents:\n{declared}', encoding="utf-8")


class Copy:
    """The good project in a folder of its own; texts are replaced once, at their first place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_good(folder)

    def replace(self, file: str, old: str, new: str) -> int:
        """Break a file; return the line where the text was."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def problems(self, today: date = TODAY) -> list[Problem]:
        return check_content(self.folder, today).problems


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture
def expect(copy: Copy) -> Callable[..., None]:
    """Check that the copy has one problem: that file, that line, words of reason and remedy."""

    def check(file: str, line: int, *words: str, today: date = TODAY) -> None:
        (problem,) = copy.problems(today)
        shown = problem.shown().replace("\u00a0", " ")
        assert shown.startswith(f"{file}:{line} : ")
        for word in words:
            assert word in shown
        assert problem.remedy
        assert "\n" not in shown

    return check
