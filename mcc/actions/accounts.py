"""Accounts: who may sign in, in which roles, and the sessions and keys that prove it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import Field

from mcc.actions import journal
from mcc.actions.inputs import Input, Line
from mcc.actions.permissions import require
from mcc.actions.work import Actor, Role, Work
from mcc.chance import Chance, draw_word
from mcc.db.queries.accounts import (
    account_by_email,
    account_by_username,
    api_key,
    grants_of_account,
    list_accounts,
    login_session,
    organisations_ever_of,
    organisations_of_account,
    roles_of_account,
    second_steps_of,
    sessions_of_account,
)
from mcc.db.queries.journal import count_refused_sign_ins
from mcc.db.tables import Account, ApiKey, LoginSession, Membership, Organisation, RoleGrant
from mcc.errors import InputInvalid, NotFound, NotSignedIn, Problem, Refused, TooManyAttempts

SESSION_LASTS = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=10)
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
TOKEN_LETTERS = 52
PASSWORD_LETTERS = 20

HASHER = PasswordHasher()
"""Checked when the name is unknown, so that an unknown name takes as long as a wrong password."""


class AccountInput(Input):
    username: str = Field(min_length=3, max_length=60, pattern=r"^[a-z0-9][a-z0-9._-]*$")
    name: Line
    password: str = Field(min_length=10, max_length=200)
    roles: list[Role] = Field(min_length=1)


@dataclass(frozen=True)
class SignedIn:
    """The token goes into the cookie or header; only its digest is stored."""

    account: Account
    token: str
    waits_for_code: bool = False
    """The password was right, and a second device has to say so too: until then the session opens nothing."""


def create_account(work: Work, given: AccountInput) -> Account:
    role = require(work, "manage_accounts")
    if account_by_username(work.session, given.username) is not None:
        raise InputInvalid([Problem("username", "username_taken", {"value": given.username})])
    account = Account(
        username=given.username,
        name=given.name,
        password_hash=HASHER.hash(given.password),
        created_at=work.now,
    )
    work.add(account)
    work.add(
        *(RoleGrant(account_id=account.key, role=name.value, granted_at=work.now) for name in given.roles)
    )
    journal.record(
        work,
        f"account:{account.id}",
        "create_account",
        role=role,
        roles=sorted(name.value for name in given.roles),
    )
    return account


def create_first_administrator(work: Work, given: AccountInput) -> Account:
    """The very first account; refused as soon as there is any."""
    if list_accounts(work.session):
        raise Refused("accounts_exist", where="accounts")
    return create_account(work, given)


def change_roles(work: Work, username: str, roles: list[Role]) -> None:
    """Set exactly these roles; what ends, ends with the next request of that person."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    grants = {grant.role: grant for grant in grants_of_account(work.session, account.key)}
    wanted = {name.value for name in roles}
    for name, grant in grants.items():
        if name not in wanted:
            grant.ended_at = work.now
            work.session.add(grant)
    for name in sorted(wanted - grants.keys()):
        work.session.add(RoleGrant(account_id=account.key, role=name, granted_at=work.now))
    journal.record(work, f"account:{account.id}", "change_roles", role=role, roles=sorted(wanted))


def close_account(work: Work, username: str) -> None:
    """Nobody signs in with it any more; what the person did keeps their name."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    account.active = False
    work.session.add(account)
    journal.record(work, f"account:{account.id}", "close_account", role=role)


def set_password(work: Work, username: str, password: str) -> None:
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    account.password_hash = HASHER.hash(password)
    work.session.add(account)
    for session in sessions_of_account(work.session, account.key):
        # Whoever had the old password may be signed in.
        work.session.delete(session)
    journal.record(work, f"account:{account.id}", "set_password", role=role)


def join_organisation(work: Work, username: str, organisation_id: int) -> None:
    """Let a person act for, or be known to belong to, an organisation."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    if work.session.get(Organisation, organisation_id) is None:
        raise NotFound("organisation_unknown", where="organisation", value=organisation_id)
    work.add(Membership(account_id=account.key, organisation_id=organisation_id, since=work.now))
    journal.record(
        work, f"organisation:{organisation_id}", "join_organisation", role=role, account=account.id
    )


def find_account(work: Work, username: str) -> Account:
    account = account_by_username(work.session, username)
    if account is None:
        raise NotFound("account_unknown", where="username", value=username)
    return account


def sign_in(work: Work, username: str, password: str) -> SignedIn:
    """Check name and password and open a session.

    Raises NotSignedIn with one and the same code for an unknown name, a wrong password and a closed account;
    TooManyAttempts after ten refusals in a quarter of an hour.
    """
    refused = count_refused_sign_ins(work.session, digest_of(username)[:24], work.now - TRIES_WITHIN)
    if refused >= TRIES:
        raise TooManyAttempts("too_many_attempts", minutes=int(TRIES_WITHIN.total_seconds() // 60))
    account = account_by_username(work.session, username) or account_by_email(work.session, username)
    if not password_fits(account, password) or account is None or not account.active:
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


def note_refused_sign_in(work: Work, username: str) -> None:
    """Keep the refusal under a digest of the name that was tried: it may be a password typed in the wrong field."""
    journal.record(work, f"sign_in:{digest_of(username)[:24]}", "sign_in_refused", role=Role.PUBLIC)


@cache
def hash_of_nobody() -> str:
    """What a name without an account is compared with, so that it takes as long as one with."""
    return HASHER.hash("nobody")


def password_fits(account: Account | None, password: str) -> bool:
    try:
        return HASHER.verify(hash_of_nobody() if account is None else account.password_hash, password)
    except VerificationError:
        return False


def sign_out(work: Work, token: str) -> None:
    session = login_session(work.session, digest_of(token), work.now)
    if session is not None:
        work.session.delete(session)


def create_api_key(work: Work, username: str, label: str) -> str:
    """A key that acts as this account over the API; shown once."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    token = draw_word(work.chance, TOKEN_LETTERS)
    work.add(ApiKey(token_digest=digest_of(token), account_id=account.key, label=label, created_at=work.now))
    journal.record(work, f"account:{account.id}", "create_api_key", role=role, label=label)
    return token


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


def actor_of_api_key(work: Work, token: str) -> Actor | None:
    found = api_key(work.session, digest_of(token))
    return None if found is None else actor_of_account(work, found.account_id)


def actor_of_account(work: Work, account_id: int) -> Actor | None:
    """The person with the roles and organisations that hold now; None once the account is closed."""
    account = work.session.get(Account, account_id)
    if account is None or not account.active:
        return None
    return Actor(
        account_id=account.key,
        username=account.username,
        name=account.name,
        roles=frozenset(Role(name) for name in roles_of_account(work.session, account.key)),
        organisations=organisations_of_account(work.session, account.key),
        ties=organisations_ever_of(work.session, account.key),
    )


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def draw_password(chance: Chance) -> str:
    return draw_word(chance, PASSWORD_LETTERS)
