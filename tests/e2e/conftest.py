"""A real site with its worker, and people before Debian's Chromium: with a phone and no scripts, or at a desk."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.office import PASSWORD, template_folder

__all__ = ["template_folder"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PATIENCE = 60.0


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    scripts: bool


PHONE = Screen(360, 740, scripts=False)
DESK = Screen(1280, 900, scripts=True)


@dataclass(frozen=True)
class Site:
    address: str
    data: Path


@pytest.fixture
def site(template_folder: Path, tmp_path: Path) -> Iterator[Site]:
    """`mcc serve` on a fresh installation with one person in every role."""
    data = tmp_path / "data"
    shutil.copytree(template_folder, data)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "MCC_PUBLIC_URL": address}
    command = [sys.executable, "-m", "mcc", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        wait_until_answering(server, address)
        yield Site(address, data)
    finally:
        server.terminate()
        server.wait(timeout=40)


def wait_until_answering(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=PATIENCE).close()  # noqa: S310 - our own address
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site did not start")


@pytest.fixture
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "this test drives Debian's Chromium: install the package chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


class Phone:
    """One person's screen. Every page that is shown must fit its width and be no error, unless one is expected."""

    def __init__(self, page: Page, address: str, width: int = PHONE.width) -> None:
        self.page = page
        self.address = address
        self.width = width
        self.last: Response | None = None
        page.set_default_timeout(PATIENCE * 1000)
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in {301, 302, 303}:
            self.last = response

    def open(self, path: str, status: int = 200) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self._look(status)

    def press(self, name: str, status: int = 200) -> None:
        """A button, and the page that comes after it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self._look(status)

    def follow(self, name: str, status: int = 200) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        self._look(status)

    def _look(self, status: int) -> None:
        assert self.last is not None
        assert self.last.status == status, f"{self.page.url}: {self.last.status}\n{self.said()[:1500]}"
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.width, f"{self.page.url} is {width} pixels wide"

    def fill(self, **fields: str) -> None:
        """Text by the name of its field; `__` stands for the dot in a name."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name.replace("__", ".")}"]').fill(value)

    def choose(self, name: str, value: str) -> None:
        """An option of a list, or one of several buttons or ticks."""
        found = self.page.locator(f'[name="{name}"]')
        if found.first.evaluate("element => element.tagName") == "SELECT":
            found.select_option(value)
        else:
            self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def said(self) -> str:
        return self.page.locator("main").inner_text()


People = Callable[[str | None], Phone]


AT_A_DESK = frozenset({"admin", "coord", "revisa", "comite.2", "firma", "eval.2"})
"""The office and some of the others; whoever applies, and whoever looks a certificate up, holds a phone."""


@pytest.fixture
def people(site: Site, browser: Browser) -> People:
    """The screen of a person who has signed in, or of a stranger (None)."""
    phones: dict[str | None, Phone] = {}

    def take(username: str | None) -> Phone:
        if username not in phones:
            screen = DESK if username in AT_A_DESK else PHONE
            context = browser.new_context(
                viewport={"width": screen.width, "height": screen.height},
                java_script_enabled=screen.scripts,
                locale="es-UY",
            )
            phones[username] = Phone(context.new_page(), site.address, screen.width)
            if username is not None:
                sign_in(phones[username], username)
        return phones[username]

    return take


def sign_in(phone: Phone, username: str) -> None:
    phone.open("/entrar")
    phone.fill(username=username, password=PASSWORD)
    phone.press("Entrar")
