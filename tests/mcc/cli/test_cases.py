"""`mcc case`: a case in the hands of the office, from a terminal."""

from tests.mcc.actions.test_appeal import denied, file, notify
from tests.mcc.cli.conftest import Mcc
from tests.office import Office


def test_an_appeal_is_listed_shown_and_taken_a_step_further(mcc: Mcc, office: Office) -> None:
    number = denied(office)
    notify(office, number)
    receipt = file(office, number)
    at = ("--as", "coord", "--data", office.installation.settings.data)
    (row,) = mcc("case", "list", *at, "--json").document
    assert (row["receipt"], row["kind"], row["state"], row["moves"]) == (
        receipt,
        "appeal",
        "filed",
        ["acknowledge"],
    )
    moved = mcc("case", "move", receipt, "acknowledge", *at, "--json")
    assert (moved.code, moved.document["state"]) == (0, "acknowledged")
    shown = mcc("case", "show", receipt, *at)
    assert (shown.code, shown.out.splitlines()[0].split("\t")[:2]) == (0, [receipt, "appeal"])


def test_a_case_that_there_is_not_and_a_step_that_is_not_open_are_refused(mcc: Mcc, office: Office) -> None:
    at = ("--data", office.installation.settings.data)
    assert mcc("case", "show", "nada", "--as", "coord", *at).code == 1
    receipt = file(office, denied(office))
    assert mcc("case", "move", receipt, "resolve", "--as", "coord", *at).code == 1
    assert mcc("case", "list", "--as", "comite", *at).code == 1
    wrong = mcc("case", "move", receipt, "acknowledge", "--outcome", "quizás", "--as", "coord", *at)
    assert (wrong.code, "outcome" in wrong.err) == (64, True)
