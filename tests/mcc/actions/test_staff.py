"""A file that too few impartial people could evaluate: not admitted before it is settled how, and never both by advisers."""

import pytest

from mcc.actions import admit, assign, staff
from mcc.actions.accounts import change_roles, join_organisation
from mcc.actions.assign import Seat, SeatInput
from mcc.actions.check import check_installation
from mcc.actions.follow import list_visible
from mcc.actions.permissions import can
from mcc.actions.staff import SafeguardInput, SafeguardKind
from mcc.actions.verify import status_by_code
from mcc.actions.vote import count_votes
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.evaluate import active_assignments
from mcc.errors import InputInvalid, Refused
from tests.mcc.actions.test_assist import advise
from tests.office import Office

MEASURE = "Puntúa primero la otra persona, y la revisión lee todo el expediente."


@pytest.fixture
def number(office: Office) -> str:
    """Only one person could evaluate it: one advised it, one belongs to it, one evaluates no more."""
    number = office.submit()
    advise(office, "eval.2")
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "eval.3", office.application(work, number).organisation_id)
        change_roles(work, "eval.4", [Role.AUDITOR])
    with office.work("coord") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="1"))
    return number


def settle(office: Office, number: str, kind: SafeguardKind, evaluator: str | None = None) -> None:
    with office.work("coord") as work:
        given = SafeguardInput(kind=kind, evaluator=evaluator, words=MEASURE)
        staff.set_safeguard(work, office.application(work, number), given)


def admit_it(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.admit(work, office.application(work, number), eligible=True)


def seat(office: Office, number: str, username: str, place: Seat) -> None:
    with office.work("coord") as work:
        given = SeatInput(dimension="participation", evaluator=username, seat=place)
        assign.assign_evaluator(work, office.application(work, number), given)


def test_it_is_not_admitted_before_it_is_settled_how_it_is_evaluated(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused:
        admit_it(office, number)
    assert refused.value.facts["guard"] == "can_be_staffed"
    settle(office, number, SafeguardKind.OUTSIDE)
    admit_it(office, number)


def test_under_a_measure_one_who_advised_evaluates_and_everybody_can_read_it(
    office: Office, number: str
) -> None:
    with pytest.raises(Refused):
        admit_it(office, number)
    settle(office, number, SafeguardKind.MEASURE, "eval.2")
    admit_it(office, number)
    office.begin(number)
    with office.look("eval.2") as work:
        assert [row.number for row, _ in list_visible(work)] == [number]
    office.score_both(number, 3)
    office.review(number)
    office.decide(number)
    office.issue(number)
    with office.look("coord") as work:
        code = office.certificate(work, number).public_code
        assert status_by_code(work, code).safeguard == MEASURE
    with office.look("audita") as work:
        assert list(check_installation(work)) == []


def test_a_certificate_without_a_measure_says_of_none(office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        assert status_by_code(work, office.certificate(work, number).public_code).safeguard is None


def test_there_is_one_measure_for_a_file_and_never_two(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.4", [Role.EVALUATOR])
    advise(office, "eval.4")
    advise(office, "eval.1")
    settle(office, number, SafeguardKind.MEASURE, "eval.2")
    with pytest.raises(Refused) as refused:
        settle(office, number, SafeguardKind.MEASURE, "eval.4")
    assert refused.value.code == "one_safeguard_only"


@pytest.mark.parametrize("username", ["eval.1", "eval.3", "eval.4", "nadie"])
def test_no_measure_helps_whom_anything_else_keeps_out(office: Office, number: str, username: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        settle(office, number, SafeguardKind.MEASURE, username)
    assert [(row.where, row.code) for row in refused.value.problems] == [("evaluator", "no_measure_helps")]


def test_a_measure_names_somebody(office: Office, number: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        settle(office, number, SafeguardKind.MEASURE)
    assert [(row.where, row.code) for row in refused.value.problems] == [("evaluator", "missing")]


def test_where_two_can_evaluate_nobody_needs_a_measure(office: Office) -> None:
    number = office.submit()
    with office.work("coord") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="1"))
    with pytest.raises(Refused) as refused:
        settle(office, number, SafeguardKind.OUTSIDE)
    assert refused.value.code == "enough_evaluators"


def test_a_measure_for_evaluating_opens_neither_the_review_nor_the_vote(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.2", [Role.EVALUATOR, Role.REVIEWER])
    settle(office, number, SafeguardKind.MEASURE, "eval.2")
    admit_it(office, number)
    office.begin(number)
    office.score_both(number, 3)
    with office.look("eval.2") as work:
        assert not can(work, "send_to_decision", office.application(work, number))
    office.review(number)
    office.vote(number)
    with office.look("audita") as work:
        assert len(count_votes(work, office.application(work, number)).ballots) == len(("a", "b"))


def test_who_advises_while_they_evaluate_leaves_the_seat_at_once(office: Office) -> None:
    number = office.reach("admitted")
    seat(office, number, "eval.1", Seat.FIRST)
    advise(office, "eval.1")
    with office.look("coord") as work:
        assert active_assignments(work.session, office.application(work, number).key) == []
    with pytest.raises(Refused):
        seat(office, number, "eval.1", Seat.FIRST)


def test_what_somebody_advises_after_the_evaluation_takes_nothing_from_it(office: Office) -> None:
    number = office.reach("in_review")
    office.pass_days(1)
    advise(office, "eval.1")
    office.review(number)
    with office.look("audita") as work:
        assert office.application(work, number).state == "in_decision"


def test_advice_before_the_evaluation_that_comes_to_light_later_stops_it(office: Office) -> None:
    number = office.reach("in_review")
    advise(office, "eval.1", days_ago=30)
    with pytest.raises(Refused) as refused:
        office.review(number)
    assert refused.value.facts["guard"] == "evaluators_impartial"
