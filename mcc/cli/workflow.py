"""`mcc workflow`: how a file, an assignment, a dimension and a certificate may move."""

import click

from mcc.cli.answering import language_of_reader, print_document
from workflows import EDITIONS, as_document, load_workflow, mermaid, svg


@click.group("workflow")
def command() -> None:
    """Show a workflow as a diagram or as data."""


@command.command("show")
@click.argument("name", type=click.Choice(EDITIONS))
@click.option("--format", "shape", type=click.Choice(["mermaid", "svg", "json"]), default="mermaid")
def show(name: str, shape: str) -> None:
    """Print the diagram (mermaid, svg) or the table (json) of a workflow."""
    workflow = load_workflow(name)
    if shape == "json":
        print_document(as_document(workflow))
    elif shape == "svg":
        click.echo(svg(workflow, language_of_reader()), nl=False)
    else:
        click.echo(mermaid(workflow, language_of_reader()), nl=False)
