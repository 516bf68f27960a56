"""Make both environments what their locks say; a warm call takes a tenth of a second."""

from __future__ import annotations

from pathlib import Path

from scripts.ops import disk, uv
from scripts.ops.apt import Apt
from scripts.ops.checkout import Checkout
from scripts.ops.locking import setup_turn
from scripts.ops.runner import Runner, Tool
from scripts.ops.stamp import Environment, State, begin, finish, state


def environments(checkout: Checkout) -> tuple[Environment, Environment]:
    """Return the application's and the bot's."""
    return (
        Environment("Environnement de l’application", checkout.root, "3.13", editable=True),
        Environment("Environnement de Rasa", checkout.root / "bot", "3.10", editable=False),
    )


def ensure(runner: Runner, apt: Apt) -> None:
    """Build or repair what needs it. Raises :class:`OperationFailed` with one sentence."""
    with setup_turn(runner.checkout, runner.console):
        states = [(one, state(one)) for one in environments(runner.checkout)]
        found_states = {found for _, found in states}
        cold = State.BROKEN in found_states
        disk.require_space(runner.checkout.root, disk.COLD_BYTES if cold else disk.WARM_BYTES)
        tool = _uv(runner, apt) if found_states != {State.READY} else None
        for environment, found in states:
            if tool is None or found is State.READY:
                with runner.console.step(environment.name) as step:
                    step.note = "à jour"
            else:
                _build(runner, tool, environment, found)


def _uv(runner: Runner, apt: Apt) -> Path:
    with runner.console.step("Outil uv") as step:
        return uv.find_or_install(runner, apt, step)


def _build(runner: Runner, tool: Path, environment: Environment, found: State) -> None:
    log = f"environment-{environment.version}"
    failure = f"{environment.name} : l’installation a échoué"
    if found is State.BROKEN:
        with runner.console.step(f"Python {environment.version}") as step:
            python = uv.find_python(runner, step, tool, environment.version, environment.project)
    with runner.console.step(environment.name) as step:

        def call(*words: str | Path) -> None:
            argv = [tool, *words]
            runner.run(step, Tool(argv, log, failure, cwd=environment.project), append=True)

        runner.checkout.log(log).unlink(missing_ok=True)
        if found is State.BROKEN:
            call("venv", "--clear", "--python", python, environment.folder)
        begin(environment)
        into = ("--python", environment.python)
        call("pip", "sync", "--require-hashes", *into, environment.lock)
        if environment.editable:
            call("pip", "install", "--no-deps", *into, "--editable", ".")
        finish(environment)
