"""The sheet of one dimension: a draft is kept, nothing typed is lost, closing is the last word."""

import pytest
from sqlmodel import select

from mcc.actions.editions import current_rubric
from mcc.db.tables import Event
from tests.mcc.web.conftest import Visit, chosen_in, errors_of, typed_in, words_of
from tests.office import Office

PARTICIPATION = [item.id for item in current_rubric().dimension("participation").indicators]


def label_of(indicator: str) -> str:
    return current_rubric().indicator(indicator).label.es


FULL = {
    f"{name}.{part}": value
    for name in PARTICIPATION
    for part, value in (("level", "3"), ("note", f"Visto {name}."), ("evidence", "E1"))
}


@pytest.fixture
def number(office: Office) -> str:
    found = office.submit()
    office.admit(found)
    office.begin(found)
    return found


@pytest.fixture
def seat(office: Office, number: str) -> str:
    """Address of the first evaluator's sheet of one dimension."""
    with office.look("eval.1") as work:
        seats = office.seats(work, number)
        return next(f"/evaluacion/{row.id}" for row in seats if row.dimension == "participation")


def test_a_seat_is_accepted_with_a_declaration(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    browser = visit("eval.1")
    assert "Aceptar la asignación o excusarse" in words_of(browser.get("/solicitudes"))
    page = browser.post("/evaluacion/1/aceptar", data={})
    assert errors_of(page) == ["Para aceptar hay que declarar que no hay conflicto de interés."]
    assert browser.post("/evaluacion/1/aceptar", data={"no_conflict": "yes"}).status_code == 303
    assert "Nivel" in words_of(browser.get("/evaluacion/1"))


def test_who_has_a_conflict_steps_back_from_the_whole_file(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    browser = visit("eval.1")
    assert errors_of(browser.post("/evaluacion/1/excusarse", data={"reason": ""})) == [
        "Motivo: Falta este dato."
    ]
    answer = browser.post("/evaluacion/1/excusarse", data={"reason": "Les di formación el año pasado."})
    assert answer.headers["location"] == "/solicitudes"
    assert browser.get(f"/solicitudes/{number}").status_code == 404


def test_the_descriptors_are_the_choices(visit: Visit, seat: str) -> None:
    shown = words_of(visit("eval.1").get(seat))
    for level in current_rubric().indicator("PAR1").levels:
        assert f"{level.value} {level.descriptor.es}" in shown


def test_a_draft_is_kept_as_it_is(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    some = {"PAR1.level": "2", "PAR1.note": "Falta el acta.", "PAR2.evidence": ["E1", "E2"]}
    assert browser.post(f"{seat}/guardar", data=some).status_code == 303
    page = browser.get(seat)
    assert chosen_in(page, "PAR1.level") == ["2"]
    assert typed_in(page, "PAR1.note") == "Falta el acta."
    assert chosen_in(page, "PAR2.evidence") == ["E1", "E2"]


def test_an_absurd_level_is_named_and_the_rest_stays(visit: Visit, seat: str) -> None:
    page = visit("eval.1").post(f"{seat}/guardar", data={**FULL, "PAR2.level": "9"})
    assert page.status_code == 422
    assert errors_of(page) == ["PAR2, nivel: El nivel 9 no existe: va de 0 a 4."]
    assert typed_in(page, "PAR6.note") == "Visto PAR6."
    assert chosen_in(page, "PAR6.level") == ["3"]


def test_what_is_missing_is_listed_before_closing_and_the_draft_is_safe(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    answer = browser.post(f"{seat}/revisar", data={**FULL, "PAR1.note": "", "PAR2.evidence": ""})
    page = browser.get(answer.headers["location"])
    assert f"{label_of('PAR1')} : la nota" in words_of(page)
    assert f"{label_of('PAR2')} : un documento" in words_of(page)
    assert 'class="govuk-button">Cerrar puntaje' not in page.text
    refused = browser.post(f"{seat}/cerrar")
    assert (refused.status_code, errors_of(refused)) == (
        409,
        ["Falta el nivel o la nota de algún indicador."],
    )
    assert typed_in(browser.get(seat), "PAR3.note") == "Visto PAR3."


def test_a_closed_sheet_is_read_only(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    browser.post(f"{seat}/revisar", data=FULL)
    assert browser.post(f"{seat}/cerrar").status_code == 303
    assert "Esta planilla está cerrada." in words_of(browser.get(seat))
    again = browser.post(f"{seat}/cerrar")
    assert again.status_code == 409
    assert browser.post(f"{seat}/guardar", data={**FULL, "PAR1.level": "4"}).status_code == 409


def test_the_other_sheet_stays_closed_to_the_eye(visit: Visit, seat: str) -> None:
    assert visit("eval.2").get(seat).status_code == 404
    assert visit("eval.2").post(f"{seat}/guardar", data=FULL).status_code == 404


def test_leaving_out_a_critical_indicator_is_not_offered_and_refused(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    address = f"{seat}/no-aplica"
    assert 'value="PAR2"' not in browser.get(address).text
    page = browser.post(address, data={"indicator": "PAR2", "reason": "No va."})
    assert page.status_code == 422
    assert browser.post(address, data={"indicator": "PAR4", "reason": "No va."}).status_code == 303
    assert "Se pidió que no aplique" in words_of(browser.get(seat))


def test_the_visit_is_reported_with_a_real_date(visit: Visit, number: str) -> None:
    browser = visit("eval.2")
    given = {"on": "2027-01-01", "place": "Pando", "people": "5", "summary": "Se vio todo."}
    page = browser.post(f"/solicitudes/{number}/visita/informe", data=given)
    assert errors_of(page) == ["Fecha de la visita: El 1 de enero de 2027 todavía no llegó."]
    assert typed_in(page, "summary") == "Se vio todo."
    given["on"] = "2026-08-03"
    assert browser.post(f"/solicitudes/{number}/visita/informe", data=given).status_code == 303


def mark_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_the_script_of_a_sheet_is_told_how_far_it_is(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    seen = mark_in(browser.get(seat).text)
    json = {"Accept": "application/json"}
    answer = browser.post(f"{seat}/guardar", data=FULL | {"seen": seen}, headers=json)
    assert answer.json() == {
        "mark": mark_in(browser.get(seat).text),
        "time": "10:00",
        "done": len(PARTICIPATION),
    }
    again = browser.post(f"{seat}/guardar", data=FULL | {"seen": seen}, headers=json)
    assert again.json()["mark"] == answer.json()["mark"]


def test_saving_the_same_twice_leaves_one_event(visit: Visit, office: Office, seat: str) -> None:
    browser = visit("eval.1")
    for _ in range(3):
        browser.post(f"{seat}/guardar", data=FULL)
    with office.look("audita") as work:
        found = work.session.exec(select(Event).where(Event.action == "save_scores")).all()
    assert len(found) == 1


def test_a_stale_sheet_shows_both_versions_and_loses_neither(visit: Visit, seat: str) -> None:
    here, there = visit("eval.1"), visit("eval.1")
    seen = mark_in(here.get(seat).text)
    there.post(f"{seat}/guardar", data={"PAR1.level": "1", "PAR1.note": "Desde el teléfono", "seen": seen})
    page = here.post(
        f"{seat}/guardar", data={"PAR1.level": "3", "PAR1.note": "Desde la oficina", "seen": seen}
    )
    assert page.status_code == 409
    assert typed_in(page, "PAR1.note") == "Desde la oficina"
    assert "Desde el teléfono" in words_of(page)
    settled = {"PAR1.level": "3", "PAR1.note": "Desde la oficina", "seen": mark_in(page.text)}
    assert here.post(f"{seat}/guardar", data=settled).status_code == 303
    assert typed_in(there.get(seat), "PAR1.note") == "Desde la oficina"


def test_the_desk_says_what_waits_for_whom(visit: Visit, office: Office, seat: str) -> None:
    assert seat
    said = words_of(visit("eval.1").get("/evaluacion"))
    assert "Para puntuar (4)" in said
    assert "0 de 6" in said
    assert "Todo en orden" in words_of(visit("eval.3").get("/evaluacion"))
    assert visit("coord").get("/evaluacion").status_code == 403


def test_the_desk_shows_no_file_of_a_recused_person(visit: Visit, seat: str) -> None:
    browser = visit("eval.1")
    browser.post(f"{seat}/excusarse", data={"reason": "Es mi hermana"})
    assert "Cooperativa de Prueba" not in words_of(browser.get("/evaluacion"))
