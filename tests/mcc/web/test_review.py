"""The reviewer reads everything and sends the file on, or back once."""

import pytest

from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office


@pytest.fixture
def number(office: Office) -> str:
    found = office.submit()
    office.admit(found)
    office.begin(found)
    for username in ("eval.1", "eval.2"):
        office.score(found, username)
    return found


def test_the_findings_show_both_sheets_and_the_result(visit: Visit, number: str) -> None:
    shown = words_of(visit("revisa").get(f"/solicitudes/{number}/puntajes"))
    assert "Resultado según la pauta: Marca Cooperativa Canaria 75,0 de 100" in shown
    assert "Por qué no llega a «Marca Cooperativa Canaria, mención Destacada»" in shown
    assert "Las dos personas evaluadoras coincidieron" in shown


@pytest.mark.parametrize(("username", "status"), [("coop", 403), ("eval.1", 403), ("comite", 404)])
def test_the_findings_are_not_for_everybody(visit: Visit, number: str, username: str, status: int) -> None:
    assert visit(username).get(f"/solicitudes/{number}/puntajes").status_code == status


def test_a_review_says_what_follows_and_keeps_its_notes(visit: Visit, number: str) -> None:
    page = visit("revisa").post(f"/solicitudes/{number}/revision", data={"notes": "Bien."})
    assert page.status_code == 422
    assert typed_in(page, "notes") == "Bien."


def test_a_file_goes_back_once_and_then_on(visit: Visit, office: Office, number: str) -> None:
    browser = visit("revisa")
    address = f"/solicitudes/{number}/revision"
    back = {"outcome": "return", "notes": "Falta mirar las actas."}
    assert errors_of(browser.post(address, data=back)) == ["Dimensiones: Falta este dato."]
    assert browser.post(address, data={**back, "dimensions": "participation"}).status_code == 303
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            seat = next(row for row in office.seats(work, number) if row.state == "in_progress")
            address_of_seat = f"/evaluacion/{seat.id}"
        assert visit(username).post(f"{address_of_seat}/cerrar").status_code == 303
    assert "Ya se devolvió una vez" in words_of(browser.get(address))
    assert browser.post(address, data={"outcome": "send", "notes": "Completo."}).status_code == 303
    with office.look("revisa") as work:
        assert office.application(work, number).state == "in_decision"
