"""The office's page of courses, fairs and advice, and where a collective finds them."""

from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office

OFFER = {
    "title": "Curso de registros",
    "line": "training",
    "place": "Inacoop, Pando",
    "contact": "099 000 000",
    "first_day": "2026-09-01",
}


def test_a_collective_finds_beside_its_plan_what_the_office_entered(visit: Visit, office: Office) -> None:
    number = office.reach("granted")
    desk = visit("coord")
    wrong = desk.post("/administracion/apoyos", data={**OFFER, "line": ""})
    assert (wrong.status_code, len(errors_of(wrong)), typed_in(wrong, "place")) == (422, 1, "Inacoop, Pando")
    assert desk.post("/administracion/apoyos", data=OFFER).status_code == 303
    assert "Curso de registros , el 1 de setiembre de 2026" in words_of(desk.get("/administracion/apoyos"))
    shown = words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "Cursos, ferias y apoyos que les sirven Curso de registros , el 1 de setiembre de 2026" in shown
    assert desk.post("/administracion/apoyos/1/sacar").status_code == 303
    assert "Curso de registros" not in words_of(visit("coop").get(f"/solicitudes/{number}"))
