"""Advice that was given, on the office's page."""

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_advice_is_recorded_and_struck_out(visit: Visit, office: Office) -> None:
    office.register()
    desk, address = visit("coord"), "/administracion/asistencias"
    assert "Apoyo que se dio" in words_of(desk.get("/administracion"))
    given = {
        "organisation": "1",
        "username": "eval.1",
        "kind": "tailored",
        "given_on": "2026-08-01",
        "words": "Armamos el reglamento.",
    }
    assert errors_of(desk.post(address, data={**given, "words": ""})) == ["Texto: Falta este dato."]
    assert desk.post(address, data=given).status_code == 303
    assert "Armamos el reglamento." in words_of(desk.get(address))
    assert desk.post(f"{address}/1/tachar").status_code == 303
    assert "Armamos el reglamento." not in words_of(desk.get(address))
    assert visit("admin").get(address).status_code == 403
