"""Ways for a mail to leave: a mail server, or files in a folder."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from mcc.actions.files import write_whole
from mcc.settings import Settings

TIMEOUT_SECONDS = 20.0


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Raises whatever stood in the way when the message was not taken."""


@dataclass(frozen=True)
class SmtpMailer:
    settings: Settings

    def send(self, message: EmailMessage) -> None:
        chosen = self.settings
        assert chosen.mail_host is not None, "a mailer is made where there is a mail server"
        server = smtplib.SMTP(chosen.mail_host, chosen.mail_port, timeout=TIMEOUT_SECONDS)
        try:
            if chosen.mail_tls:
                # Without a context the library takes any certificate, also that of whoever stands in between.
                server.starttls(context=ssl.create_default_context())
            if chosen.mail_user is not None and chosen.mail_password is not None:
                server.login(chosen.mail_user, chosen.mail_password.read_text(encoding="utf-8").strip())
            server.send_message(message)
        finally:
            # A farewell that fails is no failure: the message may have been taken, and would be sent again.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()


@dataclass(frozen=True)
class FolderMailer:
    """Keeps mails as files: for a demonstration, and for trying without a mail server."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        write_whole(self.folder / f"{name}.eml", message.as_bytes())


def choose_mailer(settings: Settings) -> Mailer:
    return SmtpMailer(settings) if settings.mail_host else FolderMailer(settings.data / "mail")
