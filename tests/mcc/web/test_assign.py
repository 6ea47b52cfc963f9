"""Seats are filled together or not at all."""

from mcc.actions.editions import current_rubric
from mcc.actions.evaluate import accept
from mcc.actions.not_applicable import request_not_applicable
from tests.mcc.web.conftest import Visit, chosen_in, errors_of, typed_in, words_of
from tests.office import Office

ALL = {
    f"{dimension.id}.{seat}": person
    for dimension in current_rubric().dimensions
    for seat, person in (("first", "eval.1"), ("second", "eval.2"))
}


def test_all_seats_are_filled_with_one_form(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    browser = visit("coord")
    assert browser.post(f"/solicitudes/{number}/evaluadores", data=ALL).status_code == 303
    shown = words_of(browser.get(f"/solicitudes/{number}/evaluadores"))
    assert shown.count("Eval.1 (todavía no aceptó)") == 4
    early = browser.post(f"/solicitudes/{number}/comenzar")
    assert early.status_code == 409
    assert errors_of(early) == [
        "Falta que cada persona evaluadora acepte su lugar y declare que no tiene conflicto de interés."
    ]
    for name in ("eval.1", "eval.2"):
        with office.work(name) as work:
            for seat in office.seats(work, number):
                accept(work, seat, no_conflict=True)
    office.accept_team(number)
    assert browser.post(f"/solicitudes/{number}/comenzar").status_code == 303


def test_one_seat_that_is_refused_leaves_all_of_them_empty(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    browser = visit("coord")
    twice = {**ALL, "participation.second": "eval.1"}
    page = browser.post(f"/solicitudes/{number}/evaluadores", data=twice)
    assert page.status_code == 409
    assert errors_of(page) == ["«eval.1» ya evalúa esta dimensión. Elijan a otra persona."]
    assert chosen_in(page, "decision_making.first") == ["eval.1"]
    assert "todavía no aceptó" not in words_of(browser.get(f"/solicitudes/{number}/evaluadores"))


def test_an_evaluation_with_an_empty_seat_does_not_begin(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    page = visit("coord").post(f"/solicitudes/{number}/comenzar")
    assert page.status_code == 409
    assert errors_of(page) == ["Cada dimensión necesita dos personas evaluadoras."]


def test_full_seats_are_not_offered_again(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    assert "Asignar personas" not in words_of(visit("coord").get(f"/solicitudes/{number}"))


def test_leaving_an_indicator_out_is_decided_once(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    with office.work("eval.1") as work:
        seat = next(seat for seat in office.seats(work, number) if seat.dimension == "participation")
        request_not_applicable(work, seat, "PAR4", reason="No reparten ingresos.")
    browser = visit("coord")
    address = f"/solicitudes/{number}/no-aplica/PAR4"
    assert address in browser.get(f"/solicitudes/{number}").text
    assert "No reparten ingresos." in words_of(browser.get(address))
    assert errors_of(browser.post(address, data={})) == ["Aprobado: Falta este dato."]
    assert browser.post(address, data={"approved": "yes"}).status_code == 303
    assert browser.post(address, data={"approved": "no"}).status_code == 409


def test_the_office_replaces_somebody_who_cannot_go_on(visit: Visit, office: Office) -> None:
    number = office.reach("in_evaluation")
    browser = visit("coord")
    assert "Cambiar a quien evalúa" in words_of(browser.get(f"/solicitudes/{number}"))
    address = f"/solicitudes/{number}/relevar"
    shown = words_of(browser.get(address))
    first = current_rubric().dimension("participation").label.es
    assert f"Eval.1: {first} (puntuando)" in shown
    empty = browser.post(address, data={"reason": "Se enfermó."})
    assert (errors_of(empty), typed_in(empty, "reason")) == (["¿A quién?: Falta este dato."], "Se enfermó.")
    silent = browser.post(address, data={"who": "participation.first", "reason": " "})
    assert (silent.status_code, chosen_in(silent, "who")) == (422, ["participation.first"])
    done = browser.post(address, data={"who": "participation.first", "reason": "Se enfermó."})
    assert done.headers["location"] == f"/solicitudes/{number}/evaluadores"
    again = browser.post(address, data={"who": "participation.first", "reason": "Se enfermó."})
    assert (again.status_code, errors_of(again)) == (409, ["En ese lugar no hay nadie."])
    assert f"«{first}»: faltan personas evaluadoras." in words_of(browser.get(f"/solicitudes/{number}"))


def test_nobody_is_offered_to_be_replaced_when_every_sheet_is_locked(visit: Visit, office: Office) -> None:
    number = office.reach("in_review")
    browser = visit("coord")
    assert "Cambiar a quien evalúa" not in words_of(browser.get(f"/solicitudes/{number}"))
    assert browser.get(f"/solicitudes/{number}/relevar").status_code == 409
