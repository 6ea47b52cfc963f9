"""`mcc settings`: what this installation is told, and by whom."""

import os
from pathlib import Path

import click

from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, settings_for
from mcc.settings import describe_settings


@click.command("settings")
@data_option
@json_option
def command(data: Path | None) -> None:
    """List every setting with its meaning, value and source."""
    rows = describe_settings(settings_for(data), os.environ, given=() if data is None else ("data",))
    lines = [f"{row['variable']}={row['value']}  ({row['source']})\n    {row['meaning']}" for row in rows]
    answer(rows, *lines)
