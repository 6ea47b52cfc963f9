"""What is wrong with a file, problem by problem, each with its place."""

from collections.abc import Sequence

from mcc.cli.answering import answer, language_of_reader
from mcc.errors import Exit
from mcc.phrases import say
from rubric import Problem


def report_problems(problems: Sequence[Problem], good: str = "") -> Exit:
    """List the problems as FILE:LINE:COL: path: message; `good` is said when there is none."""
    language = language_of_reader()
    worded = [say(f"problem.{row.code}", language, **{"where": row.path, **row.facts}) for row in problems]
    lines = [
        f"{row.file}:{row.line}:{row.column}: {row.path}: {words}"
        for row, words in zip(problems, worded, strict=True)
    ]
    document = {
        "problems": [
            {
                **row.facts,
                "code": row.code,
                "where": row.path,
                "file": row.file,
                "line": row.line,
                "column": row.column,
                "detail": words,
            }
            for row, words in zip(problems, worded, strict=True)
        ]
    }
    answer(document, *(lines or [good]))
    return Exit.NO if problems else Exit.YES
