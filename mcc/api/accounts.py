"""Signing in and out, and the administrator's accounts."""

from datetime import datetime

from fastapi import APIRouter, Request, Response

from mcc.actions import accounts
from mcc.actions import sign_in as sessions
from mcc.actions.accounts import AccountInput, RolesInput
from mcc.actions.permissions import require
from mcc.actions.work import Role
from mcc.api.addresses import Key, Username
from mcc.api.answering import Answer, Done
from mcc.api.asking import SESSION_COOKIE, Change, Look, installation_of, refuse_cross_site
from mcc.api.inputs import ApiKeyInput, MembershipInput, PasswordInput, SignInInput
from mcc.api.signing_in import open_session, set_session_cookie
from mcc.db.queries.accounts import list_accounts, organisations_of_account, roles_of_account

router = APIRouter(tags=["accounts"])


class PersonAnswer(Answer):
    username: str
    name: str
    roles: tuple[Role, ...]
    organisations: tuple[int, ...]


class AccountAnswer(PersonAnswer):
    active: bool
    created_at: datetime


class ApiKeyAnswer(Answer):
    key: str
    """Shown this once: only its digest is kept."""


class KnownKeyAnswer(Answer):
    id: int
    label: str
    created_at: datetime


@router.post("/session", status_code=201)
def sign_in(request: Request, response: Response, given: SignInInput) -> Done:
    """Open a session; the cookie is the one of the web pages. Open to everybody."""
    installation = installation_of(request)
    refuse_cross_site(request, installation.settings.public_url)
    signed_in = open_session(installation, given.username, given.password)
    set_session_cookie(response, installation, signed_in.token)
    return Done()


@router.delete("/session")
def sign_out(request: Request, response: Response, work: Change) -> Done:
    token = request.cookies.get(SESSION_COOKIE)
    if token is not None:
        sessions.sign_out(work, token)
        response.delete_cookie(SESSION_COOKIE)
    return Done()


@router.get("/me")
def show_me(work: Look) -> PersonAnswer:
    """Who is signed in, in which roles, for which organisations."""
    actor = work.actor
    return PersonAnswer(
        username=actor.username,
        name=actor.name,
        roles=tuple(sorted(actor.roles)),
        organisations=tuple(sorted(actor.organisations)),
    )


@router.get("/accounts")
def list_all(work: Look) -> list[AccountAnswer]:
    require(work, "manage_accounts")
    return [
        AccountAnswer(
            username=account.username,
            name=account.name,
            roles=tuple(sorted(Role(role) for role in roles_of_account(work.session, account.key))),
            organisations=tuple(sorted(organisations_of_account(work.session, account.key))),
            active=account.active,
            created_at=account.created_at,
        )
        for account in list_accounts(work.session)
    ]


@router.post("/accounts", status_code=201)
def create(work: Change, given: AccountInput) -> Done:
    accounts.create_account(work, given)
    return Done()


@router.put("/accounts/{username}/roles")
def change_roles(work: Change, username: Username, given: RolesInput) -> Done:
    accounts.change_roles(work, username, given.roles)
    return Done()


@router.put("/accounts/{username}/password")
def set_password(work: Change, username: Username, given: PasswordInput) -> Done:
    accounts.set_password(work, username, given.password)
    return Done()


@router.post("/accounts/{username}/close")
def close(work: Change, username: Username) -> Done:
    accounts.close_account(work, username)
    return Done()


@router.post("/accounts/{username}/organisations", status_code=201)
def join_organisation(work: Change, username: Username, given: MembershipInput) -> Done:
    accounts.join_organisation(work, username, given.organisation)
    return Done()


@router.get("/accounts/{username}/api-keys")
def list_api_keys(work: Look, username: Username) -> list[KnownKeyAnswer]:
    return [
        KnownKeyAnswer(id=row.key, label=row.label, created_at=row.created_at)
        for row in accounts.list_api_keys(work, username)
    ]


@router.post("/accounts/{username}/api-keys/{key}/end", status_code=204)
def end_api_key(work: Change, username: Username, key: Key) -> None:
    accounts.end_api_key(work, username, key)


@router.post("/accounts/{username}/api-keys", status_code=201)
def create_api_key(work: Change, username: Username, given: ApiKeyInput) -> ApiKeyAnswer:
    return ApiKeyAnswer(key=accounts.create_api_key(work, username, given.label))
