"""``accueil content check``: what it prints and how it ends."""

from typer.testing import CliRunner

from accueil.cli_content import content_app

LOGEMENT = "data/nlu/logement.yml"
SANTE = "data/nlu/sante.yml"


def run(copy, *arguments):
    return CliRunner().invoke(content_app, ["check", "--folder", str(copy.folder), *arguments])


def test_the_command_says_that_all_is_well(copy):
    result = run(copy, "--now", "2026-11-23T09:00:00+01:00")
    assert result.exit_code == 0
    assert result.stdout == "Les contenus sont bons.\n"


def test_the_command_tells_one_problem_a_line(copy):
    copy.replace(SANTE, "l’accueil", "l'accueil")
    copy.replace(LOGEMENT, "https:", "http:")
    result = run(copy, "--now", "2026-11-23")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("data/nlu/logement.yml:")
    assert second.startswith("data/nlu/sante.yml:")
    assert "2 à corriger" in result.stderr


def test_the_command_takes_the_day_in_paris(copy):
    assert run(copy, "--now", "2027-03-31T21:59:00Z").exit_code == 0
    assert run(copy, "--now", "2027-03-31T22:01:00Z").exit_code == 1


def test_the_command_refuses_what_is_no_date(copy):
    result = run(copy, "--now", "demain")
    assert result.exit_code == 2
    assert "ISO 8601" in result.stderr
