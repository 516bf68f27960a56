"""``accueil content check --fix``: what it mends in the files, and what it leaves alone."""

import pytest
from typer.testing import CliRunner

from accueil.cli_content import content_app
from accueil.content.typeset import mend_content, mend_yaml
from accueil.content.typography import mend_line

FILE = "data/nlu/sante.yml"
FIXABLE = [
    ("c’est simple.", "c’est simple ?", "c’est simple\u202f?"),
    ("c’est simple.", "c’est simple ;", "c’est simple\u202f;"),
    ("c’est simple.", "c’est simple!", "c’est simple\u202f!"),
    ("faire\u202f: c’est", "faire : c'est", "faire\u00a0: c’est"),
    ("«\u00a0aide 1\u00a0»", "« aide 1 »", "«\u00a0aide 1\u00a0»"),
    ("«\u00a0aide 1\u00a0»", "«aide 1»", "«\u00a0aide 1\u00a0»"),
    ("C’est gratuit\u202f!", "C'est gratuit !", "C’est gratuit\u202f!"),
    ("title: L’aide, expliquée", "title: L'aide, expliquée", "title: L’aide, expliquée"),
    ("title: L’aide, expliquée", "title: 'L''aide'", "title: 'L’aide'"),
    ("title: L’aide, expliquée", 'title: "L\'aide : oui"', 'title: "L’aide\u00a0: oui"'),
    ("Et ensuite\u202f?", "Et ensuite ?", "Et ensuite\u202f?"),
    ("Et ensuite\u202f?", "'Et ensuite?'", "'Et ensuite\u202f?'"),
    ("age: L’aide", "age: L'aide", "age: L’aide"),
    ("Une photo suffit.", "Une photo suffit !", "Une photo suffit\u202f!"),
]


def run(copy, *arguments):
    command = ["check", "--folder", str(copy.folder), "--now", "2026-11-23", *arguments]
    return CliRunner().invoke(content_app, command)


@pytest.mark.parametrize(("good", "bad", "mended"), FIXABLE)
def test_one_fault_is_mended_and_the_rest_of_the_file_stays(copy, good, bad, mended):
    path = copy.folder / FILE
    wanted = path.read_text(encoding="utf-8").replace(good, mended, 1)
    copy.replace(FILE, good, bad)
    assert copy.problems()
    assert list(mend_content(copy.folder)) == [(FILE, 1)]
    assert path.read_text(encoding="utf-8") == wanted
    assert copy.problems() == []


def test_the_command_says_what_it_mended_then_checks_again(copy):
    copy.replace(FILE, "On t’explique", "On t'explique")
    copy.replace(FILE, "Et ensuite\u202f?", "Et ensuite ?")
    copy.replace("data/nlu/emploi.yml", "On t’explique", "On t'explique")
    result = run(copy, "--fix")
    assert result.stdout.replace("\u00a0", " ").splitlines() == [
        "data/nlu/emploi.yml : 1 ligne réparée.",
        "data/nlu/sante.yml : 2 lignes réparées.",
        "Les contenus sont bons.",
    ]
    assert result.exit_code == 0


def test_the_command_leaves_what_is_no_typography(copy):
    copy.replace(FILE, "On t’explique", "On {t'explique}")
    result = run(copy, "--fix")
    assert result.exit_code == 1
    assert "1 ligne réparée" in result.stdout.replace("\u00a0", " ")
    assert "accolade" in result.stdout
    assert "Apostrophe" not in result.stdout


def test_nothing_to_mend_writes_nothing(copy):
    before = {path: path.stat().st_mtime_ns for path in copy.folder.rglob("*.yml")}
    result = run(copy, "--fix")
    assert result.stdout == "Aucune ligne à réparer.\nLes contenus sont bons.\n"
    assert {path: path.stat().st_mtime_ns for path in copy.folder.rglob("*.yml")} == before


def test_a_mistaken_command_mends_nothing(copy):
    copy.replace(FILE, "On t’explique", "On t'explique")
    before = (copy.folder / FILE).read_bytes()
    assert run(copy, "--fix", "--now", "demain").exit_code == 2
    assert (copy.folder / FILE).read_bytes() == before


