"""Finding uv and the two Pythons, or saying in one sentence what is missing."""

from pathlib import Path

import pytest

from scripts.ops import uv
from scripts.ops.apt import Apt
from scripts.ops.failure import OperationFailed
from scripts.ops.processes import environment


def program(folder, name, body):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_the_machine_s_uv_is_used(runner, console, monkeypatch, tmp_path):
    found = program(tmp_path / "bin", "uv", "exit 0")
    monkeypatch.setenv("PATH", str(found.parent))
    with console.step("uv") as step:
        assert uv.find_or_install(runner, Apt(runner), step) == found


def test_a_uv_that_does_not_start_is_passed_over(runner, console, monkeypatch, tmp_path):
    shim = program(tmp_path / "bin", "uv", "exit 127")
    own = program(runner.checkout.tools / "uv" / "bin", "uv", "exit 0")
    monkeypatch.setenv("PATH", str(shim.parent))
    with console.step("uv") as step:
        assert uv.find_or_install(runner, Apt(runner), step) == own


def test_a_debian_without_venv_is_told_which_package(runner, console, monkeypatch):
    apt = Apt(runner)
    monkeypatch.setattr(apt, "allowed", lambda: False)
    monkeypatch.setattr(uv.shutil, "which", lambda _: None)
    monkeypatch.setattr(uv.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(OperationFailed, match="python3-venv"), console.step("uv") as step:
        uv.find_or_install(runner, apt, step)


def test_a_python_of_the_machine_is_found(runner, console, tmp_path):
    tool = program(tmp_path, "uv", "echo /opt/python3.10")
    with console.step("Python") as step:
        assert uv.find_python(runner, step, tool, "3.10", tmp_path) == Path("/opt/python3.10")


def test_a_python_that_is_missing_is_fetched(runner, console, tmp_path):
    got = tmp_path / "got"
    body = f'if [ "$2" = install ]; then touch {got}; exit; fi; test -e {got} && echo /own/python'
    tool = program(tmp_path, "uv", body)
    with console.step("Python") as step:
        assert uv.find_python(runner, step, tool, "3.10", tmp_path) == Path("/own/python")


@pytest.mark.parametrize("version", ["3.10", "3.13"])
def test_a_python_that_cannot_be_had_is_one_sentence(runner, console, tmp_path, version):
    tool = program(tmp_path, "uv", "echo no such host; exit 2")
    with pytest.raises(OperationFailed) as failure, console.step("Python") as step:
        uv.find_python(runner, step, tool, version, tmp_path)
    assert f"Python {version} est introuvable" in failure.value.sentence
    assert "installez-le" in failure.value.sentence
    assert failure.value.details == ("Dernière ligne : no such host",)


def test_a_full_disk_is_told_as_such_and_not_as_a_missing_python(runner, console, tmp_path):
    tool = program(tmp_path, "uv", "echo 'No space left on device (os error 28)'; exit 2")
    with pytest.raises(OperationFailed, match="disque est plein"), console.step("Python") as step:
        uv.find_python(runner, step, tool, "3.10", tmp_path)


def test_children_do_not_inherit_another_python_s_choice(monkeypatch):
    monkeypatch.setenv("PYENV_VERSION", "3.13.0")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    given = environment({"ACCUEIL_PORT": "9000"})
    assert "PYENV_VERSION" not in given
    assert "VIRTUAL_ENV" not in given
    assert given["ACCUEIL_PORT"] == "9000"
