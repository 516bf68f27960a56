"""First names, and the many words that are none."""

import pytest

from accueil.core.person import read_first_name
from accueil.core.person.name_words import first_names
from accueil.core.text import fold


@pytest.mark.parametrize(
    "text",
    [
        "ta gueule", "je suis enceinte", "sourd", "je suis sourde", "stressé", "étudiant", "mdr",
        "mdrrr", "jsp", "heu", "att", "loin", "trop", "énerver", "roubaix c mieux", "messages",
        "quand", "quand ?", "enceinte", "dépressif", "j'ai un cancer", "je suis séropositif",
        "bipolaire", "je suis autiste", "Handicapée", "fdp", "ferme ta gueule Karim",
        "nique ta mère", "gros con", "connard", "wesh frère", "tkt", "jsuis vénère", "Lille",
        "roubaix", "Tourcoing", "Marseille", "nord", "mardi", "demain", "aprem", "c nul",
        "c claire", "c chaud", "moi c mieux le matin", "c'est urgent", "je suis libre",
        "Fatiguée", "je suis marie", "musulmane", "tdah",
        "drépanocytose", "jdors", "perdue", "je suis timide", "mineur", "majeure", "célibataire",
        "maman", "mon père", "mon numéro c'est", "appelle moi", "personne", "anonyme",
        "je sais pas", "je suis la mère de Roubaix",
        "pourquoi faire", "pas envie", "c'est privé", "secret", "aucun", "je préfère pas",
        "Bonsoir", "merci beaucoup", "s'il te plaît", "l'argent", "rendez-vous", "peut-être",
        "je m'appelle pas", "elle s'appelle comment", "mon conseiller s'appelle Marc",
        "ma conseillère elle s'appelle Julie", "formation coiffure", "un taf", "Intérimaire",
        "boulanger", "mécanicien", "garantie jeunes", "handicap", "solitude", "anxieuse",
        "chômage", "hébergé", "au nom de ma fille", "je suis la mère de deux enfants",
        "je suis maman d'un petit", "zzzz", "azerty", "prénom ?", "😭", "😭😭", "hmmmm", "?",
        "rien à foutre", "je suis claire avec vous", "parce que", "ok go", "inscrit", "relou",
        "je suis marocain", "oui c'est ça", "c'est moi", "flemme",
    ],
)  # fmt: skip
@pytest.mark.parametrize("expected", [True, False])
def test_what_is_no_first_name(text: str, expected: bool) -> None:
    assert read_first_name(text, expected=expected) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nour ok go", "Nour"), ("Oui c'est Ouidad", "Ouidad"), ("c nour", "Nour"),
        ("Nathan D [téléphone] et je veux un rdv mardi", "Nathan"), ("Rose", "Rose"),
        ("Nathan D 06 39 98 00 00 et je veux un rdv", "Nathan"), ("Claire", "Claire"),
        ("je suis Karim", "Karim"), ("jsuis lina", "Lina"), ("ici Mehdi", "Mehdi"),
        ("appelez moi Karim", "Karim"),
        ("Lina, 19 ans, [email]", "Lina"), ("ok alors Yanis", "Yanis"), ("Ouidad", "Ouidad"),
        ("Tchekou", "Tchekou"), ("oui moi c Aïcha", "Aïcha"), ("Marie-Lou", "Marie-Lou"),
        ("DIALLO Lina", "Lina"), ("lina diallo", "Lina"), ("Kenzo martin", "Kenzo"),
        ("[téléphone] Inès merci", "Inès"), ("Sarah j'habite à Lille", "Sarah"),
        ("Karim mon num c [téléphone]", "Karim"), ("c'est Jean-Paul", "Jean-Paul"),
        ("Ouidad [téléphone]", "Ouidad"), ("pour Sarah", "Sarah"), ("N'Golo", "N'golo"),
        ("Şeyma", "Şeyma"), ("Łucja", "Łucja"), ("Олена", "Олена"), ("lina 😊", "Lina"),
        ("Lina stp", "Lina"), ("bonjour, Lina", "Lina"), ("Enzo.", "Enzo"), ("*Lina*", "Lina"),
        ("Lina, je suis enceinte", "Lina"), ("fatou", "Fatou"), ("Wassila B.", "Wassila"),
    ],
)  # fmt: skip
def test_a_name_given_when_asked(text: str, name: str) -> None:
    assert read_first_name(text, expected=True) == name
    assert read_first_name(text, expected=False) in ("", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("il s'appelle Enzo, mettez mon numéro", "Enzo"), ("elle s'appelle Lou", "Lou"),
        ("je suis la mere de Lea 17 ans", "Lea"), ("au nom de Sarah", "Sarah"),
        ("moi c Yanis", "Yanis"), ("prénom : Inès", "Inès"), ("prenom inès", "Inès"),
        ("ma fille s'appelle Lou", "Lou"), ("mon fils il s'appelle Adam il a 17 ans", "Adam"),
        ("je suis le père d'Inès", "Inès"), ("nom : Diallo prénom : Lina", "Lina"),
        ("je m'appelle Nadia je veux un rdv pour ma fille elle s'appelle Lou", "Lou"),
        ("je m'appelle Lina et ma pote elle s'appelle Sarah", "Lina"),
        ("un rdv pour Sarah", "Sarah"), ("un rdv pour mon fils Enzo", "Enzo"),
        ("jmapel ouidad", "Ouidad"), ("je mappelle Kévin", "Kévin"), ("moi c'est Rose", "Rose"),
        ("j'ai 17 ans je m'appelle Noa", "Noa"), ("je me nomme Aya", "Aya"),
        ("je m'appelle Lina, j'ai une fille elle s'appelle Lou elle a 2 ans", "Lina"),
        ("j'ai une fille elle s'appelle Lou elle a 2 ans", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("expected", [True, False])
def test_a_name_introduced(text: str, name: str, expected: bool) -> None:
    assert read_first_name(text, expected=expected) == name


def test_the_list_is_folded_and_large() -> None:
    names = first_names()
    assert len(names) > 2_000
    assert all(name == fold(name) and name.isalpha() for name in names)
