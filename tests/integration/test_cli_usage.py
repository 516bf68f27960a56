"""Wrong entries, busy ports and the rights of files, through the command line's own door."""

import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accueil import cli, settings
from accueil.bootstrap import Application
from accueil.cli_serve import PortRefused, listen
from accueil.gateways.sms import FolderSms
from accueil.gateways.sms_none import NoSms
from accueil.services.messaging import Sms, SmsNotSent
from accueil.settings import read_settings


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("accueil.logs.configure_logs", lambda: None)
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)
    mask = os.umask(0o022)
    yield
    os.umask(mask)


def typed(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run ``accueil`` as a shell does and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["accueil", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sessions", "add"], "Il manque SITE : voyez « accueil sessions add --help »."),
        (["sessions", "add", "a"], "Il manque --le : voyez « accueil sessions add --help »."),
        (
            ["sessions", "seats", "x", "douze"],
            "Valeur inutilisable pour PLACES : voyez « accueil sessions seats --help ».",
        ),
        (
            ["sessions", "list", "--sites", "a"],
            "Option inconnue, « --sites » : voyez « accueil sessions list --help ».",
        ),
        (["sessions", "list", "--site"], "Valeur oubliée ou de trop après « --site »"),
        (["session"], "Commande inconnue, ou mot de trop : voyez « accueil --help »."),
        (["migrate", "tout"], "Commande inconnue, ou mot de trop : voyez « accueil migrate"),
    ],
)
def test_a_wrong_entry_is_one_french_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    assert typed(monkeypatch, *arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.replace("\u00a0", " ").startswith(said)


def test_a_group_alone_shows_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, "sessions") == 2
    assert "Prévoir une séance" in capsys.readouterr().out


def test_exit_codes_of_commands_go_through(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, "sessions", "list") == 0
    assert typed(monkeypatch, "sessions", "cancel", "none") == 2
    assert typed(monkeypatch, "watch") == 1
    assert "Aucune séance" in capsys.readouterr().out


def test_nobody_else_reads_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed(monkeypatch, "migrate") == 0
    folder = tmp_path / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert "accueil.db" in files
    assert {name: mode for name, mode in files.items() if mode & 0o077} == {}


def test_the_ordinary_folder_is_closed_and_a_chosen_one_keeps_its_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / "var").mkdir(mode=0o755)
    (tmp_path / "chosen").mkdir(mode=0o755)
    read_settings({})
    read_settings({"ACCUEIL_FOLDER": str(tmp_path / "chosen")})
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "chosen").stat().st_mode) == 0o755


@pytest.mark.parametrize(
    ("variable", "what"),
    [("ACCUEIL_PORT", "l’application"), ("ACCUEIL_ACTIONS_PORT", "les actions")],
)
def test_a_busy_port_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, what: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port, other = busy.getsockname()[1], free.getsockname()[1]
        free.close()
        monkeypatch.setenv("ACCUEIL_PORT", str(other))
        monkeypatch.setenv("ACCUEIL_ACTIONS_PORT", str(other))
        monkeypatch.setenv(variable, str(port))
        assert typed(monkeypatch, "serve") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.replace("\u00a0", " ") == (
        f"Le port {port} ({what}) est déjà utilisé par un autre programme : "
        f"arrêtez-le, ou choisissez-en un autre par {variable}.\n"
    )


def test_an_address_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(PortRefused, match="corrigez ACCUEIL_HOST"):
        listen("l’application", "192.0.2.1", 8080, "ACCUEIL_PORT")


@pytest.mark.parametrize(
    ("given", "sends"),
    [
        ({}, True),
        ({"ACCUEIL_SMTP_URL": "smtp://127.0.0.1"}, False),
        (
            {
                "ACCUEIL_SMTP_URL": "smtp://127.0.0.1",
                "ACCUEIL_SMS_URL": "ovh://key:secret@eu.api.ovh.com/sms-1?consumer=key",
            },
            True,
        ),
    ],
    ids=["trial", "e-mails only", "both"],
)
def test_sms_are_promised_only_where_they_leave(
    tmp_path: Path, given: dict[str, str], sends: bool
) -> None:
    application = Application(read_settings({"ACCUEIL_FOLDER": str(tmp_path / "data")} | given))
    assert application.sends_sms is sends
    assert isinstance(application.sms, NoSms) is not sends


def test_without_a_provider_nothing_is_written_nor_tried_again(tmp_path: Path) -> None:
    given = {"ACCUEIL_FOLDER": str(tmp_path / "data"), "ACCUEIL_SMTP_URL": "smtp://127.0.0.1"}
    sms = Application(read_settings(given)).sms
    assert not isinstance(sms, FolderSms)
    with pytest.raises(SmsNotSent) as refused:
        sms.send(Sms("+33639980001", "Bonjour", "ref-1"))
    assert refused.value.retry is False
    assert not (tmp_path / "data" / "sms").exists()
    assert (sms.takes_answers, sms.find("ref-1")) == (False, None)
