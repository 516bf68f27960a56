"""Age, first name and disability in young people's words."""

import pytest

from accueil.core.person import is_eligible, mentions_disability, read_age, read_first_name


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("j'ai 17 ans", 17), ("jai 17ans", 17), ("g 19 ans", 19), ("G19ANS", 19),
        ("j ai 18 ans", 18),
        ("J’ai 20 ans", 20), ("17 ans", 17), ("19 piges", 19), ("j'ai 22 balais", 22),
        ("Lina, 20 ans, Lyon", 20), ("je viens d'avoir 18 ans", 18), ("j'ai bientôt 26 ans", 25),
        ("agée de 21 ans", 21), ("j'ai 25 ans et demi", 25), ("j'ai 30 ans", 30),
        ("j'ai quitté l'école il y a 3 ans, j'ai 20 ans", 20), ("depuis 2 ans, 19 ans", 19),
        ("j'ai dix-sept ans", 17), ("dix neuf ans", 19), ("vingt ans", 20), ("vingt et un ans", 21),
        ("vingt-cinq ans", 25), ("seize ans", 16),
        ("j'ai 16 ans mais le cej c'est 16-25 ans ?", 16),
        ("ma limite c 25 ans et moi j'ai 24 ans", 24),
    ],
)  # fmt: skip
def test_ages(text: str, age: int) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "", "bonjour", "j'ai 17", "j'ai 3 ans d'expérience", "ça fait 12 ans", "depuis 15 ans",
        "il y a 10 ans", "dans 20 ans", "pour les 16-25 ans", "c'est pour les 16 25 ans ?",
        "de 16 à 25 ans", "entre 16 et 25 ans", "moins de 26 ans", "plus de 25 ans ça marche ?",
        "jusqu'à 25 ans", "jusqu'a 29 ans", "à partir de 16 ans", "j'ai arrêté l'école à 16 ans",
        "j'ai 12 ans de foot", "faut avoir 18 ans ?", "j'ai 5 ans", "j'ai 100 ans", "rdv le 17",
    ],
)  # fmt: skip
def test_what_is_not_the_writer_s_age(text: str) -> None:
    assert read_age(text) is None


@pytest.mark.parametrize(
    ("age", "disability", "eligible"),
    [
        (15, False, False), (16, False, True), (25, False, True), (26, False, False),
        (26, True, True), (29, True, True), (30, True, False), (15, True, False),
        (None, False, True), (None, True, True),
    ],
)  # fmt: skip
def test_who_is_received(age: int | None, disability: bool, eligible: bool) -> None:
    assert is_eligible(age, disability) is eligible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("j'ai la RQTH", True), ("je suis handicapé", True), ("dossier MDPH en cours", True),
        ("je touche l'aah", True), ("situation de handicap", True), ("non", False),
        ("aahhh", False),
        ("", False),
    ],
)  # fmt: skip
def test_disability(text: str, said: bool) -> None:
    assert mentions_disability(text) is said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("je m'appelle Lina", "Lina"), ("jm'appelle sacha", "Sacha"), ("jmappel karim", "Karim"),
        ("je m’appelle éloïse", "Éloïse"), ("mon prénom c'est Noé", "Noé"),
        ("moi c'est Inès", "Inès"),
        ("prénom : Jean-Paul", "Jean-Paul"), ("mon prenom est LINA", "Lina"),
        ("slt je m'appelle Lina et jcherche un taf", "Lina"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("expected", [True, False])
def test_an_introduction_gives_a_name(text: str, name: str, expected: bool) -> None:
    assert read_first_name(text, expected=expected) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lina", "Lina"), ("lina diallo", "Lina"), ("Lina, [téléphone]", "Lina"),
        ("Lina !", "Lina"),
        ("[téléphone] Lina", "Lina"), ("jean-paul", "Jean-Paul"), ("c'est lina", "Lina"),
        ("[email]", ""), ("oui", ""), ("ok merci", ""), ("", ""), ("???", ""), ("12", ""),
        ("a", ""),
        ("je préfère pas le donner parce que", ""),
    ],
)  # fmt: skip
def test_bare_words_are_a_name_only_when_one_is_expected(text: str, name: str) -> None:
    assert read_first_name(text, expected=True) == name
    assert read_first_name(text, expected=False) == ""


@pytest.mark.parametrize(
    "text", ["c'est urgent", "je suis perdu", "c'est possible ?", "je suis en galère", "je cherche"]
)
def test_nobody_is_called_urgent(text: str) -> None:
    assert read_first_name(text, expected=False) == ""
