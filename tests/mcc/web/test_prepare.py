"""The way to a complete application: checked first, saved part by part, nothing asked that the office can get."""

import pytest

from tests.mcc.pictures import picture
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office

PHOTO = {"file": ("acta.jpg", picture(), "image/jpeg")}
FITS = "several=yes&in_canelones=yes&legal_status=yes&kind=workers&category=dairy"


def test_five_questions_say_what_will_be_asked(visit: Visit) -> None:
    said = words_of(visit(None).get(f"/antes-de-empezar?{FITS}"))
    assert "Sí, pueden pedirla" in said
    assert "Habilitación de quesería artesanal" in said
    assert "Registro de cooperativas sociales" not in said


@pytest.mark.parametrize("answer", ["several", "in_canelones"])
def test_what_stands_in_the_way_is_said(visit: Visit, answer: str) -> None:
    said = words_of(visit(None).get(f"/antes-de-empezar?{FITS.replace(f'{answer}=yes', f'{answer}=no')}"))
    assert "Por ahora no pueden pedirla" in said
    assert "Empezar" not in said


def test_without_legal_status_the_way_is_shorter(visit: Visit) -> None:
    said = words_of(
        visit(None).get(f"/antes-de-empezar?{FITS.replace('legal_status=yes', 'legal_status=no')}")
    )
    assert "En camino a la Marca" in said
    assert "Acuerdo del grupo" in said
    assert "Estatuto inscripto" not in said


def test_an_unanswered_question_is_named_and_the_rest_kept(visit: Visit) -> None:
    page = visit(None).get("/antes-de-empezar?several=yes&kind=workers")
    assert page.status_code == 422
    assert len(errors_of(page)) == 3


def test_a_draft_is_a_list_of_what_is_still_to_do(visit: Visit, office: Office) -> None:
    key = office.draft()
    phone = visit("coop")
    said = words_of(phone.get(f"/solicitudes/{key}"))
    assert "Falta el rubro" in said
    scope = {
        "scope_kind": "products",
        "category": "dairy",
        "products": "Queso",
        "process": "A mano",
        "site_address": "Camino 1",
        "site_municipality": "Pando",
    }
    assert phone.post(f"/solicitudes/{key}/alcance", data=scope).status_code == 303
    said = words_of(phone.get(f"/solicitudes/{key}"))
    assert "Falta el rubro" not in said
    assert "0 de 7" in said


def test_a_paper_is_photographed_once_and_used_twice(visit: Visit, office: Office) -> None:
    key = office.draft()
    phone = visit("coop")
    documents = f"/solicitudes/{key}/documentos"
    assert phone.post(f"{documents}/statute", data={}, files=PHOTO).status_code == 303
    assert "Estatuto inscripto" in words_of(phone.get("/colectivos/1/carpeta"))
    second = office.draft("coop", 1)
    page = phone.get(f"/solicitudes/{second}/documentos")
    assert "Usar el de la carpeta: Estatuto inscripto" in words_of(page)
    assert phone.post(f"/solicitudes/{second}/documentos/statute/carpeta/1").status_code == 303
    assert "Usar el de la carpeta" not in words_of(phone.get(f"/solicitudes/{second}/documentos"))


def test_what_the_office_can_get_is_not_asked(visit: Visit, office: Office) -> None:
    key = office.draft()
    page = visit("coop").get(f"/solicitudes/{key}/presentar")
    said = words_of(page)
    assert "la oficina les va a pedir" in said
    assert "Acta de la última asamblea" in said
    assert "Certificado único de DGI" not in said


def test_a_document_is_taken_out_of_a_draft_but_not_of_a_submitted_file(visit: Visit, office: Office) -> None:
    key = office.draft()
    phone = visit("coop")
    assert phone.post(f"/solicitudes/{key}/evidencia/E1/sacar").status_code == 303
    assert "E1.txt" not in words_of(phone.get(f"/solicitudes/{key}/documentos"))
    number = office.submit("otra")
    assert visit("otra").post(f"/solicitudes/{number}/evidencia/E1/sacar").status_code == 409


def test_a_document_that_is_not_asked_for_has_no_page(visit: Visit, office: Office) -> None:
    key = office.draft()
    phone = visit("coop")
    assert phone.get(f"/solicitudes/{key}/documentos/honey_register").status_code == 404
    page = phone.post(f"/solicitudes/{key}/documentos/statute", data={"expires_on": "2027-01-01"})
    assert page.status_code == 422


def test_the_last_application_is_offered_to_start_from(visit: Visit, office: Office) -> None:
    office.submit()
    page = visit("coop").get("/colectivos/1/solicitud")
    assert typed_in(page, "process") == "Elaboración artesanal con leche propia."


def test_the_papers_of_others_cannot_be_used(visit: Visit, office: Office) -> None:
    key = office.draft()
    visit("coop").post(f"/solicitudes/{key}/documentos/statute", data={}, files=PHOTO)
    foreign = office.draft("otra")
    assert visit("otra").post(f"/solicitudes/{foreign}/documentos/statute/carpeta/1").status_code == 404
    assert visit("otra").get(f"/solicitudes/{key}/documentos").status_code == 404
