"""``make clean``: back to a fresh checkout, the database and its key kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.ops.apt import Apt
from scripts.ops.checkout import Checkout
from scripts.ops.entry import main
from scripts.ops.failure import OperationFailed
from scripts.ops.locking import running
from scripts.ops.runner import Runner

_MADE = [
    ".venv",
    "bot/.venv",
    ".tools",
    ".rasa",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "test-results",
    "var/logs",
]


def clean(runner: Runner, _apt: Apt) -> int:
    """Remove what the other commands make again. Personal data is not among it."""
    if running(runner.checkout):
        raise OperationFailed("Premier Accueil tourne : arrêtez-le avant « make clean ».")
    with runner.console.step("Nettoyage (la base de données est gardée)"):
        for path in made(runner.checkout):
            _remove(path)
    return 0


def made(checkout: Checkout) -> list[Path]:
    """Return what is there to remove."""
    rooms = ("accueil", "actions", "bot", "scripts", "tests")
    caches = [
        found for room in rooms for found in checkout.root.joinpath(room).rglob("__pycache__")
    ]
    named = [checkout.root / name for name in _MADE]
    models = sorted(checkout.models.glob("*.tar.gz"))
    return [path for path in [*named, *models, *caches] if path.exists()]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main(clean)
