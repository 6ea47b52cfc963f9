"""The `mcc` command: finds the command that is asked for, and turns every end of it into words and an exit code."""

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from mcc.cli.failing import report_error, report_unexpected, report_usage
from mcc.errors import Exit, MccError

COMMANDS = {
    # Loaded when asked for: most of them need a second's worth of libraries that the others do not.
    "rubric": ("mcc.cli.rubric", "Check, score and plan with an edition of the rubric"),
    "workflow": ("mcc.cli.workflow", "Show a workflow as a diagram or as data"),
    "certificate": ("mcc.cli.certificate", "Verify a certificate, show its status, change it"),
    "application": ("mcc.cli.application", "List applications, show one, take every action on it"),
    "annual-report": ("mcc.cli.annual", "The year in figures, as PDF"),
    "users": ("mcc.cli.users", "Accounts: create, roles, passwords, API keys"),
    "case": ("mcc.cli.cases", "Appeals, challenges, complaints, reports of misuse"),
    "mandates": ("mcc.cli.mandates", "Who sits in the committee and who signs"),
    "init": ("mcc.cli.init", "Create an installation, or bring an existing one up to date"),
    "serve": ("mcc.cli.serve", "Serve the site, with a worker beside it"),
    "worker": ("mcc.cli.worker", "Issue certificates: the only process that reads the key"),
    "demo": ("mcc.cli.demo", "Build the demonstration and serve it"),
    "clock": ("mcc.cli.clock", "Tell the day, or move the clock of a demonstration"),
    "check": ("mcc.cli.check", "Derive everything anew and list what does not hold"),
    "settings": ("mcc.cli.settings", "List every setting with its meaning, value and source"),
}


class Commands(click.Group):
    """Lists its commands without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MccError as error:
            return report_error(error)


def _print_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"mcc {_find_version()}")
        ctx.exit()


def _find_version() -> str:
    try:
        return version("mcc")
    except PackageNotFoundError:
        return "(source checkout, not installed)"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def mcc() -> None:
    """Certification engine of the Marca Cooperativa Canaria.

    Exit codes: 0 yes or done, 1 no or problems found, 2 cannot tell, 64 wrong usage.
    """


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code and lets no traceback out."""
    try:
        code = mcc.main(arguments, prog_name="mcc", standalone_mode=False)
    except click.UsageError as error:
        return report_usage(error)
    except click.ClickException as error:
        error.show()
        return Exit.CANNOT_TELL
    except click.Abort:
        return Exit.CANNOT_TELL
    except BrokenPipeError:
        # Whoever read our answer has seen enough of it.
        return Exit.CANNOT_TELL
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return report_unexpected(error)
    return code if isinstance(code, int) else Exit.YES


def main() -> None:
    """Entry point of the `mcc` command."""
    sys.exit(run(sys.argv[1:]))
