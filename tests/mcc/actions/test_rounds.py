"""Somebody who must not judge a file leaves it, even after locking: what rested on their sheet is scored again."""

import pytest

from mcc.actions import accounts, assign, evaluate, members, review, unseat
from mcc.actions.editions import current_rubric
from mcc.actions.follow import find_application
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.evaluate import active_assignments, dimensions_of, discussions_of, final_levels, sheet_of
from mcc.db.tables import Organisation
from mcc.errors import NotFound, Refused
from tests.office import Office

DIMENSIONS = [item.id for item in current_rubric().dimensions]


def _states(office: Office, number: str) -> dict[str, str]:
    with office.look("coord") as work:
        rows = dimensions_of(work.session, office.application(work, number).key)
        return {row.dimension: row.state for row in rows}


def _join(office: Office, number: str, username: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.join_organisation(work, username, office.application(work, number).organisation_id)


def _lock_one(office: Office, number: str, username: str, dimension: str, level: int = 3) -> None:
    with office.work(username) as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == dimension)
        sheet = {
            item.id: evaluate.ScoreInput(level=level, note="Visto.", evidence=["E1"])
            for item in current_rubric().dimension(dimension).indicators
        }
        evaluate.save_scores(work, seat, sheet)
        evaluate.lock_scores(work, seat)


def _replace(office: Office, number: str, dimension: str, seat: assign.Seat, username: str) -> None:
    with office.work("coord") as work:
        given = assign.SeatInput(dimension=dimension, evaluator=username, seat=seat)
        assign.assign_evaluator(work, office.application(work, number), given)
    with office.work(username) as work:
        for row in office.seats(work, number):
            if row.state == "assigned":
                evaluate.accept(work, row, no_conflict=True)


@pytest.fixture
def number(office: Office) -> str:
    return office.reach("in_evaluation")


def test_a_conflict_is_declared_after_a_sheet_was_locked(office: Office, number: str) -> None:
    _lock_one(office, number, "eval.1", DIMENSIONS[0])
    with office.work("eval.1") as work:
        unseat.declare_conflict(work, office.seats(work, number)[1], reason="Es de mi hermana.")
    with office.look("eval.1") as work, pytest.raises(NotFound):
        find_application(work, number)
    assert set(_states(office, number).values()) == {"open"}


def test_what_rested_on_the_sheet_of_a_recused_person_is_scored_again_by_another(
    office: Office, number: str
) -> None:
    closed, differs, untouched = DIMENSIONS[0], DIMENSIONS[1], DIMENSIONS[2]
    _lock_one(office, number, "eval.1", closed)
    _lock_one(office, number, "eval.2", closed)
    _lock_one(office, number, "eval.1", differs, level=2)
    _lock_one(office, number, "eval.2", differs)
    _lock_one(office, number, "eval.2", untouched)
    assert _states(office, number)[differs] == "consensus"
    with office.work("eval.1") as work:
        unseat.declare_conflict(work, office.seats(work, number)[0], reason="Es de mi hermana.")
    assert _states(office, number) == {
        **dict.fromkeys(DIMENSIONS, "open"),
        closed: "reopened",
        differs: "reopened",
    }
    with office.look("coord") as work:
        application = office.application(work, number)
        assert final_levels(work.session, application.key, application.round) == {}
        assert len(final_levels(work.session, application.key, 1)) > 0
    for dimension in DIMENSIONS:
        _replace(office, number, dimension, assign.Seat.FIRST, "eval.3")
    for dimension in DIMENSIONS:
        _lock_one(office, number, "eval.3", dimension)
    for dimension in (closed, differs, *DIMENSIONS[3:]):
        _lock_one(office, number, "eval.2", dimension)
    with office.look("revisa") as work:
        application = office.application(work, number)
        assert application.state == "in_review"
        assert {row.level for row in final_levels(work.session, application.key, 2).values()} == {3}


def test_the_other_sheet_comes_back_open_with_what_it_said(office: Office, number: str) -> None:
    _lock_one(office, number, "eval.1", DIMENSIONS[0])
    _lock_one(office, number, "eval.2", DIMENSIONS[0])
    with office.work("eval.1") as work:
        unseat.declare_conflict(work, office.seats(work, number)[0], reason="Es de mi hermana.")
    with office.look("eval.2") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == DIMENSIONS[0])
        assert seat.state == "in_progress"
        assert {row.level for row in sheet_of(work.session, seat.key, 2).values()} == {3}


