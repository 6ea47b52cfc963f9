"""Who gets which page in which state: every route, every kind of person, every state of a file.

What is expected stands in permission_matrix.txt, a line for each route and state with the people who get the page. A
route that is missing there fails. `MCC_WRITE_MATRIX=1` writes the lines anew, to be read before they are kept.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from mcc.actions import folder
from mcc.actions.folder import DocumentInput
from mcc.actions.misuse import MisuseInput, report_misuse
from mcc.actions.work import PUBLIC
from mcc.web.app import FEATURES
from mcc.web.verify import STATUS_ROUTE
from tests.mcc.pictures import picture
from tests.mcc.web.conftest import Visit
from tests.office import Office

EXPECTED = Path(__file__).with_name("permission_matrix.txt")
WRITE = os.environ.get("MCC_WRITE_MATRIX") == "1"
STATES = ("draft", "submitted", "admitted", "in_evaluation", "in_review", "in_decision", "granted", "issued")
PEOPLE = {
    # `evaluator` has seats in the file, `idle` has none; `other` applies for another collective.
    "stranger": None,
    "applicant": "coop",
    "other": "otra",
    "office": "coord",
    "evaluator": "eval.1",
    "idle": "eval.3",
    "reviewer": "revisa",
    "committee": "comite",
    "auditor": "audita",
    "admin": "admin",
}
REFUSALS = {303, 401, 403, 404, 409, 422}


def addresses(method: str) -> list[str]:
    """The pattern of every address of the site that takes this method."""
    routes = [route for feature in FEATURES for route in feature.router.routes if isinstance(route, APIRoute)]
    found = {route.path for route in routes if method in (route.methods or ())}
    return sorted(found | ({STATUS_ROUTE.path} if method == "GET" else set()))


def prepare(office: Office, state: str) -> dict[str, str]:
    """A file in this state, and what stands in the places of an address."""
    key = office.draft()
    with office.work("coop") as work:
        organisation = folder.find_folder(work, 1)
        folder.add_document(
            work, organisation, DocumentInput(document="statute", filename="a.jpg"), picture()
        )
    with office.installation.work(PUBLIC) as work:
        reported = MisuseInput(words="El sello sin Marca.", place="Pando", seen_on=work.today)
        receipt = report_misuse(work, reported, ("foto.jpg", picture())).receipt
    reference = str(key) if state == "draft" else office.reach(state, "coop")
    places = {
        "reference": reference,
        "receipt": receipt,
        "organisation_id:int": "1",
        "key:int": "1",
        "account_id:int": "1",
        "seat_id:int": "1",
        "code": "E1",
        "indicator": "PAR1",
        "move": "suspender",
        "name": "participation",
        "word": "nada",
        "token": "nada",
        "form": "csv",
        "paper": "carta",
    }
    if state not in {"draft", "submitted", "admitted"}:
        with office.look("eval.1") as work:
            places["seat_id:int"] = str(next(row.id for row in office.seats(work, reference)))
    if state == "issued":
        with office.look("coord") as work:
            places["public"] = office.certificate(work, reference).public_code
    return places


def fill(pattern: str, places: dict[str, str]) -> str:
    known = dict(places)
    if pattern.startswith("/v/"):
        known["code"] = places.get("public", "nada")
    if "/documentos/{code}" in pattern:
        known["code"] = "statute"
    address = pattern
    for name, value in known.items():
        address = address.replace(f"{{{name}}}", value)
    assert "{" not in address, f"{pattern} has a place that this test does not know"
    return address


def visitors(visit: Visit) -> Iterator[tuple[str, TestClient]]:
    for person, username in PEOPLE.items():
        yield person, visit(username)


def see(visit: Visit, office: Office, state: str) -> dict[str, list[str]]:
    """For each route, who gets its page."""
    places = prepare(office, state)
    seen: dict[str, list[str]] = {pattern: [] for pattern in addresses("GET")}
    for person, browser in visitors(visit):
        for pattern, people in seen.items():
            status = browser.get(fill(pattern, places)).status_code
            assert status in {200, *REFUSALS}, f"{pattern} as {person}: {status}"
            if status == 200:
                people.append(person)
    return seen


def read_expected(state: str) -> dict[str, list[str]]:
    found = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern, of, people = (part.strip() for part in line.split("|"))
            if of in {state, "*"}:
                found[pattern] = people.split() if people != "nobody" else []
    return found


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_the_pages_that_are_theirs_and_no_other(
    visit: Visit, office: Office, state: str, tmp_path: Path
) -> None:
    seen = see(visit, office, state)
    if WRITE:
        lines = [
            f"{pattern} | {state} | {' '.join(people) or 'nobody'}\n" for pattern, people in seen.items()
        ]
        (tmp_path.parent / f"matrix-{state}.txt").write_text("".join(lines), encoding="utf-8")
        pytest.fail(f"written to {tmp_path.parent}")
    assert seen == {pattern: people for pattern, people in read_expected(state).items() if pattern in seen}
    assert seen.keys() == read_expected(state).keys()


@pytest.mark.parametrize("state", ["draft", "in_evaluation", "issued"])
def test_nobody_changes_anything_who_may_not_even_look(visit: Visit, office: Office, state: str) -> None:
    places = prepare(office, state)
    patterns = [
        pattern for pattern in addresses("POST") if "{reference}" in pattern or "{organisation_id" in pattern
    ]
    for person in ("stranger", "other", "idle", "admin"):
        browser = visit(PEOPLE[person])
        for pattern in patterns:
            answer = browser.post(fill(pattern, places), data={})
            turned_away = answer.headers.get("location") == "/entrar"
            assert turned_away or answer.status_code in {401, 403, 404}, f"{pattern} as {person}: {answer}"
