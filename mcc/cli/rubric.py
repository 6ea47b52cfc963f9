"""`mcc rubric`: editions and answers without a database; this loads the rubric library and nothing else."""

from pathlib import Path

import click

from mcc.cli.answering import json_option
from mcc.errors import Exit
from rubric import (
    check_file,
)

CURRENT_EDITION = "mcc-2026"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
edition_option = click.option(
    "--edition", type=FILE, help="File of an edition; default: the one that ANSWERS names."
)


@click.group("rubric")
def command() -> None:
    """Check, score and plan with an edition of the rubric."""


@command.command("check")
@click.argument("file", type=FILE)
@json_option
def check(file: Path) -> Exit:
    """List every problem of an edition as FILE:LINE:COL: path: message."""
    return report_problems(check_file(file), file)
