"""Who asks: session or key, and never another site in their name."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from mcc.actions.accounts import close_account
from mcc.actions.work import SYSTEM
from mcc.api.answering import Done
from mcc.api.app import create_api
from mcc.api.asking import SESSION_COOKIE, Change
from mcc.db.queries.journal import last_event
from mcc.db.sealing import UnsealedChange
from mcc.db.tables import Organisation
from tests.mcc.api.conftest import Ask
from tests.office import PASSWORD, START, Office

ORGANISATION = {
    "name": "Cooperativa de Prueba (ficticia)",
    "kind": "workers",
    "legal_status": True,
    "municipality": "Pando",
    "founded": "2015-03-02",
    "members": 12,
    "women": 7,
    "contact_name": "Persona de Prueba",
    "contact_phone": "099 000 000",
    "contact_email": "prueba@ejemplo.invalid",
}


def sign_in(client: TestClient, username: str = "coop", password: str = PASSWORD) -> int:
    return client.post("/session", json={"username": username, "password": password}).status_code


def test_a_session_is_opened_used_and_closed(ask: Ask) -> None:
    client = ask(None)
    assert client.get("/me").status_code == 401
    assert sign_in(client) == 201
    assert client.get("/me").json() == {
        "username": "coop",
        "name": "Coop",
        "roles": ["applicant"],
        "organisations": [],
    }
    assert client.delete("/session").status_code == 200
    assert client.get("/me").status_code == 401


def test_a_session_that_was_closed_stays_closed_for_a_copied_cookie(ask: Ask) -> None:
    client = ask(None)
    sign_in(client)
    copied = client.cookies[SESSION_COOKIE]
    client.delete("/session")
    client.cookies.set(SESSION_COOKIE, copied)
    assert client.get("/me").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(ask: Ask) -> None:
    answer = ask(None).post("/session", json={"username": "coop", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert ("HttpOnly" in cookie, "SameSite=lax" in cookie) == (True, True)


def test_a_wrong_password_is_refused_and_kept_in_the_journal(office: Office, ask: Ask) -> None:
    answer = ask(None).post("/session", json={"username": "coop", "password": "equivocada"})
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in_failed")
    with office.installation.look(SYSTEM) as work:
        event = last_event(work.session)
    assert event is not None
    assert event.action == "sign_in_refused"


def test_after_ten_wrong_passwords_the_right_one_has_to_wait(ask: Ask) -> None:
    client = ask(None)
    assert {sign_in(client, password="equivocada") for _ in range(10)} == {401}
    assert sign_in(client) == 429


def test_an_api_key_is_a_person(ask: Ask) -> None:
    assert ask("coord").get("/me").json()["roles"] == ["coordinator"]


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Basic Y29vcDpjb29w", "nonsense"])
def test_anything_else_is_nobody(ask: Ask, header: str) -> None:
    answer = ask(None).get("/me", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_closed_account_ends_its_keys_at_once(office: Office, ask: Ask) -> None:
    client = ask("coord")
    with office.installation.work(SYSTEM) as work:
        close_account(work, "coord")
    assert client.get("/me").status_code == 401


def test_a_session_ends_after_twelve_hours(office: Office, ask: Ask) -> None:
    client = ask(None)
    sign_in(client)
    token = client.cookies[SESSION_COOKIE]
    office.pass_days(1)
    later = ask(None)
    later.cookies.set(SESSION_COOKIE, token)
    assert later.get("/me").status_code == 401
    assert START + timedelta(hours=12) < office.installation.clock.now()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "none"}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 201),
        ({"Origin": "http://127.0.0.1:8000"}, 201),
        ({"Origin": "http://elsewhere.invalid"}, 403),
        ({"Origin": "http://testserver.elsewhere.invalid"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
    ],
)
def test_another_site_changes_nothing_with_the_cookie(ask: Ask, headers: dict[str, str], status: int) -> None:
    client = ask(None)
    sign_in(client)
    answer = client.post("/organisations", json=ORGANISATION, headers=headers)
    assert answer.status_code == status


def test_another_site_signs_nobody_in(ask: Ask) -> None:
    given = {"username": "coop", "password": PASSWORD}
    answer = ask(None).post("/session", json=given, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json()["error"]) == (403, "cross_site_request")


def test_a_key_is_not_carried_by_browsers_so_any_page_may_use_it(ask: Ask) -> None:
    answer = ask("coop").post("/organisations", json=ORGANISATION, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 201


@pytest.fixture
def careless(office: Office) -> FastAPI:
    """The API with one more route, which writes a row and no event."""
    api = create_api(office.installation)

    @api.post("/careless")
    def write(work: Change) -> Done:
        work.session.add(Organisation.model_validate({**ORGANISATION, "created_at": work.now}))
        return Done()

    return api


def test_a_commit_that_fails_is_never_answered_as_done(careless: FastAPI, ask: Ask) -> None:
    headers = ask("coop").headers
    with TestClient(careless, headers=dict(headers), raise_server_exceptions=False) as client:
        answer = client.post("/careless")
    assert (answer.status_code, answer.json()["error"]) == (500, "unexpected")


def test_a_defect_reaches_the_log_with_its_traceback(
    careless: FastAPI, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(careless, headers=dict(ask("coop").headers), raise_server_exceptions=False) as client:
        reference = client.post("/careless").json()["where"]
    (record,) = [record for record in caplog.records if record.name == "mcc.api.answering"]
    assert record.getMessage() == f"unexpected error {reference}"
    assert record.exc_info is not None
    assert record.exc_info[0] is UnsealedChange
