"""The life of a certificate, and what the public page says a moment later."""

import pytest

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


@pytest.fixture
def number(office: Office) -> str:
    return office.issued()


def public_address(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return f"/v/{office.certificate(work, number).public_code}"


def put_and_vote(visit: Visit, number: str, measure: str) -> None:
    """Through the pages: proposed by the office, answered where it is adverse, voted by two institutions."""
    address = f"/solicitudes/{number}/medida"
    given = {"measure": measure, "reason": "Motivo de prueba."}
    assert visit("coord").post(address, data=given).status_code == 303
    visit("coop").post(f"{address}/respuesta", data={"answer": "Está en trámite."})
    for username in ("comite", "comite.2"):
        member = visit(username)
        assert member.get(f"{address}/voto").status_code == 200
        given = {"in_favour": "true", "reasons": "Según lo visto."}
        assert member.post(f"{address}/voto", data=given).status_code == 303


def test_a_measure_from_its_proposal_to_its_rejection(visit: Visit, number: str) -> None:
    address = f"/solicitudes/{number}/medida"
    desk, holder, member = visit("coord"), visit("coop"), visit("comite")
    assert "Proponer una medida al comité" in words_of(desk.get(f"/solicitudes/{number}"))
    empty = desk.post(address, data={"reason": "Fraude."})
    assert errors_of(empty) == ["Qué se propone: Falta este dato."]
    assert "Fraude." in empty.text
    assert desk.post(address, data={"measure": "withdraw", "reason": "Fraude."}).status_code == 303
    assert "puede responder hasta el 13 de agosto de 2026" in words_of(desk.get(address))
    assert "Retirar la Marca" in words_of(member.get("/comite"))
    assert member.get(f"{address}/voto").status_code == 409
    assert "Leer lo que se propone y responder" in words_of(holder.get(f"/solicitudes/{number}"))
    assert "Fraude." in words_of(holder.get(f"{address}/respuesta"))
    assert holder.post(f"{address}/respuesta", data={"answer": "No fue así."}).status_code == 303
    assert "No fue así." in words_of(member.get(f"{address}/voto"))
    assert errors_of(member.post(f"{address}/voto", data={"reasons": "No alcanza."})) == [
        "Voto: Falta este dato."
    ]
    for username in ("comite", "comite.2"):
        given = {"in_favour": "false", "reasons": "No alcanza."}
        assert visit(username).post(f"{address}/voto", data=given).status_code == 303
    page = words_of(member.get(address))
    assert "en contra" in page
    assert "en contra" not in words_of(holder.get(address))
    assert "Retirar la Marca" not in words_of(member.get(f"/solicitudes/{number}"))
    assert member.post(f"{address}/rechazo").status_code == 303
    assert "Todo en orden" in words_of(member.get("/comite"))


def test_a_suspension_is_public_at_once_and_lifted_again(visit: Visit, office: Office, number: str) -> None:
    address, browser = public_address(office, number), visit("comite")
    assert "VIGENTE Puede usar la Marca" in words_of(browser.get(address))
    reason = {"reason": "Falta la habilitación."}
    put_and_vote(visit, number, "suspend")
    assert browser.post(f"/solicitudes/{number}/certificado/suspender", data=reason).status_code == 303
    shown = words_of(browser.get(address))
    assert "SUSPENDIDA Desde el 3 de agosto de 2026 no puede usar la Marca." in shown
    assert "Motivo: Falta la habilitación." in shown
    fixed = {"reason": "Presentaron la habilitación."}
    put_and_vote(visit, number, "reinstate")
    assert browser.post(f"/solicitudes/{number}/certificado/reponer", data=fixed).status_code == 303
    assert "VIGENTE" in words_of(browser.get(address))


def test_a_reason_is_needed(visit: Visit, number: str) -> None:
    page = visit("comite").post(f"/solicitudes/{number}/certificado/retirar", data={"reason": " "})
    assert (page.status_code, errors_of(page)) == (422, ["Motivo: Falta este dato."])


def test_a_collective_gives_its_mark_up_once(visit: Visit, office: Office, number: str) -> None:
    browser = visit("coop")
    assert "Renunciar a la Marca" in words_of(browser.get(f"/solicitudes/{number}"))
    address = f"/solicitudes/{number}/certificado/renunciar"
    sent = [browser.post(address, data={"reason": "Dejamos de producir."}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 409]
    assert "RENUNCIADA" in words_of(browser.get(public_address(office, number)))


def test_a_collective_cannot_suspend(visit: Visit, number: str) -> None:
    assert visit("coop").get(f"/solicitudes/{number}/certificado/suspender").status_code == 403


def test_an_unknown_move_is_an_unknown_page(visit: Visit, number: str) -> None:
    assert visit("comite").get(f"/solicitudes/{number}/certificado/regalar").status_code == 404


def test_the_committee_ratifies_what_the_office_suspended(visit: Visit, office: Office, number: str) -> None:
    coordinator, member = visit("coord"), visit("comite")
    address = f"/solicitudes/{number}/certificado/ratificar"
    assert member.get(address).status_code == 409, "there is nothing to ratify yet"
    reason = {"reason": "Se vendió queso sin habilitación."}
    coordinator.post(f"/solicitudes/{number}/certificado/suspender", data=reason)
    told = "El comité tiene hasta el 17 de agosto de 2026 para ratificarla; si no, se levanta."
    assert told in words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "Ratificar la suspensión" not in words_of(coordinator.get(f"/solicitudes/{number}"))
    assert "Ratificar la suspensión" not in words_of(member.get(f"/solicitudes/{number}"))
    put_and_vote(visit, number, "ratify_suspension")
    assert "Ratificar la suspensión" in words_of(member.get(f"/solicitudes/{number}"))
    empty = member.post(address, data={"reason": ""})
    assert (empty.status_code, errors_of(empty)) == (422, ["Motivo: Falta este dato."])
    assert member.post(address, data=reason).status_code == 303
    assert told not in words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert member.post(address, data=reason).status_code == 409
