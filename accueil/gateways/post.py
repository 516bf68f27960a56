"""E-mail: by SMTP when configured, as files in a folder otherwise, or nowhere."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from accueil.services.ports import Mail, MailNotSent

TIMEOUT_SECONDS = 10
CALENDAR_FILE = "rendez-vous.ics"
_LOCAL_PART = re.compile(r"[A-Za-z0-9_-]{1,64}")


def compose(mail: Mail, sender: str, date: str) -> EmailMessage:
    """Return the message: text, HTML beside it, calendar. Raises ``ValueError`` on a bad header."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = date
    message["Message-ID"] = _message_id(mail.message_id, sender)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        _add_calendar(message, mail.calendar, mail.method)
    return message


def _message_id(local: str, sender: str) -> str:
    """Large mail hosts refuse what has no identifier; its domain is the sender's."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    if not local:
        return make_msgid(domain=domain)
    if not _LOCAL_PART.fullmatch(local):
        raise ValueError("not the local part of a Message-ID")
    return f"<{local}@{domain}>"


def _add_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    """Add the calendar with its METHOD, which must be that of the object (RFC 6047, 2.4).

    An invitation and its end are another form of the text: Outlook and Gmail want them so to offer
    their buttons, and others the file besides, in a type that nobody counts as a second one. What
    is only published is a file beside the text: as another form of it, Exchange shows no text.
    """
    params = {"method": method}
    if method == "PUBLISH":
        message.add_attachment(
            calendar.decode(), subtype="calendar", params=params, filename=CALENDAR_FILE
        )
        return
    message.add_alternative(calendar.decode(), subtype="calendar", params=params)
    message.add_attachment(calendar, maintype="application", subtype="ics", filename=CALENDAR_FILE)


class SmtpPost:
    """Hands messages to an SMTP server: ``smtp://`` (STARTTLS if offered) or ``smtps://``."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._secure else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender
        self.description = f"Les e-mails partent par le serveur SMTP {self._host}."

    def send(self, mail: Mail) -> None:
        """Send within ten seconds. Raises ``MailNotSent``."""
        try:
            message = compose(mail, self._sender, formatdate(localtime=False))
            with self._connect() as server:
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # ValueError: an address that cannot be a header. The cause may quote it: only its kind
            # goes on.
            raise MailNotSent(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._secure:
            return smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT_SECONDS, context=context
            )
        server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        return server


class FolderPost:
    """Writes each message as an ``.eml`` file: for demonstrations and trials."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender
        self.description = (
            "Démonstration : aucun e-mail ne part. Les messages sont écrits dans le dossier "
            f"« {folder.name} » du serveur."
        )

    def send(self, mail: Mail) -> None:
        """Write the file, whole or not at all, once per ``message_id``. Raises ``MailNotSent``."""
        try:
            content = compose(mail, self._sender, formatdate(localtime=False)).as_bytes()
            name = mail.message_id or sha256(content).hexdigest()[:20]
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._folder / f"{name}.tmp"
            draft.write_bytes(content)
            draft.replace(self._folder / f"{name}.eml")
        except (OSError, ValueError) as error:
            raise MailNotSent(type(error).__name__) from None


class NullPost:
    """Keeps messages in memory: for tests."""

    description = "Aucun e-mail ne part."

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        """Keep the message."""
        self.sent.append(mail)
