"""The normaliser: text-message spelling, class tokens, emoji."""

import pytest

from bot.nlu.normalise import fold, normalise
from bot.nlu.places import mark_places
from bot.nlu.words import char_grams, stem, word_grams


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jsuis", "je suis"),
        ("koi", "quoi"),
        ("pr ki", "pour qui"),
        ("pk", "pourquoi"),
        ("g", "je ai"),
        ("c bi1", "ce est bien"),
        ("2m1", "demain"),
        ("kelkun", "quelque un"),
        ("jcherche", "je cherche"),
        ("jveu", "je veux"),
        ("j’ai", "je ai"),
        ("l'appart", "le appartement"),
        ("qu'il", "que il"),
        ("rendez-vous", "rdv"),
        ("rendez vous", "rdv"),
        ("RDV", "rdv"),
        ("un rdv svp", "un rdv svp"),
        ("s'il vous plaît", "svp"),
        ("yoooo", "yo"),
        ("👍", "oui daccord"),
        ("👍🏽", "oui daccord"),
        ("❌", "non"),
        ("🏠", "maison logement"),
        ("🦷", "dent dentiste"),
        ("💸", "argent"),
        ("14h30", "_heure_"),
        ("14 h", "_heure_"),
        ("10:15", "_heure_"),
        ("12/05/2027", "_date_"),
        ("3 mai", "_date_"),
        ("le 17", "le _jour_"),
        ("59100", "_postal_"),
        ("06 12 34 56 78", "_telephone_"),
        ("+33612345678", "_telephone_"),
        ("[téléphone]", "_telephone_"),
        ("[numéro incomplet]", "_incomplet_"),
        ("[email]", "_email_"),
        ("lea@exemple.fr", "_email_"),
        ("450 €", "_nombre_ euros"),
        ("19 ans", "_age_ ans"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_a_message_becomes_plain_words(typed: str, meant: str) -> None:
    assert normalise(typed) == meant.split()


def test_ordinary_words_are_left_alone() -> None:
    text = "une sous location avec un jeu vidéo au mois de mai un peu avant la mer"
    assert normalise(text) == text.split()


def test_accents_stay_for_the_vectors_and_fold_for_the_rest() -> None:
    assert normalise("Été à l’hôpital") == ["été", "à", "le", "hôpital"]
    assert fold("Œuvre à l’hôpital") == "oeuvre a l’hopital"


def test_a_very_long_message_is_cut() -> None:
    assert len(normalise("loyer " * 5000)) == 100


def test_stems_bring_forms_of_a_verb_together() -> None:
    assert len({stem(word) for word in ("cherche", "chercher", "cherchais", "cherches")}) == 1
    assert stem("_heure_") == "_heure_"


def test_grams() -> None:
    assert word_grams(["a", "b"]) == ["a", "b", "< a", "a b", "b >"]
    assert char_grams(["ab"]) == [" a", "ab", "b ", " ab", "ab ", " ab "]
    assert char_grams(["_heure_"]) == ["_heure_"]


def test_the_longest_place_is_marked() -> None:
    places = frozenset({"lille", "saint denis", "saint"})
    marked = mark_places(["a", "saint", "denis", "ou", "lille"], places)
    assert marked == ["a", "saint", "denis", "_lieu_", "ou", "lille", "_lieu_"]


@pytest.mark.parametrize("text", ["115", "le 3114 svp", "appelez le 112 !"])
def test_a_helpline_is_not_a_figure_like_another(text: str) -> None:
    assert "_secours_" in normalise(text)


@pytest.mark.parametrize("text", ["1150", "115 euros", "59115", "5"])
def test_other_figures_are_no_helpline(text: str) -> None:
    assert "_secours_" not in normalise(text)
