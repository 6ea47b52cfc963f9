"""Mail: what waits is written out in each reader's language and handed to a mail server, never twice.

A notice is marked before its mail leaves. A worker that is killed in between leaves it marked `sending`: nobody knows
whether that mail arrived, so it is not sent again; the person finds it on the site.
"""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from babel.dates import format_date

from mcc.actions.files import write_whole
from mcc.actions.own_account import draw_reset_link
from mcc.actions.work import SYSTEM, Work
from mcc.clock import CANELONES
from mcc.db.queries.notify import last_digest_at, notices_to_mail
from mcc.db.tables import Account, Application, Notice
from mcc.installation import Installation
from mcc.phrases import say
from mcc.settings import Settings

AT_ONCE = 50
TRIES = 5
DIGEST_AFTER = time(8, 0)
TIMEOUT_SECONDS = 20.0
URGENT = frozenset({"password_reset"})
"""Asked for by the reader: never put off, whatever they chose for notices."""

LOG = logging.getLogger(__name__)


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Raises OSError or smtplib.SMTPException when the message was not taken."""


@dataclass(frozen=True)
class SmtpMailer:
    settings: Settings

    def send(self, message: EmailMessage) -> None:
        chosen = self.settings
        assert chosen.mail_host is not None, "a mailer is made where there is a mail server"
        with smtplib.SMTP(chosen.mail_host, chosen.mail_port, timeout=TIMEOUT_SECONDS) as server:
            if chosen.mail_tls:
                server.starttls()
            if chosen.mail_user is not None and chosen.mail_password is not None:
                server.login(chosen.mail_user, chosen.mail_password.read_text(encoding="utf-8").strip())
            server.send_message(message)


@dataclass(frozen=True)
class FolderMailer:
    """Keeps mails as files: for a demonstration, and for trying without a mail server."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        write_whole(self.folder / f"{name}.eml", message.as_bytes())


@dataclass(frozen=True)
class Letter:
    """One mail, and the notices that it tells."""

    message: EmailMessage
    notices: tuple[int, ...]
    state: str
    """What the notices become once it is sent: sent or digest."""


def choose_mailer(installation: Installation) -> Mailer:
    settings = installation.settings
    return SmtpMailer(settings) if settings.mail_host else FolderMailer(settings.data / "mail")


def deliver(installation: Installation, mailer: Mailer) -> int:
    """Send what waits; returns how many mails left."""
    with installation.work(SYSTEM) as work:
        letters = prepare(work)
    return sum(_hand_over(installation, mailer, letter) for letter in letters)


def prepare(work: Work) -> list[Letter]:
    """Write the mails that are due and mark their notices; those that nobody wants by mail are settled here."""
    due: dict[int, list[tuple[Notice, Account]]] = {}
    for notice, account in notices_to_mail(work.session, AT_ONCE):
        wanted = "each" if notice.code in URGENT else account.notices or "each"
        if account.email is None or wanted == "never":
            notice.mail = "unaddressed" if account.email is None else "unwanted"
        elif wanted == "each":
            due.setdefault(-notice_key(notice), []).append((notice, account))
        elif _digest_is_due(work, account.key):
            due.setdefault(account.key, []).append((notice, account))
        work.session.add(notice)
    return [_write(work, group) for group in due.values()]


def notice_key(notice: Notice) -> int:
    assert notice.id is not None, "read from the database"
    return notice.id


def _digest_is_due(work: Work, account_id: int) -> bool:
    last = last_digest_at(work.session, account_id)
    local = work.now.astimezone(CANELONES)
    return local.time() >= DIGEST_AFTER and (last is None or last.astimezone(CANELONES).date() < local.date())


def _write(work: Work, group: Sequence[tuple[Notice, Account]]) -> Letter:
    account = group[0][1]
    language = account.language or "es"
    texts = []
    for notice, _ in group:
        notice.mail, notice.mailed_at, notice.tries = "sending", work.now, notice.tries + 1
        work.session.add(notice)
        texts.append(tell(work, notice, language))
    single = len(group) == 1
    subject = texts[0][0] if single else say("notice_frame.digest", language, count=len(group))
    body = texts[0][1] if single else "\n\n".join(f"· {title}\n{text}" for title, text in texts)
    message = EmailMessage()
    message["From"] = work.settings.mail_from
    message["To"] = account.email
    message["Subject"] = f"[Marca Cooperativa Canaria] {subject}"
    message["Message-ID"] = f"<notice-{notice_key(group[0][0])}@{work.settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        say(
            "notice_frame.letter",
            language,
            name=account.name,
            body=body,
            address=f"{work.settings.public_url}/cuenta",
            contact=work.settings.office_contact,
        )
    )
    keys = tuple(notice_key(notice) for notice, _ in group)
    return Letter(message, keys, "sent" if single and (account.notices or "each") == "each" else "digest")


def tell(work: Work, notice: Notice, language: str) -> tuple[str, str]:
    """Subject and text of one notice, with the address where to act on it."""
    facts = dict(notice.facts)
    if facts.get("due"):
        facts["due"] = format_date(date.fromisoformat(facts["due"]), "d/M/y", locale=language)
    address = f"{work.settings.public_url}{address_of(work, notice)}"
    if notice.code == "password_reset":
        address = f"{work.settings.public_url}/clave/{draw_reset_link(work, notice)}"
    subject = say(f"notice.{notice.code}.subject", language, **facts)
    text = say(f"notice.{notice.code}.text", language, **facts)
    return subject, f"{text}\n{address}"


def address_of(work: Work, notice: Notice) -> str:
    """Where on the site the reader acts on it."""
    if notice.application_id is not None:
        application = work.session.get(Application, notice.application_id)
        assert application is not None, "a foreign key holds this"
        return f"/solicitudes/{application.number or application.id}"
    return "/colectivos" if notice.code == "paper_expires" else "/avisos"


def _hand_over(installation: Installation, mailer: Mailer, letter: Letter) -> bool:
    try:
        mailer.send(letter.message)
    except (OSError, smtplib.SMTPException) as error:
        LOG.warning("a mail could not be sent: %s", error)
        _settle(installation, letter, None)
        return False
    _settle(installation, letter, letter.state)
    return True


def _settle(installation: Installation, letter: Letter, state: str | None) -> None:
    """Sent; or not taken, and then to be tried again a few times."""
    with installation.work(SYSTEM) as work:
        for key in letter.notices:
            notice = work.session.get(Notice, key)
            assert notice is not None, "notices are never deleted"
            notice.mail = state or ("waiting" if notice.tries < TRIES else "failed")
            work.session.add(notice)
