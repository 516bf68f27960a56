"""Which lines of ``rasa data validate`` make the check fail."""

import sys

import pytest

from scripts import test as make_test
from scripts.ops import checks
from scripts.ops.checks import Plan
from scripts.ops.rasa_warnings import complaints, uttered_by_actions
from scripts.ops.runner import Tool

SOURCE = "/x/site-packages/rasa/shared/utils/io.py:100"
YELLOW, PLAIN = "\x1b[93m", "\x1b[0m"
DUPLICATES = (
    f"{YELLOW}{SOURCE}: UserWarning: The following duplicated intents have been found across "
    "multiple domain files: emploi, logement\n  More info at https://example.org/domain\n"
)
FINE = f"""/x/site-packages/rasa/core/tracker_store.py:1044: MovedIn20Warning: Deprecated API.
  Base: DeclarativeMeta = declarative_base()
/x/site-packages/keras/utils/vis_utils.py:285: DeprecationWarning: invalid escape sequence
  .replace("a", "b")
{DUPLICATES}{PLAIN}2026-11-22 15:28:43 INFO     rasa.validator  - Validating intents...
{PLAIN}2026-11-22 15:28:43 INFO     rasa.validator  - No story structure conflicts found.
"""
UTTERED = frozenset({"utter_logement", "utter_au_revoir"})


def unused(name: str) -> str:
    said = f"The utterance '{name}' is not used in any story or rule."
    return f"{PLAIN}{YELLOW}{SOURCE}: UserWarning: {said}\n"


def test_what_is_on_purpose_is_no_complaint() -> None:
    output = FINE + unused("utter_logement") + unused("utter_au_revoir")
    assert complaints(output, UTTERED) == []
    assert complaints("", UTTERED) == []


def test_a_response_that_nothing_utters_is_one() -> None:
    output = FINE + unused("utter_logement") + unused("utter_oubli")
    assert complaints(output, UTTERED) == [
        "The utterance 'utter_oubli' is not used in any story or rule."
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The intent 'emploi' is listed in the domain file, but is not found in the NLU data.",
        "There is a message in the training data labeled with intent 'x' that is not listed.",
        "The following duplicated responses have been found across multiple domain files: utter_a",
        "The example 'salut' was found labeled with multiple different intents.",
    ],
)
@pytest.mark.parametrize("kind", ["UserWarning", "FutureWarning"])
def test_any_other_warning_is_one(said: str, kind: str) -> None:
    assert complaints(f"{FINE}{YELLOW}{SOURCE}: {kind}: {said}\n{PLAIN}", UTTERED) == [said]


def test_a_story_conflict_is_told_whole() -> None:
    output = (
        f"{FINE}2026-11-22 15:28:43 WARNING  rasa.validator  - Story structure conflict after "
        "intent 'emploi':\n  action_listen predicted in 'a'\n  action_repondre predicted in 'b'\n\n"
        "2026-11-22 15:28:44 INFO     rasa.validator  - Done.\nreal 0m18s\n"
    )
    assert complaints(output, UTTERED) == [
        "Story structure conflict after intent 'emploi':",
        "  action_listen predicted in 'a'",
        "  action_repondre predicted in 'b'",
    ]


def test_a_logged_error_is_one() -> None:
    line = "2026-11-22 15:28:43 ERROR    rasa.shared.importers  - Cannot read data/x.yml\n"
    assert complaints(FINE + line, UTTERED) == ["Cannot read data/x.yml"]


def test_what_actions_utter_is_read_from_the_content_and_from_their_code(checkout) -> None:
    nlu, actions = checkout.root / "data" / "nlu", checkout.root / "actions" / "booking"
    nlu.mkdir(parents=True)
    actions.mkdir(parents=True)
    (nlu / "a.yml").write_text("nlu:\n  - intent: logement/apl\n  - intent: salutation\n")
    (actions / "end.py").write_text('turn.respond("utter_merci")\nturn.respond(f"utter_{x}")\n')
    assert uttered_by_actions(checkout.root) == {"utter_logement", "utter_merci"}


def test_the_check_does_not_refuse_every_warning(checkout) -> None:
    check = next(c for c in checks.static_checks(Plan(checkout)) if c.tool.log == "rasa-validate")
    assert "--fail-on-warnings" not in check.tool.argv
    assert check.complaints is not None
    assert check.complaints(FINE) == []
    assert check.complaints(FINE + unused("utter_oubli")) != []


@pytest.mark.parametrize(("found", "passed"), [(["mal dit"], False), ([], True)])
def test_a_complaint_fails_a_tool_that_succeeded(runner, printed, found, passed) -> None:
    tool = Tool([sys.executable, "-c", "print('fini')"], "essai", "Échec")
    check = checks.Check("Contenus", tool, complaints=lambda log: found if "fini" in log else [])
    assert make_test._outcome(runner, check).passed is passed
    assert ("mal dit" in printed.getvalue()) is not passed
