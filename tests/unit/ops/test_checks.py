"""What ``make test`` runs, and what it tells the tests."""

import io
import sys

import pytest

from scripts import test as make_test
from scripts.ops import browser, checks, postgres
from scripts.ops.apt import Apt
from scripts.ops.checks import Outcome, Plan
from scripts.ops.failure import OperationFailed
from scripts.ops.runner import Tool


@pytest.fixture
def no_apt(runner, monkeypatch):
    apt = Apt(runner)
    monkeypatch.setattr(apt, "allowed", lambda: False)
    return apt


def test_known_suites_come_first_and_none_is_forgotten(checkout):
    for folder in ("e2e", "unit", "load", "accessibility", "fixtures"):
        (checkout.root / "tests" / folder).mkdir(parents=True)
    for folder in ("load", "accessibility"):
        (checkout.root / "tests" / folder / "test_one.py").touch()
    folders = [check.tool.argv[-1] for check in checks.suites(Plan(checkout))]
    assert folders == [f"tests/{one}" for one in (*checks.SUITES, "accessibility")]


def test_the_static_checks_are_all_there(checkout):
    logs = [check.tool.log for check in checks.static_checks(Plan(checkout))]
    assert logs == ["ruff", "ruff-format", "mypy", "layers", "content", "rasa-validate"]
    assert {log for group in make_test.GROUPS.values() for log in group} <= set(logs)


def test_tests_are_told_what_was_found(checkout):
    env = checks.bot_tests(Plan(checkout, {"ACCUEIL_NO_SKIP": "1"})).tool.env or {}
    assert env["ACCUEIL_NO_SKIP"] == "1"
    assert env["PYTHONPATH"].split(":") == [str(checkout.root / "tests"), str(checkout.root)]


@pytest.mark.parametrize(
    ("environ", "refused"), [({"CI": "true"}, True), ({"CI": "false"}, False), ({}, False)]
)
def test_only_continuous_integration_refuses_skips(environ, refused):
    assert ("ACCUEIL_NO_SKIP" in make_test.told(environ)) is refused


def test_the_summary_names_the_failures():
    lines = checks.summary([Outcome("A", True, 1.0), Outcome("B", False, 2.0)], "3,0 s")
    assert lines == ["1 vérifications réussies sur 2, 3,0 s.", "En échec : B."]
    assert len(checks.summary([Outcome("A", True, 1.0)], "1,0 s")) == 1


def test_without_chromium_the_browser_tests_are_told_to_skip(
    runner, console, no_apt, monkeypatch, printed
):
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    with console.step("Chromium") as step:
        assert browser.environment(runner, no_apt, step) == {"ACCUEIL_SKIP_BROWSER": "1"}
    assert "les tests du navigateur sont sautés" in printed.getvalue()


def test_a_chromium_that_does_not_start_is_not_one(tmp_path, monkeypatch):
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find() is None


def test_a_database_given_is_used_as_it_is(runner, no_apt):
    environ = {postgres.VARIABLE: "postgresql+psycopg://x@/y"}
    with postgres.server(runner, no_apt, "PostgreSQL", environ) as env:
        assert env == {}


def test_without_postgresql_its_tests_are_told_nothing(runner, no_apt, monkeypatch, printed):
    monkeypatch.setattr(postgres, "programs_folder", lambda: None)
    with postgres.server(runner, no_apt, "PostgreSQL", {}) as env:
        assert env == {}
    assert "ses tests sont sautés" in printed.getvalue()


def test_the_newest_postgresql_is_chosen(tmp_path):
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres.programs_folder(tmp_path) == tmp_path / "17" / "bin"


def test_a_tool_that_fails_leaves_its_words_and_one_sentence(runner, console):
    code = "import sys; print('the reason'); sys.exit(3)"
    tool = Tool([sys.executable, "-c", code], "essai", "L’essai a échoué")
    with pytest.raises(OperationFailed) as failure, console.step("Essai") as step:
        runner.run(step, tool)
    assert failure.value.sentence == (
        "L’essai a échoué (code 3) : le détail est dans var/logs/essai.log."
    )
    assert failure.value.details == ("Dernière ligne : the reason",)


def test_a_tool_that_is_not_there_is_a_sentence(runner, console):
    with pytest.raises(OperationFailed, match="ne se lance pas"), console.step("Essai") as step:
        runner.run(step, Tool(["/nowhere/tool"], "essai", "L’essai a échoué"))


def test_what_a_tool_prints_is_read_apart_from_its_complaints(runner, console):
    code = "import sys; print('42'); print('noise', file=sys.stderr)"
    with console.step("Essai") as step:
        printed = runner.read(step, Tool([sys.executable, "-c", code], "essai", "Échec"))
    assert printed == "42\n"
    assert (runner.checkout.logs / "essai.log").read_text() == "noise\n"


def test_a_shown_tool_is_on_the_console_and_in_its_log(runner, printed: io.StringIO):
    tool = Tool([sys.executable, "-c", "print('3 passed')"], "essai", "Échec")
    assert runner.show(tool) == 0
    assert printed.getvalue() == "3 passed\n"
    assert (runner.checkout.logs / "essai.log").read_text() == "3 passed\n"


@pytest.mark.parametrize(("environ", "passed"), [("true", False), ("", True)])
def test_a_command_that_is_not_there_is_skipped_but_not_on_ci(
    runner, monkeypatch, printed, environ, passed
):
    monkeypatch.setenv("CI", environ)
    absent = Tool([sys.executable, "-c", "raise SystemExit(2)"], "essai", "absente")
    check = checks.Check("Contenus", absent, asked_first=absent)
    assert make_test._outcome(runner, check).passed is passed
    assert "sauté" in printed.getvalue()
