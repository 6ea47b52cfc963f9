"""`mcc users`: accounts, for the one who runs the machine (or, with --as, for an administrator)."""

from pathlib import Path
from typing import Any

import click

from mcc.actions import accounts
from mcc.actions.accounts import PERSON_ROLES, AccountInput, RolesInput
from mcc.actions.inputs import parse_input
from mcc.actions.passwords import draw_password
from mcc.actions.work import SYSTEM, Role, Work
from mcc.api.inputs import ApiKeyInput, PasswordInput
from mcc.chance import system_chance
from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, installed, read_bytes, working_as
from mcc.db.queries.accounts import list_accounts, roles_of_account

role_argument = click.argument("roles", nargs=-1, type=click.Choice([role.value for role in PERSON_ROLES]))
password_option = click.option(
    "--password-file",
    metavar="FILE|-",
    help="File (or - for standard input) that holds the password; without it one is drawn and printed once.",
)
as_option = click.option("--as", "username", metavar="USERNAME", help="Act as this administrator.")


@click.group("users")
def command() -> None:
    """Accounts: create, roles, passwords, API keys."""


def _read_password(file: str | None) -> tuple[str, bool]:
    """The password, and whether it was drawn here and has to be shown."""
    if file is None:
        return draw_password(system_chance), True
    return read_bytes(file).decode(errors="replace").rstrip("\r\n"), False


def _tell_password(name: str, password: str, *, drawn: bool) -> None:
    document: dict[str, Any] = {"username": name}
    if drawn:
        document["password"] = password
    answer(document, f"{name} {password}" if drawn else name)


@command.command("create-first")
@click.argument("name")
@click.option("--name", "full_name", required=True, help="The person's name.")
@password_option
@data_option
@json_option
def create_first(name: str, full_name: str, password_file: str | None, data: Path | None) -> None:
    """Create the first account, an administrator's; refused as soon as there is any."""
    password, drawn = _read_password(password_file)
    fields = {"username": name, "name": full_name, "password": password, "roles": [Role.ADMINISTRATOR]}
    with working_as(data, None) as work:
        accounts.create_first_administrator(work, parse_input(AccountInput, fields))
    _tell_password(name, password, drawn=drawn)


@command.command("create")
@click.argument("name")
@role_argument
@click.option("--name", "full_name", required=True, help="The person's name.")
@password_option
@as_option
@data_option
@json_option
def create(
    name: str,
    roles: tuple[str, ...],
    full_name: str,
    password_file: str | None,
    username: str | None,
    *,
    data: Path | None,
) -> None:
    """Create an account NAME with one or more ROLES."""
    password, drawn = _read_password(password_file)
    fields = {"username": name, "name": full_name, "password": password, "roles": list(roles)}
    with working_as(data, username) as work:
        accounts.create_account(work, parse_input(AccountInput, fields))
    _tell_password(name, password, drawn=drawn)


@command.command("roles")
@click.argument("name")
@role_argument
@as_option
@data_option
@json_option
def change_roles(name: str, roles: tuple[str, ...], username: str | None, data: Path | None) -> None:
    """Give an account exactly these ROLES; none takes every role away."""
    given = parse_input(RolesInput, {"roles": list(roles)})
    with working_as(data, username) as work:
        accounts.change_roles(work, name, given.roles)
    answer({"username": name, "roles": sorted(set(roles))}, f"{name} {' '.join(sorted(set(roles)))}".rstrip())


@command.command("password")
@click.argument("name")
@password_option
@as_option
@data_option
@json_option
def set_password(name: str, password_file: str | None, username: str | None, data: Path | None) -> None:
    """Set a new password."""
    password, drawn = _read_password(password_file)
    given = parse_input(PasswordInput, {"password": password})
    with working_as(data, username) as work:
        accounts.set_password(work, name, given.password)
    _tell_password(name, password, drawn=drawn)


@command.command("close")
@click.argument("name")
@as_option
@data_option
@json_option
def close(name: str, username: str | None, data: Path | None) -> None:
    """Close an account: nobody signs in with it any more."""
    with working_as(data, username) as work:
        accounts.close_account(work, name)
    answer({"username": name, "active": False}, name)


@command.command("list")
@data_option
@json_option
def list_all(data: Path | None) -> None:
    """List the accounts with their roles."""
    with installed(data) as installation, installation.look(SYSTEM) as work:
        rows = describe_accounts(work)
    answer(
        rows,
        *(
            f"{row['username']}\t{row['name']}\t{' '.join(row['roles'])}\t{'' if row['active'] else '-'}"
            for row in rows
        ),
    )


def describe_accounts(work: Work) -> list[dict[str, Any]]:
    return [
        {
            "username": account.username,
            "name": account.name,
            "roles": sorted(roles_of_account(work.session, account.key)),
            "active": account.active,
        }
        for account in list_accounts(work.session)
    ]


@command.command("join")
@click.argument("name")
@click.argument("organisation", type=click.IntRange(1, 2**63 - 1))
@as_option
@data_option
@json_option
def join(name: str, organisation: int, username: str | None, data: Path | None) -> None:
    """Let an account act for an organisation (its key), or be known to belong to it."""
    with working_as(data, username) as work:
        accounts.join_organisation(work, name, organisation)
    answer({"username": name, "organisation": organisation}, name)


@command.command("api-key")
@click.argument("name")
@click.option("--label", required=True, help="What the key is for.")
@as_option
@data_option
@json_option
def create_api_key(name: str, label: str, username: str | None, data: Path | None) -> None:
    """Create an API key that acts as this account; printed once."""
    given = parse_input(ApiKeyInput, {"label": label})
    with working_as(data, username) as work:
        key = accounts.create_api_key(work, name, given.label)
    answer({"username": name, "key": key}, key)


@command.command("api-keys")
@click.argument("name")
@as_option
@data_option
@json_option
def list_api_keys(name: str, username: str | None, data: Path | None) -> None:
    """List the keys of an account that open something; never the keys themselves."""
    with working_as(data, username) as work:
        rows = [
            {"id": row.key, "label": row.label, "created_at": row.created_at.isoformat()}
            for row in accounts.list_api_keys(work, name)
        ]
    answer(rows, *(f"{row['id']}\t{row['created_at']}\t{row['label']}" for row in rows))


@command.command("end-api-key")
@click.argument("name")
@click.argument("key", type=click.IntRange(1, 2**63 - 1))
@as_option
@data_option
@json_option
def end_api_key(name: str, key: int, username: str | None, data: Path | None) -> None:
    """End a key, by its number in the list."""
    with working_as(data, username) as work:
        accounts.end_api_key(work, name, key)
    answer({"username": name, "key": key}, name)
