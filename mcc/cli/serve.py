"""`mcc serve`: the site, and a worker as its child process."""

from pathlib import Path

import click

from mcc.cli.opening import data_option, installed
from mcc.cli.serving import serve


@click.command("serve")
@data_option
@click.option("--host", help="Address to listen on; default: MCC_HOST, else 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to listen on; default: MCC_PORT, else 8000."
)
@click.option("--no-worker", is_flag=True, help="Start no worker; run `mcc worker` elsewhere.")
def command(data: Path | None, host: str | None, port: int | None, *, no_worker: bool) -> None:
    """Serve the site until told to stop."""
    with installed(data, host=host, port=port, worker=False if no_worker else None) as installation:
        serve(installation)
