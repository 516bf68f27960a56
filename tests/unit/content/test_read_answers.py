"""The written answers as the assistant reads them, with the variants of some places."""

from pathlib import Path

import pytest

from accueil.content.answers import read_answers
from accueil.core.answers import PLACE_SLOTS, Answer, Variant
from accueil.settings import ROOT

FILE = """\
version: "3.1"

nlu:
  - intent: logement/apl
    examples: |
      - Comment avoir les APL ?
      - aide de la caf
  - synonym: Lille
    examples: |
      - lille
  - intent: logement/fsl
    examples: |

      - c'est quoi le FSL

responses:
  utter_logement/apl:
    - condition:
        - type: slot
          name: departement
          value: "01"
      text: Dans l’Ain.
      custom:
        expires_on: "2027-01-31"
    - condition:
        - type: slot
          name: region
          value: Corse
        - type: slot
          name: departement
          value: "2A"
      text: En Corse-du-Sud.
    - text: Partout.
      buttons:
        - title: Prendre rendez-vous
          payload: /prendre_rdv
      custom:
        expires_on: "2027-03-31"
  utter_logement/fsl:
    - text: Le FSL aide.
      custom:
        card: source
  utter_logement/visale:
    - text: Visale est un garant.
      custom:
        card: source
  utter_logement/sans_source:
    - text: Sans source.
  utter_bonjour:
    - text: Bonjour.
      custom:
        card: source
"""


@pytest.fixture
def answers(tmp_path: Path) -> dict[str, Answer]:
    (tmp_path / "logement.yml").write_text(FILE, encoding="utf-8")
    return {one.key: one for one in read_answers(tmp_path)}


def test_answers_of_themes_with_a_source_in_the_order_of_the_file(
    answers: dict[str, Answer],
) -> None:
    assert list(answers) == ["logement/apl", "logement/fsl", "logement/visale"]


def test_the_title_is_the_first_example_else_the_key(answers: dict[str, Answer]) -> None:
    assert [one.title for one in answers.values()] == [
        "Comment avoir les APL ?",
        "c'est quoi le FSL",
        "logement/visale",
    ]


def test_conditions_become_the_places_of_a_variant(answers: dict[str, Answer]) -> None:
    assert answers["logement/apl"].variants == (
        Variant(
            "Dans l’Ain.",
            (),
            {"expires_on": "2027-01-31", "key": "logement/apl"},
            {"departement": "01"},
        ),
        Variant("En Corse-du-Sud.", (), {}, {"region": "Corse", "departement": "2A"}),
        Variant(
            "Partout.",
            ({"title": "Prendre rendez-vous", "payload": "/prendre_rdv"},),
            {"expires_on": "2027-03-31", "key": "logement/apl"},
        ),
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({"departement": "01", "region": "Auvergne-Rhône-Alpes"}, "Dans l’Ain."),
        ({"departement": "2a", "region": "Corse"}, "En Corse-du-Sud."),
        ({"departement": "2B", "region": "Corse"}, "Partout."),
        ({}, "Partout."),
    ],
)
def test_a_variant_serves_its_place_alone(
    answers: dict[str, Answer], place: dict[str, str], text: str
) -> None:
    assert answers["logement/apl"].for_place(place).text == text


def test_only_answers_with_conditions_are_local(answers: dict[str, Answer]) -> None:
    assert [one.is_local for one in answers.values()] == [True, False, False]


def test_one_source_among_the_variants_is_enough(tmp_path: Path) -> None:
    only_local = FILE.replace('      custom:\n        expires_on: "2027-03-31"\n', "")
    (tmp_path / "logement.yml").write_text(only_local, encoding="utf-8")
    assert read_answers(tmp_path)[0].key == "logement/apl"


@pytest.mark.parametrize("text", ["", "# rien\n", 'version: "3.1"\nnlu:\nresponses:\n'])
def test_a_file_without_answers(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("logement", encoding="utf-8")
    assert len(read_answers(tmp_path)) == 3


def test_files_come_by_name(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "a.yml").write_text(FILE.replace("logement/", "sante/"), encoding="utf-8")
    assert [one.theme for one in read_answers(tmp_path)] == ["sante"] * 3 + ["logement"] * 3


def test_every_answer_of_the_product_has_a_text_for_everybody_and_places_that_exist() -> None:
    answers = read_answers(ROOT / "data" / "nlu")
    assert len(answers) > 100
    for answer in answers:
        assert any(not variant.where for variant in answer.variants), answer.key
        for variant in answer.variants:
            assert set(variant.where) <= set(PLACE_SLOTS), answer.key
            assert variant.text
        assert answer.title != answer.key
