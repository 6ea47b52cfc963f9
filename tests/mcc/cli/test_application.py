"""`mcc application` and `mcc certificate`: the same life as on the web pages, from files of input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mcc.actions.editions import current_rubric
from mcc.actions.work import SYSTEM
from mcc.cli.application_actions import ACTS
from tests.mcc.api.test_asking import ORGANISATION
from tests.mcc.api.test_life import SCOPE
from tests.mcc.cli.conftest import Mcc, Result
from tests.office import Office

Act = Callable[..., Result]


@pytest.fixture
def data(office: Office) -> Path:
    return office.installation.settings.data


@pytest.fixture
def act(mcc: Mcc, data: Path, tmp_path: Path) -> Act:
    """`mcc application ACTION … --as USERNAME`, with the fields in a file of their own."""

    def call(username: str, *arguments: object, fields: object = None) -> Result:
        given: list[object] = []
        if fields is not None:
            file = tmp_path / "fields.json"
            file.write_text(json.dumps(fields), encoding="utf-8")
            given = ["--input", file]
        return mcc("application", *arguments, "--as", username, "--data", data, *given, "--json")

    return call


def done(result: Result) -> Any:
    assert (result.code, result.err) == (0, "")
    return result.document


def submit(act: Act, tmp_path: Path) -> str:
    organisation = done(act("coop", "register", fields=ORGANISATION))["organisation"]
    draft = done(act("coop", "draft", organisation, fields=SCOPE))["reference"]
    paper = tmp_path / "acta.txt"
    paper.write_text("Acta de prueba", encoding="utf-8")
    evidence = {"kind": "acta_asamblea", "title": "Acta"}
    assert done(act("coop", "add-evidence", draft, "--file", paper, fields=evidence))["code"] == "E1"
    answer = done(act("coop", "submit", draft, fields={"declaration": True}))
    assert answer["state"] == "submitted"
    return str(answer["reference"])


def evaluate(act: Act, number: str) -> None:
    for dimension in current_rubric().dimensions:
        for username, seat in (("eval.1", "first"), ("eval.2", "second")):
            fields = {"dimension": dimension.id, "evaluator": username, "seat": seat}
            done(act("coord", "assign-evaluator", number, fields=fields))
            seated = ("--dimension", dimension.id)
            done(act(username, "accept", number, *seated, fields={"no_conflict": True}))
    done(act("coop", "accept-team", number))
    done(act("coord", "begin-evaluation", number))
    visit = {"on": "2026-08-03", "place": "Pando", "people": 6, "summary": "Recorrida."}
    done(act("eval.1", "report-visit", number, fields=visit))
    for dimension in current_rubric().dimensions:
        for username in ("eval.1", "eval.2"):
            sheet = {
                item.id: {"level": 3, "note": "Visto.", "evidence": ["E1"]} for item in dimension.indicators
            }
            if (username, dimension.id) == ("eval.2", "participation"):
                sheet["PAR2"]["level"] = 2
            seated = ("--dimension", dimension.id)
            done(act(username, "save-scores", number, *seated, fields={"scores": sheet}))
            done(act(username, "lock", number, *seated))
    levels = {"levels": {"PAR2": {"level": 3, "reason": "Acta vista de nuevo."}}}
    done(act("eval.1", "propose-levels", number, "--dimension", "participation", fields=levels))
    done(act("eval.2", "confirm-levels", number, "--dimension", "participation"))


DECISION = {
    "award": "granted",
    "resolution_number": "26/00001",
    "resolution_date": "2026-08-03",
    "authority": "Comité de Decisión de la Marca",
    "reasons": "Según el informe.",
}


def test_an_application_goes_all_the_way_to_the_decision(act: Act, tmp_path: Path) -> None:
    number = submit(act, tmp_path)
    done(act("coord", "take-up", number, fields={"expediente": "2026-81-1010-00001"}))
    done(act("coord", "admit", number, fields={"eligible": True}))
    evaluate(act, number)
    assert done(act("revisa", "show", number))["state"] == "in_review"
    done(act("revisa", "send-to-decision", number, fields={"notes": "Completo."}))
    for member in ("comite", "comite.2"):
        done(act(member, "vote", number, fields={"award": "granted", "reasons": "Según el informe."}))
    assert done(act("comite", "decide", number, fields=DECISION))["state"] == "granted"
    shown = done(act("coop", "show", number))
    assert (shown["missing"], shown["moves"]) == (["issuance.rules"], [])
    done(act("coop", "accept-rules", number, fields={"name": "Ana Prueba", "accepted": True}))
    assert done(act("coop", "show", number))["missing"] == ["issuance.to_sign"]
    done(act("firma", "authorise-issue", number, fields={}))
    assert done(act("coop", "show", number))["missing"] == ["issuance.ordered"]


def test_the_list_is_what_the_person_may_see(office: Office, act: Act) -> None:
    number = office.submit()
    assert [row["reference"] for row in done(act("coord", "list"))] == [number]
    assert done(act("coord", "list", "--state", "draft")) == []
    assert done(act("otra", "list")) == []


def test_what_one_may_not_see_does_not_exist(office: Office, act: Act) -> None:
    number = office.submit()
    result = act("otra", "show", number)
    assert (result.code, result.document["error"]) == (1, "application_unknown")


def test_what_one_may_not_do_is_refused_and_kept_in_the_journal(office: Office, act: Act) -> None:
    number = office.submit()
    result = act("audita", "archive", number)
    assert (result.code, result.document["error"]) == (1, "role_not_allowed")


def test_a_condition_that_is_not_met_is_said_in_words(office: Office, mcc: Mcc, data: Path) -> None:
    number = office.submit()
    office.admit(number)
    result = mcc("application", "begin-evaluation", number, "--as", "coord", "--data", data)
    assert (result.code, result.out, result.err) == (1, "", "Every dimension needs two evaluators.\n")


def test_every_wrong_field_is_listed(office: Office, act: Act) -> None:
    number = office.submit()
    office.admit(number)
    result = act("comite", "decide", number, fields={"award": "granted", "surplus": 1})
    assert result.code == 1
    assert {(row["where"], row["error"]) for row in result.document["problems"]} == {
        ("resolution_number", "missing"),
        ("resolution_date", "missing"),
        ("authority", "missing"),
        ("reasons", "missing"),
        ("surplus", "extra_forbidden"),
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "fields_expected"),
        (b"- a\n- b\n", "fields_expected"),
        (b"expediente: [", "yaml_invalid"),
        (b"a: 1\na: 2\n", "yaml_invalid"),
        (b"a: &x [1]\nb: *x\n", "yaml_anchor"),
        (b"\xff\xfe\xff", "not_utf8"),
        (b"x" * 1_000_001, "input_too_large"),
    ],
)
def test_a_file_that_holds_no_fields_is_refused_with_its_place(
    mcc: Mcc, data: Path, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "fields.yaml"
    file.write_bytes(content)
    result = mcc("application", "take-up", "S-1", "--as", "coord", "--input", file, "--data", data, "--json")
    assert (result.code, result.document["problems"][0]["error"]) == (1, code)
    assert result.document["where"].startswith(str(file))


def test_a_file_that_is_not_there_is_wrong_usage(mcc: Mcc, data: Path) -> None:
    result = mcc("application", "take-up", "S-1", "--as", "coord", "--input", "/nowhere", "--data", data)
    assert (result.code, "/nowhere" in result.err) == (64, True)


def test_an_unknown_person_acts_for_nobody(act: Act) -> None:
    assert act("nadie", "list").document["error"] == "account_unknown"


@pytest.mark.parametrize("name", ACTS)
def test_every_action_explains_itself(mcc: Mcc, name: str) -> None:
    result = mcc("application", name, "--help")
    assert (result.code, "--as USERNAME" in result.out) == (0, True)


@pytest.fixture
def issued(office: Office) -> str:
    """The number of a certificate."""
    number = office.issued()
    with office.installation.look(SYSTEM) as work:
        return office.certificate(work, number).number


def change(mcc: Mcc, data: Path, action: str, number: str, username: str) -> Result:
    words = ("--reason", "Motivo de prueba.", "--as", username)
    return mcc("certificate", action, number, *words, "--data", data, "--json")


def put_to_committee(mcc: Mcc, data: Path, number: str, measure: str) -> None:
    at = ("--data", data, "--json")
    proposed = mcc(
        "certificate", "propose", number, measure, "--reason", "Motivo.", "--as", "coord", *at
    ).document
    if proposed["hearing_until"] is not None:
        mcc("certificate", "answer", number, "--answer", "Está en trámite.", "--as", "coop", *at)
    for member in ("comite", "comite.2"):
        given = ("--in-favour", "--reasons", "Según lo visto.", "--as", member)
        assert mcc("certificate", "vote", number, *given, *at).code == 0


def test_what_the_committee_votes_against_is_recorded_and_not_done(mcc: Mcc, data: Path, issued: str) -> None:
    at = ("--data", data, "--json")
    mcc("certificate", "propose", issued, "withdraw", "--reason", "Motivo.", "--as", "coord", *at)
    early = ("--against", "--reasons", "No alcanza.", "--as", "comite")
    assert mcc("certificate", "vote", issued, *early, *at).document["error"] == "motion_unheard"
    mcc("certificate", "answer", issued, "--answer", "Está en trámite.", "--as", "coop", *at)
    for member in ("comite", "comite.2"):
        mcc("certificate", "vote", issued, "--against", "--reasons", "No.", "--as", member, *at)
    assert change(mcc, data, "withdraw", issued, "comite").document["error"] == "guard_failed"
    assert mcc("certificate", "reject", issued, "--as", "comite", *at).document["outcome"] == "rejected"


def test_a_certificate_is_suspended_reinstated_and_withdrawn(mcc: Mcc, data: Path, issued: str) -> None:
    states = []
    for action in ("suspend", "reinstate", "withdraw"):
        put_to_committee(mcc, data, issued, action)
        states.append(change(mcc, data, action, issued, "comite").document["state"])
    assert states == ["suspended", "valid", "withdrawn"]
    shown = mcc("certificate", "show", issued.lower(), "--data", data, "--json").document
    assert (shown["state"], shown["good"], shown["state_reason"]) == ("withdrawn", False, "Motivo de prueba.")


def test_the_collective_itself_gives_the_mark_up(mcc: Mcc, data: Path, issued: str) -> None:
    assert change(mcc, data, "relinquish", issued, "comite").code == 1
    assert change(mcc, data, "relinquish", issued, "coop").document["state"] == "relinquished"


def test_the_check_of_an_untouched_installation_is_clean(mcc: Mcc, data: Path, issued: str) -> None:
    result = mcc("check", "--data", data)
    assert (result.code, result.out) == (0, "Everything is in order.\n")
    assert mcc("check", "--data", data, "--json").document == {"clean": True, "findings": []}


def test_the_check_finds_a_file_that_was_changed(mcc: Mcc, data: Path, issued: str) -> None:
    with (data / "certificates" / f"{issued}.pdf").open("ab") as file:
        file.write(b" ")
    result = mcc("check", "--data", data, "--json")
    assert (result.code, result.document["clean"]) == (1, False)
    assert result.document["findings"] == [
        {"code": "file_altered", "where": f"certificate:{issued}", "detail": "A file was changed."}
    ]


def test_a_database_that_cannot_be_read_is_a_finding(mcc: Mcc, data: Path) -> None:
    (data / "mcc.sqlite3").write_bytes(b"not a database, but long enough to be taken for one" * 100)
    result = mcc("check", "--data", data, "--json")
    assert (result.code, result.document["findings"][0]["code"]) == (1, "database_unreadable")


def test_the_whole_file_is_bound_and_nothing_is_written_over(
    office: Office, mcc: Mcc, data: Path, tmp_path: Path
) -> None:
    number = office.submit()
    target = tmp_path / "expediente.pdf"
    given = ("application", "bind", number, "--as", "coord", "--output", target, "--data", data, "--json")
    bound = mcc(*given)
    assert (bound.code, bound.document["kept_out"]) == (0, [])
    assert target.read_bytes().startswith(b"%PDF-")
    again = mcc(*given)
    assert (again.code, "there is such a file already" in again.err) == (64, True)


def test_the_year_is_counted(office: Office, mcc: Mcc, data: Path, tmp_path: Path) -> None:
    office.submit()
    target = tmp_path / "memoria.pdf"
    given = ("--as", "audita", "--output", target, "--data", data, "--json")
    assert mcc("annual-report", "2026", *given).document == {"file": str(target), "year": 2026}
    assert target.read_bytes().startswith(b"%PDF-")
    assert mcc("annual-report", "1999", *given).code == 1
