"""`mcc rubric`: editions and answers without a database; this loads the rubric library and nothing else."""

from pathlib import Path

import click

from mcc.cli.answering import answer, json_option, language_of_reader, print_document
from mcc.errors import Exit
from mcc.phrases import say
from rubric import (
    Answers,
    AnswersInvalid,
    Assessment,
    PlanAction,
    Rubric,
    RubricInvalid,
    assess,
    check_file,
    load_answers,
    load_edition,
    load_rubric,
    plan,
    schema,
)
from rubric import Problem as RubricProblem

CURRENT_EDITION = "mcc-2026"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
edition_option = click.option("--edition", type=FILE, help="File of an edition; default: the one that ANSWERS names.")


@click.group("rubric")
def command() -> None:
    """Check, score and plan with an edition of the rubric."""


@command.command("check")
@click.argument("file", type=FILE)
@json_option
def check(file: Path) -> Exit:
    """List every problem of an edition as FILE:LINE:COL: path: message."""
    return report_problems(check_file(file), file)
