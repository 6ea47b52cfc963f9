"""Mail: what waits is written out in each reader's language and handed to a mail server, never twice.

Every letter is a piece of work by itself: one that cannot be written, or that the server refuses, holds up no other. A
notice is marked before its mail leaves. A worker that is killed in between leaves it marked `sending`: nobody knows
whether that mail arrived, so it is not sent again; the person finds it on the site.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

from babel.dates import format_date
from sqlalchemy.exc import SQLAlchemyError

from mcc.actions.own_account import draw_reset_link
from mcc.actions.work import SYSTEM, Work
from mcc.clock import CANELONES
from mcc.db.queries.notify import notices_to_mail, notices_waiting_of
from mcc.db.tables import Account, Application, Notice
from mcc.installation import Installation
from mcc.jobs.mailers import Mailer
from mcc.phrases import say

AT_ONCE = 50
TRIES = 18
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(days=1)
"""A pause that doubles up to a day: a mail is tried for a week before it is given up."""
DIGEST_AFTER = time(8, 0)
URGENT = frozenset({"password_reset"})
"""Asked for by the reader: never put off, whatever they chose for notices."""

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """One mail that is to be written: the notices that it tells, and whether it is a person's mail of the day."""

    notices: tuple[int, ...]
    digest: bool = False


def deliver(installation: Installation, mailer: Mailer) -> int:
    """Send what waits; returns how many mails left."""
    with installation.work(SYSTEM) as work:
        letters = choose_letters(work)
    return sum(_send(installation, mailer, letter) for letter in letters)


def choose_letters(work: Work) -> list[Letter]:
    """The letters that are due; notices that nobody wants by mail are settled here."""
    letters: list[Letter] = []
    digested: set[int] = set()
    for notice, account in notices_to_mail(
        work.session, work.now, limit=AT_ONCE, urgent=URGENT, digests_since=_digests_since(work.now)
    ):
        if (settled := _find_unmailed(notice, account)) is not None:
            notice.mail = settled
            work.session.add(notice)
        elif account.notices != "daily" or notice.code in URGENT:
            letters.append(Letter((notice_key(notice),)))
        elif account.key not in digested:
            digested.add(account.key)
            letters.append(Letter(_list_waiting(work, account), digest=True))
    return letters


def _find_unmailed(notice: Notice, account: Account) -> str | None:
    """What becomes of a notice that is not mailed; None when it is."""
    if account.email is None:
        return "unaddressed"
    unwanted = account.notices == "never" and notice.code not in URGENT
    return "unwanted" if unwanted or not account.active else None


def _list_waiting(work: Work, account: Account) -> tuple[int, ...]:
    waiting = notices_waiting_of(work.session, account.key, work.now)
    return tuple(notice_key(notice) for notice in waiting if notice.code not in URGENT)


def _digests_since(now: datetime) -> datetime | None:
    """The beginning of the day on which a person gets one mail; None before the hour of the daily mails."""
    local = now.astimezone(CANELONES)
    return datetime.combine(local.date(), time(), tzinfo=CANELONES) if local.time() >= DIGEST_AFTER else None


def notice_key(notice: Notice) -> int:
    assert notice.id is not None, "read from the database"
    return notice.id


def _send(installation: Installation, mailer: Mailer, letter: Letter) -> bool:
    try:
        with installation.work(SYSTEM) as work:
            letter, message = _write(work, letter)
    except Exception:  # whatever is wrong with one letter, the others have to leave
        LOG.exception("a mail could not be written: notices %s", letter.notices)
        _settle(installation, letter, "failed")
        return False
    if message is None:
        return False
    try:
        mailer.send(message)
    except Exception as error:  # noqa: BLE001 - a library may raise anything for an address that it cannot take
        LOG.warning("a mail could not be sent: %s", error)
        _settle(installation, letter, None)
        return False
    _settle(installation, letter, "digest" if letter.digest else "sent")
    return True


def _write(work: Work, letter: Letter) -> tuple[Letter, EmailMessage | None]:
    """The mail, with its notices marked: it is about to leave. What another worker took meanwhile is not in it."""
    rows = [work.session.get_one(Notice, key) for key in letter.notices]
    waiting = [row for row in rows if row.mail == "waiting"]
    told = [(row, text) for row in waiting if (text := _try_to_tell(work, row)) is not None]
    for notice, _ in told:
        notice.mail, notice.mailed_at, notice.tries = "sending", work.now, notice.tries + 1
        work.session.add(notice)
    written = replace(letter, notices=tuple(notice_key(notice) for notice, _ in told))
    if not told:
        return written, None
    return written, _compose(work, [notice for notice, _ in told], [text for _, text in told])


def _try_to_tell(work: Work, notice: Notice) -> tuple[str, str] | None:
    """Its words; None, and given up, where it has none: the other notices of the day still leave."""
    account = work.session.get_one(Account, notice.account_id)
    try:
        return tell(work, notice, account.language or "es")
    except (LookupError, ValueError, SQLAlchemyError):
        LOG.exception("a notice could not be written: %s", notice.id)
        notice.mail = "failed"
        work.session.add(notice)
        return None


def _compose(work: Work, notices: Sequence[Notice], texts: Sequence[tuple[str, str]]) -> EmailMessage:
    account = work.session.get_one(Account, notices[0].account_id)
    language = account.language or "es"
    single = len(notices) == 1
    subject = texts[0][0] if single else say("notice_frame.digest", language, count=len(notices))
    body = texts[0][1] if single else "\n\n".join(f"· {title}\n{text}" for title, text in texts)
    message = EmailMessage()
    message["From"] = work.settings.mail_from
    message["To"] = account.email
    message["Subject"] = f"[Marca Cooperativa Canaria] {subject}"
    message["Message-ID"] = f"<notice-{notice_key(notices[0])}@{work.settings.mail_from.rpartition('@')[2]}>"
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
    return message


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
        application = work.session.get_one(Application, notice.application_id)
        return f"/solicitudes/{application.number or application.id}"
    return "/colectivos" if notice.code == "paper_expires" else "/avisos"


def _settle(installation: Installation, letter: Letter, state: str | None) -> None:
    """What became of it; without a state it was not taken, and is tried again later, for a week in all."""
    with installation.work(SYSTEM) as work:
        for key in letter.notices:
            notice = work.session.get_one(Notice, key)
            notice.mail = state or ("waiting" if notice.tries < TRIES else "failed")
            notice.next_try_at = work.now + wait_after(notice.tries) if notice.mail == "waiting" else None
            work.session.add(notice)


def wait_after(tries: int) -> timedelta:
    """How long a mail rests after so many tries."""
    doubled: timedelta = FIRST_WAIT * 2 ** (tries - 1)
    return min(doubled, LONGEST_WAIT)
