"""Settings, from environment variables only. ``docs/architecture.md`` lists them."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accueil.core.clock import SystemClock
from accueil.gateways.platform_accounts import (
    IncompleteAccount,
    PlatformAccounts,
    read_platform_accounts,
)
from accueil.gateways.sms_account import OvhAccount, read_account
from accueil.persistence.key_file import (
    DERIVED,
    KeyFile,
    KeyFileError,
    KeyLine,
    draw_key,
    is_key,
)

ROOT = Path(__file__).resolve().parents[1]
_OWNER_ONLY = 0o700
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, in French, for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this instance runs."""

    folder: Path
    database_url: str
    host: str
    port: int
    public_url: str
    actions_port: int
    rasa_url: str
    rasa_secret: str
    smtp_url: str
    mail_from: str
    sms_account: OvhAccount | None
    video_url: str
    platforms: PlatformAccounts
    embed_origins: tuple[str, ...]
    trusted_proxies: str
    frozen_now: datetime | None
    secret_key: bytes
    encryption_keys: tuple[str, ...]
    """Given from outside, newest first; when empty, they are in the data folder."""

    @property
    def sends_sms(self) -> bool:
        """Tell whether there are SMS: by a provider, or as files while e-mails are files too."""
        return self.sms_account is not None or not self.smtp_url

    @property
    def is_secure(self) -> bool:
        """Tell whether people reach this instance by HTTPS (cookies are then ``Secure``)."""
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises ``SettingsError``; creates the data folder and its keys.

    That folder is its owner's only; but one that was there and was chosen keeps its rights.
    """
    given = os.environ if environment is None else environment
    folder = Path(given.get("ACCUEIL_FOLDER", str(ROOT / "var")))
    _make_private(folder, is_ours="ACCUEIL_FOLDER" not in given)
    host = given.get("ACCUEIL_HOST", "127.0.0.1")
    port = _port(given, "ACCUEIL_PORT", 8080)
    rasa_port = _port(given, "ACCUEIL_RASA_PORT", 5005)
    return Settings(
        folder=folder,
        database_url=given.get("ACCUEIL_DATABASE_URL", f"sqlite:///{folder / 'accueil.db'}"),
        host=host,
        port=port,
        public_url=given.get("ACCUEIL_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        actions_port=_port(given, "ACCUEIL_ACTIONS_PORT", 5055),
        rasa_url=given.get("ACCUEIL_RASA_URL", f"http://127.0.0.1:{rasa_port}").rstrip("/"),
        rasa_secret=given.get("ACCUEIL_RASA_SECRET", ""),
        smtp_url=given.get("ACCUEIL_SMTP_URL", ""),
        mail_from=given.get("ACCUEIL_MAIL_FROM", "premier-accueil@example.org"),
        sms_account=_sms_account(given),
        video_url=_video_url(given),
        platforms=_platforms(given),
        embed_origins=_embed_origins(given),
        trusted_proxies=given.get("ACCUEIL_TRUSTED_PROXIES", "127.0.0.1"),
        frozen_now=_instant(given, "ACCUEIL_NOW"),
        secret_key=_secret_key(given, folder),
        encryption_keys=_encryption_keys(given, folder),
    )


def _make_private(folder: Path, *, is_ours: bool) -> None:
    """Make the data folder; whoever made the ordinary one first, nobody else reads it."""
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if is_ours and folder.stat().st_uid == os.geteuid():
        folder.chmod(_OWNER_ONLY)


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name} doit être un port, de 1 à 65535.")
    return int(text)


def _sms_account(given: Mapping[str, str]) -> OvhAccount | None:
    """Return the account that SMS leave by; none when they become files."""
    text = given.get("ACCUEIL_SMS_URL", "")
    if not text:
        return None
    try:
        return read_account(text)
    except ValueError:
        raise SettingsError(
            "ACCUEIL_SMS_URL doit s’écrire ovh://CLÉ:SECRET@eu.api.ovh.com/SERVICE?consumer=CLÉ, "
            "avec &number=NUMÉRO ou &sender=NOM s’il y en a un."
        ) from None


def _platforms(given: Mapping[str, str]) -> PlatformAccounts:
    """Return the accounts in messaging apps."""
    try:
        return read_platform_accounts(given)
    except IncompleteAccount as error:
        raise SettingsError(
            f"Il manque {', '.join(error.missing)} pour ouvrir l’application de messagerie."
        ) from None


def _video_url(given: Mapping[str, str]) -> str:
    """Return the address under which rooms for video calls are; empty when there are none."""
    text = given.get("ACCUEIL_VIDEO_URL", "").rstrip("/")
    if text and not text.startswith("https://"):
        raise SettingsError("ACCUEIL_VIDEO_URL doit être une adresse qui commence par https://.")
    return text


def _embed_origins(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sites that carry the widget, as browsers name them: with neither path nor "/"."""
    named = given.get("ACCUEIL_EMBED_ORIGINS", "").lower().split()
    origins = tuple(one.rstrip("/") for one in named)
    if not all(_ORIGIN.fullmatch(one) for one in origins):
        raise SettingsError(
            "ACCUEIL_EMBED_ORIGINS doit être une suite d’adresses de sites sans chemin, comme "
            "https://www.exemple.fr, séparées par des espaces."
        )
    return origins


def _instant(given: Mapping[str, str], name: str) -> datetime | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{name} doit être une date ISO 8601.") from error
    if instant.tzinfo is None:
        raise SettingsError(f"{name} doit avoir un fuseau, par exemple +01:00.")
    return instant


def _secret_key(given: Mapping[str, str], folder: Path) -> bytes:
    """Return the key given, or the one kept in the data folder, made at the first start."""
    text = given.get("ACCUEIL_SECRET_KEY", "")
    if text:
        if len(text) < 32:
            raise SettingsError("ACCUEIL_SECRET_KEY doit avoir au moins 32 caractères.")
        return text.encode()
    path = folder / "secret.key"
    if not path.exists():
        _make_encryption_file(given, folder)
        draft = folder / f"secret.{os.getpid()}.tmp"
        draft.write_text(secrets.token_urlsafe(48))
        draft.chmod(0o600)
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process made it a moment ago: use that one
        finally:
            draft.unlink()
    return path.read_bytes().strip()


def _make_encryption_file(given: Mapping[str, str], folder: Path) -> None:
    """Draw a new installation's first encryption key, before its secret key says it has begun."""
    if not given.get("ACCUEIL_ENCRYPTION_KEYS"):
        today = (_instant(given, "ACCUEIL_NOW") or SystemClock().now()).date()
        KeyFile(folder).make([draw_key(today), KeyLine(DERIVED)])


def _encryption_keys(given: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Return the keys given; when there are none, check that the folder's can be read."""
    keys = tuple(given.get("ACCUEIL_ENCRYPTION_KEYS", "").split())
    if not all(is_key(key) for key in keys):
        raise SettingsError(
            "ACCUEIL_ENCRYPTION_KEYS doit être une suite de clés de 44 caractères, "
            "séparées par des espaces, la plus récente en premier."
        )
    if not keys:
        try:
            KeyFile(folder).read()
        except KeyFileError as error:
            raise SettingsError(str(error)) from error
    return keys