def test_the_talks_about_other_dimensions_go_on(office: Office) -> None:
    """Somebody else sits in one dimension and steps back; what was discussed in another stands."""
    number = office.reach("admitted")
    rested, talked = DIMENSIONS[0], DIMENSIONS[1]
    for dimension in DIMENSIONS:
        _replace(office, number, dimension, assign.Seat.SECOND, "eval.2")
        first = "eval.3" if dimension == rested else "eval.1"
        _replace(office, number, dimension, assign.Seat.FIRST, first)
    office.accept_team(number)
    with office.work("coord") as work:
        evaluate.begin_evaluation(work, office.application(work, number))
    for username, level in (("eval.1", 1), ("eval.2", 4)):
        _lock_one(office, number, username, talked, level=level)
    indicator = current_rubric().dimension(talked).indicators[0].id
    office.discuss(number, talked, **{indicator: 2})
    for username in ("eval.2", "eval.3"):
        _lock_one(office, number, username, rested)
    with office.work("eval.3") as work:
        unseat.declare_conflict(work, office.seats(work, number)[0], reason="Es de mi hermana.")
    assert _states(office, number)[talked] == "consensus"
    with office.look("coord") as work:
        application = office.application(work, number)
        assert discussions_of(work.session, application.key, 2)[indicator].agreed_level == 2


@pytest.mark.parametrize("state", ["in_review", "issued"])
def test_no_conflict_is_declared_once_the_evaluation_is_over(office: Office, state: str) -> None:
    number = office.reach(state)
    with office.work("eval.1") as work, pytest.raises(Refused) as refused:
        unseat.declare_conflict(work, office.seats(work, number)[0], reason="Es de mi hermana.")
    assert refused.value.code == "not_from_this_state"


def test_who_left_a_collective_today_does_not_judge_it_today(office: Office) -> None:
    number = office.reach("admitted")
    _join(office, number, "eval.1")
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "eval.1", [Role.EVALUATOR, Role.APPLICANT])
    with office.work("eval.1") as work:
        organisation = work.session.get(Organisation, office.application(work, number).organisation_id)
        assert organisation is not None
        members.end_membership(work, organisation, work.actor.key)
    with office.work("coord") as work:
        (row,) = [
            row
            for row in assign.list_candidates(work, office.application(work, number))
            if row.username == "eval.1"
        ]
        assert row.refusal == "own_organisation"
    with pytest.raises(Refused) as refused:
        office.seat(number)
    assert refused.value.code == "own_organisation"


def test_who_joins_the_collective_while_evaluating_leaves_every_seat_at_once(
    office: Office, number: str
) -> None:
    office.score(number, "eval.1")
    _lock_one(office, number, "eval.2", DIMENSIONS[0])
    _join(office, number, "eval.1")
    assert _first_seats(office, number) == []
    assert _states(office, number)[DIMENSIONS[0]] == "reopened"
    _lock_one(office, number, "eval.2", DIMENSIONS[1])
    with office.look("coord") as work:
        assert office.application(work, number).state == "in_evaluation"


def test_a_seat_that_was_never_accepted_is_free_for_somebody_else_when_its_holder_joins(
    office: Office,
) -> None:
    """By an invitation of the collective, too."""
    number = office.reach("admitted")
    office.seat(number)
    with office.work("coop") as work:
        organisation = work.session.get_one(Organisation, office.application(work, number).organisation_id)
        token = members.invite(work, organisation, members.InvitationInput(name="Socia"))
    with office.work("eval.1") as work:
        members.accept_invitation(work, token)
    for dimension in DIMENSIONS:
        _replace(office, number, dimension, assign.Seat.FIRST, "eval.3")
    assert _first_seats(office, number) == sorted(DIMENSIONS)


def _first_seats(office: Office, number: str) -> list[str]:
    with office.look("coord") as work:
        rows = active_assignments(work.session, office.application(work, number).key)
        return [row.dimension for row in rows if row.seat == "first"]


def test_a_file_whose_evaluator_joined_the_collective_is_returned_and_not_decided(office: Office) -> None:
    number = office.reach("in_review")
    _join(office, number, "eval.1")
    with pytest.raises(Refused) as refused:
        office.review(number)
    assert refused.value.facts["guard"] == "evaluators_impartial"
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Hay que evaluar de nuevo.", dimensions=[DIMENSIONS[0]])
        review.return_to_evaluation(work, office.application(work, number), given)
    assert set(_states(office, number).values()) == {"reopened"}
    assert _first_seats(office, number) == []


def test_a_second_return_is_allowed_when_somebody_became_partial(office: Office) -> None:
    number = office.reach("in_review")
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Falta fundar.", dimensions=[DIMENSIONS[0]])
        review.return_to_evaluation(work, office.application(work, number), given)
    for username in ("eval.1", "eval.2"):
        _lock_one(office, number, username, DIMENSIONS[0])
    _join(office, number, "eval.1")
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Integra el colectivo.", dimensions=[DIMENSIONS[0]])
        review.return_to_evaluation(work, office.application(work, number), given)
    assert set(_states(office, number).values()) == {"reopened"}