def test_without_fix_the_files_stay(copy):
    copy.replace(FILE, "On t’explique", "On t'explique")
    before = (copy.folder / FILE).read_bytes()
    assert run(copy).exit_code == 1
    assert (copy.folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Question 2 sur sante/aide", "c'est quoi ? « l'aide » : quoi!"),
        ("Question 1 sur logement/visale", "C'est quoi l'aide ?"),
        ("Question 1 sur logement/visale", "'C''est quoi ?'"),
        ("https://www.service-public.example/1", "https://a.example/l'aide"),
        ("owner: équipe éditoriale", "owner: l'équipe"),
        ("owner: équipe éditoriale", "owner: équipe # pas l'autre ; elle"),
        ("title: L’aide, expliquée", "title: 'L’aide, expliquée'"),
        ("      custom:", "      # l'aide : quoi ?\n      custom:"),
        ("      custom:", "      x: l'aide ?\n      custom:"),
        ("c’est simple.", "va sur https://a.example/l'aide"),
    ],
)
def test_what_is_not_shown_is_left_alone(copy, old, new):
    copy.replace(FILE, old, new)
    copy.replace(FILE, "On t’explique", "On t'explique")
    before = (copy.folder / FILE).read_text(encoding="utf-8")
    list(mend_content(copy.folder))
    after = (copy.folder / FILE).read_text(encoding="utf-8")
    assert after == before.replace("On t'explique", "On t’explique")


def test_a_windows_file_keeps_its_line_ends(copy):
    copy.replace(FILE, "Une photo suffit.", "Une photo suffit !")
    path = copy.folder / FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    lines = path.read_bytes().count(b"\r\n")
    assert list(mend_content(copy.folder)) == [(FILE, 1)]
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") == lines
    assert "suffit\u202f!\r\n".encode() in path.read_bytes()


def test_a_file_that_is_no_yaml_is_left_and_told(copy):
    copy.replace(FILE, "On t’explique", "On t'explique")
    copy.replace(FILE, "card: source", "card: source : oui")
    before = (copy.folder / FILE).read_bytes()
    result = run(copy, "--fix")
    assert result.exit_code == 1
    assert "YAML" in result.stdout
    assert (copy.folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (">-\n        L'eau,\n        l'air !\n", ">-\n        L’eau,\n        l’air\u202f!\n"),
        ("'L''eau,\n        oui?'\n", "'L’eau,\n        oui\u202f?'\n"),
        ('"L\'eau,\n        oui?"\n', '"L’eau,\n        oui\u202f?"\n'),
        ("L'eau,\n        oui?\n", "L’eau,\n        oui\u202f?\n"),
        ("|\n        L'eau\n  # l'air\n", "|\n        L’eau\n  # l'air\n"),
        ("|\n        L'eau\n\n          l'air\n\n", "|\n        L’eau\n\n          l’air\n\n"),
        ("&a L'eau\n    - text: *a\n", "&a L’eau\n    - text: *a\n"),
        ('"L\'eau\\n oui ?"\n', '"L\'eau\\n oui ?"\n'),
        ("16\n", "16\n"),
        # What is read as the text begins with a tag or an anchor: mending it breaks the file.
        ("!l'a Oui\n", "!l'a Oui\n"),
        ("&l'a Oui\n      x: *l'a\n", "&l'a Oui\n      x: *l'a\n"),
    ],
)
def test_every_way_to_write_a_text(written, mended):
    file = "responses:\n  utter_a:\n    - text: "
    assert mend_yaml(file + written) == file + mended


def test_a_list_on_one_line():
    before = "responses: {utter_a: [{text: Oui?, buttons: [{title: L'eau, payload: l'eau}]}]}\n"
    after = (
        "responses: {utter_a: [{text: Oui\u202f?, buttons: [{title: L’eau, payload: l'eau}]}]}\n"
    )
    assert mend_yaml(before) == after


@pytest.mark.parametrize("text", ["", "bonjour\n", "responses:\n", "responses: [a, [b]]\n", "3\n"])
def test_a_file_of_another_shape_is_left_as_it_is(text):
    assert mend_yaml(text) == text


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("Va sur https://a.example/x?y=l'eau!", "Va sur https://a.example/x?y=l'eau\u202f!"),
        ("de 10:30 à 11:00, l'été", "de 10:30 à 11:00, l’été"),
        ("«\u202fbien\u202f», l'été", "«\u202fbien\u202f», l’été"),
        ("Quoi  ?", "Quoi\u202f?"),
        ("Rien à dire", "Rien à dire"),
    ],
)
def test_a_mended_line(line, mended):
    assert mend_line(line) == mended
