"""Encryption keys: where they are kept, and ``accueil keys`` as the operator sees it."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from factories import make_callback, seed_territory
from sqlalchemy import text
from typer.testing import CliRunner, Result

from accueil.cli_keys import keys_app
from accueil.persistence.engine import open_engine
from accueil.persistence.key_file import DERIVED, KeyFile, KeyLine, draw_key
from accueil.persistence.keyring import UnknownKey, open_keyring
from accueil.persistence.unit_of_work import SqlStore
from accueil.settings import read_settings

SECRET = "k" * 40
VALUES = 2
"""Encrypted values of one call-back request: first name and phone."""
KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from before there was a file of keys, with one call-back request in its database."""
    database = tmp_path / "accueil.db"
    database.write_bytes(empty_database.read_bytes())
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", SECRET)
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-23T09:00:00+01:00")
    for name in ("ACCUEIL_DATABASE_URL", "ACCUEIL_ENCRYPTION_KEYS"):
        monkeypatch.delenv(name, raising=False)
    engine = open_engine(f"sqlite:///{database}", SECRET.encode())
    store = SqlStore(engine)
    seed_territory(store)
    with store.write() as uow:
        uow.chats.add_callback(make_callback(id="one"))
        uow.commit()
    engine.dispose()
    return tmp_path


def run(command: str) -> Result:
    return CliRunner().invoke(keys_app, [command])


def callback_name() -> str:
    """Read as an application does that starts now."""
    settings = read_settings()
    keyring = open_keyring(settings.secret_key, settings.encryption_keys, settings.folder)
    engine = open_engine(settings.database_url, keyring)
    with SqlStore(engine).read() as uow:
        found = uow.chats.callback("one")
    engine.dispose()
    assert found is not None
    return found.first_name


def kept(folder: Path) -> list[str]:
    return (folder / "encryption.keys").read_text().splitlines()


def shown(lines: Iterable[str]) -> str:
    return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_new_installation_draws_a_key(tmp_path: Path) -> None:
    new = tmp_path / "new"
    given = {"ACCUEIL_FOLDER": str(new), "ACCUEIL_NOW": "2026-11-23T09:00:00+01:00"}
    settings = read_settings(given)
    key, day = kept(new)[0].split()
    assert KEY.fullmatch(key)
    assert (day, kept(new)[1:]) == ("2026-11-23", [DERIVED])
    assert (new / "encryption.keys").stat().st_mode & 0o777 == 0o600
    assert settings.encryption_keys == ()
    read_settings(given)
    assert kept(new)[0].split() == [key, day]


@pytest.mark.parametrize("secret", ["in a file", "given"])
def test_an_installation_from_before_goes_on_with_the_derived_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    if secret == "in a file":
        (folder / "secret.key").write_text(SECRET)
        monkeypatch.delenv("ACCUEIL_SECRET_KEY")
    assert callback_name() == "Sacha"
    assert not (folder / "encryption.keys").exists()
    run("rotate")
    assert callback_name() == "Sacha"


def test_rotate_then_list_then_retire(folder: Path) -> None:
    (derived,) = open_keyring(SECRET.encode(), (), folder).keys
    done = run("rotate")
    assert (done.exit_code, done.stderr) == (0, "")
    newest, _ = open_keyring(SECRET.encode(), (), folder).keys
    assert f"Nouvelle clé : {newest.fingerprint}. Valeurs rechiffrées : {VALUES}." in shown(
        [done.stdout]
    )
    assert shown([run("list").stdout]).splitlines() == [
        "Clés, la plus récente en premier :",
        f"{newest.fingerprint}, ajoutée le 23/11/2026 : {VALUES} valeurs",
        f"  callback_requests : {VALUES}",
        f"{derived.fingerprint}, dérivée de la clé secrète : 0 valeur",
    ]
    retired = run("retire")
    assert (retired.exit_code, derived.fingerprint in retired.stdout) == (0, True)
    assert len(kept(folder)) == 1
    assert callback_name() == "Sacha"
    assert "Aucune ancienne clé" in run("retire").stdout


def test_the_commands_show_no_key(folder: Path) -> None:
    said = [run(command).output for command in ("list", "rotate", "list", "retire", "list")]
    assert not KEY.search("".join(said))


def test_retiring_too_early_is_refused_in_one_sentence(folder: Path) -> None:
    KeyFile(folder).replace([draw_key(), KeyLine(DERIVED)])
    refused = run("retire")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert f"Une ancienne clé chiffre encore {VALUES} valeurs" in refused.stderr
    assert len(kept(folder)) == 2
    resumed = run("rotate")
    assert "Reprise avec la clé" in resumed.stdout
    assert run("retire").exit_code == 0


def test_keys_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw_key().key
    monkeypatch.setenv("ACCUEIL_ENCRYPTION_KEYS", first)
    assert callback_name() == "Sacha"
    assert f"Valeurs rechiffrées : {VALUES}" in shown([run("rotate").stdout])
    told = run("rotate")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "mettez en premier cette clé neuve" in told.stderr
    (second,) = KEY.findall(told.stderr)
    assert "aucune ancienne clé" in run("retire").stdout
    monkeypatch.setenv("ACCUEIL_ENCRYPTION_KEYS", f"{second} {first}")
    old = open_keyring(SECRET.encode(), (first,), folder).keys[0].fingerprint
    assert run("retire").exit_code == 1
    assert run("rotate").exit_code == 0
    assert f"Plus rien n’est chiffré par : {old}." in shown([run("retire").stdout])
    monkeypatch.setenv("ACCUEIL_ENCRYPTION_KEYS", second)
    assert callback_name() == "Sacha"
    assert not (folder / "encryption.keys").exists()


def test_a_key_that_is_missing_is_told(folder: Path) -> None:
    KeyFile(folder).replace([draw_key()])
    with pytest.raises(UnknownKey):
        callback_name()
    for command in ("list", "rotate"):
        told = run(command)
        assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
        assert f"aucune de ces clés, laissées telles quelles : {VALUES}." in shown([told.stderr])
        assert "Sacha" not in told.output


def test_one_command_at_a_time(folder: Path) -> None:
    with KeyFile(folder).held():
        for command in ("rotate", "retire"):
            refused = run(command)
            assert (refused.exit_code, refused.stdout) == (1, "")
            assert "Une autre commande" in refused.stderr


def test_a_busy_database_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accueil.persistence.engine.BUSY_TIMEOUT_SECONDS", 0)
    engine = open_engine(f"sqlite:///{folder / 'accueil.db'}", SECRET.encode())
    with engine.connect() as connection:
        connection.execute(text("UPDATE sites SET name = name"))
        refused = run("rotate")
    engine.dispose()
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "une écriture y dure trop longtemps" in refused.stderr
    assert "Reprise" in run("rotate").stdout
