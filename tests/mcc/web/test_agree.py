"""The consensus page shows both sheets, and one person alone settles nothing."""

import pytest

from tests.mcc.web.conftest import Visit, chosen_in, errors_of, typed_in, words_of
from tests.office import Office


@pytest.fixture
def seats(office: Office) -> dict[str, str]:
    """Addresses of both evaluators' talk about the one dimension in which they differ."""
    number = office.submit()
    office.admit(number)
    office.begin(number)
    office.score(number, "eval.1")
    office.score(number, "eval.2", PAR1=1, PAR2=1)
    found = {}
    for username in ("eval.1", "eval.2"):
        with office.look(username) as work:
            mine = [row.id for row in office.seats(work, number) if row.dimension == "participation"]
            found[username] = f"/evaluacion/{mine[0]}"
    return found


AGREED = {"PAR1.level": "2", "PAR1.reason": "Hay texto.", "PAR2.level": "3", "PAR2.reason": "Hay actas."}


def test_both_levels_stand_side_by_side(visit: Visit, seats: dict[str, str]) -> None:
    browser = visit("eval.1")
    assert "Conversar las diferencias: Cómo trabajamos" in words_of(browser.get("/solicitudes"))
    shown = words_of(browser.get(f"{seats['eval.1']}/consenso"))
    assert "Coincidieron en 4 de 6." in shown
    assert "Eval.1 3 Visto. E1 Eval.2 1 Visto. E1" in shown
    assert "De esto depende si se llega al mínimo de un indicador crítico." in shown


def test_a_proposal_names_every_level_and_reason(visit: Visit, seats: dict[str, str]) -> None:
    page = visit("eval.1").post(
        f"{seats['eval.1']}/consenso", data={"PAR1.level": "2", "PAR2.reason": "Conversado."}
    )
    assert page.status_code == 422
    assert errors_of(page) == [
        "PAR1, motivo: Está vacío o es muy corto: hacen falta al menos 1 letras.",
        "PAR2, nivel: Falta este dato.",
    ]
    assert chosen_in(page, "PAR1.level") == ["2"]
    assert typed_in(page, "PAR2.reason") == "Conversado."


def test_the_other_person_confirms(visit: Visit, seats: dict[str, str]) -> None:
    first, second = visit("eval.1"), visit("eval.2")
    assert first.post(f"{seats['eval.1']}/consenso", data=AGREED).status_code == 303
    alone = first.post(f"{seats['eval.1']}/confirmar")
    assert (alone.status_code, errors_of(alone)) == (
        409,
        ["La propuesta es suya: la tiene que confirmar la otra persona evaluadora."],
    )
    assert "La otra persona propuso esto." in words_of(second.get(f"{seats['eval.2']}/consenso"))
    assert second.post(f"{seats['eval.2']}/confirmar").status_code == 303
    assert "Dimensión: cerrada." in words_of(second.get(seats["eval.2"]))
    assert second.post(f"{seats['eval.2']}/confirmar").status_code == 409


def test_who_did_not_score_the_dimension_does_not_see_the_talk(visit: Visit, seats: dict[str, str]) -> None:
    assert visit("eval.3").get(f"{seats['eval.1']}/consenso").status_code == 404
