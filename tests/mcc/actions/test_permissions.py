"""One answer to "may this person?": by role, by reach, by impartiality; lists agree with single objects."""

import pytest
from sqlmodel import col, select

from mcc.actions import unseat, vote
from mcc.actions.accounts import change_roles, join_organisation
from mcc.actions.follow import find_application, list_moves, list_visible
from mcc.actions.permissions import can
from mcc.actions.visibility import visible_applications
from mcc.actions.work import SYSTEM, Role
from mcc.db.tables import Application
from mcc.errors import NotFound
from tests.office import PEOPLE, Office


@pytest.fixture
def desk(office: Office) -> Office:
    """Files in several states, one of another collective, one draft; people of two roles, and people who stepped aside."""
    office.issued()
    decided = office.in_decision(2)
    started = office.submit("otra")
    office.admit(started)
    office.begin(started)
    office.submit("otra")
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "revisa", [Role.REVIEWER, Role.COMMITTEE])
        change_roles(work, "eval.2", [Role.EVALUATOR, Role.COORDINATOR])
    with office.work("comite.2") as work:
        vote.step_aside(work, office.application(work, decided), vote.StepAsideInput(reason="Parentesco."))
    with office.work("eval.2") as work:
        unseat.declare_conflict(work, office.seats(work, started)[0], reason="Parentesco.")
    return office


def test_whoever_stepped_aside_or_reviewed_finds_no_file_in_the_list(desk: Office) -> None:
    """Said by name, so that the next test cannot hold for a list and a single look that are both wrong."""
    with desk.look("comite.2") as work:
        assert [row.state for row, _ in list_visible(work)] == ["issued"]
    with desk.look("eval.2") as work:
        assert sorted(row.state for row, _ in list_visible(work)) == ["in_decision", "issued", "submitted"]


@pytest.mark.parametrize("username", PEOPLE)
def test_lists_show_exactly_what_a_single_look_allows(desk: Office, username: str) -> None:
    with desk.look(username) as work:
        everything = work.session.exec(select(Application)).all()
        allowed = {row.id for row in everything if can(work, "view_application", row)}
        listed = set(work.session.exec(select(col(Application.id)).where(visible_applications(work))))
        assert listed == allowed


def test_what_may_not_be_seen_is_as_if_it_did_not_exist(desk: Office) -> None:
    number = desk.submit("otra")
    with desk.look("coop") as work:
        with pytest.raises(NotFound) as hidden:
            find_application(work, number)
        with pytest.raises(NotFound) as unknown:
            find_application(work, "S-2026-999999-0")
    assert hidden.value.code == unknown.value.code


def test_belonging_to_the_collective_closes_every_office_role(desk: Office) -> None:
    with desk.look("coord") as work:
        mine = list_visible(work)[0][0]
    with desk.installation.work(SYSTEM) as work:
        for username in ("coord", "comite", "revisa", "audita"):
            join_organisation(work, username, mine.organisation_id)
    for username in ("coord", "comite", "revisa", "audita"):
        with desk.look(username) as work:
            permission = can(work, "view_application", mine)
            assert (permission.role, permission.refusal) == (None, "own_organisation")
            assert mine.id not in {row.id for row, _ in list_visible(work)}


def test_a_role_that_ends_ends_with_the_next_piece_of_work(desk: Office) -> None:
    with desk.look("coord") as work:
        assert list_visible(work) != []
    with desk.installation.work(SYSTEM) as work:
        change_roles(work, "coord", [Role.EVALUATOR])
    with desk.look("coord") as work:
        assert list_visible(work) == []


def test_an_auditor_reads_everything_submitted_and_may_move_nothing(desk: Office) -> None:
    with desk.look("audita") as work:
        rows = list_visible(work)
        assert len(rows) == 4
        assert [list_moves(work, row) for row, _ in rows] == [[], [], [], []]


def test_an_evaluator_in_the_coordination_stays_blind_to_the_other_sheet(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.1", [Role.EVALUATOR, Role.COORDINATOR])
    with office.look("eval.1") as work:
        assert can(work, "view_scores", office.application(work, number)).refusal == "still_blind"
