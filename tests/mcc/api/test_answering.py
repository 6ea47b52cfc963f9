"""One shape for everything that goes wrong, worded for the reader, with the status of the error."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from mcc.api.answering import choose_language
from tests.mcc.api.conftest import Ask
from tests.mcc.api.test_asking import ORGANISATION
from tests.office import Office


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "es"),
        ("", "es"),
        ("en", "en"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("de, en;q=0.3, pt;q=0.7", "pt"),
        ("de", "es"),
        ("en;q=0, pt;q=0.1", "pt"),
        ("en;q=much", "es"),
        ("*", "es"),
    ],
)
def test_the_answer_is_in_the_best_language_that_we_have(header: str | None, language: str) -> None:
    assert choose_language(header) == language


def test_an_error_says_code_sentence_and_place(ask: Ask) -> None:
    answer = ask(None).post("/receipts/status", json={"receipt": "S-1"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.headers["Content-Language"] == "en"
    assert answer.json() == {
        "error": "receipt_unknown",
        "detail": "There is no such receipt. Write all of it, with the letters at the end.",
        "where": "receipt",
    }


def test_every_wrong_field_is_listed(ask: Ask) -> None:
    answer = ask(None).post(
        "/session", json={"username": "", "pasword": "x"}, headers={"Accept-Language": "en"}
    )
    assert (answer.status_code, answer.json()["where"]) == (422, "username")
    assert [(problem["where"], problem["error"]) for problem in answer.json()["problems"]] == [
        ("username", "string_too_short"),
        ("password", "missing"),
        ("pasword", "extra_forbidden"),
    ]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"username": "a",}'])
def test_a_body_that_cannot_be_read_is_malformed(ask: Ask, body: bytes) -> None:
    answer = ask(None).post("/session", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed_request")


def test_half_a_character_is_refused_without_breaking_the_answer(ask: Ask) -> None:
    body = b'{"username": "\\ud800", "password": "x", "\\udfff": 1}'
    answer = ask(None).post("/session", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "input_invalid")


def test_an_unknown_address_and_an_unknown_method_are_said(ask: Ask) -> None:
    client = ask("coord")
    assert (client.get("/nothing").status_code, client.get("/nothing").json()["error"]) == (
        404,
        "address_unknown",
    )
    assert (client.put("/me").status_code, client.put("/me").json()["error"]) == (405, "method_not_allowed")


def test_a_body_over_the_limit_is_refused_before_it_is_read(office: Office, ask: Ask) -> None:
    huge = b"x" * (office.installation.settings.upload_limit + 1_000_001)
    answer = ask(None).post("/certificates/verify", files={"file": ("big.pdf", huge)})
    assert (answer.status_code, answer.json()["error"]) == (413, "file_too_large")
    assert "20 MB" in answer.json()["detail"]


def test_a_body_that_does_not_say_its_size_is_refused_just_the_same(office: Office, ask: Ask) -> None:
    def pour() -> Iterator[bytes]:
        yield from [b"x" * 1_000_000] * (office.installation.settings.upload_limit // 1_000_000 + 2)

    answer = ask(None).post("/session", content=pour(), headers={"Content-Type": "application/json"})
    assert "content-length" not in answer.request.headers
    assert (answer.status_code, answer.json()["error"]) == (413, "file_too_large")


def test_a_key_that_no_database_can_hold_is_refused(ask: Ask) -> None:
    assert ask("eval.1").get(f"/assignments/{10**30}").status_code == 422
    assert ask("coop").get(f"/applications/{10**30}").status_code == 404


def test_a_register_that_is_busy_is_said_and_nothing_changes(office: Office, ask: Ask) -> None:
    client = ask("coop")
    database = office.installation.database
    with database.writing.connect() as waiting:
        # The one connection of the pool, which the next request will be given.
        waiting.execute(text("PRAGMA busy_timeout = 1"))
    holder = sqlite3.connect(office.installation.settings.data / "mcc.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answer = client.post("/organisations", json=ORGANISATION)
    holder.close()
    assert (answer.status_code, answer.json()["error"]) == (503, "database_busy")
    assert client.get("/organisations").json() == []
