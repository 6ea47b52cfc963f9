"""Serving: the web process cannot open the key; the worker lives with it, comes back, and ends with it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from mcc.cli.serving import is_beneath, listen
from mcc.errors import Unavailable
from mcc.settings import Settings
from tests.mcc.cli.conftest import Mcc
from tests.office import Office

PATIENCE = 40.0


@pytest.mark.parametrize(
    ("path", "beneath"),
    [
        ("keys", True),
        ("keys/seal.key", True),
        (b"keys/seal.key", True),
        (Path("keys") / "deeper" / "seal.key", True),
        ("elsewhere/../keys/seal.key", True),
        ("link/seal.key", True),
        ("keys.txt", False),
        ("mcc.sqlite3", False),
        (3, False),
        (None, False),
    ],
)
def test_a_path_is_judged_by_where_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: object, *, beneath: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keys").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "keys")
    assert is_beneath(path, (os.path.realpath("keys"),)) == beneath


def test_the_web_process_cannot_open_the_key(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "seal.key").write_text("secret", encoding="utf-8")
    (tmp_path / "open.txt").write_text("public", encoding="utf-8")
    program = (
        "import os, pathlib\n"
        "from mcc.cli.serving import KeyOutOfReach, forbid_key\n"
        "from mcc.settings import Settings\n"
        f"data = pathlib.Path({str(tmp_path)!r})\n"
        "forbid_key(Settings(data=data))\n"
        "print((data / 'open.txt').read_text())\n"
        "key = data / 'keys' / 'seal.key'\n"
        "for attempt in (key.read_text, lambda: os.open(key, os.O_RDONLY), lambda: os.listdir(data / 'keys')):\n"
        "    try:\n"
        "        attempt()\n"
        "    except KeyOutOfReach:\n"
        "        print('refused')\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["public", "refused", "refused", "refused"]


def test_an_address_that_is_taken_is_said_before_anything_starts(mcc: Mcc, office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match="address_in_use"):
            listen(Settings(host="127.0.0.1", port=port))
        result = mcc("serve", "--data", office.installation.settings.data, "--port", port)
    assert result.code == 2
    assert result.err == (
        f"The address 127.0.0.1:{port} is already in use. Stop the other program or choose another port with --port.\n"
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(probe: Callable[[], int | None], meaning: str) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (found := probe()) is not None:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {meaning}")


def child_of(pid: int) -> int | None:
    """The process that this one started, if it has one that lives."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            if is_alive(int(child)):
                return int(child)
    return None


def other_child_of(pid: int, known: int) -> int | None:
    found = child_of(pid)
    return None if found == known else found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def answer_of(port: int) -> int | None:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/v1/editions/current", timeout=5) as answer:
            return int(answer.status)
    except OSError:
        return None


@pytest.fixture
def site(office: Office) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`mcc serve` in a process of its own, answering."""
    port = free_port()
    data = office.installation.settings.data
    process = subprocess.Popen(
        [sys.executable, "-m", "mcc", "serve", "--data", str(data), "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    try:
        assert wait_for(lambda: answer_of(port), "an answer") == 200
        yield process, port
    finally:
        process.kill()
        process.wait()


def test_a_worker_that_dies_is_started_again_and_ends_with_the_site(
    site: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, _ = site
    first = wait_for(lambda: child_of(process.pid), "a worker")
    os.kill(first, signal.SIGKILL)
    second = wait_for(lambda: other_child_of(process.pid, first), "another worker")
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert not is_alive(second)


def test_a_worker_ends_when_the_site_is_killed(site: tuple[subprocess.Popen[bytes], int]) -> None:
    process, _ = site
    worker = wait_for(lambda: child_of(process.pid), "a worker")
    process.kill()
    process.wait()
    wait_for(lambda: None if is_alive(worker) else 0, "the end of the worker")
