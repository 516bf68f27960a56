"""The fingerprint of a model: what changes it, what does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.train import _remove_old, fingerprint


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/stories/b.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in ("bot/nlu/x.py", "bot/nlu/sms.tsv", "bot/tests/t.py", "bot/.venv/v.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["config.yml", "domain.yml", "data/nlu/a.yml", "data/stories/b.yml", "bot/nlu/x.py",
             "bot/nlu/sms.tsv"]
)  # fmt: skip
def test_what_makes_the_model_changes_it(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).write_text("changed")
    assert fingerprint(root) != before


@pytest.mark.parametrize("name", ["bot/tests/t.py", "bot/.venv/v.py", "README.md"])
def test_the_rest_does_not(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).write_text("changed")
    assert fingerprint(root) == before


def test_the_last_three_models_stay(tmp_path: Path) -> None:
    import os

    for age in range(5):
        model = tmp_path / f"{age}.tar.gz"
        model.write_text("")
        os.utime(model, (1000 - age, 1000 - age))
    _remove_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.tar.gz", "1.tar.gz", "2.tar.gz"]


def test_the_fingerprint_needs_no_rasa() -> None:
    script = "import sys, bot.train as t; t.fingerprint(); sys.exit('rasa' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
