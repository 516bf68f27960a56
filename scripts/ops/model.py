"""The trained model that goes with the content: trained only when there is none."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.ops import disk
from scripts.ops.failure import OperationFailed
from scripts.ops.runner import Runner, Tool

RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "OMP_NUM_THREADS": "1",  # a linear model: more threads only fight one another
}
_SHOWN_DIGITS = 16


def model_name(printed: str) -> str:
    """Return the model's file name from what ``bot.train --fingerprint`` prints (last word)."""
    words = printed.split()
    if not words or re.fullmatch(r"[0-9a-f]{16,}", words[-1]) is None:
        raise OperationFailed(
            "L’empreinte du contenu est illisible : voir var/logs/fingerprint.log."
        )
    return f"{words[-1][:_SHOWN_DIGITS]}.tar.gz"


def ensure(runner: Runner) -> Path:
    """Return the model that matches the content, trained now if it is not there."""
    checkout = runner.checkout
    train: list[str | Path] = [checkout.bot_python, "-m", "bot.train"]
    env = {**RASA_ENVIRONMENT, "PYTHONPATH": str(checkout.root)}
    with runner.console.step("Modèle de langue") as step:
        ask = Tool([*train, "--fingerprint"], "fingerprint", "Le contenu est illisible", env=env)
        model = checkout.models / model_name(runner.read(step, ask))
        if model.is_file():
            step.note = "à jour"
            return model
        disk.require_space(checkout.root, disk.WARM_BYTES)
        runner.run(step, Tool(train, "train", "L’entraînement a échoué", env=env))
        if not model.is_file():
            raise OperationFailed(
                f"L’entraînement n’a pas produit {checkout.shown(model)} : voir var/logs/train.log."
            )
        step.note = "entraîné"
    return model
