"""``accueil platforms messenger`` and ``whatsapp``: what the operator types, reads and finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_rules import graph_error
from messenger_provider import PAGE, MessengerProvider
from meta_provider import APP_SECRET, TOKEN, VERIFY_TOKEN, MetaServer
from platform_provider import Failure
from typer.testing import CliRunner, Result
from whatsapp_provider import BUSINESS, WhatsAppProvider

from accueil.cli import app
from accueil.gateways.meta_setup import MESSENGER_FIELDS, MetaSetup
from accueil.gateways.meta_templates import TEMPLATES
from accueil.settings import ROOT

GUIDE = ROOT / "docs" / "guides" / "messageries.md"


@pytest.fixture(params=["messenger", "whatsapp"])
def meta(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MetaServer]:
    """An instance whose page or number is on loopback, with no template approved yet."""
    servers = {"messenger": MessengerProvider, "whatsapp": WhatsAppProvider}
    with servers[request.param]() as server:
        server.templates.bodies.clear()
        monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path))
        monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        yield server


def typed(meta: MetaServer, command: str) -> Result:
    is_page = isinstance(meta, MessengerProvider)
    arguments = ["messenger", command] if is_page else ["whatsapp", command, BUSINESS]
    result = CliRunner().invoke(app, ["platforms", *arguments])
    assert not any(secret in result.output for secret in (TOKEN, APP_SECRET, VERIFY_TOKEN))
    return result


def test_meta_is_told_what_to_send(meta: MetaServer) -> None:
    for _ in range(2):
        result = typed(meta, "connect")
        assert result.exit_code == 0
        assert "Meta envoie" in result.output
    assert meta.set_up[0][0] == "subscribed_apps"


def test_a_page_gets_its_fields_and_its_opening_button() -> None:
    with MessengerProvider() as server:
        MetaSetup(server.account(), PAGE).connect_page()
    assert server.set_up == [
        ("subscribed_apps", {"subscribed_fields": ",".join(MESSENGER_FIELDS)}),
        ("messenger_profile", {"get_started": {"payload": "GET_STARTED"}}),
    ]


def test_the_three_templates_are_asked_for(meta: MetaServer) -> None:
    result = typed(meta, "templates")
    assert (result.exit_code, result.output.count("APPROVED")) == (0, 3)
    assert meta.templates.bodies == {template.name: template.body for template in TEMPLATES}


@pytest.mark.parametrize("command", ["connect", "templates"])
def test_a_refusal_says_its_numbers(meta: MetaServer, command: str) -> None:
    meta.broken = Failure(*graph_error(100, 2388024))
    result = typed(meta, command)
    assert result.exit_code == 1
    assert "400/100/2388024" in result.output


@pytest.mark.parametrize("command", ["connect", "templates"])
def test_without_an_account_nothing_is_asked(
    meta: MetaServer, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in meta.environment():
        monkeypatch.delenv(name)
    result = typed(meta, command)
    assert result.exit_code == 2
    assert "_VERIFY_TOKEN" in result.output
    assert not meta.calls


def test_the_guide_gives_every_template_word_for_word() -> None:
    guide = " ".join(GUIDE.read_text().split())
    for template in TEMPLATES:
        assert f"| `{template.name}` | {' '.join(template.body.split())} |" in guide


def test_the_guide_names_every_variable_and_field() -> None:
    guide = GUIDE.read_text()
    named = [f"`{field}`" for field in MESSENGER_FIELDS]
    for provider in (MessengerProvider, WhatsAppProvider):
        with provider() as server:
            named += [name for name in server.environment() if not name.endswith("_URL")]
    assert [name for name in named if name not in guide] == []
