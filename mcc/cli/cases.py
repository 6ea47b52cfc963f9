"""`mcc case`: appeals, challenges, complaints and reports of misuse, in the hands of the office and the panel."""

from pathlib import Path
from typing import Any

import click

from mcc.actions import cases
from mcc.actions.cases import CaseMoveInput
from mcc.actions.challenge import Finding
from mcc.actions.inputs import parse_input
from mcc.actions.work import Work
from mcc.api.cases import describe_case
from mcc.cli.answering import answer, json_option
from mcc.cli.naming import name_state
from mcc.cli.opening import as_option, data_option, working_as
from mcc.db.tables import Case

OUTCOMES = click.Choice([item.value for item in Finding])


@click.group("case")
def command() -> None:
    """Cases: appeals, challenges, complaints, reports of misuse."""


@command.command("list")
@as_option
@data_option
@json_option
def list_open(username: str, data: Path | None) -> None:
    """List the open cases that the person may see, with the day on which each falls due."""
    with working_as(data, username) as work:
        rows = [show_all(work, case) for case in cases.list_open(work)]
    answer(rows, *(write_line(row) for row in rows))


@command.command("show")
@click.argument("receipt")
@as_option
@data_option
@json_option
def show(receipt: str, username: str, data: Path | None) -> None:
    """Show a case by its RECEIPT: what was filed, where it stands, what the person may do with it."""
    with working_as(data, username) as work:
        row = show_all(work, cases.open_case(work, receipt))
    answer(row, write_line(row), row["words"], *row["moves"])


@command.command("move")
@click.argument("receipt")
@click.argument("action")
@click.option("--words", help="The answer, where the step asks for one.")
@click.option("--outcome", type=OUTCOMES, help="Whether whoever filed it was right, where the case ends.")
@as_option
@data_option
@json_option
def move(
    receipt: str, action: str, *, words: str | None, outcome: str | None, username: str, data: Path | None
) -> None:
    """Take a step with a case: one of those that `mcc case show` lists."""
    given = parse_input(CaseMoveInput, {"words": words, "outcome": outcome})
    with working_as(data, username) as work:
        case = cases.open_case(work, receipt)
        cases.move_case(work, case, action, given)
        row = show_all(work, case)
    answer(row, write_line(row))


def show_all(work: Work, case: Case) -> dict[str, Any]:
    """As the API tells it."""
    return describe_case(work, case).model_dump(mode="json")


def write_line(row: dict[str, Any]) -> str:
    return "\t".join([row["receipt"], row["kind"], name_state("case", row["state"]), row["due"] or "-"])
