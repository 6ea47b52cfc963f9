"""`mcc worker`: issues certificates until it is told to stop."""

import os
import sys
import threading
from pathlib import Path

import click

from certificates import SignerInvalid
from mcc.cli.opening import data_option, installed
from mcc.errors import Unavailable


@click.command("worker")
@data_option
@click.option(
    "--with-parent", is_flag=True, help="End when standard input closes, as when the parent process ends."
)
def command(data: Path | None, *, with_parent: bool) -> None:
    """Run the steps of issuing; killed anywhere, it goes on where it stood. Ends with SIGTERM."""
    from mcc.jobs.worker import run_worker, stop_on_signal  # noqa: PLC0415 - loading the job engine takes a second

    stop = stop_on_signal()
    if with_parent:
        threading.Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
    with installed(data) as installation:
        try:
            run_worker(installation, until=stop)
        except SignerInvalid as error:
            raise Unavailable(
                f"signer_{error.code}", file=installation.settings.pkcs12 or installation.settings.trust_file
            ) from error


def _stop_at_end_of_input(stop: threading.Event) -> None:
    # Not through sys.stdin: its lock would still be held when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop.set()
