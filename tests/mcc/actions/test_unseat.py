"""Somebody cannot go on evaluating: the office relieves them, or their account or role ended; the file goes on."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from mcc.actions import accounts, assign, evaluate, review, unseat
from mcc.actions.editions import current_rubric
from mcc.actions.follow import describe_standing, find_application
from mcc.actions.notify import list_own
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.evaluate import active_assignments, dimensions_of, final_levels, sheet_of
from mcc.db.tables import Assignment, Membership
from mcc.errors import NotAllowed, NotFound, Refused
from tests.office import START, Office

FIRST, SECOND, *OTHERS = [item.id for item in current_rubric().dimensions]


def lock(office: Office, number: str, username: str, dimension: str, level: int = 3) -> None:
    with office.work(username) as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == dimension)
        if seat.state == "assigned":
            evaluate.accept(work, seat, no_conflict=True)
        sheet = {
            item.id: evaluate.ScoreInput(level=level, note="Visto.", evidence=["E1"])
            for item in current_rubric().dimension(dimension).indicators
        }
        evaluate.save_scores(work, seat, sheet)
        evaluate.lock_scores(work, seat)


def relieve(
    office: Office, number: str, dimension: str = FIRST, seat: str = "first", by: str = "coord"
) -> None:
    with office.work(by) as work:
        given = assign.ReliefInput(dimension=dimension, seat=assign.Seat(seat), reason="Está de licencia.")
        assign.relieve_evaluator(work, office.application(work, number), given)


def seat(office: Office, number: str, username: str, dimension: str, place: str = "first") -> None:
    with office.work("coord") as work:
        given = assign.SeatInput(dimension=dimension, evaluator=username, seat=assign.Seat(place))
        assign.assign_evaluator(work, office.application(work, number), given)


def seated(office: Office, number: str, place: str = "first") -> list[str]:
    with office.look("coord") as work:
        rows = active_assignments(work.session, office.application(work, number).key)
        return [row.dimension for row in rows if row.seat == place]


def states(office: Office, number: str) -> dict[str, str]:
    with office.look("coord") as work:
        rows = dimensions_of(work.session, office.application(work, number).key)
        return {row.dimension: row.state for row in rows}


def close_account(office: Office, username: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.close_account(work, username)


def take_role(office: Office, username: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, username, [Role.APPLICANT])


@pytest.fixture
def number(office: Office) -> str:
    return office.reach("in_evaluation")


def test_somebody_else_takes_over_from_who_fell_ill_and_half_a_sheet_counts_for_nothing(
    office: Office, number: str
) -> None:
    with office.work("eval.1") as work:
        (mine,) = [row for row in office.seats(work, number) if row.dimension == FIRST]
        indicator = current_rubric().dimension(FIRST).indicators[0].id
        evaluate.save_scores(work, mine, {indicator: evaluate.ScoreInput(level=1, note="Visto.")})
        key = mine.key
    relieve(office, number)
    with office.look("coord") as work:
        missing = describe_standing(work, office.application(work, number)).missing
        assert f"evaluators.{FIRST}" in missing
    seat(office, number, "eval.3", FIRST)
    lock(office, number, "eval.3", FIRST)
    lock(office, number, "eval.2", FIRST)
    with office.look("coord") as work:
        application = office.application(work, number)
        levels = final_levels(work.session, application.key, 1)
        assert {row.level for row in levels.values()} == {3}
        assert sheet_of(work.session, key, 1)[indicator].level == 1, "what was written is kept"
    assert states(office, number)[FIRST] == "closed"


def test_whoever_was_relieved_is_told_and_so_is_the_office(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "admin", [Role.ADMINISTRATOR, Role.COORDINATOR])
    relieve(office, number)
    for username, code in (("eval.1", "relieved"), ("admin", "seat_vacant")):
        with office.look(username) as work:
            assert [row.code for row in list_own(work)][:1] == [code]


def test_a_locked_sheet_is_not_removed_because_it_does_not_please(office: Office, number: str) -> None:
    lock(office, number, "eval.1", FIRST, level=0)
    with pytest.raises(Refused) as refused:
        relieve(office, number)
    assert refused.value.code == "not_from_this_state"
    with office.look("coord") as work:
        relievable = assign.list_relievable(work, office.application(work, number))
        assert (FIRST, "first") not in {(row.dimension, row.seat) for row in relievable}


@pytest.mark.parametrize("username", ["eval.2", "revisa", "comite", "admin", "coop"])
def test_only_the_office_relieves(office: Office, number: str, username: str) -> None:
    with pytest.raises(NotAllowed):
        relieve(office, number, by=username)


def test_nobody_is_relieved_from_an_empty_seat_or_without_a_reason(office: Office, number: str) -> None:
    with pytest.raises(Refused) as empty:
        relieve(office, number, seat="third")
    assert empty.value.code == "seat_empty"
    with pytest.raises(ValueError, match="reason"):
        assign.ReliefInput(dimension=FIRST, seat=assign.Seat.FIRST, reason="  ")


def test_nobody_is_relieved_once_the_evaluation_is_over(office: Office) -> None:
    number = office.reach("in_review")
    with pytest.raises(Refused):
        relieve(office, number)
    with office.look("coord") as work:
        assert assign.list_relievable(work, office.application(work, number)) == []


def test_whoever_was_relieved_sees_the_file_no_more_and_decides_nothing_about_it(
    office: Office, number: str
) -> None:
    for dimension in (FIRST, SECOND, *OTHERS):
        relieve(office, number, dimension)
    with office.look("eval.1") as work, pytest.raises(NotFound):
        find_application(work, number)
    with office.work("eval.1") as work:
        old = work.session.get_one(Assignment, 1)
        with pytest.raises(NotAllowed) as denied:
            evaluate.save_scores(work, old, {})
        assert denied.value.code == "not_assigned"
    for dimension in (FIRST, SECOND, *OTHERS):
        seat(office, number, "eval.3", dimension)
        lock(office, number, "eval.3", dimension)
        lock(office, number, "eval.2", dimension)
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "eval.1", [Role.REVIEWER])
    with pytest.raises(NotAllowed) as denied, office.work("eval.1") as work:
        given = review.ReviewInput(notes="Completo.")
        review.send_to_decision(work, office.application(work, number), given)
    assert denied.value.code == "already_evaluated"


@pytest.mark.parametrize("leave", [close_account, take_role])
def test_open_seats_become_free_with_the_account_or_the_role(
    office: Office, number: str, leave: Callable[[Office, str], None]
) -> None:
    lock(office, number, "eval.1", FIRST)
    leave(office, "eval.1")
    assert seated(office, number) == [FIRST], "what was locked stays"
    for dimension in (SECOND, *OTHERS):
        seat(office, number, "eval.3", dimension)
        lock(office, number, "eval.3", dimension)
        lock(office, number, "eval.2", dimension)
    lock(office, number, "eval.2", FIRST)
    with office.look("revisa") as work:
        assert office.application(work, number).state == "in_review"


def test_a_change_of_other_roles_frees_nothing(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "eval.1", [Role.EVALUATOR, Role.REVIEWER])
    assert len(seated(office, number)) == len(current_rubric().dimensions)


def test_differences_with_somebody_who_is_gone_are_scored_again_by_another(
    office: Office, number: str
) -> None:
    lock(office, number, "eval.1", FIRST, level=1)
    lock(office, number, "eval.2", FIRST)
    assert states(office, number)[FIRST] == "consensus"
    close_account(office, "eval.1")
    assert states(office, number)[FIRST] == "reopened"
    assert FIRST not in seated(office, number)
    seat(office, number, "eval.3", FIRST)
    lock(office, number, "eval.3", FIRST)
    lock(office, number, "eval.2", FIRST)
    assert states(office, number)[FIRST] == "closed"


def test_differences_that_come_up_after_somebody_left_are_scored_again_too(
    office: Office, number: str
) -> None:
    lock(office, number, "eval.1", FIRST, level=1)
    close_account(office, "eval.1")
    lock(office, number, "eval.2", FIRST)
    assert (states(office, number)[FIRST], FIRST in seated(office, number)) == ("reopened", False)


def test_a_return_to_evaluation_waits_for_nobody_who_is_gone(office: Office) -> None:
    number = office.reach("in_review")
    close_account(office, "eval.1")
    assert FIRST in seated(office, number)
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Falta fundar.", dimensions=[FIRST])
        review.return_to_evaluation(work, office.application(work, number), given)
    assert FIRST not in seated(office, number)
    assert SECOND in seated(office, number)


def test_the_sweep_frees_what_was_stuck_before_and_only_that(office: Office, number: str) -> None:
    """Whoever joined the collective before seats became free at once."""
    with office.installation.work(SYSTEM) as work:
        unseat.free_seats(work)
    assert len(seated(office, number)) == len(current_rubric().dimensions)
    with office.look("coord") as work:
        person = accounts.find_account(work, "eval.1").key
        organisation = office.application(work, number).organisation_id
    with Session(office.installation.database.writing) as session:
        session.add(Membership(account_id=person, organisation_id=organisation, since=START))
        session.commit()
    with office.installation.work(SYSTEM) as work:
        unseat.free_seats(work)
    assert (seated(office, number), len(seated(office, number, "second"))) == ([], 4)


def test_a_conflict_without_a_reason_is_none(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused, office.work("eval.1") as work:
        unseat.declare_conflict(work, office.seats(work, number)[0], reason="  ")
    assert refused.value.facts["guard"] == "reason_given"
