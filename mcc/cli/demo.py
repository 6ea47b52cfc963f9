"""`mcc demo`: the demonstration, built from the dossiers and served."""

from pathlib import Path

import click

from mcc.cli.answering import language_of_reader
from mcc.cli.naming import name_state
from mcc.cli.opening import installed
from mcc.cli.problems import report_problems
from mcc.demo.build import Outcome, build_demo, is_built
from mcc.demo.dossier import DossierInvalid
from mcc.errors import Exit
from mcc.phrases import say

DEFAULT_FOLDER = Path("var") / "demo"


@click.command("demo")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_FOLDER, show_default=True
)
@click.option("--fresh", is_flag=True, help="Build it anew, even if it is there.")
@click.option("--no-serve", is_flag=True, help="Only build.")
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
def command(data: Path, host: str | None, port: int | None, *, fresh: bool, no_serve: bool) -> Exit:
    """Build the demonstration, or reuse one that is there, and serve it."""
    code = Exit.YES
    if fresh or not is_built(data):
        try:
            code = build(data, fresh=fresh)
        except DossierInvalid as invalid:
            return report_problems(invalid.problems)
    click.echo(say("demo.accounts", language_of_reader(), path=data / "accounts.json"))
    if not no_serve:
        from mcc.cli.serving import serve  # noqa: PLC0415 - only when it is served

        with installed(data, host=host, port=port) as installation:
            serve(installation)
    return code


def build(data: Path, *, fresh: bool) -> Exit:
    """Build it, with a line for each dossier and a table at the end; NO when one did not end as it says."""
    language = language_of_reader()
    outcomes = build_demo(
        data, fresh=fresh, say=lambda code: click.echo(say(code, language)), progress=show_progress
    )
    show_table(outcomes)
    return Exit.YES if all(outcome.as_expected for outcome in outcomes) else Exit.NO


def show_progress(done: int, total: int, outcome: Outcome) -> None:
    click.echo(
        f"[{done:>2}/{total}] {outcome.dossier.slug}: {word_entry('final_state', outcome.entry['final_state'])}"
    )


LIVES = {"final_state": "application", "certificate_state": "certificate"}


def word_entry(column: str, value: str | None) -> str:
    if value is None or column not in LIVES:
        return value or "-"
    return name_state(LIVES[column], value)


def show_table(outcomes: list[Outcome]) -> None:
    """What happened to each application, in columns."""
    language = language_of_reader()
    columns = ("slug", "final_state", "certificate_state", "award", "total", "certificate_number")
    rows = [[word_entry(column, outcome.entry[column]) for column in columns] for outcome in outcomes]
    rows.insert(0, [say(f"demo.column.{column}", language) for column in columns])
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for outcome in outcomes:
        if not outcome.as_expected:
            click.echo(say("demo.not_as_expected", language, slug=outcome.dossier.slug), err=True)
