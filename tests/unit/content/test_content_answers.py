"""What is shown to the young: length, level, typography, buttons."""

import pytest

from accueil.content.reading_level import reading_level

FILE = "data/nlu/sante.yml"
SHORT = "C’est simple et gratuit. "


def test_a_long_answer(copy, expect):
    line = copy.replace(FILE, "c’est simple.", "c’est simple. " + SHORT * 24)
    expect(FILE, line, "La réponse a 6", "600 au plus")


def test_an_answer_of_600_characters(copy):
    copy.replace(FILE, "c’est simple.", "c’est simple. " + SHORT * 19)
    assert copy.problems() == []


def test_a_long_easy_version(copy, expect):
    line = copy.replace(FILE, "une aide.\n", "une aide. " + SHORT * 14 + "\n") - 1
    expect(FILE, line, "facile à lire a 393", "350 au plus")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("et puis " * 60 + "c’est fini.", "mots en moyenne"),
        (
            "La réglementation administrative conditionne réellement l’attribution. " * 4,
            "difficile",
        ),
    ],
)
def test_a_text_that_is_hard_to_read(copy, expect, new, words):
    line = copy.replace(FILE, "Voici ce que tu peux faire\u202f: c’est simple.", new)
    expect(FILE, line, words)


def test_an_easy_version_that_is_hard_to_read(copy, expect):
    hard = "Chaque personne handicapée demande cette prestation au conseil départemental. "
    line = copy.replace(FILE, "Tu peux demander une aide.", hard * 3) - 1
    expect(FILE, line, "La version facile à lire est difficile", "moins de 40")


def test_the_reading_level_is_bjornsson_s():
    level = reading_level("Un chat dort. Il mange beaucoup de croquettes\u00a0! Voilà")
    assert level.words == 9
    assert level.mean_sentence == 3
    assert level.lix == pytest.approx(3 + 100 * 2 / 9)
    assert reading_level("").lix == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("faire\u202f: c’est", "faire : c’est", "Espace ordinaire avant un signe double"),
        ("c’est simple.", "c’est simple ?", "Espace ordinaire avant un signe double"),
        ("c’est simple.", "c’est simple ;", "Espace ordinaire avant un signe double"),
        ("c’est simple.", "c’est simple !", "Espace ordinaire avant un signe double"),
        ("c’est simple.", "c’est simple?", "Pas d’espace avant un signe double"),
        ("On t’explique", "On t'explique", "Apostrophe droite"),
        ("«\u00a0aide", "« aide", "insécable après le guillemet"),
        ("«\u00a0aide", "«aide", "insécable après le guillemet"),
        ("\u00a0» à", " » à", "Espace ordinaire avant un signe double"),
        ("\u00a0» à", "» à", "insécable avant le guillemet"),
        ("C’est gratuit\u202f!", "C’est gratuit !", "Espace ordinaire avant un signe double"),
        ("C’est gratuit\u202f!", "C'est gratuit\u202f!", "Apostrophe droite"),
        ("L’aide, expliquée", "L'aide, expliquée", "Apostrophe droite"),
        ("Et ensuite\u202f?", "Et ensuite ?", "Espace ordinaire avant un signe double"),
        ("Voici ce", "Voici {ce}", "accolade"),
    ],
)
def test_typography(copy, expect, old, new, words):
    line = copy.replace(FILE, old, new)
    # A button is told by the line of its payload, the one below.
    expect(FILE, line + (old.startswith("Et ensuite")), words)


def test_addresses_and_hours_are_not_faults(copy):
    copy.replace(FILE, "c’est simple.", "va sur https://a.example/x?y=1 à 10:30.")
    assert copy.problems() == []


# Buttons


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Question 1 sur logement/visale", "Une autre question", "l’exemple d’aucune fiche"),
        ("payload: /prendre_rdv", "payload: /prendre_un_rdv", "« prendre_un_rdv », qui n’existe"),
        ("payload: /prendre_rdv", "payload: /sante/autre", "« sante/autre », qui n’existe pas"),
        (
            "payload: /prendre_rdv",
            'payload: \'/prendre_rdv{"motif": "sante"}\'',
            "« /prendre_rdv »",
        ),
        ("payload: /prendre_rdv", "payload: /", "qui n’existe pas"),
    ],
)
def test_where_a_button_leads(copy, expect, old, new, words):
    expect(FILE, copy.replace(FILE, old, new), words)


def test_a_payload_with_data_and_no_quotes_is_no_yaml(copy, expect):
    new = 'payload: /prendre_rdv{"motif": "sante"}'
    expect(FILE, copy.replace(FILE, "payload: /prendre_rdv", new), "YAML", "guillemets")


def test_the_title_of_a_button_is_short(copy, expect):
    line = copy.replace(FILE, "title: Prendre rendez-vous", "title: Prendre un rendez-vous tout d")
    expect(FILE, line + 1, "28 au plus", "a 29 caractères")


def test_a_button_may_lead_to_a_fiche_or_to_an_example_written_otherwise(copy):
    copy.replace(FILE, "payload: /prendre_rdv", "payload: /sante/aide")
    copy.replace(FILE, "Question 1 sur logement/visale", "question 1, sur logement/visale ?")
    assert copy.problems() == []
