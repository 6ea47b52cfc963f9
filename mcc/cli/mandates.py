"""`mcc mandates`: who sits in the committee and who signs, named before an installation decides anything."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mcc.actions import mandates
from mcc.actions.inputs import parse_input
from mcc.actions.mandates import MandateInput, Seated, committee
from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, working_as

as_option = click.option("--as", "actor", metavar="USERNAME", help="Act as this administrator.")
day = click.DateTime(["%Y-%m-%d"])
seat_argument = click.argument("seat", type=click.Choice([item.code for item in committee().seats]))


@click.group("mandates")
def command() -> None:
    """Mandates: who votes for which institution of the committee, and who signs certificates."""


@command.command("name")
@click.argument("name")
@seat_argument
@click.option("--since", type=day, required=True, help="Its first day, as in 2026-03-01.")
@click.option("--until", type=day, help="Its last day; open without it.")
@click.option("--act", required=True, help="The resolution or note that named the person.")
@click.option("--substitute", is_flag=True, help="Stands in for the titular.")
@as_option
@data_option
@json_option
def name_member(
    name: str,
    seat: str,
    since: datetime,
    until: datetime | None,
    act: str,
    *,
    substitute: bool,
    actor: str | None,
    data: Path | None,
) -> None:
    """Name the person with the account NAME for a SEAT: an institution of the committee, or `signature`."""
    fields = {
        "username": name,
        "institution": seat,
        "substitute": substitute,
        "since": since.date(),
        "until": None if until is None else until.date(),
        "act": act,
    }
    given = parse_input(MandateInput, fields)
    with working_as(data, actor) as work:
        mandate = mandates.name_member(work, given)
        document = {"id": mandate.key, "username": name, "seat": seat}
    answer(document, f"{document['id']}\t{name}\t{seat}")


@command.command("list")
@as_option
@data_option
@json_option
def list_all(actor: str | None, data: Path | None) -> None:
    """List the mandates there ever were."""
    with working_as(data, actor) as work:
        rows = [describe_mandate(row) for row in mandates.list_mandates(work)]
    answer(rows, *("\t".join(str(value) for value in row.values()) for row in rows))


def describe_mandate(row: Seated) -> dict[str, Any]:
    mandate = row.mandate
    return {
        "id": mandate.key,
        "username": row.person.username,
        "seat": mandate.institution,
        "substitute": mandate.substitute,
        "since": mandate.since.isoformat(),
        "until": None if mandate.until is None else mandate.until.isoformat(),
        "ended": mandate.ended_at is not None,
    }


@command.command("end")
@click.argument("key", metavar="ID", type=click.IntRange(1, 2**63 - 1))
@as_option
@data_option
@json_option
def end_mandate(key: int, actor: str | None, data: Path | None) -> None:
    """End a mandate before its last day, by its number in the list."""
    with working_as(data, actor) as work:
        mandates.end_mandate(work, key)
    answer({"id": key, "ended": True}, str(key))
