"""The kit: for whoever may use the mark today and nobody else; what is printed can be read back."""

import io
import subprocess

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from mcc.actions import suspend
from tests.mcc.web.conftest import Visit, words_of
from tests.office import Office

FILES = ("kit", "kit/etiquetas.pdf", "kit/cartel.pdf", "kit/manual.pdf", "kit/sello.svg", "kit/sello.png")


def codes_on(pdf: bytes) -> list[str]:
    """What a reader finds on the first page of a paper; there is no second one."""
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1
    command = ["pdftoppm", "-r", "150", "-gray", "-png", "-"]
    drawn = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout
    with Image.open(io.BytesIO(drawn)) as page:
        return [found.text for found in zxingcpp.read_barcodes(page)]


def test_every_sticker_opens_the_public_page(visit: Visit, office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        code = office.certificate(work, number).public_code
    address = f"{office.installation.settings.public_url}/v/{code}"
    phone = visit("coop")
    assert codes_on(phone.get(f"/solicitudes/{number}/kit/etiquetas.pdf").content) == [address] * 24
    assert codes_on(phone.get(f"/solicitudes/{number}/kit/cartel.pdf").content) == [address]


@pytest.mark.parametrize("path", FILES)
def test_the_kit_closes_with_the_mark(visit: Visit, office: Office, path: str) -> None:
    number = office.issued()
    phone = visit("coop")
    assert phone.get(f"/solicitudes/{number}/{path}").status_code == 200
    assert visit("coord").get(f"/solicitudes/{number}/{path}").status_code == 403
    office.carry(number, suspend.suspend)
    assert phone.get(f"/solicitudes/{number}/{path}").status_code == 409
    assert "Etiquetas, cartel y sello" not in words_of(phone.get(f"/solicitudes/{number}"))


def test_the_seal_comes_as_drawing_and_as_picture(visit: Visit, office: Office) -> None:
    number = office.issued()
    phone = visit("coop")
    assert b"<svg" in phone.get(f"/solicitudes/{number}/kit/sello.svg").content
    with Image.open(io.BytesIO(phone.get(f"/solicitudes/{number}/kit/sello.png").content)) as seal:
        assert seal.size == (1200, 1200)


def test_the_receipt_is_a_paper_for_the_collective(visit: Visit, office: Office) -> None:
    number = office.submit()
    assert visit("coop").get(f"/solicitudes/{number}/recibo.pdf").content.startswith(b"%PDF")
    assert visit("coord").get(f"/solicitudes/{number}/recibo.pdf").status_code == 403
    assert visit("otra").get(f"/solicitudes/{number}/recibo.pdf").status_code == 404
    draft = office.draft("coop", 1)
    assert visit("coop").get(f"/solicitudes/{draft}/recibo.pdf").status_code == 404


def test_a_decided_application_shows_its_profile_and_plan_to_its_collective_alone(
    visit: Visit, office: Office
) -> None:
    number = office.reach("granted")
    said = words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "El puntaje" in said
    assert "Qué mejorar, y con quién" in said
    assert "El puntaje" not in words_of(visit("coord").get(f"/solicitudes/{number}"))
    undecided = office.reach("in_decision", "otra")
    assert "El puntaje" not in words_of(visit("otra").get(f"/solicitudes/{undecided}"))


def test_the_manual_names_what_the_mark_is_valid_for_on_one_sheet(visit: Visit, office: Office) -> None:
    number = office.issued()
    manual = visit("coop").get(f"/solicitudes/{number}/kit/manual.pdf").content
    assert len(pikepdf.open(io.BytesIO(manual)).pages) <= 2
    command = ["pdftotext", "-layout", "-", "-"]
    said = subprocess.run(command, input=manual, stdout=subprocess.PIPE, check=True).stdout.decode()
    for fact in ("MCC-2026-000001-G", "Queso colonia, Dulce de leche", "Pando", "Cooperativa de Prueba"):
        assert fact in said
    assert "{" not in said
