"""How soon a stranger at a fair sees whether a certificate is valid: the first paint of its page on a slow network."""

import html
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.bench_verification import free_port, issue_certificate
from tests.e2e.conftest import CHROMIUM, FLAGS

TARGET = 1.3
THIRD_GENERATION = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 93_750,
    "uploadThroughput": 93_750,
}
"""Milliseconds to and fro, and bytes a second: 3G as browsers' own tools imitate it (750 kbit/s)."""
FIRST_PAINT = """() => new Promise(done => {
  const found = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => found() ? done(found().startTime) : setTimeout(look, 20);
  look();
})"""


def measure(runs: int) -> dict[str, Any]:
    """First contentful paint of the status page over that of a bare HTML file of the same words, by turns."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        address = stack.enter_context(serving_site(folder))
        (folder / "bare").mkdir()
        (folder / "bare/index.html").write_text(strip(urlopen(address, timeout=30).read().decode()))  # noqa: S310 - our own address
        bare = stack.enter_context(serving_files(folder / "bare"))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=str(CHROMIUM), args=FLAGS
        )
        stack.callback(browser.close)
        paint(browser, address)
        pairs = [(paint(browser, bare), paint(browser, address)) for _ in range(runs)]
    bare_time, page_time = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {
        "name": "first_paint",
        "ratio": page_time / bare_time,
        "target": TARGET,
        "baseline": "a bare HTML file of the same words, throttled to 3G",
        "runs": runs,
    }


def strip(page: str) -> str:
    """The words of a page in paragraphs, and nothing else."""
    body = re.sub(r"(?s)<(head|svg|style).*?</\1>", " ", page)
    words = [" ".join(line.split()) for line in html.unescape(re.sub(r"<[^>]+>", "\n", body)).split("\n")]
    lines = "".join(f"<p>{html.escape(line)}\n" for line in words if line)
    return f'<!doctype html><meta charset="utf-8"><title>Certificado</title>\n{lines}'


def paint(browser: Browser, address: str) -> float:
    """Milliseconds until something is seen, in a browser that has never been there."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", THIRD_GENERATION)
        page.goto(address)
        return float(page.evaluate(FIRST_PAINT))


@contextmanager
def serving_site(folder: Path) -> Iterator[str]:
    code = issue_certificate(folder / "data")
    command = [
        sys.executable,
        "-m",
        "mcc",
        "serve",
        "--no-worker",
        "--data",
        str(folder / "data"),
        "--port",
        str(free_port()),
    ]
    with Popen(command, stdout=PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"{server.stdout.readline().strip()}/v/{code}"
        server.terminate()


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """Python's own server of files; it says its port on its first line."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "0",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(folder),
    ]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as server:
        assert server.stdout is not None
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port is not None, "the server of files did not start"
        yield f"http://127.0.0.1:{port[1]}/"
        server.terminate()


AT_MOST = {"first_paint": (measure, 9)}
