"""The QR code as an SVG: drawn and read back, with the quiet zone that readers need."""

import re
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from certificates import qr_svg
from certificates.qr import QUIET_ZONE, qr_modules

PIXELS = 6
"""For each module."""
SHORT = "http://127.0.0.1:8000/v/abcdefghijklmnopqrstuvw234"
ADDRESSES = [
    SHORT,
    "https://marca.invalid/v/abcdefghijklmnopqrstuvw234#" + "0123456789" * 40,
    "https://marca.invalid/ñandú?a=1&b=<2>",
]


def draw(svg: bytes) -> Image.Image:
    """The strokes of the one dark path, a module wide each, as black pixels on white."""
    drawing = ET.fromstring(svg)  # noqa: S314 - of our own making
    side = int(drawing.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side, side), 255)
    x, y = 0, 0.0
    strokes = next(path for path in drawing if path.get("stroke") == "#000").attrib["d"]
    for step, first, second in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", strokes):
        if step == "h":
            picture.paste(0, (x, int(y), x + int(first), int(y) + 1))
        x = int(first) if step == "M" else x + int(first)
        y += float(second or 0)
    return picture.resize((side * PIXELS, side * PIXELS), Image.Resampling.NEAREST)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_drawn_code_reads_as_exactly_the_address(address: str) -> None:
    codes = zxingcpp.read_barcodes(draw(qr_svg(address)))
    assert [code.text for code in codes] == [address]


def test_the_code_has_error_correction_m_and_is_no_micro_code() -> None:
    (code,) = zxingcpp.read_barcodes(draw(qr_svg(SHORT)))
    assert (code.format, code.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "M")


def test_a_quiet_zone_of_four_modules_surrounds_the_code() -> None:
    picture = draw(qr_svg(SHORT))
    dark = picture.point(lambda light: 255 - light).getbbox()
    margin = 4 * PIXELS
    assert QUIET_ZONE == 4
    assert picture.width == qr_modules(SHORT) * PIXELS
    assert dark == (margin, margin, picture.width - margin, picture.height - margin)


def test_the_page_decides_how_large_it_is() -> None:
    attributes = ET.fromstring(qr_svg(SHORT)).attrib  # noqa: S314 - of our own making
    modules = qr_modules(SHORT)
    assert attributes == {"viewBox": f"0 0 {modules} {modules}", "class": "segno"}


def test_the_same_address_is_always_drawn_alike() -> None:
    assert qr_svg(SHORT) == qr_svg(SHORT)
