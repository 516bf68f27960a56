"""E-mail: by SMTP when configured, as files in a folder otherwise, or nowhere."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from accueil.services.ports import Mail, MailNotSent

TIMEOUT_SECONDS = 10


def compose(mail: Mail, sender: str, date: str) -> EmailMessage:
    """Return the message; the calendar is a ``text/calendar`` part with its METHOD (RFC 6047)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = date
    # Large mail hosts refuse what has no identifier; its domain is the sender's, not the machine's.
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.calendar:
        message.add_attachment(
            mail.calendar.decode(),
            subtype="calendar",
            params={"method": mail.method},
            filename="rendez-vous.ics",
        )
    return message


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
        """Write the file, whole or not at all. Raises ``MailNotSent``."""
        try:
            content = compose(mail, self._sender, formatdate(localtime=False)).as_bytes()
            name = sha256(content).hexdigest()[:20]
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
