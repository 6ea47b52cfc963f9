"""The public register: found by anybody, with accents or without; nobody who holds no certificate is in it."""

import csv
import io

import pytest

from mcc.actions import suspend
from mcc.actions.suspend import ReasonInput
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office

NAME = "Cooperativa de Prueba (ficticia)"


def found(visit: Visit, query: str) -> bool:
    page = visit(None).get(f"/registro?{query}")
    assert page.status_code == 200
    return NAME in words_of(page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("texto=COOPERÁTIVA", True),
        ("texto=no-hay", False),
        ("municipio=Pando", True),
        ("municipio=Tala", False),
        ("rubro=dairy", False),
        ("estado=good", True),
        ("estado=suspended", False),
        ("estado=ended", False),
        ("rut=210000000013", False),
        ("pagina=99", True),
        ("pagina=-1", True),
    ],
)
def test_a_certificate_is_found_by_what_people_know(
    visit: Visit, office: Office, query: str, expected: bool
) -> None:
    office.issued()
    assert found(visit, query) is expected


def test_a_filter_that_makes_no_sense_is_said(visit: Visit) -> None:
    page = visit(None).get("/registro?municipio=Atlantis&rut=12")
    assert page.status_code == 422
    assert len(errors_of(page)) == 2


def test_whoever_only_applies_is_not_in_the_register(visit: Visit, office: Office) -> None:
    office.submit()
    assert not found(visit, "estado=all")
    assert visit(None).get("/registro/1").status_code == 404


def test_a_collective_that_lost_the_mark_is_found_among_those(visit: Visit, office: Office) -> None:
    number = office.issued()
    office.carry(number, suspend.suspend, "Rótulo sin fecha")
    assert not found(visit, "")
    assert found(visit, "estado=suspended")


def test_the_page_of_a_collective_shows_its_certificates(visit: Visit, office: Office) -> None:
    office.issued()
    page = visit(None).get("/registro/1")
    assert page.status_code == 200
    assert NAME in words_of(page)


def test_the_data_can_be_downloaded(visit: Visit, office: Office) -> None:
    office.issued()
    browser = visit(None)
    rows = list(
        csv.DictReader(io.StringIO(browser.get("/registro/registro.csv").content.decode("utf-8-sig")))
    )
    assert [row["holder"] for row in rows] == [NAME]
    assert browser.get("/registro/registro.json").json()["certificates"][0]["holder"] == NAME
    assert browser.get("/registro/registro.ods").content.startswith(b"PK")
    assert browser.get("/registro/registro.exe").status_code == 404
    assert browser.get("/registro/datos").status_code == 200


def test_a_statement_says_what_the_register_said_and_when(visit: Visit, office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        code = office.certificate(work, number).public_code
    said = words_of(visit(None).get(f"/v/{code}/constancia"))
    assert "VIGENTE" in said
    assert NAME in said
    assert visit(None).get("/v/nada/constancia").status_code == 404


def test_who_lost_the_right_is_found_by_name_and_said_to_have_lost_it(visit: Visit, office: Office) -> None:
    number = office.issued()
    with office.work("coord") as work:
        suspend.suspend(work, office.certificate(work, number), ReasonInput(reason="Motivo."))
    page = visit(None).get("/registro?texto=queso")
    assert "Nadie con esas señas puede usar la Marca hoy." in words_of(page)
    assert NAME in words_of(page)
    assert NAME not in words_of(visit(None).get("/registro"))
    assert NAME not in words_of(visit(None).get("/registro?texto=nada"))
