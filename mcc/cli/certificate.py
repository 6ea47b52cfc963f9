"""`mcc certificate`: verify a file, show a status, change it."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from mcc.actions import suspend
from mcc.actions.finding import find_certificate
from mcc.actions.inputs import parse_input
from mcc.actions.suspend import ReasonInput
from mcc.actions.verify import status_by_number
from mcc.actions.work import Work
from mcc.cli import motion
from mcc.cli.answering import answer, json_option, language_of_reader
from mcc.cli.naming import name_state
from mcc.cli.opening import as_option, data_option, installed, settings_for, working_as
from mcc.cli.verifying import FileVerdict, verify_with_register, verify_without_register
from mcc.db.tables import Certificate
from mcc.errors import Exit, Unavailable
from mcc.phrases import say

EXITS = {"valid": Exit.YES, "invalid": Exit.NO, "indeterminate": Exit.CANNOT_TELL}
PDF = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("certificate")
def command() -> None:
    """Verify a certificate, show its status, change it."""


@command.command("verify")
@click.argument("file", type=PDF)
@click.option(
    "--trust", type=PDF, help="PEM file of the root certificates; default: trust/root.pem in the data folder."
)
@data_option
@json_option
def verify(file: Path, trust: Path | None, data: Path | None) -> Exit:
    """Judge a PDF: authentic, unchanged and, with --data, the very file that the register published.

    The verdict is about the file. Whether the mark may be used today is the `status` beside it.
    """
    verdict = judge(file.read_bytes(), trust or settings_for(data).trust_file, data)
    language = language_of_reader()
    lines = [] if verdict.status is None else [name_state("certificate", verdict.status)]
    lines.append(say(f"verdict_word.{verdict.verdict}", language))
    if verdict.verdict == "indeterminate" and verdict.number is not None:
        lines.append(say("verdict.signature_holds", language))
    lines += [
        say(f"verdict.{reason['code']}", language, where=reason["where"], value=reason["value"])
        for reason in verdict.reasons
    ]
    answer(asdict(verdict), *lines)
    return EXITS[verdict.verdict]


def judge(pdf: bytes, trust: Path, data: Path | None) -> FileVerdict:
    """With the register of the data folder where there is one, else without."""
    if data is not None:
        try:
            with installed(data) as installation:
                return verify_with_register(installation, pdf, trust)
        except Unavailable:
            # No register to be reached there: the file alone is judged.
            pass
    return verify_without_register(pdf, trust)


@command.command("show")
@click.argument("number")
@data_option
@json_option
def show(number: str, data: Path | None) -> None:
    """Show the public status of a certificate."""
    with installed(data) as installation, installation.look() as work:
        document = asdict(status_by_number(work, number))
    state = name_state("certificate", document["state"])
    answer(document, state, *(f"{name}: {value}" for name, value in document.items() if value is not None))


Change = Callable[[Work, Certificate, ReasonInput], None]

CHANGES: dict[str, tuple[Change, str]] = {
    "suspend": (suspend.suspend, "Suspend: the mark may not be used until this is lifted."),
    "ratify-suspension": (
        suspend.ratify_suspension,
        "Stand behind a suspension by the office, for the committee.",
    ),
    "reinstate": (suspend.reinstate, "Lift a suspension; the reason says how the fix was verified."),
    "withdraw": (suspend.withdraw, "Take the mark away for good."),
    "relinquish": (suspend.relinquish, "The collective gives the mark up."),
}


def build_command(name: str, change: Change, summary: str) -> click.Command:
    @click.command(name, help=summary)
    @click.argument("number")
    @as_option
    @click.option("--reason", required=True, help="In words that the public page may show.")
    @data_option
    @json_option
    def run(number: str, username: str, reason: str, data: Path | None) -> None:
        given = parse_input(ReasonInput, {"reason": reason})
        with working_as(data, username) as work:
            certificate = find_certificate(work, number)
            change(work, certificate, given)
        tell(certificate)

    return run


def tell(certificate: Certificate) -> None:
    document: dict[str, Any] = {"number": certificate.number, "state": certificate.state}
    answer(document, f"{certificate.number}: {name_state(certificate.life, certificate.state)}")


for _name, (_change, _summary) in CHANGES.items():
    command.add_command(build_command(_name, _change, _summary))
for _command in motion.COMMANDS:
    command.add_command(_command)
