"""A good copy passes; a copy broken in one way is told where, why and what to do."""

from datetime import date

import pytest

from accueil.content.check import check_content
from accueil.settings import ROOT

LOGEMENT = "data/nlu/logement.yml"
SANTE = "data/nlu/sante.yml"
TALK = "data/nlu/conversation.yml"


def test_the_good_copy_has_no_problem(copy):
    assert copy.problems() == []


def test_the_product_s_own_content_has_no_problem():
    assert [one.shown() for one in check_content(ROOT, date(2026, 11, 23)).problems] == []


# Files


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    examples: |\n", "    examples: |\n   - de travers\n", "YAML"),
        ("  - intent: sante/aide", "  - intent: sante/aide: deux", "YAML"),
        ("  - intent: sante/aide", "\t- intent: sante/aide", "YAML"),
        ('checked_on: "2026', 'checked_on: 2026"', None),
        ('checked_on: "2026-08-31"', 'checked_on: "2026-08-31', "YAML"),
        ("      custom:", "      custom:\n        url: x\n        url: y", "deux fois"),
    ],
)
def test_a_file_that_is_no_yaml(copy, old, new, words):
    line = copy.replace(SANTE, old, new)
    first = copy.problems()[0]
    assert first.place.file == SANTE
    assert first.place.line >= line
    if words:
        assert len(copy.problems()) == 1
        assert words in first.reason


def test_the_line_of_a_yaml_error(copy, expect):
    line = copy.replace(SANTE, "        card: source", "       card: source")
    expect(SANTE, line + 1, "YAML", "celle d’avant")


def test_a_file_that_is_not_utf8(copy, expect):
    path = copy.folder / SANTE
    path.write_bytes(path.read_bytes().replace("équipe".encode(), "équipe".encode("latin-1")))
    line = path.read_bytes().split(b"\xe9")[0].count(b"\n") + 1
    expect(SANTE, line, "UTF-8")


def test_a_missing_domain(copy, expect):
    (copy.folder / "domain.yml").unlink()
    expect("domain.yml", 1, "absent")


@pytest.mark.parametrize(
    "content", ["", "bonjour\n", "- a\n- b\n", "nlu: bonjour\n", "nlu:\n- a\n"]
)
def test_a_file_of_another_shape(copy, content):
    (copy.folder / "data/nlu/autre.yml").write_text(content)
    (problem,) = copy.problems()
    assert problem.place.file == "data/nlu/autre.yml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("intent: sante/aide", "intention: sante/aide", "« intent »"),
        ("    examples: |", "    exemples: |", "« examples »"),
        ("    - text: |-", "    - texte: |-", "« text »"),
        ("        - title: Prendre rendez-vous\n", "        - titre: Prendre\n", "« title »"),
        (
            "      custom:\n        card: source",
            "      custom: source\n      x:\n",
            "suite de clés",
        ),
        ("      - Question 2 ", "      Question 2 ", "tiret"),
    ],
)
def test_a_key_that_is_not_the_expected_one(copy, old, new, words):
    line = copy.replace(SANTE, old, new)
    (found,) = [one for one in copy.problems() if words in one.shown().replace("\u00a0", " ")][:1]
    assert found.place.file == SANTE
    assert line - 2 <= found.place.line <= line + 1


# Examples


@pytest.mark.parametrize(
    "twin",
    [
        "Question 1 sur logement/aide",
        "question 1 sur LOGEMENT/aide !",
        "Quéstion 1, sur logement aide ?",
        "Question 1 sur [logement](motif)/aide",
    ],
)
@pytest.mark.parametrize("file", [LOGEMENT, SANTE])
def test_an_example_twice(copy, expect, twin, file):
    name = file.split("/")[2].removesuffix(".yml")
    line = copy.replace(file, f"Question 7 sur {name}/aide", twin)
    expect(file, line, "déjà dans « logement/aide »", f"{LOGEMENT}, ligne 6", "un seul endroit")


def test_two_fiches_of_a_theme_with_the_same_first_example(copy, expect):
    copy.replace(LOGEMENT, "Question 1 sur logement/aide", "Question 1 sur logement/visale")
    text = (copy.folder / LOGEMENT).read_text()
    line = text.split("- intent: logement/visale")[0].count("\n") + 3
    expect(LOGEMENT, line, "déjà dans « logement/aide »", "ligne 6", "un seul endroit")


def test_emoji_and_signs_are_not_the_same_example(copy):
    for number, text in enumerate(["👋", "👋😊", "a+", "a", "?", "!"], start=1):
        copy.replace(SANTE, f"Question {number} sur sante/aide", text)
    assert copy.problems() == []


def test_a_fiche_with_few_examples(copy, expect):
    copy.replace(SANTE, "      - Question 25 sur sante/aide\n", "")
    expect(SANTE, 4, "« sante/aide »", "24 exemples", "au moins 25")


@pytest.mark.parametrize(("count", "is_good"), [(19, False), (20, True)])
def test_a_fiche_that_is_of_no_theme_needs_fewer_examples(copy, expect, count, is_good):
    lines = "".join(f"      - bonjour {number}\n" for number in range(count))
    text = f"nlu:\n  - intent: salutation/bonjour\n    examples: |\n{lines}"
    text += "responses:\n  utter_salutation/bonjour:\n    - text: Bonjour.\n"
    (copy.folder / "data/nlu/bonjour.yml").write_text(text)
    if is_good:
        assert copy.problems() == []
    else:
        expect("data/nlu/bonjour.yml", 2, "« salutation/bonjour »", "19 exemples", "au moins 20")


def test_an_intent_that_is_no_fiche_may_have_few(copy):
    copy.replace(TALK, "      - Question 3 sur salutation\n", "")
    assert copy.problems() == []


@pytest.mark.parametrize(
    "text", ["appelle le 06 39 98 12 34", "+33639981234", "mon 06 c'est 0639981", "a.b@c.example"]
)
def test_somebody_s_number_in_an_example(copy, expect, text):
    line = copy.replace(TALK, "Question 1 sur salutation", text)
    expect(TALK, line, "téléphone ou une adresse", "[téléphone]")


def test_tokens_postal_codes_and_helplines_are_nobody_s_number(copy):
    for number, text in enumerate(["mon num [téléphone]", "j'habite 59100", "le 3114"], start=1):
        copy.replace(TALK, f"Question {number} sur salutation", text)
    assert copy.problems() == []
