"""An account at OVHcloud for SMS, and the one line that configures it."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_NUMBER = re.compile(r"\+?\d{6,15}", re.ASCII)
_SENDER = re.compile(r"[A-Za-z0-9 ]{3,11}")
_PLUS = "%2B"


@dataclass(frozen=True, slots=True)
class OvhAccount:
    """Where and as whom to speak to OVHcloud, and whom people see as the sender.

    One of: ``number``, a virtual number (links, answers); ``sender``, a declared name of 11
    characters at most (links, no answers); neither, the short number (answers for 48 hours, in
    metropolitan France; OVHcloud refuses texts with a web address or a telephone number).
    """

    base_url: str
    service: str
    application_key: str = field(repr=False)
    application_secret: str = field(repr=False)
    consumer_key: str = field(repr=False)
    number: str = ""
    sender: str = ""


def read_account(url: str) -> OvhAccount:
    """Read ``ovh://KEY:SECRET@eu.api.ovh.com/SERVICE?consumer=KEY``, ``&number=``, ``&sender=``.

    The connection is HTTPS, except to this very machine. Raises ``ValueError``, without the value.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("not an SMS account") from None
    given = parse_qs(parts.query.replace("+", _PLUS))
    if parts.scheme != "ovh" or not set(given) <= {"consumer", "number", "sender"}:
        raise ValueError("not an SMS account")
    scheme = "http" if parts.hostname in _LOOPBACK else "https"
    account = OvhAccount(
        base_url=f"{scheme}://{parts.netloc.rpartition('@')[2]}/1.0",
        service=parts.path.strip("/"),
        application_key=unquote(parts.username or ""),
        application_secret=unquote(parts.password or ""),
        consumer_key=given.get("consumer", [""])[-1],
        number=given.get("number", [""])[-1],
        sender=given.get("sender", [""])[-1],
    )
    if not parts.hostname or port == 0 or not _is_usable(account):
        raise ValueError("not an SMS account")
    return account


def _is_usable(account: OvhAccount) -> bool:
    keys = (account.application_key, account.application_secret, account.consumer_key)
    return (
        all(keys)
        and _NAME.fullmatch(account.service) is not None
        and not (account.number and account.sender)
        and (not account.number or _NUMBER.fullmatch(account.number) is not None)
        and (not account.sender or _SENDER.fullmatch(account.sender) is not None)
    )
