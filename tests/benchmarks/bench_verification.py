"""How many people can look at a certificate at once: the public page, beside the least that a server can answer."""

import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mcc.actions.work import SYSTEM
from mcc.clock import FixedClock
from mcc.installation import open_installation
from mcc.settings import Settings
from tests.office import START, Office, RecordingQueue, make_template

TARGET = 0.10
SECONDS = 1.0
"""That each server is asked for in each turn."""
CONNECTIONS = 8
"""Kept open, as a browser or a proxy does; all are asked before the first answer is read."""


def measure(runs: int) -> dict[str, Any]:
    """Requests a second for the status page of an issued certificate over those for a bare JSON answer.

    Both by the same server, each in one process of its own; asked in turns, `runs` times, by the same client.
    """
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        code = issue_certificate(Path(name))
        page = [
            sys.executable,
            "-m",
            "mcc",
            "serve",
            "--no-worker",
            "--data",
            name,
            "--port",
            str(free_port()),
        ]
        bare = [sys.executable, "-c", f"from {__name__} import serve_bare; serve_bare()"]
        asked = [stack.enter_context(asking(command, f"/v/{code}")) for command in (bare, page)]
        rates = [[_count(connections) for connections in asked] for _ in range(runs)]
    bare_rate, page_rate = (statistics.median(column) for column in zip(*rates, strict=True))
    return {
        "name": "verification",
        "ratio": page_rate / bare_rate,
        "target": TARGET,
        "baseline": "a bare Starlette JSON answer",
        "runs": runs,
    }


def issue_certificate(folder: Path) -> str:
    """An installation with one issued certificate, every step by the real actions; returns its public code."""
    make_template(folder)
    installation = open_installation(Settings(data=folder), jobs=RecordingQueue())
    office = Office(replace(installation, demonstration=False, clock=FixedClock(START)))
    number = office.issued()
    with installation.look(SYSTEM) as work:
        code = office.certificate(work, number).public_code
    installation.close()
    return code


def serve_bare() -> None:
    """The baseline: the same server, with nothing to do."""

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse({"status": "valid"})

    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        app = Starlette(routes=[Route("/v/{code}", answer)])
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])


class Asker:
    """One kept connection that asks for one address over and over."""

    def __init__(self, port: int, path: str) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()

    def ask(self) -> None:
        self._connection.sendall(self._request)

    def read(self) -> None:
        """The whole answer. Raises AssertionError unless it is a good one."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, _, body = received.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        assert head.startswith(b"HTTP/1.1 200 "), head
        assert length is not None, head
        missing = int(length[1]) - len(body)
        while missing > 0:
            missing -= len(self._receive())

    def _receive(self) -> bytes:
        received = self._connection.recv(65_536)
        assert received, "the server closed the connection"
        return received

    def close(self) -> None:
        self._connection.close()


@contextmanager
def asking(command: list[str], path: str) -> Iterator[list[Asker]]:
    """Connections to a server that is started for it; it says its address on its first line."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, ExitStack() as stack:
        stack.callback(server.terminate)
        assert server.stdout is not None
        port = urlsplit(server.stdout.readline().strip()).port
        assert port is not None, "the server did not start"
        yield [stack.enter_context(closing(_connect(port, path))) for _ in range(CONNECTIONS)]


def _connect(port: int, path: str) -> Asker:
    """Waits until the server answers."""
    asker = Asker(port, path)
    asker.ask()
    asker.read()
    return asker


def _count(askers: list[Asker]) -> float:
    """Answers a second."""
    start, answers = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        for asker in askers:
            asker.ask()
        for asker in askers:
            asker.read()
        answers += len(askers)
    return answers / (time.perf_counter() - start)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


AT_LEAST = {"verification": (measure, 7)}
