"""A collective applies and the office answers, at a desk with scripts, in English and in Portuguese."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mcc.phrases import say, translations
from tests.e2e.conftest import PATIENCE, Site
from tests.mcc.pictures import picture
from tests.office import PASSWORD

DESK = ViewportSize(width=1280, height=900)
SPANISH_LEFT = ("Guardar", "Presentar", "Solicitud ", "Cerrar", "Enviar")


class Reader:
    """Somebody who reads the site in one language and knows its buttons by their words."""

    def __init__(self, page: Page, site: Site, language: str) -> None:
        self.page, self.site, self.language = page, site, language
        self.word = translations(language).gettext
        page.set_default_timeout(PATIENCE * 1000)

    def open(self, path: str) -> None:
        self.page.goto(self.site.address + path)
        self._look()

    def press(self, spanish: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.word(spanish), exact=True).first.click()
        self._look()

    def _look(self) -> None:
        assert (self.page.locator("html").get_attribute("lang") or "").startswith(self.language)
        for button in self.page.locator("main button, main h1").all_inner_texts():
            assert not (self.language == "en" and button.startswith(SPANISH_LEFT)), button

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.open(f"/entrar?idioma={self.language}")
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.press("Entrar")


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_collective_applies_and_the_office_admits_it(
    browser: Browser, site: Site, language: str, tmp_path: Path
) -> None:
    collective = Reader(browser.new_context(viewport=DESK).new_page(), site, language)
    open_account(collective)
    describe(collective)
    add_document(collective, tmp_path)
    number = submit(collective)
    office = Reader(browser.new_context(viewport=DESK).new_page(), site, language)
    office.sign_in("coord")
    admit(office, number)
    collective.open("/avisos")
    assert number in collective.page.locator("main").inner_text()
    follow(Reader(browser.new_context(viewport=DESK).new_page(), site, language), collective)


def open_account(reader: Reader) -> None:
    reader.open(f"/registrarse?idioma={reader.language}")
    reader.page.fill("#name", "Persona de Prueba")
    reader.page.fill("#email", "persona@ejemplo.invalid")
    reader.page.fill("#password", PASSWORD)
    reader.press("Crear la cuenta")


def describe(reader: Reader) -> None:
    """The collective and what it asks the mark for."""
    reader.open("/colectivos/nuevo")
    for name, value in {
        "name": "Colectivo de la Prueba (ficticio)",
        "founded": "2015-03-02",
        "members": "12",
        "women": "7",
        "contact_name": "Persona de Prueba",
        "contact_phone": "099 000 000",
        "contact_email": "persona@ejemplo.invalid",
    }.items():
        reader.page.fill(f"[name={name}]", value)
    choose(reader.page, "kind", "workers")
    choose(reader.page, "legal_status", "yes")
    choose(reader.page, "municipality", "Pando")
    reader.press("Guardar y seguir")
    choose(reader.page, "scope_kind", "products")
    choose(reader.page, "category", "dairy")
    choose(reader.page, "site_municipality", "Pando")
    reader.page.fill("[name=products]", "Queso")
    reader.page.fill("[name=process]", "Con leche propia.")
    reader.page.fill("[name=site_address]", "Camino 1")
    reader.press("Guardar")


def choose(page: Page, name: str, value: str) -> None:
    found = page.locator(f"[name={name}]")
    if found.first.evaluate("element => element.tagName") == "SELECT":
        found.select_option(value)
    else:
        page.locator(f'[name={name}][value="{value}"]').check()


def add_document(reader: Reader, folder: Path) -> None:
    photo = folder / "acta.jpg"
    photo.write_bytes(picture())
    draft = reader.page.url.removeprefix(reader.site.address)
    reader.open(f"{draft}/evidencia")
    reader.page.fill("[name=title]", "Acta")
    choose(reader.page, "kind", "statute_or_project")
    choose(reader.page, "form", "stored")
    reader.page.set_input_files("[name=file]", photo)
    reader.press("Agregar")
    reader.open(draft)


def submit(reader: Reader) -> str:
    draft = reader.page.url.removeprefix(reader.site.address)
    reader.open(f"{draft}/presentar")
    reader.page.locator("[name=declaration]").check()
    reader.press("Presentar")
    receipt = re.search(r"S-\d{4}-\d{6}-[0-9A-Z]", reader.page.locator("main").inner_text())
    assert receipt
    return receipt[0]


def admit(reader: Reader, number: str) -> None:
    reader.open(f"/solicitudes/{number}/tomar")
    reader.page.fill("[name=expediente]", "2026-81-1010-00001")
    reader.press("Tomar")
    reader.open(f"/solicitudes/{number}/admitir")
    reader.page.locator("[name=eligible]").check()
    reader.page.locator("main form button").last.click()
    expect(reader.page.locator("#donde")).to_be_visible()


def follow(stranger: Reader, collective: Reader) -> None:
    """By the link that the collective shares, without an account."""
    collective.open("/solicitudes")
    collective.page.locator("main .rows a").first.click()
    collective.press("Crear el enlace")
    link = collective.page.locator(".share a").get_attribute("href") or ""
    stranger.open(f"{link.removeprefix(stranger.site.address)}?idioma={stranger.language}")
    assert "Colectivo de la Prueba" in stranger.page.locator("main").inner_text()
    assert say("menu.register", stranger.language) in stranger.page.locator("header").inner_text()
