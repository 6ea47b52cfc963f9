"""The improvement plan on the pages: kept by the collective, followed up by the office, counted for the budget."""

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_a_step_goes_on_and_is_followed_up(visit: Visit, office: Office) -> None:
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    address = f"/solicitudes/{number}"
    holder, desk = visit("coop"), visit("coord")
    assert "Llevar el plan" in words_of(holder.get(address))
    page = holder.get(f"{address}/plan")
    assert "0 de" in words_of(page)
    indicator = page.text.partition(f"{address}/plan/")[2].partition('"')[0]
    form = f"{address}/plan/{indicator}"
    bare = holder.post(form, data={"progress": "dropped", "responsible": "La comisión"})
    assert len(errors_of(bare)) == 1
    assert "La comisión" in bare.text
    given = {"progress": "done", "responsible": "La comisión", "note": "Está el libro."}
    assert holder.post(form, data=given).status_code == 303
    after = words_of(holder.get(f"{address}/plan"))
    for words in ("1 de", "Hecho", "Se encarga: La comisión.", "Está el libro."):
        assert words in after
    seen = {"on": "2026-08-03", "summary": "El libro está al día.", "next_on": "2026-10-03"}
    assert desk.post(f"{address}/seguimiento-del-plan", data=seen).status_code == 303
    assert "La próxima, el 3 de octubre de 2026." in words_of(holder.get(f"{address}/plan"))


def test_the_office_reads_what_all_plans_ask_for(visit: Visit, office: Office) -> None:
    desk = visit("coord")
    assert "Todavía no hay planes" in words_of(desk.get("/administracion/demanda"))
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    page = words_of(desk.get("/administracion/demanda"))
    assert "Pando" in page
    assert "Sin nadie detrás:" in page
    table = desk.get("/administracion/demanda.csv").content.decode("utf-8-sig").splitlines()
    assert table[0] == "línea de apoyo,municipio,rubro,pasos"
    assert all(row.split(",")[1] == "Pando" for row in table[1:])
    assert "Cooperativa de Prueba" not in page
