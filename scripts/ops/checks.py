"""The checks of ``make test``, in their order: the quick ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.ops.checkout import Checkout
from scripts.ops.model import RASA_ENVIRONMENT
from scripts.ops.rasa_warnings import complaints, uttered_by_actions
from scripts.ops.runner import Tool

SUITES = ("unit", "integration", "safety", "dialogues", "e2e")
_NAMES = {
    "unit": "Tests unitaires",
    "integration": "Tests d’intégration",
    "safety": "Tests de sécurité des personnes",
    "dialogues": "Tests de dialogue",
    "e2e": "Tests du navigateur",
}
_IN_TWO = ("unit", "integration")
"""Suites run by two processes: the longest, whose tests share no server."""
_NOT_SUITES = {"load"}  # measured by "make bench"


@dataclass(frozen=True)
class Check:
    """One line of the summary. ``shown``: its output goes to the terminal as it comes."""

    name: str
    tool: Tool
    shown: bool = False
    asked_first: Tool | None = None  # if this fails, the check does not exist here: it is skipped
    complaints: Callable[[str], list[str]] | None = None  # what its log says that makes it fail


@dataclass(frozen=True)
class Outcome:
    """How a check ended, and its seconds."""

    name: str
    passed: bool
    seconds: float


@dataclass(frozen=True)
class Plan:
    """What the checks need to know: where, what the tests are told, and whether in colour."""

    checkout: Checkout
    env: Mapping[str, str] = field(default_factory=dict)
    colour: bool = False


def static_checks(plan: Plan) -> list[Check]:
    """Return lint, layout, types, layers and content."""
    python = plan.checkout.app_python
    accueil = plan.checkout.accueil
    return [
        _check("Style (ruff check)", "ruff", [python, "-m", "ruff", "check", "."]),
        _check("Mise en forme", "ruff-format", [python, "-m", "ruff", "format", "--check", "."]),
        _check("Types (mypy)", "mypy", [python, "-m", "mypy"]),
        _check("Couches", "layers", [python.with_name("lint-imports")]),
        _content(accueil),
        _rasa_content(plan.checkout),
    ]


def bot_tests(plan: Plan) -> Check:
    """Return the tests that run on the bot's Python."""
    return _suite(plan, "Tests du bot", plan.checkout.bot_python, "bot", "bot/tests")


def suites(plan: Plan) -> list[Check]:
    """Return one check a folder of tests: the known ones first, then any other that holds tests."""
    tests = plan.checkout.root / "tests"
    others = sorted(
        folder.name
        for folder in tests.iterdir()
        if folder.is_dir()
        and folder.name not in {*SUITES, *_NOT_SUITES}
        and any(folder.rglob("test_*.py"))
    )
    python = plan.checkout.app_python
    return [
        _suite(plan, _NAMES.get(one, f"Tests : {one}"), python, one, f"tests/{one}")
        for one in (*SUITES, *others)
    ]


def summary(outcomes: list[Outcome], total: str) -> list[str]:
    """Return the closing lines, failures last and named."""
    failed = [one.name for one in outcomes if not one.passed]
    lines = [f"{len(outcomes) - len(failed)} vérifications réussies sur {len(outcomes)}, {total}."]
    if failed:
        lines.append(f"En échec : {', '.join(failed)}.")
    return lines


def _suite(plan: Plan, name: str, python: Path, log: str, folder: str) -> Check:
    # The plugin is found by its folder: "tests" could also be a package that something installed.
    plugin = plan.checkout.root / "tests"
    env = {**RASA_ENVIRONMENT, **plan.env, "PYTHONPATH": f"{plugin}:{plan.checkout.root}"}
    env["PYTHONUNBUFFERED"] = "1"  # its output comes through a pipe, line by line
    colour = ["--color=yes"] if plan.colour else []
    argv: list[str | Path] = [python, "-m", "pytest", "-p", "no_skip", *colour]
    if log in _IN_TWO:
        # By file: what a file's tests share is made once.
        argv += ["-n", "2", "--dist", "loadfile"]
    argv.append(folder)
    return Check(name, Tool(argv, f"tests-{log}", f"{name} : en échec", env=env), shown=True)


def _content(accueil: Path) -> Check:
    name = "Contenus (accueil content check)"
    known = Tool([accueil, "content", "check", "--help"], "content", f"{name} : commande absente")
    check = _check(name, "content", [accueil, "content", "check"])
    return replace(check, asked_first=known)


def _rasa_content(checkout: Checkout) -> Check:
    argv: list[str | Path] = [checkout.bot_python, "-m", "rasa", "data", "validate"]
    argv += ["--domain", "domain.yml", "--data", "data", "--config", "config.yml"]
    env = {**RASA_ENVIRONMENT, "PYTHONPATH": str(checkout.root)}
    check = _check("Contenus (rasa data validate)", "rasa-validate", argv, env)
    return replace(check, complaints=lambda log: complaints(log, uttered_by_actions(checkout.root)))


def _check(
    name: str, log: str, argv: list[str | Path], env: Mapping[str, str] | None = None
) -> Check:
    return Check(name, Tool(argv, log, f"{name} : en échec", env=env))
