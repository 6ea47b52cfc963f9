"""Every address of the site, the people who may see it in each state of a file, and a file in that state.

Who sees what stands in permission_matrix.txt; test_permission_matrix.py holds the site to it, test_accessibility.py and
the pictures (`./run pictures`) walk through it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi.routing import APIRoute

from mcc.actions import folder
from mcc.actions.folder import DocumentInput
from mcc.actions.misuse import MisuseInput, report_misuse
from mcc.actions.uploads import purify
from mcc.actions.work import PUBLIC
from mcc.web.app import FEATURES
from mcc.web.verify import STATUS_ROUTE
from tests.mcc.pictures import picture
from tests.office import Office

EXPECTED = Path(__file__).with_name("permission_matrix.txt")
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
    "signatory": "firma",
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
            work, organisation, DocumentInput(document="statute", filename="a.jpg"), purify(picture())
        )
    with office.installation.work(PUBLIC) as work:
        reported = MisuseInput(words="El sello sin Marca.", place="Pando", seen_on=work.today)
        receipt = report_misuse(work, reported, purify(picture())).receipt
    reference = str(key) if state == "draft" else office.reach(state, "coop")
    if state == "in_decision":
        office.vote(reference)
    places = {
        "reference": reference,
        "receipt": receipt,
        "organisation_id:key": "1",
        "key:key": "1",
        "account_id:key": "1",
        "seat_id:key": "1",
        "code": "E1",
        "indicator": "PAR1",
        "move": "suspender",
        "name": "participation",
        "word": "nada",
        "token": "nada",
        "form": "csv",
        "year": "2026",
        "paper": "carta",
    }
    if state not in {"draft", "submitted", "admitted"}:
        with office.look("eval.1") as work:
            places["seat_id:key"] = str(next(row.id for row in office.seats(work, reference)))
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


def read_expected(state: str) -> dict[str, list[str]]:
    found = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern, of, people = (part.strip() for part in line.split("|"))
            if of in {state, "*"}:
                found[pattern] = people.split() if people != "nobody" else []
    return found


@dataclass(frozen=True)
class Stop:
    """One page as one person sees it."""

    pattern: str
    person: str


FILE = "/solicitudes/{reference}"
"""Its page differs with whoever looks and in every state."""
LOOKERS = ("applicant", "office")


def list_stops(state: str, *, every: bool = False) -> Iterator[Stop]:
    """What is to be looked at in this state: each page once, where it first appears; or each for everybody."""
    known: set[str] = set()
    for earlier in STATES[: STATES.index(state)]:
        known |= {pattern for pattern, people in read_expected(earlier).items() if people}
    for pattern, people in read_expected(state).items():
        if every:
            yield from (Stop(pattern, person) for person in people)
        elif pattern == FILE:
            yield from (Stop(pattern, person) for person in LOOKERS if person in people)
        elif people and pattern not in known:
            yield Stop(pattern, people[0])
