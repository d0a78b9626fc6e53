"""Outgoing mail: SMTP, or a folder of .eml files where no SMTP server is set."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from watertower.base.context import Mail
from watertower.base.errors import Unreachable
from watertower.base.settings import Settings

# Long addresses in headers stay whole; folded, Python would encode them beyond use (RFC 5322: 998).
_UNFOLDED = default.clone(max_line_length=990)


def compose(mail: Mail, settings: Settings) -> EmailMessage:
    """The mail as a message. Header values cannot smuggle in further headers."""
    host = settings.server.domain.rsplit(":", 1)[0]
    message = EmailMessage(policy=_UNFOLDED)
    message["From"] = settings.mail.sender or f"Watertower <notifications@{host}>"
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=host)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers:
        message[name] = " ".join(value.split())
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


class FolderMail:
    """Writes mails to a folder, for development: open them and click the links."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder: Path = settings.server.data_dir / "mail"

    async def send(self, mail: Mail) -> None:
        """Write one file, named by time and recipient."""
        message = compose(mail, self._settings)
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        safe = "".join(c for c in str(message["To"]) if c.isalnum() or c in "@.-")
        (self._folder / f"{name}-{safe}.eml").write_bytes(bytes(message))


class SmtpMail:
    """Hands mails to an SMTP server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, mail: Mail) -> None:
        """Send one mail; Unreachable when the server cannot be reached or refuses."""
        message = compose(mail, self._settings)
        try:
            await asyncio.to_thread(self._send, message)
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(f"The mail could not be sent: {error}") from error

    def _send(self, message: EmailMessage) -> None:
        url = urlsplit(self._settings.mail.smtp_url)
        seconds = self._settings.mail.deadline_seconds
        host, context = url.hostname or "localhost", ssl.create_default_context()
        server: smtplib.SMTP
        if url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, url.port or 465, timeout=seconds, context=context)
        else:
            server = smtplib.SMTP(host, url.port or 587, timeout=seconds)
        with server:
            server.ehlo()
            if url.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(message)
