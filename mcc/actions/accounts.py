"""Accounts: who there is, in which roles, for which collectives, and the keys that act for them."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from mcc.actions import journal
from mcc.actions.inputs import Input, Line
from mcc.actions.passwords import TOKEN_LETTERS, NewPassword, digest_of, hash_password
from mcc.actions.permissions import require
from mcc.actions.unseat import free_seats
from mcc.actions.work import Actor, Role, Work
from mcc.chance import draw_word
from mcc.db.queries.accounts import (
    account_by_username,
    api_key,
    api_keys_of,
    grants_of_account,
    list_accounts,
    organisations_ever_of,
    organisations_of_account,
    roles_of_account,
    sessions_of_account,
)
from mcc.db.tables import Account, ApiKey, Membership, Organisation, RoleGrant
from mcc.errors import InputInvalid, NotFound, Problem, Refused

PERSON_ROLES = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM})


def refuse_nobodys_role(role: Role) -> Role:
    if role not in PERSON_ROLES:
        raise PydanticCustomError("enum", "a role of a person", {"expected": ", ".join(PERSON_ROLES)})
    return role


PersonRole = Annotated[Role, AfterValidator(refuse_nobodys_role)]
"""A role that a person can have: not those of whoever is not signed in, and of the program itself."""


class AccountInput(Input):
    username: str = Field(min_length=3, max_length=60, pattern=r"^[a-z0-9][a-z0-9._-]*$")
    name: Line
    password: NewPassword
    roles: list[PersonRole] = Field(min_length=1)


class RolesInput(Input):
    roles: list[PersonRole] = Field(default_factory=list, max_length=len(Role))
    """Exactly these; an empty list takes every role away."""


def create_account(work: Work, given: AccountInput) -> Account:
    password_hash = hash_password(given.password)  # slow, so before the first query
    role = require(work, "manage_accounts")
    if account_by_username(work.session, given.username) is not None:
        raise InputInvalid([Problem("username", "username_taken", {"value": given.username})])
    account = Account(
        username=given.username,
        name=given.name,
        password_hash=password_hash,
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
    """Set exactly these roles; what ends, ends with the next request of that person; seats become free.

    Raises Refused when somebody takes the administration from themselves: somebody has to be left.
    """
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    if account.id == work.actor.account_id and Role.ADMINISTRATOR not in roles:
        raise Refused("own_administration", where="roles")
    grants = {grant.role: grant for grant in grants_of_account(work.session, account.key)}
    wanted = {name.value for name in roles}
    for name, grant in grants.items():
        if name not in wanted:
            grant.ended_at = work.now
            work.session.add(grant)
    for name in sorted(wanted - grants.keys()):
        work.session.add(RoleGrant(account_id=account.key, role=name, granted_at=work.now))
    journal.record(work, f"account:{account.id}", "change_roles", role=role, roles=sorted(wanted))
    free_seats(work, account.key)


def close_account(work: Work, username: str) -> None:
    """Nobody signs in with it any more; what the person did keeps their name, and their seats become free.

    Raises Refused for one's own.
    """
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    if account.id == work.actor.account_id:
        raise Refused("own_administration", where="account")
    account.active = False
    work.session.add(account)
    end_all_access(work, account)
    journal.record(work, f"account:{account.id}", "close_account", role=role)
    free_seats(work, account.key)


def set_password(work: Work, username: str, password: str) -> None:
    """Somebody lost it, or somebody else had it: sessions and keys end with it."""
    password_hash = hash_password(password)  # slow, so before the first query
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    account.password_hash = password_hash
    work.session.add(account)
    end_all_access(work, account)
    journal.record(work, f"account:{account.id}", "set_password", role=role)


def join_organisation(work: Work, username: str, organisation_id: int) -> None:
    """Let a person act for, or be known to belong to, an organisation. Raises Refused for one who does already."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    if work.session.get(Organisation, organisation_id) is None:
        raise NotFound("organisation_unknown", where="organisation", value=organisation_id)
    if organisation_id in organisations_of_account(work.session, account.key):
        raise Refused("already_a_member", where="organisation")
    work.add(Membership(account_id=account.key, organisation_id=organisation_id, since=work.now))
    journal.record(
        work, f"organisation:{organisation_id}", "join_organisation", role=role, account=account.id
    )
    free_seats(work, account.key)


def find_account(work: Work, username: str) -> Account:
    account = account_by_username(work.session, username)
    if account is None:
        raise NotFound("account_unknown", where="username", value=username)
    return account


def create_api_key(work: Work, username: str, label: str) -> str:
    """A key that acts as this account over the API; shown once."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    token = draw_word(work.chance, TOKEN_LETTERS)
    work.add(ApiKey(token_digest=digest_of(token), account_id=account.key, label=label, created_at=work.now))
    journal.record(work, f"account:{account.id}", "create_api_key", role=role, label=label)
    return token


def list_api_keys(work: Work, username: str) -> list[ApiKey]:
    """Those that open something now; what they are is not to be had again."""
    require(work, "manage_accounts")
    return list(api_keys_of(work.session, find_account(work, username).key))


def end_api_key(work: Work, username: str, key: int) -> None:
    """From the next request on it opens nothing. Raises NotFound."""
    role = require(work, "manage_accounts")
    account = find_account(work, username)
    row = next((row for row in api_keys_of(work.session, account.key) if row.key == key), None)
    if row is None:
        raise NotFound("api_key_unknown", where="key", value=key)
    row.ended_at = work.now
    work.session.add(row)
    journal.record(work, f"account:{account.id}", "end_api_key", role=role, label=row.label)


def end_all_access(work: Work, account: Account, *, keep: str | None = None) -> None:
    """Sessions, but for the one whose token has the digest `keep`, and keys: what the old password may have opened."""
    for session in sessions_of_account(work.session, account.key):
        if session.token_digest != keep:
            work.session.delete(session)
    for key in api_keys_of(work.session, account.key):
        key.ended_at = work.now
        work.session.add(key)


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
