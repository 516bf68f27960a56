"""Intents, fiches, answers and rules name each other."""

import pytest

from accueil.content.check_names import FIXED_NAMES

SANTE = "data/nlu/sante.yml"
TALK = "data/nlu/conversation.yml"
RULES = "data/stories/regles.yml"


def test_an_intent_without_a_rule(copy, expect):
    copy.replace(RULES, "      - intent: detresse\n", "      - intent: hors_sujet\n")
    line = (copy.folder / TALK).read_text().split("intent: detresse")[0].count("\n") + 1
    expect(TALK, line, "« detresse » n’a ni règle ni histoire", "data/stories")


def test_a_fiche_without_a_response(copy):
    line = copy.replace(SANTE, "  utter_sante/aide:", "  utter_sante/autre:")
    without, orphan = copy.problems()
    assert "« sante/aide » n’a pas de réponse" in without.shown().replace("\u00a0", " ")
    assert (without.place.file, without.place.line) == (SANTE, 4)
    assert "« utter_sante/autre » n’a pas d’exemples" in orphan.shown().replace("\u00a0", " ")
    assert (orphan.place.file, orphan.place.line) == (SANTE, line + 1)


def test_an_intent_that_the_domain_does_not_know(copy):
    copy.replace(TALK, "  - intent: salutation", "  - intent: salutations")
    reasons = {one.place.file: one.reason.replace("\u00a0", " ") for one in copy.problems()}
    assert "« salutations »" in reasons[TALK]
    assert "« salutation » n’a aucun exemple" in reasons["domain.yml"]


@pytest.mark.parametrize("name", FIXED_NAMES)
def test_a_fixed_name_missing_from_the_domain(copy, expect, name):
    copy.replace("domain.yml", f"  - {name}\n", "")
    expect("domain.yml", 3, f"« {name} » manque", "son nom est fixe")


def test_a_fixed_name_missing_from_the_data(copy):
    copy.replace(TALK, "intent: refuser", "intent: confirmer")
    found = [one for one in copy.problems() if one.place.file == "domain.yml"]
    assert "« refuser » n’a aucun exemple" in found[0].reason.replace("\u00a0", " ")
    text = (copy.folder / "domain.yml").read_text()
    assert found[0].place.line == text.split("- refuser")[0].count("\n") + 1
