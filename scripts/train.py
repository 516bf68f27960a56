"""``make train``: the model that matches the content."""

from __future__ import annotations

from scripts.ops import environments, model
from scripts.ops.apt import Apt
from scripts.ops.entry import main
from scripts.ops.runner import Runner


def train(runner: Runner, apt: Apt) -> int:
    """Train, unless a model matches the content already; say which file it is."""
    environments.ensure(runner, apt)
    trained = model.ensure(runner)
    runner.console.say(f"Modèle : {runner.checkout.shown(trained)}")
    return 0


if __name__ == "__main__":
    main(train)
