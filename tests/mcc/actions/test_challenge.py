"""Challenges: a collective knows who evaluates it before anything begins, and may object within three working days."""

from datetime import timedelta

import pytest

from mcc.actions import cases, challenge, evaluate, visit
from mcc.actions.assign import Seat, SeatInput, assign_evaluator
from mcc.actions.cases import CaseMoveInput
from mcc.actions.challenge import ChallengeInput, Finding, FindingInput
from mcc.actions.check import check_installation
from mcc.actions.follow import list_visible
from mcc.actions.notify import list_own
from mcc.actions.unseat import declare_conflict
from mcc.db.queries.challenge import open_challenges
from mcc.db.queries.evaluate import active_assignments
from mcc.errors import InputInvalid, NotAllowed, Refused
from tests.office import Office
from workflows import list_editions

DIMENSIONS = ("participation", "decision_making", "product_quality", "territorial_insertion")


@pytest.fixture
def number(office: Office) -> str:
    """Admitted, with its team seated and willing."""
    number = office.submit()
    office.admit(number)
    office.seat(number)
    take_seats(office, number, "eval.1", "eval.2")
    return number


def take_seats(office: Office, number: str, *usernames: str) -> None:
    for username in usernames:
        with office.work(username) as work:
            for seat in office.seats(work, number):
                if seat.state == "assigned":
                    evaluate.accept(work, seat, no_conflict=True)


def begin(office: Office, number: str) -> None:
    with office.work("coord") as work:
        evaluate.begin_evaluation(work, office.application(work, number))


def object_to(office: Office, number: str, evaluator: str, username: str = "coop") -> str:
    with office.work(username) as work:
        given = ChallengeInput(evaluator=evaluator, words="Es primo del presidente.")
        return challenge.file_challenge(work, office.application(work, number), given).receipt


def resolve(office: Office, receipt: str, outcome: Finding, username: str = "coord") -> None:
    for action in ("acknowledge", "accept_case", "investigate"):
        with office.work("coord") as work:
            cases.move_case(work, cases.open_case(work, receipt), action, CaseMoveInput())
    with office.work(username) as work:
        given = FindingInput(outcome=outcome, words="Se preguntó a los dos.")
        challenge.resolve_challenge(work, cases.open_case(work, receipt), given)


def state_of(office: Office, number: str) -> str:
    with office.look("audita") as work:
        return office.application(work, number).state


def refused_guard(office: Office, number: str) -> object:
    with pytest.raises(Refused) as refused:
        begin(office, number)
    return refused.value.facts["guard"]


def test_a_collective_is_told_once_who_evaluates_it_and_until_when_it_may_object(
    office: Office, number: str
) -> None:
    with office.look("coop") as work:
        told = [row for row in list_own(work) if row.code == "team_named"]
        assert [row.facts["due"] for row in told] == ["2026-08-06"]
        team = challenge.list_team(work, office.application(work, number))
        assert [(row.name, row.dimensions) for row in team] == [
            ("Eval.1", tuple(sorted(DIMENSIONS))),
            ("Eval.2", tuple(sorted(DIMENSIONS))),
        ]


def test_nothing_begins_before_the_collective_said_yes_or_had_its_three_working_days(
    office: Office, number: str
) -> None:
    assert refused_guard(office, number) == "challenge_term_over"
    office.pass_days(3)
    assert refused_guard(office, number) == "challenge_term_over"
    office.pass_days(1)
    begin(office, number)
    assert state_of(office, number) == "in_evaluation"


def test_with_its_yes_it_begins_at_once(office: Office, number: str) -> None:
    office.accept_team(number)
    begin(office, number)
    assert state_of(office, number) == "in_evaluation"
    with office.look("coord") as work:
        assert "team_accepted" in {row.code for row in list_own(work)}


def test_a_yes_is_to_those_who_were_named_and_to_nobody_who_comes_later(office: Office, number: str) -> None:
    office.accept_team(number)
    with office.work("eval.2") as work:
        seat = office.seats(work, number)[0]
        declare_conflict(work, seat, reason="Parentesco.")
    office.pass_days(1)
    with office.work("coord") as work:
        for dimension in DIMENSIONS:
            given = SeatInput(dimension=dimension, evaluator="eval.3", seat=Seat.SECOND)
            assign_evaluator(work, office.application(work, number), given)
    take_seats(office, number, "eval.3")
    assert refused_guard(office, number) == "challenge_term_over"


def test_nobody_says_yes_to_a_team_of_which_somebody_is_challenged(office: Office, number: str) -> None:
    object_to(office, number, "eval.2")
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        challenge.accept_team(work, office.application(work, number))
    assert refused.value.code == "no_team_to_accept"


