"""`mcc init`: an installation comes into being."""

from pathlib import Path

import click

from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, settings_for
from mcc.installation import create_installation


@click.command("init")
@data_option
@json_option
def command(data: Path | None) -> None:
    """Create an installation in the data folder, or bring an existing one up to date."""
    settings = settings_for(data)
    create_installation(settings).close()
    answer({"data": str(settings.data), "database": settings.database}, str(settings.data))
