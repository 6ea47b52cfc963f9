"""What people do with their own account: open one, choose how they are told, change or recover the password."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.accounts import end_all_access
from mcc.actions.inputs import Email, Input, Line
from mcc.actions.notify import ask_for_reset
from mcc.actions.passwords import TOKEN_LETTERS, NewPassword, digest_of, hash_password, password_fits
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.db.queries.accounts import (
    account_by_email,
    account_by_username,
    count_accounts_since,
    count_resets_since,
    password_reset,
)
from mcc.db.tables import Account, Notice, PasswordReset, RoleGrant
from mcc.errors import InputInvalid, NotFound, Problem, TooManyAttempts

MOST_NEW_ACCOUNTS = 30
"""In one hour, of everybody together: a fair brings ten, a machine a thousand."""
MOST_RESETS = 3
WITHIN = timedelta(hours=1)
RESET_LASTS = timedelta(hours=2)


class NoticeChoice(StrEnum):
    EACH = "each"
    DAILY = "daily"
    NEVER = "never"


class NewAccountInput(Input):
    name: Line
    email: Email
    password: NewPassword


class ChoicesInput(Input):
    name: Line
    email: Email | None = None
    language: str = Field(default="es", pattern="^(es|en|pt)$")
    notices: NoticeChoice = NoticeChoice.EACH


class NewPasswordInput(Input):
    password: NewPassword


def open_account(work: Work, given: NewAccountInput) -> Account:
    """An applicant's account for whoever asks; everything else is given by an administrator.

    Raises InputInvalid when the address has an account already, TooManyAttempts when too many are opened at once.
    """
    password_hash = hash_password(given.password)  # slow, so before the first query
    if count_accounts_since(work.session, work.now - WITHIN) >= MOST_NEW_ACCOUNTS:
        raise TooManyAttempts("too_many_accounts", minutes=int(WITHIN.total_seconds() // 60))
    if account_by_email(work.session, given.email) is not None:
        raise InputInvalid([Problem("email", "email_taken")])
    account = Account(
        username=free_username(work, given.email),
        name=given.name,
        email=given.email,
        password_hash=password_hash,
        created_at=work.now,
    )
    work.add(account)
    work.add(RoleGrant(account_id=account.key, role=Role.APPLICANT.value, granted_at=work.now))
    journal.record(work, f"account:{account.id}", "open_account", role=Role.PUBLIC)
    return account


def free_username(work: Work, email: str) -> str:
    """From what stands before the @, with a number where somebody has it already."""
    stem = re.sub(r"[^a-z0-9._-]", "", email.partition("@")[0].lower()).strip("._-")[:50] or "cuenta"
    stem = stem if len(stem) > 2 else f"{stem}.cuenta"  # noqa: PLR2004 - usernames have three letters or more
    names = [stem, *(f"{stem}{number}" for number in range(2, 1000))]
    return next(name for name in names if account_by_username(work.session, name) is None)


def own_account(work: Work) -> Account:
    account = work.session.get(Account, work.actor.key)
    assert account is not None, "whoever is signed in has an account"
    return account


def choose(work: Work, given: ChoicesInput) -> None:
    """Name, address, language, and how notices arrive."""
    account = own_account(work)
    email = given.email
    if email is not None and email != account.email and account_by_email(work.session, email) is not None:
        raise InputInvalid([Problem("email", "email_taken")])
    account.name, account.email = given.name, email
    account.language, account.notices = given.language, given.notices.value
    work.session.add(account)
    journal.record(work, f"account:{account.id}", "choose", role=work.actor.any_role)


@dataclass(frozen=True)
class PasswordChange:
    """A new password that may be set where the hash of the old one still stands: found out before the change begins."""

    old_hash: str
    new_hash: str


def prepare_change(account: Account, *, old: str, new: NewPasswordInput) -> PasswordChange:
    """Compare and hash, outside any change. Raises InputInvalid when the old password is wrong."""
    if not password_fits(account.password_hash, old):
        raise InputInvalid([Problem("old", "password_wrong")])
    return PasswordChange(account.password_hash, hash_password(new.password))


def change_password(work: Work, change: PasswordChange, *, keep: str) -> None:
    """Every other session and every key ends; the session of the token `keep` stays."""
    account = own_account(work)
    if account.password_hash != change.old_hash:
        raise InputInvalid([Problem("old", "password_wrong")])
    account.password_hash = change.new_hash
    work.session.add(account)
    end_all_access(work, account, keep=digest_of(keep))
    journal.record(work, f"account:{account.id}", "change_password", role=work.actor.any_role)


def request_reset(work: Work, name: str) -> None:
    """Mail a link for a new password, if there is such an account with an address; the answer never tells."""
    account = account_by_email(work.session, name.strip()) or account_by_username(work.session, name.strip())
    if account is None or account.email is None or not account.active:
        return
    if count_resets_since(work.session, account.key, work.now - WITHIN) >= MOST_RESETS:
        return
    reset = PasswordReset(
        token_digest=digest_of(draw_word(work.chance, TOKEN_LETTERS)),
        account_id=account.key,
        created_at=work.now,
        expires_at=work.now + RESET_LASTS,
    )
    work.add(reset)
    ask_for_reset(work, account.key, reset.key)
    journal.record(work, f"account:{account.id}", "request_reset", role=Role.PUBLIC)


def draw_reset_link(work: Work, notice: Notice) -> str:
    """The token of a reset that is about to be mailed: drawn now, so that it never rests in the database.

    Its hours run from now on too: a mail server that was out of order takes none of them.
    """
    token = draw_word(work.chance, TOKEN_LETTERS)
    reset = work.session.get(PasswordReset, int(notice.facts["reset"]))
    assert reset is not None, "asked for in the same piece of work"
    reset.token_digest, reset.expires_at = digest_of(token), work.now + RESET_LASTS
    work.session.add(reset)
    return token


def find_reset(work: Work, token: str) -> PasswordReset:
    """Raises NotFound for a link that is unknown, used or too old: the answer is the same."""
    found = password_reset(work.session, digest_of(token), work.now)
    if found is None:
        raise NotFound("reset_unknown", where="address")
    return found


def use_reset(work: Work, token: str, given: NewPasswordInput) -> None:
    """A new password; whoever was signed in with the old one is not any more, and keys end."""
    password_hash = hash_password(given.password)  # slow, so before the first query
    reset = find_reset(work, token)
    account = work.session.get_one(Account, reset.account_id)
    reset.used_at, account.password_hash = work.now, password_hash
    work.session.add_all([reset, account])
    end_all_access(work, account)
    journal.record(work, f"account:{account.id}", "use_reset", role=Role.PUBLIC)
