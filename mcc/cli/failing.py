"""Every end of a command that is not success: one sentence on standard error, an exit code, never a traceback."""

import logging
import os
from pathlib import Path
from typing import Any

import click

from mcc.cli.answering import language_of_reader, print_document, wants_json
from mcc.errors import Exit, InputInvalid, MccError, exit_code

LOG_NAME = "mcc.log"
REFERENCE_LETTERS = 8


def report_error(error: MccError) -> Exit:
    """Word the error; with --json, print it as a document as well."""
    # Catalogues take longer to load than the help of a command may take.
    from mcc.phrases import say_error  # noqa: PLC0415

    sentence = say_error(error, language_of_reader())
    click.echo(sentence, err=True)
    if wants_json():
        print_document(
            {"error": error.code, "detail": sentence, "where": error.where, **_list_problems(error)}
        )
    return exit_code(error)


def _list_problems(error: MccError) -> dict[str, Any]:
    from mcc.phrases import say_problem  # noqa: PLC0415 - see report_error

    if not isinstance(error, InputInvalid):
        return {}
    language = language_of_reader()
    return {
        "problems": [
            {"where": problem.where, "error": problem.code, "detail": say_problem(problem, language)}
            for problem in error.problems
        ]
    }


def report_usage(error: click.UsageError) -> Exit:
    """Show what was wrong with the command line, as click words it."""
    error.show()
    return Exit.USAGE


def report_unexpected(error: Exception) -> Exit:
    """A defect of ours: a sentence with a reference, and the whole story in the log under that reference."""
    from mcc.chance import draw_word, system_chance  # noqa: PLC0415 - see report_error
    from mcc.phrases import say  # noqa: PLC0415

    reference = draw_word(system_chance, REFERENCE_LETTERS)
    log = write_log(reference, error)
    code = "error.unexpected_logged" if log else "error.unexpected"
    facts = {"reference": reference, "kind": type(error).__name__, "log": str(log)}
    click.echo(say(code, language_of_reader(), **facts), err=True)
    return Exit.CANNOT_TELL


def write_log(reference: str, error: Exception) -> Path | None:
    """Add the traceback to MCC_DATA/log/mcc.log; None where that is not possible."""
    folder = Path(os.environ.get("MCC_DATA", "var")) / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(folder / LOG_NAME, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    record = logging.LogRecord(
        __name__, logging.ERROR, __file__, 0, "%s", (reference,), (type(error), error, error.__traceback__)
    )
    handler.handle(record)
    handler.close()
    return folder / LOG_NAME
