"""What a written answer says: until when, on which point, and for somebody of which place."""

from datetime import date
from typing import Any

import pytest

from accueil.core.answers import FACETS, PLACE_SLOTS, Answer, Variant

ARTOIS, NORD, HAUTS = "Mission Locale de l’Artois", "59", "Hauts-de-France"
BY_PLACE = {
    "mission_locale": Variant("texte de l’Artois", where={"mission_locale": ARTOIS}),
    "departement": Variant("texte du Nord", where={"departement": NORD}),
    "region": Variant("texte des Hauts-de-France", where={"region": HAUTS}),
}
FOR_ALL = Variant("texte pour tout le monde")
HERE = {"mission_locale": ARTOIS, "departement": NORD, "region": HAUTS}
ELSEWHERE = {"mission_locale": "Mission Locale de Lyon", "departement": "69", "region": "Corse"}


def answer(*variants: Variant) -> Answer:
    return Answer("logement/apl", "Comment avoir les APL ?", variants)


def said(*variants: Variant, **place: str) -> str:
    return answer(*variants).for_place(place).text


# Until when


@pytest.mark.parametrize(
    ("today", "expired"),
    [
        (date(2027, 3, 30), False),
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
        (date(2028, 1, 1), True),
    ],
)
@pytest.mark.parametrize("written", ["2027-03-31", date(2027, 3, 31)])
def test_an_answer_is_good_until_the_end_of_its_day(
    today: date, expired: bool, written: Any
) -> None:
    assert Variant("x", card={"expires_on": written}).is_expired(today) is expired


@pytest.mark.parametrize("card", [{}, {"expires_on": None}, {"expires_on": ""}])
def test_an_answer_without_a_date_does_not_expire(card: dict[str, Any]) -> None:
    assert Variant("x", card=card).is_expired(date(2099, 1, 1)) is False


def test_each_variant_has_its_own_date() -> None:
    local = Variant("x", card={"expires_on": "2026-01-01"}, where={"departement": NORD})
    general = Variant("y", card={"expires_on": "2027-01-01"})
    both, today = answer(local, general), date(2026, 6, 1)
    assert both.for_place({"departement": NORD}).is_expired(today)
    assert not both.for_place({"departement": "69"}).is_expired(today)


# On which point

APL = (
    "L’APL aide à payer le loyer. Tu peux l’avoir dès 18 ans\u202f! Elle dépend de tes revenus.\n"
    "La demande se fait sur caf.fr. Elle arrive après un mois. Avant 18 ans, demande à la Caf. "
    "Tu auras 21 ans un jour."
)


def test_what_is_written_on_a_point_comes_first() -> None:
    variant = Variant(APL, card={"precisions": {"age": "Il n’y a pas d’âge."}})
    assert variant.about("age") == "Il n’y a pas d’âge."


def test_a_precision_on_another_point_does_not_serve() -> None:
    variant = Variant("C’est simple.", card={"precisions": {"age": "Il n’y a pas d’âge."}})
    assert variant.about("montant") == ""


@pytest.mark.parametrize("precisions", [None, {}, {"age": ""}, {"age": None}])
def test_else_its_own_sentences_on_the_point_two_at_most(precisions: Any) -> None:
    variant = Variant(APL, card={"precisions": precisions})
    assert variant.about("age") == (
        "Tu peux l’avoir dès 18 ans\u202f! Avant 18 ans, demande à la Caf."
    )


def test_else_nothing() -> None:
    assert Variant(APL).about("etranger") == ""
    assert Variant("").about("age") == ""


