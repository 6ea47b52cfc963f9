"""The committee sees why, and can go down but never up."""

import pytest

from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office

DECISION = {
    "award": "granted",
    "resolution_number": "26/00001",
    "resolution_date": "2026-08-03",
    "authority": "Comité de Decisión de la Marca",
    "reasons": "Según el informe.",
}


@pytest.fixture
def voted(office: Office) -> str:
    """The number of a file on which the quorum has voted for the computed award."""
    number = office.in_decision()
    office.vote(number)
    return number


def test_the_form_says_what_was_voted_and_why(visit: Visit, voted: str) -> None:
    page = visit("comite").get(f"/solicitudes/{voted}/decision")
    shown = words_of(page)
    assert "Intendencia de Canelones : Marca Cooperativa Canaria" in shown
    assert "Resultado de la votación: Marca Cooperativa Canaria" in shown
    assert "Inacoop : no vota en esta solicitud" in shown
    assert "El total es 75,0 y hacen falta 80,0." in shown
    assert "Cómo trabajamos: 75,0 de 100." in shown


def test_without_a_quorum_there_is_nothing_to_record(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    office.vote(number, usernames=["comite"])
    page = visit("comite").get(f"/solicitudes/{number}/decision")
    assert "tienen que votar por un resultado 2 instituciones" in words_of(page)
    assert 'name="resolution_number"' not in page.text
    assert visit("comite").post(f"/solicitudes/{number}/decision", data=DECISION).status_code == 409


def test_a_higher_award_is_refused_and_the_reasons_stay(visit: Visit, voted: str) -> None:
    page = visit("comite").post(f"/solicitudes/{voted}/decision", data={**DECISION, "award": "distinction"})
    assert (page.status_code, errors_of(page)) == (
        409,
        ["No se puede otorgar más de lo que resulta de la evaluación."],
    )
    assert typed_in(page, "reasons") == "Según el informe."


@pytest.mark.parametrize("missing", ["award", "resolution_number", "resolution_date", "authority", "reasons"])
def test_every_field_is_needed(visit: Visit, voted: str, missing: str) -> None:
    page = visit("comite").post(f"/solicitudes/{voted}/decision", data={**DECISION, missing: ""})
    assert page.status_code == 422
    assert len(errors_of(page)) == 1


def test_the_second_decision_comes_too_late(visit: Visit, office: Office, voted: str) -> None:
    number = voted
    one, other = visit("comite"), visit("comite.2")
    assert one.post(f"/solicitudes/{number}/decision", data=DECISION).status_code == 303
    late = other.post(f"/solicitudes/{number}/decision", data={**DECISION, "award": "not_granted"})
    assert late.status_code == 409
    with office.look("comite") as work:
        assert office.application(work, number).state == "granted"


def test_who_reviewed_does_not_see_the_form(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    assert visit("revisa").get(f"/solicitudes/{number}/decision").status_code == 403


def test_the_collective_reads_what_was_decided_and_why(visit: Visit, voted: str) -> None:
    visit("comite").post(f"/solicitudes/{voted}/decision", data=DECISION)
    shown = words_of(visit("coop").get(f"/solicitudes/{voted}"))
    assert "¡Obtuvieron la Marca!" in shown
    assert "Por qué Según el informe." in shown
