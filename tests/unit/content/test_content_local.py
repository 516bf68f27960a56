"""Answers that differ with the place: conditions that can be met, and a text for everybody else."""

import lzma

import pytest

from accueil.content.check_local import DEPARTEMENT, REGIONS
from accueil.settings import ROOT

FILE = "data/nlu/sante.yml"
REFERENCE = ROOT / "data" / "reference" / "communes.tsv.xz"


def add_local(copy, name="region", value="Bretagne", kind="slot"):
    """Write a second variant, on a condition; return the line where it begins."""
    path = copy.folder / FILE
    text = path.read_text(encoding="utf-8")
    variant = text[text.index("    - text: |-") :]
    condition = (
        f"    - condition:\n        - type: {kind}\n          name: {name}\n"
        f"          value: {value}\n      text: |-"
    )
    local = variant.replace("    - text: |-", condition, 1)
    path.write_text(text + local, encoding="utf-8")
    return text.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "Île-de-France"),
        ("region", "Provence-Alpes-Côte d'Azur"),
        ("departement", '"59"'),
        ("departement", "2A"),
        ("departement", '"974"'),
        ("mission_locale", "Mission Locale de Lille"),
    ],
)
def test_a_place_that_exists(copy, name, value):
    add_local(copy, name, value)
    assert copy.problems() == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("region", "Picardie", ("« value » ne peut pas être « Picardie »", "Hauts-de-France")),
        ("region", "bretagne", ("« bretagne »", "à la lettre")),
        ("region", "Provence-Alpes-Côte d’Azur", ("« value »", "Provence-Alpes-Côte d'Azur")),
        ("departement", '"20"', ("« value » ne peut pas être « 20 »", '"2A"')),
        ("departement", '"2a"', ("« 2a »", '"2A"')),
        ("departement", '"1"', ("« 1 »", "entre guillemets")),
        ("departement", "59", ("« 59 »", "entre guillemets")),
        ("departement", "Nord", ("« Nord »", "le code")),
        ("departement", '"59000"', ("« 59000 »", "le code")),
        ("mission_locale", '" "', ("« value »", "le nom de la Mission Locale")),
        ("mission_locale", "59", ("« 59 »", "le nom de la Mission Locale")),
    ],
)
def test_a_place_that_does_not_exist(copy, expect, name, value, words):
    expect(FILE, add_local(copy, name, value) + 3, *words)


def test_a_condition_on_another_slot(copy, expect):
    line = add_local(copy, name="commune") + 2
    expect(FILE, line, "« name » ne peut pas être « commune »", "mission_locale, departement")


def test_a_condition_that_is_not_on_a_slot(copy, expect):
    line = add_local(copy, kind="intent") + 1
    expect(FILE, line, "« type » ne peut pas être « intent »", "type: slot")


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("type: slot\n          name: region", "type"),
        ("          name: region\n", "name"),
        ("          value: Bretagne\n", "value"),
    ],
)
def test_a_condition_without_a_field(copy, expect, old, name):
    line = add_local(copy) + 1
    copy.replace(FILE, old, "name: region" if name == "type" else "")
    expect(FILE, line, f"Il manque « {name} » à « condition »")


def test_a_condition_of_another_shape(copy, expect):
    line = add_local(copy) + 1
    copy.replace(FILE, "type: slot\n          name: region\n          value: Bretagne", "Bretagne")
    expect(FILE, line, "Élément inattendu dans « condition »")


def test_an_answer_with_nothing_for_the_other_places(copy, expect):
    add_local(copy)
    path = copy.folder / FILE
    text = path.read_text(encoding="utf-8")
    before, rest = text.split("    - text: |-")
    path.write_text(before + rest[rest.index("    - condition:") :], encoding="utf-8")
    expect(
        FILE,
        before.count("\n") + 1,
        "« utter_sante/aide » n’a pas de variante sans condition",
        "tous les autres lieux",
    )


def test_a_local_variant_of_a_theme_has_a_source_of_its_own(copy, expect):
    line = add_local(copy)
    path = copy.folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("      custom:")], encoding="utf-8")
    expect(FILE, line, "« utter_sante/aide » n’a pas de source", "expires_on")


def test_a_local_variant_is_checked_like_the_others(copy, expect):
    add_local(copy)
    path = copy.folder / FILE
    before, after = path.read_text(encoding="utf-8").rsplit("https:", 1)
    path.write_text(before + "http:" + after, encoding="utf-8")
    expect(FILE, before.count("\n") + 1, "ne commence pas par https://")


def test_the_names_and_codes_are_those_that_the_slots_hold():
    with lzma.open(REFERENCE, "rt", encoding="utf-8") as file:
        rows = [line.split("\t") for line in file]
    # The reference gives the overseas collectivities as regions too, with a code from 975 on.
    regions = {row[2] for row in rows if row[0] == "region" and len(row[1]) == 2}
    assert set(REGIONS) == regions
    assert len(REGIONS) == 18
    codes = {row[1] for row in rows if row[0] == "departement"}
    possible = {f"{n:02}" for n in range(1000)} | {"2A", "2B", "2C", "9A"}
    assert codes == {code for code in possible if DEPARTEMENT.fullmatch(code)}
