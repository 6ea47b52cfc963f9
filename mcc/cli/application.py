"""`mcc application`: the same actions as on the web pages, each as one person, with input from a file."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from mcc.actions import apply, bind, evidence
from mcc.actions.evidence import EvidenceInput
from mcc.actions.finding import find_by_reference
from mcc.actions.follow import describe_standing, list_moves, list_visible
from mcc.actions.inputs import parse_input
from mcc.actions.uploads import check_upload
from mcc.actions.work import Work
from mcc.cli.answering import answer, json_option
from mcc.cli.application_actions import ACTS, Act
from mcc.cli.naming import name_state
from mcc.cli.opening import (
    as_option,
    data_option,
    find_actor,
    installed,
    read_bytes,
    read_fields,
    working_as,
    write_new,
)
from mcc.clock import local_day
from mcc.db.tables import Application

input_option = click.option(
    "--input",
    "file",
    metavar="FILE|-",
    required=True,
    help="YAML or JSON file with the fields; - reads them.",
)
dimension_option = click.option("--dimension", required=True, help="Identifier of the dimension.")


@click.group("application")
def command() -> None:
    """List applications, show one, take every action on it.

    NUMBER is the application's number; of a draft, which has none yet, its key.
    """


@command.command("list")
@as_option
@click.option("--state", help="Only those in this state.")
@data_option
@json_option
def list_all(username: str, state: str | None, data: Path | None) -> None:
    """List the applications that a person may see, the longest waiting first."""
    with installed(data) as installation, installation.look(find_actor(installation, username)) as work:
        visible = list_visible(work, state)
        rows = [
            {
                "reference": application.number or str(application.key),
                "organisation": organisation.name,
                "state": application.state,
                "since": str(local_day(application.state_since)),
            }
            for application, organisation in visible
        ]
        names = [name_state(application.life, application.state) for application, _ in visible]
    answer(
        rows,
        *("\t".join((row | {"state": name}).values()) for row, name in zip(rows, names, strict=True)),
    )


@command.command("show")
@click.argument("number")
@as_option
@data_option
@json_option
def show(number: str, username: str, data: Path | None) -> None:
    """Show where an application stands, who holds it, until when, what is missing, what may be done."""
    with installed(data) as installation, installation.look(find_actor(installation, username)) as work:
        document = describe(work, find_by_reference(work, number))
    answer(document, *(f"{name}: {_as_text(value)}" for name, value in document.items() if value is not None))


def describe(work: Work, application: Application) -> dict[str, Any]:
    standing = describe_standing(work, application)
    return {
        "reference": application.number or str(application.key),
        "expediente": application.expediente,
        "state": standing.state,
        "step": standing.step,
        "holder": standing.holder,
        "since": str(standing.since),
        "due": None if standing.due is None else str(standing.due),
        "missing": list(standing.missing),
        "certificate_state": standing.certificate_state,
        "moves": list_moves(work, application),
    }


def _as_text(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


@command.command("register")
@as_option
@input_option
@data_option
@json_option
def register(username: str, file: str, data: Path | None) -> None:
    """Register a collective; prints its key."""
    given = parse_input(apply.OrganisationInput, read_fields(file))
    with working_as(data, username) as work:
        organisation = apply.register_organisation(work, given)
    answer({"organisation": organisation.id}, str(organisation.id))


@command.command("draft")
@click.argument("organisation", type=click.IntRange(1, 2**63 - 1))
@as_option
@input_option
@data_option
@json_option
def draft(organisation: int, username: str, file: str, data: Path | None) -> None:
    """Open a draft for a collective (its key); prints the draft's key."""
    given = parse_input(apply.ScopeInput, read_fields(file))
    with working_as(data, username) as work:
        application = apply.draft_application(work, organisation, given)
    tell(application)


@command.command("add-evidence")
@click.argument("number")
@as_option
@input_option
@click.option("--file", "upload", metavar="FILE", help="The file itself, when its form is `stored`.")
@data_option
@json_option
def add_evidence(number: str, username: str, file: str, upload: str | None, data: Path | None) -> None:
    """Add a file, or something seen on site."""
    fields = read_fields(file)
    if upload is not None:
        fields.setdefault("filename", Path(upload).name)
    given = parse_input(EvidenceInput, fields)
    content = None if upload is None else read_bytes(upload)
    with working_as(data, username) as work:
        purified = None if content is None else check_upload(content, work.settings.upload_limit)
        item = evidence.add_evidence(work, find_by_reference(work, number), given, purified)
    answer({"code": item.code, "digest": item.digest}, item.code)


@command.command("bind")
@click.argument("number")
@click.option("--output", metavar="FILE.pdf", required=True, help="Where to write it; kept if it is there.")
@as_option
@data_option
@json_option
def bind_file(number: str, output: str, username: str, data: Path | None) -> None:
    """Bind the whole file of an application into one PDF, with an index and numbered leaves."""
    with working_as(data, username) as work:
        bound = bind.bind_file(work, find_by_reference(work, number))
    write_new(Path(output), bound.pdf)
    document = {"file": output, "leaves": bound.leaves, "kept_out": list(bound.kept_out)}
    answer(document, f"{output}: {bound.leaves}")


def run_act(
    act: Act, number: str, username: str, data: Path | None, *, file: str | None = None, dimension: str = ""
) -> None:
    """Take one action of the table and tell where the application stands afterwards."""
    given = None if act.takes is None or file is None else parse_input(act.takes, read_fields(file))
    with working_as(data, username) as work:
        application = find_by_reference(work, number)
        act.run(work, application, given, dimension)
    tell(application)


def tell(application: Application) -> None:
    reference = application.number or str(application.key)
    document = {"reference": reference, "state": application.state}
    answer(document, f"{reference}: {name_state(application.life, application.state)}")


def build_command(name: str, act: Act) -> click.Command:
    """One command of the table: NUMBER --as USERNAME, with input and dimension where the action takes them."""
    function: Any = partial(run_act, act)
    options = [data_option, as_option, click.argument("number"), json_option]
    options += [input_option] if act.takes is not None else []
    options += [dimension_option] if act.by_dimension else []
    for option in options:
        function = option(function)
    return click.command(name, help=f"{act.help}.")(function)


for _name, _act in ACTS.items():
    command.add_command(build_command(_name, _act))