SPOKEN = [
    ("age", "Il faut être majeur.", "Elle habite dans la région."),
    ("montant", "Ça coûte 12 €.", "Tous les pays d’Europe."),
    ("montant", "C’est GRATUIT.", "C’est pratique."),
    ("papiers", "Prends une pièce d’identité.", "Prends ton temps."),
    ("delai", "Compte trois semaines.", "Compte sur nous."),
    ("demarche", "Va sur service-public.fr.", "Va à la mairie."),
    ("demarche", "Remplis le formulaire.", "Rien à faire."),
    ("apprenti", "Les alternants y ont droit.", "Apprendre, ça aide."),
    ("etudiant", "Demande au Crous.", "On étudie ton cas."),
    ("etranger", "Avec un titre de séjour.", "Avec une carte."),
    ("cumul", "Tu peux l’avoir en même temps que le RSA.", "Tu peux l’avoir."),
]


@pytest.mark.parametrize(("facet", "speaks", "is_silent"), SPOKEN)
def test_how_a_sentence_speaks_of_a_point(facet: str, speaks: str, is_silent: str) -> None:
    assert Variant(f"{is_silent} {speaks} {is_silent}").about(facet) == speaks


def test_every_point_is_tried() -> None:
    assert {facet for facet, _, _ in SPOKEN} == set(FACETS)


def test_the_card_leaves_without_what_serves_follow_ups_only() -> None:
    card = {"card": "source", "title": "L’APL", "precisions": {"age": "18 ans"}}
    variant = Variant(APL, card=card)
    assert variant.shown_card() == {"card": "source", "title": "L’APL"}
    assert variant.about("age") == "18 ans"


# For somebody of which place


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_the_most_precise_place_wins_whatever_the_order(first: int) -> None:
    variants = [*BY_PLACE.values(), FOR_ALL]
    turned = [*variants[first:], *variants[:first]]
    assert said(*turned, **HERE) == "texte de l’Artois"
    assert said(*turned, **HERE | {"mission_locale": ""}) == "texte du Nord"
    assert said(*turned, region=HAUTS) == "texte des Hauts-de-France"
    assert said(*turned) == FOR_ALL.text


@pytest.mark.parametrize("slot", PLACE_SLOTS)
def test_case_does_not_matter(slot: str) -> None:
    assert said(FOR_ALL, BY_PLACE[slot], **{slot: HERE[slot].upper()}) == BY_PLACE[slot].text


@pytest.mark.parametrize("place", [{}, ELSEWHERE, {"departement": "5"}, {"departement": "590"}])
def test_never_a_variant_of_another_place(place: dict[str, str]) -> None:
    assert said(*BY_PLACE.values(), FOR_ALL, **place) == FOR_ALL.text


def test_two_places_are_told_apart() -> None:
    lyon = Variant("texte du Rhône", where={"departement": "69"})
    both = (BY_PLACE["departement"], lyon, FOR_ALL)
    assert [said(*both, departement=one) for one in (NORD, "69", "75")] == [
        "texte du Nord",
        "texte du Rhône",
        FOR_ALL.text,
    ]


def test_a_variant_with_two_conditions_needs_both() -> None:
    both = Variant("les deux", where={"departement": NORD, "region": HAUTS})
    assert said(FOR_ALL, both, departement=NORD, region=HAUTS) == "les deux"
    assert said(FOR_ALL, both, departement=NORD) == FOR_ALL.text
    assert said(FOR_ALL, both, region=HAUTS) == FOR_ALL.text


def test_of_several_for_everybody_the_first() -> None:
    other = Variant("un autre texte")
    assert said(FOR_ALL, other) == FOR_ALL.text
    assert said(other, FOR_ALL) == other.text
    assert said(BY_PLACE["region"], other, FOR_ALL, **ELSEWHERE) == other.text


def test_a_condition_on_anything_else_is_less_precise_than_a_place() -> None:
    other = Variant("en anglais", where={"langue": "en"})
    assert said(other, BY_PLACE["region"], region=HAUTS, langue="en") == BY_PLACE["region"].text


def test_an_answer_is_local_when_a_variant_is() -> None:
    assert answer(FOR_ALL, BY_PLACE["region"]).is_local
    assert not answer(FOR_ALL, FOR_ALL).is_local


def test_the_theme_is_the_first_half_of_the_key() -> None:
    assert answer(FOR_ALL).theme == "logement"
