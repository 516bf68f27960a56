"""Is an environment ready? From its stamp, its lock, its place and its packages."""

import shutil
import sys

import pytest

from scripts.ops import stamp
from scripts.ops.stamp import Environment, State


@pytest.fixture
def environment(tmp_path):
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    made = Environment("Essai", tmp_path / "project", version, editable=False)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    made.lock.write_text("starlette==1.0\n")
    (made.project / "pyproject.toml").write_text("[project]\n")
    install(made, "starlette-1.0")
    stamp.begin(made)
    stamp.finish(made)
    return made


def install(environment, name):
    folder = environment.folder / "lib" / "python3" / "site-packages" / f"{name}.dist-info"
    folder.mkdir(parents=True)
    (folder / "RECORD").touch()
    return folder


def test_what_was_finished_is_ready(environment):
    assert stamp.state(environment) is State.READY


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_makes_it_stale(environment, name):
    (environment.project / name).write_text("changed")
    assert stamp.state(environment) is State.STALE


def test_a_package_taken_away_makes_it_stale(environment):
    shutil.rmtree(next(environment.folder.rglob("*.dist-info")))
    assert stamp.state(environment) is State.STALE


def test_a_package_added_by_hand_is_left_alone(environment):
    install(environment, "ipython-9.0")
    assert stamp.state(environment) is State.READY


def test_an_environment_made_by_hand_is_brought_to_the_lock(environment):
    (environment.folder / ".accueil-stamp.json").unlink()
    assert stamp.state(environment) is State.STALE


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_damaged_stamp_is_no_stamp(environment, content):
    (environment.folder / ".accueil-stamp.json").write_text(content)
    assert stamp.state(environment) is State.STALE


def test_an_interrupted_installation_starts_again(environment):
    stamp.begin(environment)
    assert stamp.state(environment) is State.BROKEN


def test_a_python_that_is_gone_breaks_it(environment):
    environment.python.unlink()
    assert stamp.state(environment) is State.BROKEN


def test_another_python_breaks_it(environment):
    other = Environment("Essai", environment.project, "3.2", editable=False)
    assert stamp.state(other) is State.BROKEN


def test_a_moved_checkout_breaks_it(environment, tmp_path):
    environment.project.rename(tmp_path / "moved")
    moved = Environment("Essai", tmp_path / "moved", environment.version, editable=False)
    assert stamp.state(moved) is State.BROKEN


def test_the_fingerprint_tells_contents_and_names_apart(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("12")
    second.write_text("3")
    before = stamp.fingerprint([first, second])
    first.write_text("1")
    second.write_text("23")
    assert stamp.fingerprint([first, second]) != before
    assert stamp.fingerprint([first]) != stamp.fingerprint([second])
