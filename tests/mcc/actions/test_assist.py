"""Advice: whoever gave it does not judge that collective for some time, and is in nothing of its file."""

from datetime import timedelta

import pytest

from mcc.actions import assign, assist
from mcc.actions.follow import list_visible
from mcc.actions.permissions import can
from mcc.actions.vote import count_votes
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.office import Office


def advise(
    office: Office, username: str, kind: str = "tailored", *, days_ago: int = 0, by: str = "coord"
) -> int:
    with office.work(by) as work:
        given = assist.AssistanceInput(
            organisation=1,
            username=username,
            kind=assist.AssistanceKind(kind),
            given_on=work.today - timedelta(days=days_ago),
            words="Armamos juntos el reglamento interno.",
        )
        return assist.record_assistance(work, given).key


def seat(office: Office, number: str, username: str = "eval.1") -> None:
    with office.work("coord") as work:
        given = assign.SeatInput(dimension="participation", evaluator=username, seat=assign.Seat.FIRST)
        assign.assign_evaluator(work, office.application(work, number), given)


def seated(office: Office, number: str) -> list[str]:
    with office.look("eval.1") as work:
        return [row.seat for row in office.seats(work, number)]


def test_who_advised_a_collective_does_not_judge_it_for_24_months(office: Office) -> None:
    number = office.reach("admitted")
    advise(office, "eval.1", days_ago=729)
    with pytest.raises(Refused) as refused:
        seat(office, number)
    assert refused.value.code == "gave_assistance"
    office.pass_days(2)
    seat(office, number)
    assert seated(office, number) == ["first"]


@pytest.mark.parametrize("kind", ["course", "fair", "counter", "visit"])
def test_what_is_open_to_everybody_binds_nobody(office: Office, kind: str) -> None:
    number = office.reach("admitted")
    advise(office, "eval.1", kind)
    seat(office, number)
    assert seated(office, number) == ["first"]


@pytest.mark.parametrize(("username", "state"), [("revisa", "in_review"), ("comite", "in_decision")])
def test_who_advised_sees_nothing_of_the_file_in_a_role_that_judges(
    office: Office, username: str, state: str
) -> None:
    number = office.reach(state)
    advise(office, username)
    with office.look(username) as work:
        application = office.application(work, number)
        assert can(work, "view_application", application).refusal == "gave_assistance"
        assert list_visible(work) == []


def test_a_vote_of_who_advised_counts_for_nothing(office: Office) -> None:
    number = office.in_decision()
    office.vote(number)
    advise(office, "comite")
    with office.look("audita") as work:
        counted = count_votes(work, office.application(work, number))
        assert [row.vote.institution for row in counted.ballots] == ["mesa_intercooperativa"]
        assert not counted.has_quorum


def test_what_was_written_by_mistake_is_struck_out_and_binds_nobody(office: Office) -> None:
    number = office.reach("admitted")
    key = advise(office, "eval.1")
    with office.work("coord") as work:
        assist.strike_assistance(work, key)
    seat(office, number)
    with pytest.raises(NotFound), office.work("coord") as work:
        assist.strike_assistance(work, key)


@pytest.mark.parametrize("username", ["coop", "eval.1", "revisa", "comite", "admin"])
def test_only_the_office_records_it(office: Office, username: str) -> None:
    office.register()
    with pytest.raises(NotAllowed):
        advise(office, "eval.1", by=username)


def test_advice_of_tomorrow_is_refused(office: Office) -> None:
    office.register()
    with pytest.raises(InputInvalid):
        advise(office, "eval.1", days_ago=-1)
