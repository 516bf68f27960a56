"""What an answer of a theme must have, the links it writes, and what it says to follow-ups."""

import pytest

FILE = "data/nlu/sante.yml"
AGE = "L’aide est ouverte de 16 à 25 ans."
EASY = "        easy: |-\n          Tu peux demander une aide.\n          C’est gratuit\u202f!\n"
PAPERS = "          papiers: |-\n            Prépare ta pièce d’identité.\n"
PAPERS += "            Une photo suffit.\n"


def test_an_answer_of_a_theme_without_an_easy_version(copy, expect):
    line = copy.replace(FILE, EASY, "")
    custom = (copy.folder / FILE).read_text().split("      custom:")[0].count("\n") + 1
    assert custom < line
    expect(FILE, custom, "« utter_sante/aide » n’a pas de version facile à lire", "« easy »")


@pytest.mark.parametrize("nothing", ['        easy: ""\n', "        easy:\n", "        easy: 3\n"])
def test_an_easy_version_left_empty(copy, expect, nothing):
    line = copy.replace(FILE, EASY, nothing)
    expect(FILE, line, "n’a pas de version facile à lire")


def test_an_answer_of_a_theme_without_a_button(copy, expect):
    path = copy.folder / FILE
    before, rest = path.read_text(encoding="utf-8").split("      buttons:\n")
    path.write_text(before + "      custom:" + rest.split("      custom:")[1], encoding="utf-8")
    line = before.split("    - text:")[0].count("\n") + 1
    expect(FILE, line, "« utter_sante/aide » n’a pas de bouton", "« buttons »")


def test_an_answer_of_no_theme_needs_neither(copy):
    (copy.folder / "data/nlu/autres.yml").write_text(
        "responses:\n  utter_merci:\n    - text: Avec plaisir.\n", encoding="utf-8"
    )
    assert copy.problems() == []


# Links and braces, in every text


@pytest.mark.parametrize(
    "old", ["c’est simple.", "C’est gratuit\u202f!", AGE, "Une photo suffit.", "L’aide, expliquée"]
)
@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("va sur http://a.example/x", "« http://a.example/x » ne commence pas par https://"),
        ("va sur HTTP://a.example", "« HTTP://a.example » ne commence pas par https://"),
        ("va {ici", "Une accolade dans le texte"),
        ("va ici}", "Une accolade dans le texte"),
    ],
)
def test_a_text_with_a_link_or_a_brace_that_breaks(copy, expect, old, new, words):
    expect(FILE, copy.replace(FILE, old, new), words)


# Precisions


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("age: L’aide", "ages: L’aide", ("« ages » répond à une question inconnue", "montant")),
        (AGE, AGE + " C’est oui." * 18 + " Bonjour.", ("« age » a 241 caractères", "240 au plus")),
        (AGE, '""', ("« age » n’a pas de texte", "enlevez la ligne")),
        (AGE, '" "', ("« age » n’a pas de texte",)),
        (AGE, "16", ("« age » n’a pas de texte",)),
        (AGE, "[16, 25]", ("« age » n’a pas de texte",)),
        (AGE, "Oui" + " et puis" * 15, ("« age » a des phrases de 31 mots", "25 au plus")),
        (
            AGE,
            "La réglementation conditionne réellement l’attribution. " * 4,
            ("« age » est difficile à lire", "moins de 50"),
        ),
        (AGE, "L'aide existe.", ("Apostrophe droite",)),
        ("Une photo suffit.", "Une photo suffit !", ("Espace ordinaire avant un signe double",)),
    ],
)
def test_a_precision_that_cannot_be_shown(copy, expect, old, new, words):
    expect(FILE, copy.replace(FILE, old, new), *words)


@pytest.mark.parametrize("new", [" oui", "\n          - age", ""])
def test_precisions_that_are_no_mapping(copy, expect, new):
    old = f"precisions:\n          age: {AGE}\n{PAPERS}"
    expect(FILE, copy.replace(FILE, old, f"precisions:{new}\n"), "suite de clés", "age, montant")


def test_precisions_are_optional_and_may_have_240_characters(copy):
    copy.replace(FILE, AGE, AGE + " C’est oui." * 18 + " Promis.")
    copy.replace("data/nlu/emploi.yml", f"        precisions:\n          age: {AGE}\n{PAPERS}", "")
    assert copy.problems() == []
