"""Every route times every person: strangers are turned away, and each role where it has no part."""

from dataclasses import dataclass
from typing import Any

import pytest

from mcc.actions import misuse
from mcc.actions.work import PUBLIC as STRANGER
from mcc.api.app import create_api
from tests.mcc.api.conftest import Ask
from tests.mcc.api.test_asking import ORGANISATION
from tests.mcc.api.test_life import SCOPE
from tests.office import PEOPLE, Office

EVERYBODY = frozenset(PEOPLE)
COMMITTEE = frozenset({"comite", "comite.2"})
EVALUATORS = frozenset({"eval.1", "eval.2"})
READERS = COMMITTEE | {"coord", "audita", "revisa"}
SIGNATORIES = frozenset({"firma", "firma.2"})
REPORT_READERS = READERS | SIGNATORIES | {"coop"}
VIEWERS = READERS | SIGNATORIES | EVALUATORS | {"coop"}

PUBLIC = {
    ("post", "/session"),
    ("post", "/receipts/status"),
    ("get", "/certificates/by-number/{number}"),
    ("post", "/certificates/verify"),
    ("get", "/certificates/{code}"),
    ("get", "/certificates/{code}/file"),
    ("get", "/editions/current"),
}


@dataclass(frozen=True)
class Case:
    """A route, who has a part in it (in a file that was issued), and a body that is in good order."""

    method: str
    path: str
    people: frozenset[str]
    body: Any = None


FILE = "/applications/{reference}"
MOTION = "/certificates/{number}/motion"
SEAT = "/assignments/{assignment}"
WORDS = {"reason": "Motivo de prueba."}
ACCOUNT = {"username": "nueva", "name": "Nueva", "password": "una clave larga", "roles": ["auditor"]}
SCORES = {"scores": {"PAR1": {"level": 1, "note": "x", "evidence": ["E1"]}}}
DECISION = {
    "award": "denied",
    "resolution_number": "26/2",
    "resolution_date": "2026-08-03",
    "authority": "Comité",
    "reasons": "x",
}

MANDATE = {"username": "comite", "institution": "inacoop", "since": "2026-08-03", "act": "Nota"}

OFFER = {"line": "training", "title": "Curso", "place": "Pando", "contact": "x"}

