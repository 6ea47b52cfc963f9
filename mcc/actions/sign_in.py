"""Signing in and out: the limit of wrong attempts, sessions, and the person behind a session."""

from dataclasses import dataclass
from datetime import timedelta

from mcc.actions import journal
from mcc.actions.accounts import actor_of_account
from mcc.actions.passwords import TOKEN_LETTERS, digest_of, password_fits
from mcc.actions.work import Actor, Role, Work
from mcc.chance import draw_word
from mcc.db.queries.accounts import account_by_email, account_by_username, login_session, second_steps_of
from mcc.db.queries.journal import count_events_since
from mcc.db.tables import Account, LoginSession
from mcc.errors import NotSignedIn, TooManyAttempts

SESSION_LASTS = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=10)
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Credential:
    """What a password is compared with, outside any transaction: comparing takes its time."""

    subject: str
    """Under which refusals are counted: the account, whichever of its names was typed; or a digest of the name."""
    account_id: int | None
    password_hash: str | None

    def fits(self, password: str) -> bool:
        return password_fits(self.password_hash, password)


@dataclass(frozen=True)
class SignedIn:
    """The token goes into the cookie or header; only its digest is stored."""

    account: Account
    token: str
    waits_for_code: bool = False
    """The password was right, and a second device has to say so too: until then the session opens nothing."""


def find_credential(work: Work, name: str) -> Credential:
    """By user name or e-mail address. Raises TooManyAttempts after ten refusals in a quarter of an hour.

    The same for a name of nobody: neither the answer nor its time tells whether there is such an account.
    """
    typed = name.strip().lower()
    account = account_by_username(work.session, typed) or account_by_email(work.session, typed)
    # A name of nobody may be a password in the wrong field: only its digest is kept.
    subject = f"sign_in:{digest_of(typed if account is None else f'account:{account.key}')[:24]}"
    _refuse_too_many(work, subject)
    known = account is not None and account.active
    return Credential(
        subject=subject,
        account_id=account.key if account is not None and known else None,
        password_hash=account.password_hash if account is not None and known else None,
    )


def _refuse_too_many(work: Work, subject: str) -> None:
    if count_events_since(work.session, subject, "sign_in_refused", work.now - TRIES_WITHIN) >= TRIES:
        raise TooManyAttempts("too_many_attempts", minutes=int(TRIES_WITHIN.total_seconds() // 60))


def open_session(work: Work, credential: Credential) -> SignedIn:
    """For a credential whose password was right. Raises NotSignedIn when the account changed meanwhile.

    Raises TooManyAttempts when others were refused meanwhile: many guesses at once get no further than one by one.
    """
    _refuse_too_many(work, credential.subject)
    account = None if credential.account_id is None else work.session.get(Account, credential.account_id)
    if account is None or not account.active or account.password_hash != credential.password_hash:
        raise NotSignedIn("sign_in_failed", where="password")
    token = draw_word(work.chance, TOKEN_LETTERS)
    waiting = any(row.confirmed_at is not None for row in second_steps_of(work.session, account.key))
    work.add(
        LoginSession(
            token_digest=digest_of(token),
            account_id=account.key,
            created_at=work.now,
            expires_at=work.now + (CODE_LASTS if waiting else SESSION_LASTS),
            waiting=True if waiting else None,
        )
    )
    return SignedIn(account, token, waits_for_code=waiting)


def note_refused_sign_in(work: Work, credential: Credential) -> None:
    journal.record(work, credential.subject, "sign_in_refused", role=Role.PUBLIC)


def sign_out(work: Work, token: str) -> None:
    session = login_session(work.session, digest_of(token), work.now)
    if session is not None:
        work.session.delete(session)


def login_session_waiting(work: Work, token: str) -> LoginSession | None:
    """The session that waits for the code of a second device."""
    found = login_session(work.session, digest_of(token), work.now)
    return found if found is not None and found.waiting else None


def lengthen_session(work: Work, token: str) -> None:
    """From the few minutes for a code to the length of a working day."""
    session = login_session(work.session, digest_of(token), work.now)
    if session is not None:
        session.expires_at = work.now + SESSION_LASTS
        work.session.add(session)


def actor_of_session(work: Work, token: str) -> Actor | None:
    found = login_session(work.session, digest_of(token), work.now)
    return None if found is None or found.waiting else actor_of_account(work, found.account_id)
