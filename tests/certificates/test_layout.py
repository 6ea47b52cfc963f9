"""The certificate as a page, judged from outside: poppler, pikepdf, and two readers of QR codes."""

import io
import itertools
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from certificates import Claims, IssuedCertificate, lay_out_certificate
from certificates.layout import ASSETS, _fetcher
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


def test_it_is_one_page_a4_landscape(issued: IssuedCertificate, run: Run) -> None:
    facts = dict(line.split(":", 1) for line in run(issued.pdf, "pdfinfo").splitlines())
    assert facts["Pages"].strip() == "1"
    assert facts["Page size"].strip() == "841.89 x 595.276 pts (A4)"
    assert facts["Tagged"].strip() == "yes"
    assert facts["JavaScript"].strip() == "no"
    assert facts["Encrypted"].strip() == "no"
    assert facts["Author"].strip() == issued.claims.issuer


def test_it_declares_pdf_a_3a_and_pdf_ua_1(issued: IssuedCertificate) -> None:
    with pikepdf.open(io.BytesIO(issued.pdf)) as pdf:
        metadata = ET.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314 - of our own making
        outputs = [str(intent.S) for intent in pdf.Root.OutputIntents]
    declared = {
        name: value
        for item in metadata.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
        for name, value in (*item.attrib.items(), *((child.tag, child.text) for child in item))
    }
    assert declared["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert declared["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert declared["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert outputs == ["/GTS_PDFA1"]


def test_it_is_tagged_titled_and_in_spanish(issued: IssuedCertificate) -> None:
    with pikepdf.open(io.BytesIO(issued.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "es-UY"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title).startswith(
            f"Certificado {issued.claims.number} · {issued.claims.holder}"
        )
        assert str(pdf.pages[0].Tabs) == "/S"


def test_the_signature_field_has_its_tag_and_description(issued: IssuedCertificate) -> None:
    with pikepdf.open(io.BytesIO(issued.pdf)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tag = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))[int(field.StructParent)]
        assert str(tag.S) == "/Form"
        assert tag.K[0].Obj.objgen == field.objgen
        assert str(tag.Alt) == str(field.TU) == "Sello electrónico de quien emite el certificado"
        assert [item.objgen for item in pdf.pages[0].Annots] == [field.objgen]


def test_pictures_are_described(issued: IssuedCertificate) -> None:
    with pikepdf.open(io.BytesIO(issued.pdf)) as pdf:
        described = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Figure
        ]
    assert described == [
        f"Código QR que abre {ADDRESS}",
        "Sello de la Marca Cooperativa Canaria: tres anillos enlazados, el sol y el río",
    ]


def test_every_font_is_embedded_ours_and_can_be_read_as_text(issued: IssuedCertificate, run: Run) -> None:
    rows = [line.split() for line in run(issued.pdf, "pdffonts").splitlines()[2:]]
    assert sorted(row[0].partition("+")[2] for row in rows) == [
        "MCC-Display-Bold",
        "MCC-Display-Medium-Italic",
        "MCC-Text",
        "MCC-Text-Semi-Bold",
    ]
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_the_text_says_everything_in_the_order_of_reading(issued: IssuedCertificate, run: Run) -> None:
    text = run(issued.pdf, "pdfinfo", "-struct-text")
    spoken = "".join(re.findall(r'^ *"(.*)"$', text, re.MULTILINE))
    places = [
        spoken.index(part)
        for part in (
            "DEMOSTRACIÓN · SIN VALOR",
            "EDICIÓN PILOTO",
            issued.claims.issuer,
            "Marca Cooperativa Canaria",
            "se otorga a",
            issued.claims.holder,
            "Cooperativa de trabajo · Santa Lucía, Canelones",
            "para Queso colonia, Dulce de leche",
            "con este proceso: Elaboración artesanal con leche propia.",
            "en Camino de Prueba 123, Santa Lucía",
            ADDRESS,
            "Número" + issued.claims.number,
            "Expediente2026-81-1010-00042",
            "Emitido16 de octubre de 2026",
            "Hasta15 de octubre de 2028",
            "Resolución26/00777, 9 de octubre de 2026",
            "AutoridadComité de Decisión (ficticio)",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(("pilot", "demonstration"), list(itertools.product([True, False], repeat=2)))
def test_markers_are_there_only_when_they_hold(
    claim: Claim, run: Run, pilot: bool, demonstration: bool
) -> None:
    text = run(
        lay_out_certificate(claim(pilot=pilot, demonstration=demonstration)), "pdftotext", after=("-",)
    )
    assert ("EDICIÓN PILOTO" in text, "DEMOSTRACIÓN" in text) == (pilot, demonstration)


def test_only_the_distinction_is_named(claim: Claim, run: Run) -> None:
    plain = run(lay_out_certificate(claim()), "pdftotext", after=("-",))
    best = run(lay_out_certificate(claim(award="distinction")), "pdftotext", after=("-",))
    assert "Mención" not in plain
    assert "Mención Destacada" in best


def test_every_figure_on_the_page_is_one_of_the_claims(issued: IssuedCertificate, run: Run) -> None:
    """There is no score among them: claims have none."""
    text = run(issued.pdf, "pdftotext", after=("-",)).replace(ADDRESS, "")
    known = "MCC-2026-000001-G 2026-81-1010-00042 26/00777, 9 16 2026 15 2028 123,"
    figures = {word for word in text.split() if re.search(r"\d", word)}
    assert figures == set(known.split())


def test_the_claims_are_attached_byte_for_byte(issued: IssuedCertificate, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(issued.pdf)
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["pdfdetach", "-saveall", "-o", str(out), str(file)], check=True)
    saved = {path.name: path.read_bytes() for path in out.iterdir()}
    assert saved == {"claims.json": issued.claims.canonical()}
    with pikepdf.open(file) as pdf:
        assert {str(item.AFRelationship) for item in pdf.Root.AF} == {"/Data"}


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
    {"holder": "شهادة תעודה", "products": ("日本", "👩‍🌾", "a\nb", "\u2028", "\ufffe", "\U0010ffff")},
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


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1:9/a.png",
        "https://marca.invalid/a.png",
        "ftp://marca.invalid/a",
        ASSETS + "../pyproject.toml",
        ASSETS + "templates/../../pyproject.toml",
        ASSETS.upper() + "templates/frame.svg",
        "https://assets.invalid@127.0.0.1/",
    ],
)
def test_nothing_but_files_of_the_package_is_ever_read(address: str) -> None:
    with pytest.raises(ValueError, match=r"^not an asset of this package"):
        _fetcher().fetch(address)


def test_files_of_the_package_and_inline_data_are_read() -> None:
    assert b"<svg" in _fetcher().fetch(ASSETS + "templates/frame.svg").read()
    assert _fetcher().fetch("data:text/plain,hola").read() == b"hola"


def test_the_same_claims_give_the_same_bytes(claim: Claim) -> None:
    assert lay_out_certificate(claim()) == lay_out_certificate(claim())
