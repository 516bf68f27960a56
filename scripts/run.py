"""``make run``: from a fresh checkout to one address."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from scripts.ops import environments, locking, model, ports
from scripts.ops.apt import Apt
from scripts.ops.entry import INTERRUPTED, main
from scripts.ops.runner import Runner, Tool
from scripts.ops.services import application_environment, services
from scripts.ops.supervisor import Launch, Supervisor, rotate


def run(runner: Runner, apt: Apt) -> int:
    """Prepare what is missing, start everything, stay until Ctrl-C."""
    wanted = ports.from_environment(os.environ)
    with locking.only_run(runner.checkout, wanted.address):
        ports.require_free(wanted)  # before minutes of preparation, and again after them
        environments.ensure(runner, apt)
        trained = model.ensure(runner)
        secret = secrets.token_urlsafe(32)
        hints = _database(runner, application_environment(wanted, secret))
        ports.require_free(wanted)
        return _serve(runner, wanted, trained, secret, hints)


def sign_in_hints(printed: str) -> list[str]:
    """Return the lines of the seeding's output that tell how to sign in to the console."""
    words = ("console", "mot de passe", "identifiant", "http://", "https://")
    lines = [line.strip() for line in printed.splitlines()]
    told = [line for line in lines if not line.startswith("{")]  # a structured log is no hint
    return [line for line in told if any(word in line.lower() for word in words)]


def _database(runner: Runner, env: dict[str, str]) -> list[str]:
    accueil = runner.checkout.accueil
    with runner.console.step("Base de données") as step:
        failure = "La mise à jour de la base de données a échoué"
        runner.run(step, Tool([accueil, "migrate"], "migrate", failure, env=env))
    with runner.console.step("Territoire de démonstration") as step:
        failure = "La création du territoire de démonstration a échoué"
        seed = Tool([accueil, "seed", "--demo"], "seed", failure, env=env)
        return sign_in_hints(runner.read(step, seed))


def _serve(
    runner: Runner, wanted: ports.Ports, trained: Path, secret: str, hints: list[str]
) -> int:
    kept = services(runner.checkout, wanted, trained, secret)
    rotate(runner.checkout, kept)
    launch = Launch(runner.checkout)
    try:
        supervisor = Supervisor(kept, launch, runner.console)
        supervisor.start()
        runner.console.say(f"\nPremier Accueil est prêt : {wanted.address}")
        for line in hints:
            runner.console.say(f"  {line}")
        runner.console.say("Ctrl-C arrête tout. Journaux : var/logs/")
        supervisor.run()
    except KeyboardInterrupt:
        runner.console.say()
        with runner.console.step("Arrêt"):
            launch.stop()
        return INTERRUPTED
    finally:
        launch.stop()
    return 0


if __name__ == "__main__":
    main(run)
