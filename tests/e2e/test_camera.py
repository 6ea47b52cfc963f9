"""/verificar by camera: a QR code in front of the lens opens its page, and nobody else's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, Site

CODE = "abcdefghijklmnopqrstuvwxyz"
OpenCamera = Callable[[str], Page]


def film(text: str, path: Path) -> None:
    """A QR code held still in front of the camera, as motion JPEG."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8, border=6)
    picture = Image.new("RGB", (640, 480), "white")
    code = Image.open(drawn).convert("RGB")
    picture.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    frame = BytesIO()
    picture.save(frame, "JPEG")
    path.write_bytes(frame.getvalue() * 5)


@pytest.fixture
def camera(site: Site, tmp_path: Path) -> Iterator[OpenCamera]:
    """A browser whose camera sees one QR code, on /verificar with the camera open."""
    with ExitStack() as stack:

        def open_camera(text: str) -> Page:
            film(text, tmp_path / "seen.mjpeg")
            flags = [
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={tmp_path / 'seen.mjpeg'}",
            ]
            playwright = stack.enter_context(sync_playwright())
            chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *flags])
            stack.callback(chromium.close)
            page = chromium.new_page()
            page.goto(f"{site.address}/verificar")
            page.get_by_role("button", name="Abrir la cámara").click()
            return page

        yield open_camera


def test_a_code_in_front_of_the_lens_opens_its_page(camera: OpenCamera, site: Site) -> None:
    page = camera(f"{site.address}/v/{CODE}#0123456789")
    page.wait_for_url(f"{site.address}/v/{CODE}", timeout=20_000)
    expect(page.get_by_role("heading", name="NO FIGURA")).to_be_visible()


def test_a_code_that_leads_elsewhere_is_shown_and_not_opened(camera: OpenCamera, site: Site) -> None:
    page = camera(f"https://marca-falsa.invalid/v/{CODE}")
    said = page.locator("#camera [role=status]")
    expect(said).to_contain_text("no es de la Marca. Dice: https://marca-falsa.invalid", timeout=20_000)
    assert page.url == f"{site.address}/verificar"
