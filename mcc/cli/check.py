"""`mcc check`: everything derived anew; what does not hold is listed."""

from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from mcc.actions.check import check_installation
from mcc.actions.check_files import Finding
from mcc.actions.work import SYSTEM
from mcc.cli.answering import answer, json_option, language_of_reader
from mcc.cli.opening import data_option, installed
from mcc.errors import Exit
from mcc.phrases import say


@click.command("check")
@data_option
@json_option
def command(data: Path | None) -> Exit:
    """Derive everything anew from the journal, the editions and the files; list what does not hold."""
    found = list_findings(data)
    language = language_of_reader()
    worded = [say(f"finding.{row.code}", language, where=row.where, **row.facts) for row in found]
    document = {
        "clean": not found,
        "findings": [
            {"code": row.code, "where": row.where, **row.facts, "detail": words}
            for row, words in zip(found, worded, strict=True)
        ],
    }
    lines = [f"{row.where}: {words}" for row, words in zip(found, worded, strict=True)]
    answer(document, *(lines or [say("check.clean", language)]))
    return Exit.NO if found else Exit.YES


def list_findings(data: Path | None) -> list[Finding]:
    """Every finding; a database that cannot be read at all is one."""
    try:
        with installed(data) as installation, installation.look(SYSTEM) as work:
            return check_installation(work)
    except SQLAlchemyError as error:
        return [Finding("database_unreadable", "database", {"error": type(error).__name__})]