CASES = [
    Case("delete", "/session", EVERYBODY),
    Case("get", "/me", EVERYBODY),
    Case("get", "/organisations", EVERYBODY),
    Case("get", "/applications", EVERYBODY),
    Case("get", "/assignments", EVERYBODY),
    Case("get", "/accounts", frozenset({"admin"})),
    Case("post", "/accounts", frozenset({"admin"}), ACCOUNT),
    Case("put", "/accounts/{username}/roles", frozenset({"admin"}), {"roles": ["auditor"]}),
    Case("put", "/accounts/{username}/password", frozenset({"admin"}), {"password": "una clave larga"}),
    Case("post", "/accounts/{username}/close", frozenset({"admin"})),
    Case("post", "/accounts/{username}/organisations", frozenset({"admin"}), {"organisation": 1}),
    Case("post", "/accounts/{username}/api-keys", frozenset({"admin"}), {"label": "x"}),
    Case("get", "/accounts/{username}/api-keys", frozenset({"admin"})),
    Case("post", "/accounts/{username}/api-keys/{key}/end", frozenset({"admin"})),
    Case("post", "/organisations", frozenset({"coop", "otra", "coord"}), ORGANISATION),
    Case("post", "/organisations/{organisation}/applications", frozenset({"coop", "coord"}), SCOPE),
    Case("put", f"{FILE}/scope", frozenset({"coop"}), SCOPE),
    Case("post", f"{FILE}/submit", frozenset({"coop"}), {"declaration": True}),
    Case("post", f"{FILE}/answer-request", frozenset({"coop"}), {"answers": ["x"]}),
    Case("post", f"{FILE}/withdraw-application", frozenset({"coop"}), WORDS),
    Case("get", FILE, VIEWERS),
    Case("get", f"{FILE}/story", VIEWERS),
    Case("get", f"{FILE}/evidence", VIEWERS),
    Case("get", f"{FILE}/evidence/{{code}}/file", VIEWERS),
    Case("post", f"{FILE}/evidence", EVALUATORS | {"coop", "coord"}, {"kind": "x", "title": "x"}),
    Case("post", f"{FILE}/evidence/{{code}}/see-on-site", EVALUATORS, {"seen_on": "2026-08-03"}),
    Case("post", f"{FILE}/take-up", frozenset({"coord"}), {"expediente": "1"}),
    Case("post", f"{FILE}/request-information", frozenset({"coord"}), {"items": ["x"]}),
    Case("post", f"{FILE}/remind-applicant", frozenset({"coord"})),
    Case("post", f"{FILE}/archive", frozenset({"coord"})),
    Case("post", f"{FILE}/reopen", frozenset({"coord"})),
    Case(
        "post",
        f"{FILE}/refuse-admission",
        frozenset({"coord"}),
        {"reason": "incomplete", "explanation": "x"},
    ),
    Case("post", f"{FILE}/admit", frozenset({"coord"}), {"eligible": True}),
    Case(
        "post",
        f"{FILE}/assignments",
        frozenset({"coord"}),
        {"dimension": "participation", "evaluator": "eval.3", "seat": "third"},
    ),
    Case(
        "post",
        f"{FILE}/relieve-evaluator",
        frozenset({"coord"}),
        {"dimension": "participation", "seat": "first", "reason": "Está de licencia."},
    ),
    Case("post", f"{FILE}/set-safeguard", frozenset({"coord"}), {"kind": "outside", "words": "x"}),
    Case("post", f"{FILE}/bind", frozenset({"coord", "audita"})),
    Case("get", "/annual-reports/{year}", frozenset({"coord", "audita"})),
    Case("get", "/cases", frozenset({"coord", "audita"})),
    Case("get", "/cases/{receipt}", frozenset({"coord", "audita"})),
    Case("post", "/cases/{receipt}/move/{action}", frozenset({"coord"}), {}),
    Case(
        "post",
        "/cases/{receipt}/resolve-appeal",
        frozenset({"coord"}),
        {"outcome": "dismissed", "words": "x"},
    ),
    Case("post", "/complaints", EVERYBODY, {"about": "house", "words": "x"}),
    Case(
        "post",
        f"{FILE}/record-notification",
        frozenset({"coord"}),
        {"means": "mail", "told": "x", "told_on": "2026-08-03"},
    ),
    Case("post", f"{FILE}/file-appeal", frozenset({"coop"}), {"words": "x"}),
    Case("post", f"{FILE}/require-correction", frozenset({"revisa"}), {"indicators": ["DEC1"], "asks": "x"}),
    Case("post", f"{FILE}/finish-correction", frozenset({"coop"})),
    Case("post", f"{FILE}/begin-another", frozenset({"coop", "coord"})),
    Case("post", f"{FILE}/shorten-evaluation", frozenset({"coord"}), {"indicators": ["DEC1"], "reason": "x"}),
    Case("post", "/certificates/{number}/begin-renewal", frozenset({"coop", "coord"})),
    Case(
        "post",
        "/certificates/{number}/open-surveillance",
        frozenset({"coord"}),
        {"cause": "sample", "reason": "x"},
    ),
    Case("post", "/certificates/{number}/recheck", frozenset({"revisa"}), {}),
    Case("get", "/certificates-at-risk", frozenset({"coord"})),
    Case("get", "/assistance", frozenset({"coord"})),
    Case(
        "post",
        "/assistance",
        frozenset({"coord"}),
        {"organisation": 1, "username": "eval.1", "kind": "course", "given_on": "2026-08-03", "words": "x"},
    ),
    Case("post", "/assistance/{key}/strike", frozenset({"coord"})),
    Case("get", f"{FILE}/plan", READERS | SIGNATORIES | {"coop"}),
    Case("put", f"{FILE}/plan/{{indicator}}", frozenset({"coop", "coord"}), {"progress": "under_way"}),
    Case("post", f"{FILE}/follow-ups", frozenset({"coord"}), {"on": "2026-08-03", "summary": "x"}),
    Case("get", "/demand", frozenset({"coord", "audita", "admin"})),
    Case("get", f"{FILE}/team", VIEWERS),
    Case("post", f"{FILE}/accept-team", frozenset({"coop"})),
    Case("post", f"{FILE}/file-challenge", frozenset({"coop"}), {"evaluator": "eval.1", "words": "x"}),
    Case(
        "post",
        "/cases/{receipt}/resolve-challenge",
        frozenset({"coord"}),
        {"outcome": "upheld", "words": "x"},
    ),
    Case("get", MOTION, COMMITTEE | {"coord", "audita", "coop"}),
    Case("post", MOTION, COMMITTEE | {"coord"}, {"measure": "suspend", "reason": "x"}),
    Case("post", f"{MOTION}/answer", frozenset({"coop"}), {"answer": "x"}),
    Case("post", f"{MOTION}/vote", COMMITTEE, {"in_favour": True, "reasons": "x"}),
    Case("post", f"{MOTION}/reject", COMMITTEE),
    Case("get", f"{FILE}/changes", READERS | SIGNATORIES | {"coop"}),
    Case(
        "post",
        f"{FILE}/report-change",
        frozenset({"coop", "coord"}),
        {"kind": "authorities", "happened_on": "2026-08-03", "words": "x"},
    ),
    Case("post", f"{FILE}/accept-change", COMMITTEE | {"coord"}, {"answer": "x"}),
    Case("post", f"{FILE}/refuse-change", COMMITTEE | {"coord"}, {"answer": "x"}),
    Case("post", f"{FILE}/begin-evaluation", frozenset({"coord"})),
    Case(
        "post",
        f"{FILE}/visit",
        EVALUATORS,
        {"on": "2026-08-03", "place": "Pando", "people": 2, "summary": "x"},
    ),
    Case(
        "post", f"{FILE}/decide-not-applicable", frozenset({"coord"}), {"indicator": "PAR4", "approved": True}
    ),
    Case("get", SEAT, frozenset({"eval.1"})),
    Case("post", f"{SEAT}/accept", frozenset({"eval.1"}), {"no_conflict": True}),
    Case("post", f"{SEAT}/declare-conflict", frozenset({"eval.1"}), WORDS),
    Case("put", f"{SEAT}/scores", frozenset({"eval.1"}), SCORES),
    Case("post", f"{SEAT}/request-not-applicable", frozenset({"eval.1"}), {"indicator": "PAR4", **WORDS}),
    Case("post", f"{SEAT}/lock", frozenset({"eval.1"})),
    Case("get", f"{FILE}/dimensions/{{dimension}}", READERS | EVALUATORS),
    Case("put", f"{FILE}/dimensions/{{dimension}}/levels", EVALUATORS, {"levels": {"PAR1": {"reason": "x"}}}),
    Case("post", f"{FILE}/dimensions/{{dimension}}/confirm", EVALUATORS),
    Case("post", f"{FILE}/send-to-decision", frozenset({"revisa"}), {"notes": "x"}),
    Case(
        "post",
        f"{FILE}/return-to-evaluation",
        frozenset({"revisa"}),
        {"notes": "x", "dimensions": ["participation"]},
    ),
    Case("get", f"{FILE}/assessment", READERS),
    Case("get", f"{FILE}/report", REPORT_READERS),
    Case("get", f"{FILE}/letter", REPORT_READERS),
    Case("put", f"{FILE}/vote", COMMITTEE, {"award": "granted", "reasons": "x"}),
    Case("get", f"{FILE}/votes", COMMITTEE | {"audita"}),
    Case("post", f"{FILE}/step-aside", COMMITTEE | {"revisa"}, WORDS),
    Case("get", "/signing-queue", SIGNATORIES | {"coord"}),
    Case("post", f"{FILE}/authorise-issue", SIGNATORIES, {}),
    Case("get", "/mandates", COMMITTEE | SIGNATORIES | {"admin", "coord", "audita"}),
    Case("post", "/mandates", frozenset({"admin"}), MANDATE),
    Case("post", "/mandates/{key}/end", frozenset({"admin"})),
    Case("post", "/mail/resend", frozenset({"admin", "coord"})),
    Case("get", "/support", frozenset({"admin", "coord"})),
    Case("post", "/support", frozenset({"admin", "coord"}), OFFER),
    Case("post", "/support/{key}/end", frozenset({"admin", "coord"})),
    Case("post", f"{FILE}/decision", COMMITTEE, DECISION | {"award": "granted"}),
    Case("post", f"{FILE}/open-hearing", COMMITTEE | {"revisa"}, {"tells": "Falta."}),
    Case("post", f"{FILE}/answer-hearing", frozenset({"coop"}), {"answer": "Aquí está."}),
    Case(
        "post",
        f"{FILE}/reevaluate-after-hearing",
        frozenset({"revisa"}),
        {"notes": "x", "dimensions": ["participation"]},
    ),
    Case("post", f"{FILE}/accept-rules", frozenset({"coop"}), {"name": "Ana", "accepted": True}),
    Case("post", f"{FILE}/return-to-review", COMMITTEE, {"questions": "¿Quién lleva las actas?"}),
    Case("post", "/certificates/{number}/suspend", COMMITTEE | {"coord"}, WORDS),
    Case("post", "/certificates/{number}/ratify-suspension", COMMITTEE, WORDS),
    Case("post", "/certificates/{number}/reinstate", COMMITTEE, WORDS),
    Case("post", "/certificates/{number}/withdraw", COMMITTEE, WORDS),
    Case("post", "/certificates/{number}/relinquish", frozenset({"coop"}), WORDS),
    Case("get", "/check", frozenset({"audita"})),
]


