"""Whatever goes wrong is a page in words."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from mcc.actions import follow
from mcc.web.app import create_app
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_an_unknown_address_is_a_page(visit: Visit) -> None:
    page = visit(None).get("/no-existe")
    assert page.status_code == 404
    assert "Esa página no existe, o la dirección está mal escrita." in words_of(page)


def test_a_wrong_method_is_a_page(visit: Visit) -> None:
    page = visit(None).put("/entrar")
    assert page.status_code == 405
    assert "Esa dirección no se usa así" in words_of(page)


def test_a_form_that_cannot_be_read_is_a_page(visit: Visit) -> None:
    page = visit(None).post("/verificar", content=b"--", headers={"content-type": "multipart/form-data"})
    assert page.status_code == 400
    assert "No se pudo leer el pedido" in words_of(page)


def test_an_application_of_others_does_not_exist(visit: Visit, office: Office) -> None:
    number = office.submit("coop")
    page = visit("otra").get(f"/solicitudes/{number}")
    assert page.status_code == 404
    assert f"No hay ninguna solicitud «{number}» que puedan ver." in words_of(page)


def test_a_defect_shows_a_reference_and_no_trace(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secreto interno")

    monkeypatch.setattr(follow, "status_by_receipt", fail)
    with TestClient(create_app(office.installation), raise_server_exceptions=False) as browser:
        page = browser.post("/seguimiento", data={"receipt": "S-2026-000001-X-aaaaaaaa"})
    assert page.status_code == 500
    assert ("Traceback" in page.text, "secreto" in page.text) == (False, False)
    reference = re.search(r"referencia: ([a-z2-7]{8})", words_of(page))
    assert reference is not None
    assert reference[1] in caplog.text


def test_a_second_click_changes_nothing_and_says_so(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coord")
    sent = [browser.post(f"/solicitudes/{number}/tomar", data={"expediente": f"2026-{n}"}) for n in (1, 2)]
    assert [answer.status_code for answer in sent] == [303, 409]
    assert "Puede ser un segundo clic" in words_of(sent[1])
    with office.look("coord") as work:
        assert office.application(work, number).expediente == "2026-1"


def test_somebody_without_the_role_is_told_and_it_is_recorded(visit: Visit, office: Office) -> None:
    number = office.submit()
    page = visit("coop").post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-1"})
    assert page.status_code == 403
    assert "Su cuenta no tiene el rol que hace falta para esto." in words_of(page)
    with office.look("audita") as work:
        story = follow.tell_story(work, office.application(work, number))
    assert [entry.action for entry in story if entry.action == "submit"] == ["submit"]


def test_an_unknown_database_fails_as_unavailable(office: Office) -> None:
    office.installation.database.close()
    broken = replace(office.installation)
    path = broken.settings.data / "mcc.sqlite3"
    path.write_bytes(b"not a database, not at all" * 100)
    with TestClient(create_app(broken), raise_server_exceptions=False) as browser:
        page = browser.post("/seguimiento", data={"receipt": "S-2026-000001-X-aaaaaaaa"})
    assert page.status_code == 503
    assert errors_of(page) == []
