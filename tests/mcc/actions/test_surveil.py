"""Surveillance: looked at again when it is time, for a reason that is written down, and the mark stays valid meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from mcc.actions import apply, cases, folder, misuse, self_assess, surveil, suspend
from mcc.actions.challenge import Finding
from mcc.actions.notify import list_own
from mcc.actions.uploads import purify
from mcc.actions.verify import status_by_code
from mcc.db.queries.surveil import surveillances_of
from mcc.errors import InputInvalid, NotAllowed, Refused
from mcc.jobs.sweep import do_what_is_due
from tests.office import Office

BARELY: Any = {"PAR1": 1, "PAR3": 1, "PAR4": 1, "DEC2": 1, "DEC4": 1, "CAL2": 2}
"""Granted, a little below 65 points: 60 are asked for."""
CRITICAL = ["PAR2", "DEC1", "DEC3", "DEC5", "CAL1", "TER1"]


def sweep_after(office: Office, days: int) -> None:
    office.pass_days(days)
    do_what_is_due(office.installation)


def state(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return office.certificate(work, number).state


def opened(office: Office, number: str) -> list[tuple[str, str | None]]:
    with office.look("coord") as work:
        key = office.certificate(work, number).key
        return [(row.cause, row.about) for row in surveillances_of(work.session, key)]


def recheck(office: Office, number: str, *failing: str, username: str = "revisa") -> bool:
    with office.work(username) as work:
        certificate = office.certificate(work, number)
        given = {
            code: surveil.FindingInput(holds=code not in failing, note="Lo vi en el lugar.")
            for code in CRITICAL
        }
        return surveil.recheck(work, certificate, given)


def open_by_hand(
    office: Office, number: str, *, username: str = "coord", cause: str = "sample", case: str | None = None
) -> None:
    with office.work(username) as work:
        given = surveil.OpeningInput(
            cause=surveil.Cause(cause), case=case, reason="Señales en los registros."
        )
        surveil.open_surveillance(work, office.certificate(work, number), given)


def test_after_twelve_months_it_is_looked_at_again_and_stays_valid(office: Office) -> None:
    number = office.issued()
    sweep_after(office, 364)
    assert state(office, number) == "valid"
    sweep_after(office, 1)
    assert state(office, number) == "surveillance"
    assert opened(office, number) == [("anniversary", "month:12")]
    with office.look("coord") as work:
        found = status_by_code(work, office.certificate(work, number).public_code)
        assert (found.state, found.good) == ("surveillance", True)
    with office.look("revisa") as work:
        assert list_own(work)[0].code == "to_recheck"


def test_what_holds_ends_it_and_it_is_not_opened_twice(office: Office) -> None:
    number = office.issued()
    sweep_after(office, 365)
    assert recheck(office, number) is True
    assert state(office, number) == "valid"
    sweep_after(office, 1)
    assert opened(office, number) == [("anniversary", "month:12")]
    with office.look("coop") as work:
        assert list_own(work)[0].code == "still_holds"


def test_what_does_not_hold_keeps_it_open_and_is_told_to_those_who_may_suspend(office: Office) -> None:
    number = office.issued()
    sweep_after(office, 365)
    assert recheck(office, number, "CAL1") is False
    assert state(office, number) == "surveillance"
    for username in ("coord", "comite", "coop"):
        with office.look(username) as work:
            assert list_own(work)[0].code == "does_not_hold"
    office.carry(number, suspend.suspend)
    assert state(office, number) == "suspended"


def test_what_was_put_right_is_checked_again(office: Office) -> None:
    number = office.issued()
    sweep_after(office, 365)
    recheck(office, number, "CAL1")
    assert recheck(office, number) is True
    assert state(office, number) == "valid"


def test_every_indicator_is_answered(office: Office) -> None:
    number = office.issued()
    sweep_after(office, 365)
    with pytest.raises(InputInvalid) as refused, office.work("revisa") as work:
        one = {"PAR2": surveil.FindingInput(holds=True, note="Visto.")}
        surveil.recheck(work, office.certificate(work, number), one)
    assert [problem.where for problem in refused.value.problems] == [f"{code}.holds" for code in CRITICAL[1:]]


@pytest.mark.parametrize("username", ["coop", "coord", "comite", "eval.1"])
def test_only_the_review_says_that_it_holds(office: Office, username: str) -> None:
    number = office.issued()
    sweep_after(office, 365)
    with pytest.raises(NotAllowed):
        recheck(office, number, username=username)


def test_nothing_is_rechecked_that_nobody_opened(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        recheck(office, office.issued())
    assert refused.value.code == "no_surveillance"


def put_in_folder(office: Office, key: int, days: int) -> None:
    with office.work("coop") as work:
        organisation = folder.find_folder(work, 1)
        until = work.today + timedelta(days=days)
        given = folder.DocumentInput(document="authorities", filename="a.txt", expires_on=until)
        paper = folder.add_document(work, organisation, given, purify(f"Autoridades {days}".encode()))
        if key:
            folder.use_in_application(work, office.open_draft(work, key), paper)


def issue_with_paper(office: Office) -> str:
    key = office.draft()
    put_in_folder(office, key, 100)
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        apply.submit(work, draft, declaration=True)
        assert draft.number is not None
        number = draft.number
    office.through(number, "issued")
    return number


def test_a_paper_that_expires_opens_it_the_day_after(office: Office) -> None:
    number = issue_with_paper(office)
    sweep_after(office, 100)
    assert state(office, number) == "valid"
    sweep_after(office, 1)
    assert opened(office, number) == [("document", "paper:1")]


def test_a_newer_paper_in_the_folder_keeps_it_from_opening(office: Office) -> None:
    number = issue_with_paper(office)
    put_in_folder(office, 0, 500)
    sweep_after(office, 101)
    assert (state(office, number), opened(office, number)) == ("valid", [])


def test_the_office_opens_it_by_sample_with_a_reason_and_what_the_records_show(office: Office) -> None:
    number = office.reach("issued", **BARELY)
    open_by_hand(office, number)
    with office.look("coord") as work:
        (row,) = surveillances_of(work.session, office.certificate(work, number).key)
        assert (row.cause, row.reason, row.signs) == ("sample", "Señales en los registros.", ["just_passing"])
        assert row.indicators == CRITICAL


@pytest.mark.parametrize("username", ["coop", "comite", "eval.1", "revisa"])
def test_only_the_office_draws_a_sample(office: Office, username: str) -> None:
    number = office.issued()
    with pytest.raises(NotAllowed):
        open_by_hand(office, number, username=username)


def test_an_anniversary_is_not_opened_by_hand(office: Office) -> None:
    number = office.issued()
    with pytest.raises(InputInvalid):
        open_by_hand(office, number, cause="anniversary")


@pytest.mark.parametrize(("outcome", "opens"), [("upheld", True), ("dismissed", False)])
def test_a_complaint_opens_it_once_it_was_found_to_be_right(
    office: Office, outcome: str, opens: bool
) -> None:
    number = office.issued()
    with office.work("coop") as work:
        code = office.certificate(work, number).public_code
        given = misuse.MisuseInput(certificate=code, words="En miel.", place="Feria", seen_on=work.today)
        receipt = misuse.report_misuse(work, given).receipt
    with pytest.raises(Refused) as refused:
        open_by_hand(office, number, cause="complaint", case=receipt)
    assert refused.value.code == "complaint_not_founded"
    with pytest.raises(InputInvalid):
        open_by_hand(office, number, cause="complaint")
    for action in ("acknowledge", "accept_case", "investigate", "resolve"):
        with office.work("coord") as work:
            ends = action == "resolve"
            words = cases.CaseMoveInput(
                words="Se miró." if ends else None, outcome=Finding(outcome) if ends else None
            )
            cases.move_case(work, cases.open_case(work, receipt), action, words)
    if not opens:
        with pytest.raises(Refused):
            open_by_hand(office, number, cause="complaint", case=receipt)
        return
    open_by_hand(office, number, cause="complaint", case=receipt)
    assert opened(office, number) == [("complaint", "case:1")]


def signs(office: Office, number: str) -> list[str]:
    with office.look("coord") as work:
        return [sign.value for sign in surveil.find_signs(work, office.certificate(work, number))]


def test_a_certificate_like_most_shows_no_sign(office: Office) -> None:
    assert signs(office, office.issued()) == []


def test_one_very_high_and_one_very_low_dimension_is_a_sign(office: Office) -> None:
    high: Any = dict.fromkeys(["PAR1", "PAR2", "PAR3", "PAR4", "PAR5", "PAR6"], 4)
    low: Any = dict.fromkeys(["TER1", "TER2", "TER3", "TER4", "TER5", "TER6"], 2)
    assert "uneven" in signs(office, office.reach("issued", **high, **low))


def test_to_see_oneself_far_from_what_was_found_is_a_sign(office: Office) -> None:
    key = office.draft()
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        said = {code: self_assess.SelfScoreInput(level=1) for code in ("PAR1", "PAR2", "PAR3")}
        self_assess.self_assess(work, draft, self_assess.find_dimension(draft, "participation"), said)
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        apply.submit(work, draft, declaration=True)
        assert draft.number is not None
        number = draft.number
    office.through(number, "issued")
    assert signs(office, number) == ["inconsistent"]


def test_those_at_risk_are_listed_for_the_office_alone(office: Office) -> None:
    number = office.reach("issued", **BARELY)
    with office.look("coord") as work:
        assert [row.number for _, row, _ in surveil.list_at_risk(work)] == [number]
    with pytest.raises(NotAllowed), office.look("comite") as work:
        surveil.list_at_risk(work)
