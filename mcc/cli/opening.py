"""What commands share: the data folder, the installation in it, the person who acts, and files of input."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken, AnchorToken

from mcc.actions.accounts import actor_of_account, find_account
from mcc.actions.work import SYSTEM, Actor, Work
from mcc.clock import ClockInvalid
from mcc.errors import InputInvalid, NotFound, Problem
from mcc.installation import Installation, open_installation
from mcc.settings import Settings, read_settings, variable

LARGEST_INPUT = 1_000_000
Function = TypeVar("Function", bound=Callable[..., Any])


def data_option(function: Function) -> Function:
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="Data folder; default: MCC_DATA, else ./var.",
    )(function)


as_option = click.option("--as", "username", metavar="USERNAME", required=True, help="Who acts.")


def settings_for(data: Path | None, **given: Any) -> Settings:
    """Settings from the environment and the options. A setting that cannot be read is wrong usage."""
    if given.get("port") and variable("public_url") not in os.environ:
        given["public_url"] = f"http://{given.get('host') or Settings().host}:{given['port']}"
    try:
        return read_settings(os.environ, data=data, **given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0])
        raise click.UsageError(f"{variable(field)}: {first['msg']}") from error


def write_new(path: Path, content: bytes) -> None:
    """A file that is there is kept: choosing another name is wrong usage put right."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise click.UsageError(f"{path}: there is such a file already") from error
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error


@contextmanager
def installed(data: Path | None, **given: Any) -> Iterator[Installation]:
    """The installation in the folder, opened and closed again."""
    try:
        installation = open_installation(settings_for(data, **given))
    except ClockInvalid as error:
        raise click.UsageError(
            f"MCC_CLOCK: neither a moment with its zone nor a shift in seconds: {error}"
        ) from error
    try:
        yield installation
    finally:
        installation.close()


@contextmanager
def working_as(data: Path | None, username: str | None) -> Iterator[Work]:
    """A piece of work of this person; without a name, of the one who runs the machine."""
    with installed(data) as installation:
        actor = SYSTEM if username is None else find_actor(installation, username)
        with installation.work(actor) as work:
            yield work


def find_actor(installation: Installation, username: str) -> Actor:
    with installation.look(SYSTEM) as work:
        actor = actor_of_account(work, find_account(work, username).key)
    if actor is None:
        raise NotFound("account_closed", where="username", value=username)
    return actor


def read_bytes(file: str) -> bytes:
    """The content of a file, or of standard input for `-`."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error


def read_fields(file: str) -> dict[str, Any]:
    """The fields in a YAML or JSON file, or on standard input for `-`. Raises InputInvalid naming the line."""
    content = read_bytes(file)
    if len(content) > LARGEST_INPUT:
        raise InputInvalid([Problem(file, "input_too_large", {"limit": LARGEST_INPUT})])
    try:
        text = content.decode()
        _refuse_anchors(file, text)
        fields = YAML(typ="safe", pure=True).load(text)
    except UnicodeDecodeError as error:
        raise InputInvalid([Problem(file, "not_utf8")]) from error
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        place = file if mark is None else f"{file}:{mark.line + 1}:{mark.column + 1}"
        raise InputInvalid([Problem(place, "yaml_invalid")]) from error
    if not isinstance(fields, dict):
        raise InputInvalid([Problem(file, "fields_expected")])
    return {str(name): value for name, value in fields.items()}


def _refuse_anchors(file: str, text: str) -> None:
    """Anchors multiply: a few lines of them can fill the memory of the machine."""
    for token in YAML(typ="safe", pure=True).scan(text):
        if isinstance(token, AnchorToken | AliasToken):
            place = f"{file}:{token.start_mark.line + 1}"
            raise InputInvalid([Problem(place, "yaml_anchor")])
