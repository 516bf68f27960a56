"""The numbers written into the widget, for when the server is down, are those of the registry."""

import re

import pytest

from accueil.core.safety import EmergencyNumbers
from accueil.settings import ROOT

WIDGET = ROOT / "accueil" / "web" / "static" / "widget"
WORDING = (WIDGET / "menu.js").read_text("utf-8")
LAUNCHER = (WIDGET / "premier-accueil.js").read_text("utf-8")
ENTRY = re.compile(r'number: "([^"]+)",\s*href: "([^"]+)",\s*about: "([^"]+)"')
REGISTRY = EmergencyNumbers.load(ROOT / "data" / "reference" / "emergency_numbers.toml")


def written(name: str) -> list[tuple[str, ...]]:
    """Return the entries of one exported constant of the widget."""
    (block,) = re.findall(rf"export const {name} = (.*?);\n", WORDING, re.DOTALL)
    found = ENTRY.findall(block)
    assert len(found) == block.count("number:")
    return found


def test_the_numbers_to_call_are_registered_as_shown():
    entries = written("EMERGENCY")
    assert [number for number, _, _ in entries] == ["3114", "15", "112"]
    for number, href, _ in entries:
        known = REGISTRY.get(re.sub(r"\D", "", number))
        assert number.replace(" ", "\u00a0") == known.display
        assert href == known.card().call


def test_the_number_to_write_to_is_registered_for_that():
    ((number, href, about),) = written("EMERGENCY_SMS")
    assert href == REGISTRY.get(number).card().sms
    assert "SMS" in about


@pytest.mark.parametrize("name", ["EMERGENCY", "EMERGENCY_SMS"])
def test_they_answer_for_free_day_and_night_as_the_widget_says(name):
    assert 'dangerFree: "Gratuit, jour et nuit."' in WORDING
    for number, _, _ in written(name):
        assert REGISTRY.get(number).free
        assert REGISTRY.get(number).always_open


def test_no_other_number_is_written_in_the_widget():
    linked = set(re.findall(r'"(?:tel|sms):([^"]+)"', WORDING))
    assert linked == {
        number for name in ("EMERGENCY", "EMERGENCY_SMS") for number, *_ in written(name)
    }


def test_the_launcher_shows_the_numbers_to_call_while_the_rest_loads():
    (listed,) = re.findall(r'\[((?:"\d+", )*"\d+")\]\.map', LAUNCHER)
    assert re.findall(r"\d+", listed) == [number for number, _, _ in written("EMERGENCY")]