def test_there_is_nothing_to_accept_before_the_team_is_complete(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    with pytest.raises(Refused) as refused:
        office.accept_team(number)
    assert refused.value.code == "no_team_to_accept"


def test_an_open_challenge_keeps_the_evaluation_from_beginning_also_after_the_term(
    office: Office, number: str
) -> None:
    object_to(office, number, "eval.2")
    office.pass_days(7)
    assert refused_guard(office, number) == "no_open_challenge"


def test_a_challenge_that_is_upheld_takes_the_person_out_of_every_seat_and_list(
    office: Office, number: str
) -> None:
    resolve(office, object_to(office, number, "eval.2"), Finding.UPHELD)
    with office.look("coord") as work:
        seats = active_assignments(work.session, office.application(work, number).key)
        assert [row.seat for row in seats] == ["first"] * 4
    with office.look("eval.2") as work:
        assert list_visible(work) == []
    with office.look("coop") as work:
        assert "challenge_resolved" in {row.code for row in list_own(work)}
    with pytest.raises(Refused), office.work("coord") as work:
        given = SeatInput(dimension="participation", evaluator="eval.2", seat=Seat.SECOND)
        assign_evaluator(work, office.application(work, number), given)


def test_a_challenge_that_is_dismissed_leaves_everybody_where_they_were(office: Office, number: str) -> None:
    resolve(office, object_to(office, number, "eval.2"), Finding.DISMISSED)
    office.accept_team(number)
    begin(office, number)
    with office.look("coord") as work:
        assert len(active_assignments(work.session, office.application(work, number).key)) == len(
            DIMENSIONS
        ) * len(("first", "second"))


def test_a_challenge_in_the_evaluation_holds_its_end_until_it_is_resolved(
    office: Office, number: str
) -> None:
    office.accept_team(number)
    begin(office, number)
    receipt = object_to(office, number, "eval.2")
    with office.work("eval.1") as work:
        seen = visit.VisitInput(on=work.today, place="Pando", people=6, summary="Recorrida completa.")
        visit.report_visit(work, office.application(work, number), seen)
    office.score(number, "eval.1")
    office.score(number, "eval.2")
    assert state_of(office, number) == "in_evaluation"
    resolve(office, receipt, Finding.DISMISSED)
    assert state_of(office, number) == "in_review"


def test_what_a_challenged_person_scored_is_scored_again(office: Office, number: str) -> None:
    office.accept_team(number)
    begin(office, number)
    receipt = object_to(office, number, "eval.2")
    office.score(number, "eval.1")
    office.score(number, "eval.2")
    resolve(office, receipt, Finding.UPHELD)
    with office.look("coord") as work:
        application = office.application(work, number)
        assert (application.state, application.round) == ("in_evaluation", 2)
    with office.look("audita") as work:
        assert list(check_installation(work)) == []


def test_it_is_too_late_the_day_after_the_term(office: Office, number: str) -> None:
    office.pass_days(4)
    with pytest.raises(Refused) as refused:
        object_to(office, number, "eval.2")
    assert (refused.value.code, refused.value.facts["until"]) == ("challenge_too_late", "2026-08-06")


def test_one_challenge_for_each_person_at_a_time(office: Office, number: str) -> None:
    object_to(office, number, "eval.2")
    with pytest.raises(Refused) as refused:
        object_to(office, number, "eval.2")
    assert refused.value.code == "challenge_is_open"
    object_to(office, number, "eval.1")
    with office.look("coord") as work:
        assert len(open_challenges(work.session, office.application(work, number).key)) == len(("1", "2"))


def test_only_somebody_who_evaluates_it_can_be_challenged(office: Office, number: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        object_to(office, number, "eval.3")
    assert [(row.where, row.code) for row in refused.value.problems] == [("evaluator", "not_in_the_team")]


def test_another_collective_and_the_evaluators_themselves_challenge_nobody(
    office: Office, number: str
) -> None:
    for username in ("otra", "eval.1", "coord"):
        with pytest.raises(NotAllowed):
            object_to(office, number, "eval.2", username)


def test_a_challenge_is_not_ended_as_if_it_changed_nothing(office: Office, number: str) -> None:
    receipt = object_to(office, number, "eval.2")
    for action in ("acknowledge", "accept_case", "investigate"):
        with office.work("coord") as work:
            cases.move_case(work, cases.open_case(work, receipt), action, CaseMoveInput())
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        given = CaseMoveInput(words="Visto.", outcome=Finding.UPHELD)
        cases.move_case(work, cases.open_case(work, receipt), "resolve", given)
    assert refused.value.code == "case_has_its_own_page"


def test_a_file_of_an_earlier_edition_begins_without_the_collectives_yes(office: Office, number: str) -> None:
    earlier = {row.edition: row for row in list_editions("application")}["application-2026-4"]
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE application SET workflow_hash = ?", (earlier.meaning_hash,))
    begin(office, number)
    assert state_of(office, number) == "in_evaluation"


def test_the_term_runs_in_working_days(office: Office) -> None:
    """Named on a Friday: Saturday and Sunday do not count."""
    office.pass_days(4)
    number = office.submit()
    office.admit(number)
    office.seat(number)
    with office.look("coop") as work:
        team = challenge.list_team(work, office.application(work, number))
        assert {row.until - work.today for row in team} == {timedelta(days=5)}
