"""The main pages in a real browser: no violation that axe knows of, and nothing that scrolls sideways."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from mcc.web.app import create_app
from tests.office import PASSWORD, Office

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROWEST, PHONE, DESKTOP = 320, 360, 1280
PATIENCE = 20_000

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's Chromium")


@pytest.fixture
def site(office: Office) -> Iterator[str]:
    """The address of the site, served for real."""
    config = uvicorn.Config(create_app(office.installation), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def inspect(page: Page, address: str) -> list[str]:
    """What is wrong with one page, in three widths."""
    page.goto(address)
    found = []
    for width in (NARROWEST, PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} scrolls sideways at {width}")
        if width != NARROWEST:
            violations = Axe().run(page, options=RULES).response["violations"]
            found += [f"{address} at {width}: {item['id']} {item['nodes'][0]['html']}" for item in violations]
    return found


def inspect_as(site: str, username: str | None, paths: list[str]) -> list[str]:
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        if username is not None:
            page.goto(f"{site}/entrar")
            page.fill("#username", username)
            page.fill("#password", PASSWORD)
            page.click("main button")
            page.wait_for_url("**/solicitudes")
        found = [problem for path in paths for problem in inspect(page, site + path)]
        browser.close()
    return found


def test_the_public_pages_are_open_to_everybody(office: Office, site: str) -> None:
    with office.look("coord") as work:
        code = office.certificate(work, office.issued()).public_code
    paths = ["/", f"/v/{code}", "/v/nada", "/verificar", "/seguimiento", "/entrar", "/no-existe"]
    assert inspect_as(site, None, paths) == []


def test_the_applicants_pages_are_open_to_everybody(office: Office, site: str) -> None:
    number, organisation = office.submit(), office.register(name="Otra (ficticia)")
    paths = [
        "/solicitudes",
        f"/solicitudes/{number}",
        f"/solicitudes/{number}/recibo",
        "/colectivos/nuevo",
        f"/colectivos/{organisation}/solicitud",
    ]
    assert inspect_as(site, "coop", paths) == []


def test_the_evaluators_sheet_is_open_to_everybody(office: Office, site: str) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    paths = ["/evaluacion/1", "/evaluacion/1/cerrar", "/evaluacion/1/no-aplica", f"/solicitudes/{number}"]
    assert inspect_as(site, "eval.1", paths) == []


def test_the_committees_pages_are_open_to_everybody(office: Office, site: str) -> None:
    number = office.in_decision(2, CAL1=1)
    paths = [f"/solicitudes/{number}/decision", f"/solicitudes/{number}/puntajes"]
    assert inspect_as(site, "comite", paths) == []


def test_a_form_with_errors_is_open_to_everybody(office: Office, site: str) -> None:
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": PHONE, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.goto(f"{site}/entrar")
        page.click("main button")
        assert page.title() == "Hay que corregir: Entrar · Marca Cooperativa Canaria"
        page.click(".govuk-error-summary a")
        assert page.evaluate("document.activeElement.id") == "username"
        assert Axe().run(page, options=RULES).response["violations"] == []
        browser.close()
