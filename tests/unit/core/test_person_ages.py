"""Whose age is said, and what of a message is about an age."""

import pytest

from accueil.core.person import read_age, read_other_age, without_ages


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("rdv pour mon fils il a 14 ans", None, 14), ("elle a 17 ans", None, 17),
        ("un jeune de 19 ans que j'accompagne", None, 19),
        ("j'ai 45 ans je veux un rdv pour ma fille de 18 ans", 45, 18),
        ("je suis la mere de Lea 17 ans", None, 17), ("ma soeur elle a 16 ans", None, 16),
        ("c pour mon reuf il a 17 piges", None, 17), ("mon frère qui a 20 ans", None, 20),
        ("mon fils agé de 16 ans", None, 16), ("pour ma fille, 17 ans", None, 17),
        ("ma fille Lina a 19 ans", None, 19), ("il va avoir 16 ans", None, 15),
        ("il a bientôt 18 ans", None, 17), ("elle aura 16 ans dans 2 mois", None, 15),
        ("il a 16 ans dans 2 mois", None, 15), ("j'ai 22 ans et une fille de 3 ans", 22, 3),
        ("Enzo a 17 ans", None, 17), ("pour Sarah 18 ans", None, 18),
        ("c'est pour une jeune de 20 ans", None, 20), ("ma pote a 21 ans et moi 19 ans", 19, 21),
        ("la jeune fille a dix-sept ans", None, 17), ("mon ado de 15 ans", None, 15),
        ("je suis une fille de 19 ans", 19, None), ("je suis un jeune de 20 ans", 20, None),
        ("jeune homme de 22 ans cherche taf", 22, None), ("il y a 3 ans", None, None),
        ("elle a 3 ans d'expérience", None, None), ("j'ai 19 ans", 19, None), ("", None, None),
        ("ma mère a 50 ans et moi j'ai 17 ans", 17, 50), ("ca fait 2 ans", None, None),
        ("mon frere a eu un rdv, j'ai 18 ans", 18, None), ("les jeunes de 16 ans", None, None),
        ("j'ai arreté l'école a 16 ans j'ai 18 ans", 18, None),
    ],
)  # fmt: skip
def test_whose_age(text: str, own: int | None, other: int | None) -> None:
    assert (read_age(text), read_other_age(text)) == (own, other)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("j'ai 16 ans dans 2 mois", 15), ("j'aurai 26 dans 2 semaines", 25),
        ("j'aurai 26 ans dans deux semaines", 25), ("dans 2 semaines j'aurai 26 ans", 25),
        ("je fais 18 ans samedi", 17), ("jfais 18 ans en mars", 17),
        ("je vais avoir 16 ans le 12 mars", 15), ("je fête mes 18 ans demain", 17),
        ("j'ai 18 ans le 3 avril", 17), ("j'ai 18 ans demain", 17), ("je vais sur mes 20 ans", 19),
        ("j'ai pas encore 18 ans", 17), ("mes 18 ans c la semaine prochaine", 17),
        ("j'aurai vingt-six ans bientôt", 25), ("dans 2 mois j'ai 16 ans", 15),
        ("j'ai 17 ans en terminale", 17), ("j'ai 19 ans dans le 93", 19),
        ("19 ans en recherche de taf", 19), ("j'ai 20 ans le bac en poche", 20),
        ("j'ai 19 ans demain 14h possible ?", 19), ("j'avais 16 ans", None),
        ("quand j'aurai 26 ans ça s'arrête ?", None), ("depuis mes 16 ans", None),
        ("j'aurai 15 minutes de retard", None), ("j'aurai 20 min de retard", None),
        ("+ de 25 ans", None), ("jeunes de 16 ans", None), ("avant mes 26 ans", None),
    ],
)  # fmt: skip
def test_ages_to_come_and_past(text: str, age: int | None) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("j'aurai 26 ans dans 2 semaines", ""), ("j'aurai 26 dans 2 semaines", ""),
        ("J’ai 17 ans, je veux un rdv mardi", ", je veux un rdv mardi"),
        ("mardi 14h j'ai 19 ans", "mardi 14h"), ("j'ai 16 ans dans 2 mois lundi ok", "lundi ok"),
        ("mon fils il a 14 ans jeudi matin", "mon fils il a jeudi matin"),
        ("il aura 16 ans samedi, ok lundi", "il aura , ok lundi"),
        ("samedi c mon anniv", ""), ("c'est mon anniversaire le 12 mars", ""),
        ("né le 12/03/2006 dispo mardi", "dispo mardi"), ("nee en mars 2006, Évry", ", Évry"),
        ("je fais 18 ans samedi, rdv lundi ?", ", rdv lundi ?"),
        ("ma sœur a 17 ans, Œuvre", "ma sœur a , Œuvre"), ("16-25 ans c'est ça ?", "c'est ça ?"),
        ("dans 2 semaines", "dans 2 semaines"), ("depuis 2 ans", "depuis 2 ans"),
        ("mardi  12 mars", "mardi  12 mars"), ("dans 2 ans", "dans 2 ans"), ("", ""),
        ("j'ai 19 ans demain 14h possible ?", "demain 14h possible ?"),
    ],
)  # fmt: skip
def test_a_text_without_its_ages(text: str, left: str) -> None:
    assert without_ages(text) == left
