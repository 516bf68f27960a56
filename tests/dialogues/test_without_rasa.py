"""When the dialogue engine is dead. Last in its folder, because it kills it for good."""

import pytest
from stack import Stack, stop

pytestmark = pytest.mark.dialogue


def test_the_written_answers_remain(stack: Stack) -> None:
    young_person = stack.conversation()
    stop(stack.processes["rasa"])
    assert "en panne" in young_person.say("c'est quoi les apl")
    young_person.press("Logement")
    assert young_person.last[0]["buttons"]
    young_person.press(young_person.titles()[0])
    assert young_person.cards("source")
    assert "3114" in young_person.say("jveux mourir")
    fresh = stack.conversation()
    assert "robot" in fresh.last[0]["text"]
