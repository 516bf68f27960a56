"""The file of encryption keys: its rights, its content, what is refused."""

import os
from datetime import date
from pathlib import Path

import pytest

from accueil.persistence.key_file import DERIVED, KeyFile, KeyFileError, KeyLine, draw_key
from accueil.persistence.keyring import Keyring
from accueil.settings import SettingsError, read_settings

SECRET = b"k" * 40


def test_the_file_stays_with_its_owner_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "encryption.keys"
    file = KeyFile(tmp_path)
    file.replace([KeyLine(DERIVED)])
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
    owner = path.stat().st_uid
    path.chmod(0o644)
    (tmp_path / "encryption.tmp").write_text("left by a command that was killed")
    file.replace([draw_key(date(2026, 11, 23)), KeyLine(DERIVED)])
    assert (path.stat().st_uid, path.stat().st_mode & 0o777) == (owner, 0o600)
    assert not (tmp_path / "encryption.tmp").exists()


def test_a_file_that_goes_away_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    file = KeyFile(tmp_path)
    file.replace([draw_key()])
    keyring = Keyring(SECRET, file)
    (tmp_path / "encryption.keys").unlink()
    assert keyring.decrypt(keyring.encrypt(b"Sacha")) == b"Sacha"
    assert [key.line.is_derived for key in keyring.keys] == [False]


@pytest.mark.parametrize("content", ["", "\n", "xx\n", "derived 23/11/2026\n", "é" * 44, "\0" * 44])
def test_a_wrong_file_is_refused_without_quoting_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "encryption.keys").write_text(content)
    with pytest.raises(KeyFileError, match=r"^encryption\.keys") as told:
        KeyFile(tmp_path).read()
    assert "xx" not in str(told.value)
    with pytest.raises(SettingsError, match=r"^encryption\.keys"):
        read_settings({"ACCUEIL_FOLDER": str(tmp_path)})


@pytest.mark.parametrize("given", ["short", DERIVED, "x" * 44])
def test_wrong_keys_from_the_environment_are_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingsError, match="44 caractères") as told:
        read_settings({"ACCUEIL_FOLDER": str(tmp_path), "ACCUEIL_ENCRYPTION_KEYS": given})
    assert "x" * 44 not in str(told.value)
