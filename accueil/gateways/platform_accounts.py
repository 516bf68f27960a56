"""The accounts of messaging apps, from environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

GRAPH_URL = "https://graph.facebook.com/v26.0"
"""The newest version in late 2026; each lasts two years at least (Graph API changelog)."""
TELEGRAM_URL = "https://api.telegram.org"


class IncompleteAccount(ValueError):
    """Some variables of an account are there and others are not; ``missing`` names them."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """A bot. ``secret`` is what Telegram repeats in a header of each webhook."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    bot: str
    """The bot's user name, without ``@``."""
    url: str = TELEGRAM_URL


@dataclass(frozen=True, slots=True)
class MessengerAccount:
    """A Facebook page. ``app_secret`` signs webhooks; ``verify_token`` is ours, told once."""

    page: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    url: str = GRAPH_URL


@dataclass(frozen=True, slots=True)
class WhatsAppAccount:
    """A number of the WhatsApp Cloud API.

    ``number`` is E.164, as people see it; ``number_id`` is what the provider calls it.
    """

    number_id: str
    number: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    url: str = GRAPH_URL


@dataclass(frozen=True, slots=True)
class PlatformAccounts:
    """The apps in which this instance can be reached; ``None`` where it cannot."""

    telegram: TelegramAccount | None = None
    messenger: MessengerAccount | None = None
    whatsapp: WhatsAppAccount | None = None


_TELEGRAM = {
    "token": "ACCUEIL_TELEGRAM_TOKEN",
    "secret": "ACCUEIL_TELEGRAM_SECRET",
    "bot": "ACCUEIL_TELEGRAM_BOT",
}
_MESSENGER = {
    "page": "ACCUEIL_MESSENGER_PAGE",
    "token": "ACCUEIL_MESSENGER_TOKEN",
    "app_secret": "ACCUEIL_MESSENGER_APP_SECRET",
    "verify_token": "ACCUEIL_MESSENGER_VERIFY_TOKEN",
}
_WHATSAPP = {
    "number_id": "ACCUEIL_WHATSAPP_NUMBER_ID",
    "number": "ACCUEIL_WHATSAPP_NUMBER",
    "token": "ACCUEIL_WHATSAPP_TOKEN",
    "app_secret": "ACCUEIL_WHATSAPP_APP_SECRET",
    "verify_token": "ACCUEIL_WHATSAPP_VERIFY_TOKEN",
}


def read_platform_accounts(given: Mapping[str, str]) -> PlatformAccounts:
    """Return the accounts that these variables give.

    Raises ``IncompleteAccount`` when an account has only some of its variables.
    """
    return PlatformAccounts(
        _account(TelegramAccount, given, _TELEGRAM, "ACCUEIL_TELEGRAM_URL"),
        _account(MessengerAccount, given, _MESSENGER, "ACCUEIL_MESSENGER_URL"),
        _account(WhatsAppAccount, given, _WHATSAPP, "ACCUEIL_WHATSAPP_URL"),
    )


def _account[T](
    kind: type[T], given: Mapping[str, str], variables: Mapping[str, str], url_variable: str
) -> T | None:
    values = {name: given.get(variable, "").strip() for name, variable in variables.items()}
    if not any(values.values()):
        return None
    missing = [variables[name] for name, value in values.items() if not value]
    if missing:
        raise IncompleteAccount(missing)
    url = given.get(url_variable, "").strip().rstrip("/")
    return kind(**values, **({"url": url} if url else {}))
