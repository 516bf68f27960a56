"""``make setup``: both environments, as their locks say."""

from __future__ import annotations

from scripts.ops import environments
from scripts.ops.apt import Apt
from scripts.ops.entry import main
from scripts.ops.runner import Runner


def setup(runner: Runner, apt: Apt) -> int:
    """Build or repair ``.venv`` and ``bot/.venv``."""
    environments.ensure(runner, apt)
    return 0


if __name__ == "__main__":
    main(setup)
