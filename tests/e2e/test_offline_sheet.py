"""A visit without a connection: what two evaluators type is kept on their devices, sent once, and never lost."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mcc.installation import open_installation
from mcc.settings import Settings
from tests.e2e.conftest import Site
from tests.office import PASSWORD, Office

NOTE = "Visto en la sala de ordeñe"


@pytest.fixture
def number(site: Site) -> str:
    """A file that is being evaluated, in the installation that the site serves."""
    installation = open_installation(Settings(data=site.data))
    office = Office(installation)
    found = office.reach("in_evaluation")
    installation.close()
    return found


def sign_in(context: BrowserContext, site: Site, username: str) -> Page:
    page = context.new_page()
    page.goto(f"{site.address}/entrar")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.goto(f"{site.address}/evaluacion")
    return page


def open_sheet(page: Page) -> None:
    page.locator("a[data-sheet]").first.click()
    page.wait_for_selector("form.sheet[data-ready]")


def saved_notes(site: Site) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(site.data / "mcc.sqlite3")) as connection:
        return connection.execute("SELECT note, level FROM score WHERE note != ''").fetchall()


def count_saves(site: Site) -> int:
    with closing(sqlite3.connect(site.data / "mcc.sqlite3")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM event WHERE action = 'save_scores'").fetchone()
    return int(count)


def test_what_is_typed_without_a_connection_arrives_once(browser: Browser, site: Site, number: str) -> None:
    assert number
    contexts = {name: browser.new_context() for name in ("eval.1", "eval.2")}
    pages = {name: sign_in(context, site, name) for name, context in contexts.items()}
    for name, page in pages.items():
        expect(page.locator(".taking")).not_to_be_empty()
        open_sheet(page)
        expect(page.locator("form.sheet")).to_have_attribute("data-person", name)
        contexts[name].set_offline(True)
        page.locator(".indicator textarea").first.fill(f"{NOTE} ({name})")
        page.locator(".indicator .govuk-radios__label").nth(2).click()
        expect(page.locator(".saving")).to_have_attribute("data-state", "waiting")
    assert saved_notes(site) == []

    for name, page in pages.items():
        page.reload()
        expect(page.locator(".indicator textarea").first).to_have_value(f"{NOTE} ({name})")
        contexts[name].set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".saving")).to_have_attribute("data-state", "saved")
    assert sorted(saved_notes(site)) == [(f"{NOTE} (eval.1)", 2), (f"{NOTE} (eval.2)", 2)]
    assert count_saves(site) == 2
    for page in pages.values():
        page.reload()
        expect(page.locator(".indicator textarea").first).not_to_be_empty()
    assert count_saves(site) == 2


def test_a_sheet_that_changed_elsewhere_is_shown_and_not_overwritten(
    browser: Browser, site: Site, number: str
) -> None:
    assert number
    telephone, desk = browser.new_context(), browser.new_context()
    page, other = sign_in(telephone, site, "eval.1"), sign_in(desk, site, "eval.1")
    expect(page.locator(".taking")).not_to_be_empty()
    open_sheet(page)
    open_sheet(other)
    telephone.set_offline(True)
    page.locator(".indicator textarea").first.fill("Escrito sin conexión")
    expect(page.locator(".saving")).to_have_attribute("data-state", "waiting")
    other.locator(".indicator textarea").first.fill("Escrito en la oficina")
    expect(other.locator(".saving")).to_have_attribute("data-state", "saved")
    telephone.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".saving")).to_have_attribute("data-state", "conflict")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.locator("main")).to_contain_text("Escrito en la oficina")
    expect(page.locator(".indicator textarea").first).to_have_value("Escrito sin conexión")


def test_a_level_is_chosen_by_one_key(browser: Browser, site: Site, number: str) -> None:
    assert number
    page = sign_in(browser.new_context(), site, "eval.1")
    open_sheet(page)
    page.locator(".indicator input[type=radio]").first.focus()
    page.keyboard.press("3")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.locator(".saving")).to_have_attribute("data-state", "saved")
    levels = page.eval_on_selector_all(
        ".indicator input[type=radio]:checked", "all => all.map(one => one.value)"
    )
    assert levels == ["3", "2"]


def test_signing_out_forgets_the_pages_on_the_device(browser: Browser, site: Site, number: str) -> None:
    assert number
    context = browser.new_context()
    page = sign_in(context, site, "eval.1")
    expect(page.locator(".taking")).not_to_be_empty()
    assert page.evaluate("caches.keys()") == ["mcc-sheets-1"]
    page.get_by_role("button", name="Salir").click()
    page.wait_for_load_state()
    assert page.evaluate("caches.keys()") == []
