"""``accueil platforms telegram connect``: what the operator types and reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from platform_provider import Failure
from telegram_provider import SECRET, TOKEN, TelegramServer
from telegram_updates import BOT
from typer.testing import CliRunner, Result

from accueil.cli import app


@pytest.fixture(autouse=True)
def telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramServer]:
    """An instance whose bot is on loopback."""
    with TelegramServer() as server:
        for name, value in {
            "FOLDER": str(tmp_path),
            "SECRET_KEY": "k" * 40,
            "PUBLIC_URL": "https://accueil.example/",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_BOT": BOT,
            "TELEGRAM_URL": server.url,
        }.items():
            monkeypatch.setenv(f"ACCUEIL_{name}", value)
        yield server


def connect() -> Result:
    result = CliRunner().invoke(app, ["platforms", "telegram", "connect"])
    assert TOKEN not in result.output
    assert SECRET not in result.output
    return result


def test_telegram_is_told_where_to_send(telegram: TelegramServer) -> None:
    result = connect()
    assert (result.exit_code, result.output) == (
        0,
        "Telegram envoie les messages à https://accueil.example/webhooks/telegram.\n"
        "Le bot est à cette adresse\u00a0: https://t.me/accueil_test_bot\n",
    )
    assert telegram.webhook["url"] == "https://accueil.example/webhooks/telegram"
    assert telegram.webhook["secret_token"] == SECRET


def test_it_can_be_done_again(telegram: TelegramServer) -> None:
    assert [connect().exit_code, connect().exit_code] == [0, 0]


def test_without_a_bot_nothing_is_asked(
    telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TOKEN", "SECRET", "BOT"):
        monkeypatch.delenv(f"ACCUEIL_TELEGRAM_{name}")
    result = connect()
    assert result.exit_code == 2
    assert "ACCUEIL_TELEGRAM_TOKEN" in result.output
    assert telegram.calls == []


def test_an_address_without_https_is_refused_here(
    telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCUEIL_PUBLIC_URL", "http://accueil.example")
    result = connect()
    assert result.exit_code == 2
    assert "https://" in result.output
    assert telegram.calls == []


def test_a_wrong_token_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_TELEGRAM_TOKEN", "7001:another")
    result = connect()
    assert result.exit_code == 1
    assert "ACCUEIL_TELEGRAM_TOKEN" in result.output
    assert "another" not in result.output


def test_what_telegram_refuses_is_said(
    telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCUEIL_TELEGRAM_SECRET", "avec des espaces")
    result = connect()
    assert result.exit_code == 1
    assert "secret token contains unallowed characters" in result.output
    assert telegram.webhook == {}


def test_no_answer_is_said(telegram: TelegramServer) -> None:
    telegram.broken = Failure(loses_answer=True)
    result = connect()
    assert result.exit_code == 1
    assert "Telegram ne répond pas" in result.output
