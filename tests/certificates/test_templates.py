"""Everything on the certificate has its own place, however much it says, and the code on it can be read."""

import io
import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from certificates import Claims, IssuedCertificate, lay_out_certificate
from tests.certificates.conftest import ADDRESS, Claim, Run

POINTS_PER_MILLIMETRE = 72 / 25.4
DOTS_PER_INCH = 150
SENTENCE = "Elaboración artesanal de quesos madurados con leche propia según la receta de siempre "


def prose(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1] + "."


def words(run: Run, pdf: bytes) -> list[tuple[str, float, float, float, float]]:
    """Each word with its left, top, right and bottom in millimetres from the upper left corner."""
    found = re.findall(
        r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>',
        run(pdf, "pdftotext", "-bbox", after=("-",)),
    )
    return [(word, *(float(side) / POINTS_PER_MILLIMETRE for side in sides)) for *sides, word in found]


def drawn(pdf: bytes) -> Image.Image:
    """The page as it would be printed."""
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", "-"]
    picture = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(picture.stdout))


def test_the_printed_code_opens_exactly_the_public_address(
    issued: IssuedCertificate, run: Run, tmp_path: Path
) -> None:
    picture = drawn(issued.pdf)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]
    picture.save(tmp_path / "page.png")
    seen = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(tmp_path / "page.png")], capture_output=True, check=True
    )
    assert seen.stdout.decode().strip() == ADDRESS


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS + "#" + "0123456789" * 40])
def test_the_code_itself_is_30_millimetres_wide(claim: Claim, run: Run, address: str) -> None:
    (code,) = zxingcpp.read_barcodes(drawn(lay_out_certificate(claim(public_address=address))))
    assert code.text == address
    place = code.position
    wide = (place.top_right.x - place.top_left.x) * 25.4 / DOTS_PER_INCH
    high = (place.bottom_left.y - place.top_left.y) * 25.4 / DOTS_PER_INCH
    assert (wide, high) == pytest.approx((30, 30), abs=0.4)


LONGEST = {
    "holder": prose(160),
    "products": (prose(160),) * 30,
    "process": prose(2000),
    "site": prose(170),
    "award": "distinction",
}
CROWDED = [
    {"holder": prose(160)},
    {"holder": "M" * 160},
    {"products": tuple(f"Producto número {count}" for count in range(30))},
    {"products": ("Pan",) * 30, "process": prose(700), "award": "distinction"},
    {"holder": prose(100), "products": (prose(60),) * 10, "process": prose(190), "award": "distinction"},
    {"process": prose(2000), "award": "distinction"},
    {"process": "x" * 2000},
    LONGEST,
    {"holder": '<b>"Ñandú" & Cía.</b> ẞ ﬁ e\u0301', "products": ("{{ 7 * 7 }}", "<img src=x>")},
    {"holder": "شهادة תעודה", "products": ("日本", "👩‍🌾", "a\nb")},
]


@pytest.mark.parametrize("change", CROWDED, ids=range(len(CROWDED)))
def test_whatever_the_claims_everything_has_its_own_place_on_the_one_page(
    claim: Claim, run: Run, change: dict[str, object]
) -> None:
    claims: Claims = claim(expediente=prose(60), **change)
    pdf = lay_out_certificate(claims)
    assert "Pages:           1\n" in run(pdf, "pdfinfo")
    placed = words(run, pdf)
    starts = [word[0] for word in placed].index("Número")
    caption = next(
        place
        for place in range(len(placed))
        if [row[0] for row in placed[place : place + 2]] == ["El", "estado"]
    )
    lowest = max(bottom for *_, bottom in placed[:caption])
    code = zxingcpp.read_barcodes(drawn(pdf))[0]
    assert code.text == claims.public_address
    assert lowest < code.position.top_left.y * 25.4 / DOTS_PER_INCH, "the text ends above the code"
    assert lowest < placed[starts][2], "and above the facts"
    assert all(left > 8 and right < 289 and bottom < 202 for _, left, _, right, bottom in placed), "inside"