def operations(office: Office) -> set[tuple[str, str]]:
    paths: dict[str, dict[str, Any]] = create_api(office.installation).openapi()["paths"]
    return {(method, path) for path, methods in paths.items() for method in methods}


def names(office: Office, number: str) -> dict[str, str]:
    """What stands for the variable parts of addresses."""
    with office.look("audita") as work:
        certificate = office.certificate(work, number).number
    with office.installation.work(STRANGER) as work:
        reported = misuse.MisuseInput(words="El sello sin Marca.", place="Pando", seen_on=work.today)
        receipt = misuse.report_misuse(work, reported).receipt
    return {
        "reference": number,
        "receipt": receipt,
        "indicator": "PAR1",
        "action": "acknowledge",
        "year": "2026",
        "number": certificate,
        "organisation": "1",
        "assignment": "1",
        "username": "otra",
        "key": "1",
        "dimension": "participation",
        "code": "E1",
    }


def test_the_table_covers_every_route(office: Office) -> None:
    listed = {(case.method, case.path) for case in CASES}
    assert listed | PUBLIC == operations(office)
    assert len(CASES) == len(listed)


def test_strangers_are_turned_away_from_everything_that_is_not_public(office: Office, ask: Ask) -> None:
    client = ask(None)
    parts = {
        "reference": "1",
        "receipt": "x",
        "indicator": "PAR1",
        "action": "acknowledge",
        "year": "2026",
        "organisation": "1",
        "assignment": "1",
        "username": "x",
        "dimension": "x",
        "key": "1",
    }
    answers = {
        (method, path): client.request(method, path.format(**parts, number="x", code="x")).status_code
        for method, path in operations(office)
    }
    assert {key: status for key, status in answers.items() if status == 401} == dict.fromkeys(
        {(case.method, case.path) for case in CASES}, 401
    )


