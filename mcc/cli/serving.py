"""Serving: the web process, which cannot open the key, and the worker beside it, which lives and ends with it."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from mcc.errors import Unavailable
from mcc.installation import Installation
from mcc.settings import Settings

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds before a worker that died is started again; doubled each time it dies."""
GRACE = 20.0
"""Seconds that the worker has to finish its step when the site is stopped."""


class KeyOutOfReach(PermissionError):
    """The web process tried to open something that belongs to the signing key."""


def serve(installation: Installation) -> None:
    """Answer requests until SIGTERM or SIGINT. Raises Unavailable when the address is taken."""
    import uvicorn  # noqa: PLC0415 - the server and the pages take half a second to load

    from mcc.web.app import create_app  # noqa: PLC0415

    for number in (signal.SIGTERM, signal.SIGINT):
        # The server raises the signal again when it has finished: then everything below is left in good order.
        signal.signal(number, leave)
    settings = installation.settings
    listener = listen(settings)
    with listener:
        # Before the worker starts: the two would slow each other down, and people wait for this one.
        site = create_app(installation)
        with running_worker(settings) if settings.worker else nullcontext():
            forbid_key(settings)
            click.echo(f"http://{settings.host}:{listener.getsockname()[1]}")
            uvicorn.Server(uvicorn.Config(site, log_level="warning", access_log=False)).run(
                sockets=[listener]
            )


def leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def listen(settings: Settings) -> socket.socket:
    """A socket on the address of the settings, bound before anything else is started."""
    try:
        return socket.create_server((settings.host, settings.port), backlog=2048, reuse_port=False)
    except OSError as error:
        raise Unavailable("address_in_use", host=settings.host, port=settings.port) from error


def forbid_key(settings: Settings) -> None:
    """From here on, this process cannot open the key folder or the files that hold a key; it lasts until it ends.

    A second fence behind file permissions, against mistakes of our own: it cannot hold against code that
    somebody else got to run in this process.
    """
    forbidden = tuple(
        os.path.realpath(path)
        for path in (settings.key_folder, settings.pkcs12, settings.pkcs12_passphrase)
        if path is not None
    )

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"open", "os.listdir", "os.scandir"} and is_beneath(arguments[0], forbidden):
            raise KeyOutOfReach("the web process may not read the signing key")

    sys.addaudithook(watch)


def is_beneath(path: Any, folders: tuple[str, ...]) -> bool:
    """Whether a path is one of the folders or lies in one, wherever links lead."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    real = Path(os.path.realpath(os.fsdecode(path)))
    return any(real.is_relative_to(folder) for folder in folders)


@contextmanager
def running_worker(settings: Settings) -> Iterator[None]:
    """Keep a worker running as a child process; it is started again, after a pause, whenever it dies."""
    stop = threading.Event()
    keeper = threading.Thread(target=keep_worker, args=(settings, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(GRACE + 5)


def keep_worker(settings: Settings, stop: threading.Event) -> None:
    pause = FIRST_PAUSE
    while not stop.is_set():
        worker = start_worker(settings)
        while worker.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            end_worker(worker)
            return
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """Its standard input is a pipe that only this process holds: when it closes, the worker ends by itself."""
    environment = {**os.environ, "MCC_DATA": str(settings.data.resolve())}
    return subprocess.Popen(
        [sys.executable, "-m", "mcc", "worker", "--with-parent"],
        stdin=subprocess.PIPE,
        env=environment,
    )


def end_worker(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
    if worker.stdin is not None:
        worker.stdin.close()
