"""Slips of YAML: a value that loses its end, a file that cannot be read."""

import pytest
from typer.testing import CliRunner

from accueil.cli_content import content_app

FILE = "data/nlu/sante.yml"
COLON = "un « : » dans un texte sans guillemets"


def run(copy, now):
    command = ["check", "--folder", str(copy.folder), "--now", now]
    return CliRunner().invoke(content_app, command)


# Values that a # cuts


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("title: L’aide, expliquée", "title: Service public #1", "title"),
        ("title: Prendre rendez-vous", "title: Rendez-vous # 1", "title"),
        ("payload: /prendre_rdv", "payload: /prendre_rdv #1", "payload"),
        ("age: L’aide est", "age: L’aide #1 est", "age"),
    ],
)
def test_a_value_that_loses_its_end(copy, expect, old, new, name):
    expect(FILE, copy.replace(FILE, old, new), f"la fin de « {name} » disparaît", "guillemets")


def test_a_value_lost_from_its_beginning_is_explained(copy):
    line = copy.replace(FILE, "title: L’aide, expliquée", "title: #1 de l’aide")
    told = [one for one in copy.problems() if "« #1 de" in one.shown().replace("\u00a0", " ")]
    assert [one.place.line for one in told] == [line]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: L’aide, expliquée", 'title: "Service public #1"'),
        ("title: L’aide, expliquée", "title: 'Service public #1'"),
        ("title: L’aide, expliquée", "title: Service public#1"),
        ("title: L’aide, expliquée", "title: Service public\u00a0#1"),
        ("c’est simple.", "c’est simple #1."),
        ("card: source", "card: source # toujours"),
        ("easy: |-", "easy: |- # facile"),
    ],
)
def test_a_value_that_keeps_its_end(copy, old, new):
    copy.replace(FILE, old, new)
    assert copy.problems() == []


# YAML


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("        card:", "\tcard:", "une tabulation"),
        ("title: L’aide", "title:\tL’aide", "une tabulation"),
        ("title: L’aide", "title: L’aide : elle est", COLON),
        ("payload: /prendre_rdv", 'payload: /prendre_rdv{"a": "b"}', COLON),
        ("- title: Prendre", "- title: Rendez-vous : prendre", COLON),
        ("        title: L’aide", "         title: L’aide", "un retrait inattendu"),
        ("        title: L’aide", "       title: L’aide", "un retrait inattendu"),
        ("owner: équipe", 'owner: "équipe" "notre"', "des guillemets mal fermés"),
        ("age: L’aide", "age: 'L'aide'", "des guillemets mal fermés"),
        ("age: L’aide", 'age: "L’aide', "des guillemets mal fermés"),
        ("owner: équipe", "owner: @équipe", "une écriture inattendue"),
        ("owner: équipe", "owner:équipe", "une ligne sans clé"),
    ],
)
def test_what_makes_a_file_unreadable_is_told_at_its_line(copy, expect, old, new, slip):
    expect(FILE, copy.replace(FILE, old, new), f"pas du YAML valide : {slip}")


def test_a_line_too_far_left_is_told_with_the_next(copy, expect):
    line = copy.replace(FILE, "        card: source", "       card: source")
    expect(FILE, line + 1, "un retrait inattendu", "celle d’avant")


def test_the_output_ends_by_saying_what_was_not_checked(copy):
    copy.replace(FILE, "card: source", "card: source : oui")
    told = run(copy, "2026-11-23").output.splitlines()
    assert "ce qui se vérifie entre fichiers" in told[-1]
    assert "1 à corriger" in told[-2]


def test_nothing_is_said_of_it_when_all_was_read(copy):
    copy.replace(FILE, "On t’explique", "On t'explique")
    assert "entre fichiers" not in run(copy, "2026-11-23").output
