"""`mcc mandates`: the committee and the signatory, named by whoever runs the machine."""

from pathlib import Path

from tests.mcc.cli.conftest import Mcc


def test_the_committee_is_named_listed_and_ended(mcc: Mcc, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert mcc("init", "--data", data).code == 0
    mcc("users", "create", "ana", "committee", "signatory", "--name", "Ana", "--data", data)
    since = ("--since", "2026-03-01", "--act", "Nota 12/2026", "--data", data)
    named = mcc("mandates", "name", "ana", "intendencia", *since, "--json")
    assert (named.code, named.document) == (0, {"id": 1, "username": "ana", "seat": "intendencia"})
    assert mcc("mandates", "name", "ana", "signature", "--substitute", *since).code == 0
    rows = mcc("mandates", "list", "--data", data, "--json").document
    assert [(row["seat"], row["substitute"], row["ended"]) for row in rows] == [
        ("intendencia", False, False),
        ("signature", True, False),
    ]
    assert mcc("mandates", "end", 1, "--data", data).code == 0
    rows = mcc("mandates", "list", "--data", data, "--json").document
    assert {row["seat"]: row["ended"] for row in rows} == {"intendencia": True, "signature": False}
    assert mcc("mandates", "end", 1, "--data", data).code == 1


def test_a_seat_that_there_is_not_and_a_person_without_the_role_are_refused(mcc: Mcc, tmp_path: Path) -> None:
    data = tmp_path / "data"
    mcc("init", "--data", data)
    mcc("users", "create", "ana", "auditor", "--name", "Ana", "--data", data)
    since = ("--since", "2026-03-01", "--act", "Nota 12/2026", "--data", data)
    assert mcc("mandates", "name", "ana", "senado", *since).code == 64
    refused = mcc("mandates", "name", "ana", "signature", *since)
    assert (refused.code, "signatory" in refused.err) == (1, True)