@pytest.fixture
def refusals(office: Office, ask: Ask) -> dict[tuple[str, str, str], int]:
    """What each person is answered on each route in which they have no part."""
    parts = names(office, office.issued())
    found = {}
    for person in PEOPLE:
        client = ask(person)
        for case in CASES:
            if person in case.people:
                continue
            body = {"data" if case.path.endswith("/evidence") else "json": case.body}
            answer = client.request(case.method, case.path.format(**parts), **body)
            found[person, case.method, case.path] = answer.status_code
    return found


def test_nobody_gets_through_where_they_have_no_part(refusals: dict[tuple[str, str, str], int]) -> None:
    assert len(refusals) > 400
    assert {key: status for key, status in refusals.items() if status not in {403, 404}} == {}


def test_everybody_who_has_a_part_may_read_it(office: Office, ask: Ask) -> None:
    parts = names(office, office.issued())
    found = {}
    for person in PEOPLE:
        client = ask(person)
        for case in CASES:
            if case.method == "get" and person in case.people:
                found[person, case.path] = client.get(case.path.format(**parts)).status_code
    assert {key: status for key, status in found.items() if status != 200} == {
        # There is no letter where there is a certificate.
        (person, f"{FILE}/letter"): 409
        for person in REPORT_READERS
    }


def test_a_denied_attempt_is_kept_in_the_journal(office: Office, ask: Ask) -> None:
    number = office.submit()
    assert ask("audita").post(f"/applications/{number}/archive").status_code == 403
    story = ask("coord").get(f"/applications/{number}/story").json()
    assert [entry["action"] for entry in story if entry["action"] == "denied"] in ([], ["denied"])
