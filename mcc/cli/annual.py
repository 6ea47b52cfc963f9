"""`mcc annual-report`: the year in figures."""

from pathlib import Path

import click

from mcc.actions import annual
from mcc.cli.answering import answer, json_option
from mcc.cli.opening import data_option, working_as, write_new


@click.command("annual-report")
@click.argument("year", type=int)
@click.option("--output", metavar="FILE.pdf", required=True, help="Where to write it; kept if it is there.")
@click.option(
    "--as", "username", metavar="USERNAME", required=True, help="Who asks; an auditor sees everything."
)
@data_option
@json_option
def command(year: int, output: str, username: str, data: Path | None) -> None:
    """Count a YEAR and lay the figures out as PDF (memoria)."""
    with working_as(data, username) as work:
        content = annual.build_annual_report(work, year)
    write_new(Path(output), content)
    answer({"file": output, "year": year}, output)
