"""Complaints: what is about the house is not for the house to judge, and how they end is counted for everybody."""

import pytest

from mcc.actions import cases, complain
from mcc.actions.accounts import AccountInput, change_roles, create_account
from mcc.actions.cases import CaseMoveInput, Tally
from mcc.actions.challenge import Finding
from mcc.actions.complain import About, ComplaintInput
from mcc.actions.notify import list_own
from mcc.actions.permissions import can
from mcc.actions.work import PUBLIC, SYSTEM, Role
from mcc.errors import InputInvalid, NotAllowed
from tests.office import PASSWORD, Office

PANEL = "apela"
WAY = ("acknowledge", "accept_case", "investigate", "resolve")


@pytest.fixture(autouse=True)
def panel(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        given = AccountInput(username=PANEL, name="Apela", password=PASSWORD, roles=[Role.APPEAL_PANEL])
        create_account(work, given)


def complain_about(office: Office, about: About, certificate: str | None = None) -> str:
    with office.installation.work(PUBLIC) as work:
        given = ComplaintInput(about=about, words="Nadie contestó en dos meses.", certificate=certificate)
        return complain.file_complaint(work, given).receipt


def move(office: Office, receipt: str, action: str, username: str, outcome: Finding | None = None) -> None:
    with office.work(username) as work:
        given = CaseMoveInput(words="Se miró." if outcome else None, outcome=outcome)
        cases.move_case(work, cases.open_case(work, receipt), action, given)


def test_a_complaint_about_the_house_is_for_the_panel_and_both_are_told(office: Office) -> None:
    receipt = complain_about(office, About.HOUSE)
    move(office, receipt, "acknowledge", "coord")
    with pytest.raises(NotAllowed) as refused:
        move(office, receipt, "accept_case", "coord")
    assert refused.value.code == "appeal_panel_only"
    for action in ("accept_case", "investigate"):
        move(office, receipt, action, PANEL)
    move(office, receipt, "resolve", PANEL, Finding.UPHELD)
    for username in ("coord", PANEL):
        with office.look(username) as work:
            assert [row.code for row in list_own(work)][:1] == ["complaint_filed"]


def test_a_complaint_about_a_holder_is_studied_by_the_office(office: Office) -> None:
    receipt = complain_about(office, About.HOLDER)
    for action in WAY[:3]:
        move(office, receipt, action, "coord")
    move(office, receipt, "resolve", "coord", Finding.DISMISSED)
    with office.installation.look(PUBLIC) as work:
        case = cases.find_case(work, receipt)
        assert (case.state, case.outcome) == ("resolved", "dismissed")
        assert cases.tell_outcome(work, case) == "Se miró."


def test_whoever_worked_on_a_file_does_not_judge_a_complaint_about_it(office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        code = office.certificate(work, number).public_code
    receipt = complain_about(office, About.HOUSE, code)
    with office.look(PANEL) as work:
        assert can(work, "resolve", cases.open_case(work, receipt))
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "revisa", [Role.APPEAL_PANEL])
    with office.look("revisa") as work:
        assert can(work, "resolve", cases.find_case(work, receipt)).refusal == "took_part"


def test_a_case_is_not_resolved_without_saying_who_was_right(office: Office) -> None:
    receipt = complain_about(office, About.HOLDER)
    for action in WAY[:3]:
        move(office, receipt, action, "coord")
    with pytest.raises(InputInvalid) as refused, office.work("coord") as work:
        cases.move_case(work, cases.open_case(work, receipt), "resolve", CaseMoveInput(words="Se miró."))
    assert [(row.where, row.code) for row in refused.value.problems] == [("outcome", "missing")]


def test_how_cases_end_and_in_how_many_days_is_counted_by_kind(office: Office) -> None:
    first, second = complain_about(office, About.HOLDER), complain_about(office, About.HOLDER)
    complain_about(office, About.HOUSE)
    for receipt, outcome, days in ((first, Finding.UPHELD, 4), (second, Finding.DISMISSED, 2)):
        for action in WAY[:3]:
            move(office, receipt, action, "coord")
        office.pass_days(days)
        move(office, receipt, "resolve", "coord", outcome)
    with office.installation.look(PUBLIC) as work:
        assert cases.count_cases(work) == [
            Tally("appeal", 0, 0, 0, 0, None),
            Tally("complaint", 3, 1, 1, 1, 4),
            Tally("challenge", 0, 0, 0, 0, None),
            Tally("misuse", 0, 0, 0, 0, None),
        ]


def test_what_is_not_acknowledged_in_five_working_days_is_late(office: Office) -> None:
    receipt = complain_about(office, About.HOLDER)
    with office.look("coord") as work:
        assert str(cases.find_case_due(cases.open_case(work, receipt))) == "2026-08-10"
