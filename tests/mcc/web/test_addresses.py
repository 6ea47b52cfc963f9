"""Addresses that nothing can have: a page that says so, never a defect."""

import re

import pytest
from starlette.testclient import TestClient

from mcc.api.app import create_api
from mcc.api.asking import SESSION_COOKIE
from mcc.web.app import create_app
from tests.mcc.web.conftest import Visit
from tests.mcc.web.route_table import addresses
from tests.office import Office

ABSURD = ["99999999999999999999999", "-1", "0", "007", "1e9", "%00", "..%2f..%2fetc", "x" * 3000, "\u0661"]
VARIABLE = re.compile(r"\{[^}]*\}")


@pytest.mark.parametrize(
    ("person", "absurd"),
    [("admin", ABSURD), ("coop", ABSURD[:1]), ("eval.1", ABSURD[:1]), (None, ABSURD[:3])],
    ids=["admin", "coop", "eval.1", "stranger"],
)
def test_no_page_breaks_at_an_address_that_nothing_has(
    visit: Visit, office: Office, person: str | None, absurd: list[str]
) -> None:
    office.submit()
    browser = visit(person)
    patterns = [pattern for pattern in addresses("GET") if "{" in pattern]
    assert len(patterns) > 60
    statuses = {
        (pattern, part): browser.get(VARIABLE.sub(part, pattern)).status_code
        for pattern in patterns
        for part in absurd
    }
    assert {key: status for key, status in statuses.items() if status >= 500} == {}


def test_no_form_breaks_at_an_address_that_nothing_has(visit: Visit, office: Office) -> None:
    office.submit()
    browser = visit("admin")
    statuses = {
        pattern: browser.post(VARIABLE.sub(ABSURD[0], pattern), data={}).status_code
        for pattern in addresses("POST")
        if "{" in pattern
    }
    assert {key: status for key, status in statuses.items() if status >= 500} == {}


def test_no_route_of_the_api_breaks_at_an_address_that_nothing_has(office: Office) -> None:
    site = create_app(office.installation)
    client = TestClient(site, raise_server_exceptions=False)
    client.cookies.set(SESSION_COOKIE, office.open_session("admin") or "")
    paths = create_api(office.installation).openapi()["paths"]
    statuses = {
        (method, path, absurd): client.request(
            method, f"/api/v1{VARIABLE.sub(absurd, path)}", json={}
        ).status_code
        for path, methods in paths.items()
        if "{" in path
        for method in methods
        for absurd in ABSURD
    }
    assert {key: status for key, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("page", ["9" * 5000, "-1", "0", "x", "\u0661", "99999999999999999999999"])
def test_a_page_of_the_register_that_there_is_not_is_the_nearest_one(visit: Visit, page: str) -> None:
    assert visit(None).get("/registro", params={"pagina": page}).status_code == 200


def test_a_key_is_what_a_row_can_have(visit: Visit, office: Office) -> None:
    office.register()
    stranger = visit(None)
    for key in ABSURD:
        assert stranger.get(f"/registro/{key}").status_code == 404
