"""What commands print: one JSON document where it is asked for, else lines for people."""

import json
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

JSON_ASKED = "mcc.json"
LANGUAGES = frozenset({"es", "en", "pt"})

Function = TypeVar("Function", bound=Callable[..., Any])


def language_of_reader() -> str:
    """The language of messages: MCC_LOCALE, whatever else the settings hold."""
    language = os.environ.get("MCC_LOCALE", "es")
    return language if language in LANGUAGES else "es"


def _remember(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> bool:
    ctx.meta[JSON_ASKED] = asked
    return asked


def json_option(function: Function) -> Function:
    """Let a command print one JSON document instead of lines."""
    return click.option(
        "--json", is_flag=True, expose_value=False, callback=_remember, help="Print one JSON document."
    )(function)


def wants_json() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(JSON_ASKED))


def print_document(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def _without_controls(line: str) -> str:
    """A terminal obeys control characters: what somebody else wrote could rub out what we say beside it."""
    return "".join(
        character if character.isprintable() or character in "\n\t" else "\ufffd" for character in line
    )


def answer(document: Any, *lines: str) -> None:
    """The document where --json was given, else the lines."""
    if wants_json():
        print_document(document)
    for line in () if wants_json() else lines:
        click.echo(_without_controls(line))
