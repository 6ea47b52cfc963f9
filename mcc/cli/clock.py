"""`mcc clock`: any past or future day, in a demonstration."""

from datetime import date, datetime
from pathlib import Path

import click

from mcc.actions.work import SYSTEM
from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, installed
from mcc.jobs.sweep import move_clock


@click.command("clock")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), required=False)
@data_option
@json_option
def command(day: datetime | None, data: Path | None) -> None:
    """Tell the day of an installation; with DAY, take a demonstration there, and do what falls due on the way."""
    with installed(data) as installation:
        if day is not None:
            for lived in move_clock(installation, day.date()):
                show_progress(lived)
        with installation.look(SYSTEM) as work:
            today = work.today.isoformat()
    answer({"today": today}, today)


def show_progress(lived: date) -> None:
    """A line for each month that goes by."""
    if lived.day == 1:
        click.echo(lived.isoformat(), err=True)
