"""Every page in a real browser: no violation that axe knows of, nothing scrolls sideways, all of it by keyboard.

At 320 pixels, which is also 1280 pixels at 400 % (WCAG 2.2, 1.4.10). Each page is looked at where it first appears and
the main ones by everybody in every state; `MCC_EVERY_PAGE=1` looks at each by everybody in every state.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from mcc.actions.suspend import suspend, withdraw
from mcc.jobs.sweep import do_what_is_due
from mcc.web.app import create_app
from tests.mcc.actions.test_appeal import PANEL, file, name_panel, study
from tests.mcc.actions.test_correct import add_paper, ask, finish, raise_level
from tests.mcc.actions.test_renew import begin, hand_in, pass_until, take_up
from tests.mcc.actions.test_surveil import recheck
from tests.mcc.web.route_table import PEOPLE, STATES, fill, list_stops, prepare
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
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
DOWNLOAD = "Download is starting"
NARROWEST, PHONE, DESKTOP = 320, 360, 1280
PATIENCE = 20_000
EVERY_PAGE = os.environ.get("MCC_EVERY_PAGE") == "1"

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's Chromium")


@pytest.fixture
def site(office: Office) -> Iterator[str]:
    """The address of the site, served for real."""
    with serving(office) as address:
        yield address


@contextmanager
def serving(office: Office) -> Iterator[str]:
    config = uvicorn.Config(create_app(office.installation), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Opened once everything is prepared: signing takes an event loop of its own."""
    with sync_playwright() as browsers:
        opened = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def enter(browser: Browser, site: str, username: str | None) -> Page:
    """A page of somebody's own browser, signed in."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    if username is not None:
        page.goto(f"{site}/entrar")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/solicitudes")
    return page


def is_page(page: Page, address: str) -> bool:
    """Go there; papers, tables and pictures are for other eyes."""
    try:
        answer = page.goto(address)
    except PlaywrightError as error:
        if DOWNLOAD in error.message:
            return False
        raise
    return answer is not None and answer.headers["content-type"].startswith("text/html")


TOUCHES_THE_EDGE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility()) continue;
    if (parent.closest('.govuk-visually-hidden, .skip, .govuk-skip-link, option, title')) continue;
    let around = parent;
    while (around && getComputedStyle(around).overflowX !== 'auto') around = around.parentElement;
    if (around) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const touches = (box) => box.width > 1 && box.right > 0 && (box.left < 8 || box.right > innerWidth - 4);
    if ([...range.getClientRects()].some(touches)) return node.data.trim().slice(0, 60);
  }
  return null;
}"""
"""The first words of a page that touch an edge of the screen, but for what scrolls by itself, as wide tables do."""


def inspect(page: Page, address: str) -> list[str]:
    """What is wrong with one page: by axe on a phone, and what does not fit, or touches the edge, in three widths."""
    if not is_page(page, address):
        return []
    found = []
    for width in (NARROWEST, DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} scrolls sideways at {width}")
        if text := page.evaluate(TOUCHES_THE_EDGE):
            found.append(f"{address} at {width}: {text!r} touches the edge")
    violations = Axe().run(page, options=RULES).response["violations"]
    return found + [f"{address}: {item['id']} {item['nodes'][0]['html']}" for item in violations]


@pytest.mark.parametrize("state", STATES)
def test_every_page_is_open_to_everybody(office: Office, state: str) -> None:
    places = prepare(office, state)
    found = []
    with serving(office) as site, browsing() as browser:
        pages: dict[str, Page] = {}
        for stop in list_stops(state, every=EVERY_PAGE):
            page = pages.get(stop.person) or enter(browser, site, PEOPLE[stop.person])
            pages[stop.person] = page
            found += inspect(page, site + fill(stop.pattern, places))
    assert found == []


def test_what_became_of_a_certificate_is_open_to_everybody(office: Office, site: str) -> None:
    number = office.issued()
    with office.look("coord") as work:
        address = f"{site}/v/{office.certificate(work, number).public_code}"
    with browsing() as browser:
        page = browser.new_page()
        assert inspect(page, address) == []
        for change in (suspend, withdraw):
            office.carry(number, change, "Por esto.")
            assert inspect(page, address) == []
        assert inspect(page, f"{site}/v/nada") == []
        assert inspect(page, f"{site}/no-existe") == []


def test_the_pages_of_a_certifications_rarer_moments_are_open_to_everybody(office: Office) -> None:
    """A correction, an appeal and its resolution on one file; surveillance and renewal on another."""
    low = office.drive("in_review", "coop", level=3, DEC1=1)
    asking = [("revisa", f"/solicitudes/{low}/pedir-correcciones")]
    found = visit_all(office, asking)
    ask(office, low, "DEC1")
    found += visit_all(office, [("coop", f"/solicitudes/{low}/correcciones")])
    add_paper(office, low)
    finish(office, low)
    raise_level(office, low)
    office.review(low)
    office.decide(low)
    office.issue(low)
    name_panel(office)
    receipt = file(office, low)
    study(office, receipt)
    found += visit_all(office, [(PANEL, f"/casos/{receipt}"), (PANEL, f"/casos/{receipt}/resolver")])
    office.pass_days(365)
    do_what_is_due(office.installation)
    found += visit_all(office, [("revisa", f"/solicitudes/{low}/vigilancia")])
    recheck(office, low)
    pass_until(office, low, -100)
    found += visit_all(office, [("coop", f"/solicitudes/{low}/renovar"), ("coop", f"/solicitudes/{low}")])
    renewal = hand_in(office, begin(office, low))
    take_up(office, renewal)
    found += visit_all(office, [("coord", f"/solicitudes/{renewal}/abreviar")])
    assert found == []


def visit_all(office: Office, addresses: list[tuple[str, str]]) -> list[str]:
    with serving(office) as site, browsing() as browser:
        pages = [(enter(browser, site, username), address) for username, address in addresses]
        return [wrong for page, address in pages for wrong in inspect(page, site + address)]


def test_a_form_with_errors_is_open_to_everybody(site: str) -> None:
    with browsing() as browser:
        page = browser.new_page(viewport={"width": PHONE, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.goto(f"{site}/entrar")
        page.click("main button")
        assert page.title() == "Hay que corregir: Entrar · Marca Cooperativa Canaria"
        page.click(".govuk-error-summary a")
        assert page.evaluate("document.activeElement.id") == "username"
        assert Axe().run(page, options=RULES).response["violations"] == []


REACHABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
  const seen = all.filter(one => one.type !== 'hidden' && !one.disabled && one.checkVisibility());
  const radios = seen.filter(one => one.type === 'radio');
  return seen.length - radios.length + new Set(radios.map(one => one.name)).size;
}"""
MARK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.reached) return null;
  one.dataset.reached = 'yes';
  return getComputedStyle(one).outlineStyle !== 'none' || one.closest('main') === one;
}"""


PARTS_OF_A_DATE = 4
"""Day, month, year and the calendar: one field, several stops."""


def test_everything_is_reached_by_keyboard_and_seen_where_it_is(site: str) -> None:
    with browsing() as browser:
        page = browser.new_page()
        for path in ("/", "/verificar", "/entrar", "/registro", "/uso-indebido", "/v/nada"):
            page.goto(site + path)
            reachable = page.evaluate(REACHABLE)
            dates = page.locator("input[type=date]").count()
            marked = []
            for _ in range(reachable + PARTS_OF_A_DATE * dates):
                page.keyboard.press("Tab")
                marked.append(page.evaluate(MARK))
            assert [one for one in marked if one is not None] == [True] * reachable, path
