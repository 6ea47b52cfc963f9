"""The certificate as a page, judged from outside by poppler and pikepdf."""

import io
import itertools
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from certificates import IssuedCertificate, lay_out_certificate
from certificates.layout import ASSETS, _fetcher
from tests.certificates.conftest import ADDRESS, Claim, Run


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
        ASSETS + "/etc/passwd",
        ASSETS + "templates//etc/passwd",
        ASSETS + "%2e%2e/pyproject.toml",
        ASSETS + "layout.py",
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


def test_no_ligature_is_drawn(claim: Claim, run: Run) -> None:
    """Some would not be found again as letters; each letter has a place of its own."""
    pdf = lay_out_certificate(claim(holder="Confitería Flor Eficaz fi fl ffi"))
    page = ET.fromstring(run(pdf, "pdftotext", "-bbox", after=("-",)).encode())  # noqa: S314 - of poppler's making
    seen = [word.text for word in page.iter("{http://www.w3.org/1999/xhtml}word")]
    first = seen.index("Confitería")
    assert seen[first : first + 6] == ["Confitería", "Flor", "Eficaz", "fi", "fl", "ffi"]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        maps = [
            item.ToUnicode.read_bytes()
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        ]
    assert maps
    assert [found for found in maps if b"<00660069>" in found or b"<fb01>" in found.lower()] == []
