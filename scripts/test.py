"""``make test``: every check, each with its duration, and a summary.

With ``--only lint`` or ``--only types``: those checks alone.
"""

from __future__ import annotations

import argparse
import os
import time

from scripts.ops import browser, environments, model, postgres
from scripts.ops.apt import Apt
from scripts.ops.checks import Check, Outcome, Plan, bot_tests, static_checks, suites, summary
from scripts.ops.console import Step, duration
from scripts.ops.entry import main
from scripts.ops.failure import OperationFailed
from scripts.ops.runner import Runner, Tool

SHOWN_LINES = 100  # of the log of a check that failed; the whole is under var/logs
GROUPS = {"lint": ("ruff", "ruff-format"), "types": ("mypy", "layers")}


def check(runner: Runner, apt: Apt) -> int:
    """Run the checks that the command line asks for; 1 if any fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(GROUPS))
    only = parser.parse_args().only
    started = time.monotonic()
    environments.ensure(runner, apt)
    outcomes = _some(runner, GROUPS[only]) if only else _everything(runner, apt)
    runner.console.say("\n── Résumé")
    for one in outcomes:
        word = "réussi" if one.passed else "ÉCHEC "
        runner.console.say(f"{word}  {duration(one.seconds):>12}  {one.name}")
    for line in summary(outcomes, duration(time.monotonic() - started)):
        runner.console.say(line)
    return 0 if all(one.passed for one in outcomes) else 1


def told(environ: dict[str, str]) -> dict[str, str]:
    """Return what the tests are told from the start: on CI, a skipped test is a failed test."""
    return {"ACCUEIL_NO_SKIP": "1"} if environ.get("CI") == "true" else {}


def _some(runner: Runner, logs: tuple[str, ...]) -> list[Outcome]:
    plan = Plan(runner.checkout)
    return [_outcome(runner, one) for one in static_checks(plan) if one.tool.log in logs]


def _everything(runner: Runner, apt: Apt) -> list[Outcome]:
    plan = Plan(runner.checkout)
    outcomes = [_outcome(runner, one) for one in static_checks(plan)]
    try:
        model.ensure(runner)
    except OperationFailed as problem:
        runner.console.say(f"  {problem.sentence}")
        outcomes.append(Outcome("Modèle de langue", False, 0.0))
    with runner.console.step("Chromium") as step:
        env = {**told(dict(os.environ)), **browser.environment(runner, apt, step)}
    with postgres.server(runner, apt, "PostgreSQL", os.environ) as database:
        plan = Plan(runner.checkout, {**env, **database}, colour=runner.console.terminal)
        outcomes += [_outcome(runner, one) for one in (bot_tests(plan), *suites(plan))]
    return outcomes


def _outcome(runner: Runner, one: Check) -> Outcome:
    try:
        with runner.console.step(one.name, live=one.shown) as step:
            if one.asked_first is not None and not _exists(runner, step, one.asked_first):
                step.note = "sauté : commande absente"
                return Outcome(one.name, not told(dict(os.environ)), 0.0)
            if not one.shown:
                runner.run(step, one.tool)
                _require_silence(runner, one)
            elif runner.show(one.tool) != 0:
                raise OperationFailed(one.tool.failure)
    except OperationFailed:
        if not one.shown:
            _show_log(runner, one)
        return Outcome(one.name, False, step.seconds)
    return Outcome(one.name, True, step.seconds)


def _require_silence(runner: Runner, one: Check) -> None:
    """Raise ``OperationFailed`` when the log of a tool that succeeded holds a complaint."""
    if one.complaints is None:
        return
    log = runner.checkout.log(one.tool.log)
    found = one.complaints(log.read_text(encoding="utf-8", errors="replace"))
    if found:
        with log.open("a", encoding="utf-8") as output:  # what a failure shows is its end
            output.write("\n".join(["", "Ce qui fait échouer la vérification :", *found, ""]))
        raise OperationFailed(one.tool.failure)


def _exists(runner: Runner, step: Step, asked: Tool) -> bool:
    try:
        runner.run(step, asked)
    except OperationFailed:
        return False
    return True


def _show_log(runner: Runner, one: Check) -> None:
    log = runner.checkout.log(one.tool.log)
    if log.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        runner.console.write("\n".join([*lines[-SHOWN_LINES:], ""]))


if __name__ == "__main__":
    main(check)
