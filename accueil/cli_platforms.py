"""``accueil platforms``: connect this instance with messaging apps."""

from typing import TYPE_CHECKING

import typer

from accueil.cli_application import refuse
from accueil.cli_platforms_meta import messenger_app, whatsapp_app
from accueil.core.french import NBSP

if TYPE_CHECKING:
    from accueil.gateways.telegram_api import TelegramRefused

_GUIDE = f"{NBSP}: voyez docs/guides/messageries.md."
_NO_BOT = (
    "Il manque ACCUEIL_TELEGRAM_TOKEN, ACCUEIL_TELEGRAM_SECRET et ACCUEIL_TELEGRAM_BOT" + _GUIDE
)
_NOT_SECURE = "ACCUEIL_PUBLIC_URL doit commencer par https:// pour une messagerie."
_NOBODY = f"Telegram ne répond pas{NBSP}: rien n’est changé, réessayez plus tard."
_WRONG_TOKEN = f"Telegram refuse le jeton du bot{NBSP}: vérifiez ACCUEIL_TELEGRAM_TOKEN."

platforms_app = typer.Typer(
    help="Messageries.", no_args_is_help=True, pretty_exceptions_enable=False
)
telegram_app = typer.Typer(help="Telegram.", no_args_is_help=True, pretty_exceptions_enable=False)
platforms_app.add_typer(telegram_app, name="telegram")
platforms_app.add_typer(messenger_app, name="messenger")
platforms_app.add_typer(whatsapp_app, name="whatsapp")


@platforms_app.callback()
def platforms() -> None:
    """Messageries."""


@telegram_app.callback()
def telegram() -> None:
    """Telegram."""


@telegram_app.command("connect", help="Dire à Telegram où envoyer ce qu’on écrit au bot.")
def connect_telegram() -> None:
    """Set the webhook: exit 0 when done, 1 refused by Telegram or no answer, 2 a wrong setting."""
    from accueil.gateways.telegram import WEBHOOK_PATH, TelegramGateway
    from accueil.gateways.telegram_api import TelegramRefused, TelegramUnreachable
    from accueil.settings import read_settings

    settings = read_settings()
    account = settings.platforms.telegram
    if account is None:
        refuse(_NO_BOT)
    if not settings.is_secure:
        refuse(_NOT_SECURE)
    gateway = TelegramGateway(account)
    try:
        gateway.set_webhook(settings.public_url)
    except TelegramUnreachable:
        typer.echo(_NOBODY, err=True)
        raise typer.Exit(1) from None
    except TelegramRefused as refusal:
        typer.echo(_said(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Telegram envoie les messages à {settings.public_url}{WEBHOOK_PATH}.")
    typer.echo(f"Le bot est à cette adresse{NBSP}: {gateway.address}")


def _said(refusal: "TelegramRefused") -> str:
    """Return why Telegram refuses; its own words, in English, name what to mend."""
    if refusal.status in (401, 404):
        return _WRONG_TOKEN
    words = refusal.description or str(refusal)
    return f"Telegram refuse{NBSP}: «{NBSP}{words}{NBSP}»."
