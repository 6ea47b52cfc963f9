"""A visit without a connection: conversations and photos wait on the device and go out once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Site
from tests.e2e.test_offline_sheet import number, sign_in
from tests.mcc.pictures import picture

__all__ = ["number"]


def count(site: Site, table: str) -> int:
    with closing(sqlite3.connect(site.data / "mcc.sqlite3")) as connection:
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)


def take_along(context: BrowserContext, site: Site) -> Page:
    """The desk, after it has kept every page that a visit needs."""
    page = sign_in(context, site, "eval.1")
    expect(page.locator(".taking")).to_contain_text("sin conexión", timeout=20_000)
    return page


def test_what_is_heard_and_seen_without_a_connection_arrives_once(
    browser: Browser, site: Site, number: str, tmp_path: Path
) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(picture())
    context = browser.new_context()
    page = take_along(context, site)
    before = count(site, "evidence_item")
    context.set_offline(True)
    page.goto(f"{site.address}/solicitudes/{number}/visita/conversaciones")
    page.get_by_label("No", exact=True).check()
    page.fill("#tells", "Contó cómo deciden.")
    page.get_by_role("button", name="Guardar la conversación").click()
    expect(page.locator(".saving")).to_contain_text("Sin conexión")
    page.goto(f"{site.address}/solicitudes/{number}/evidencia")
    page.fill("#title", "Sala de elaboración")
    page.locator("#kind").select_option(index=1)
    page.locator("input[name=form][value=stored]").check()
    page.set_input_files("#file", photo)
    page.get_by_role("button", name="Agregar").click()
    expect(page.locator(".saving")).to_contain_text("Sin conexión")
    context.set_offline(False)
    expect(page.locator(".saving")).to_contain_text("Se mandó", timeout=20_000)
    page.reload()
    assert (count(site, "interview"), count(site, "evidence_item")) == (1, before + 1)
    context.close()
