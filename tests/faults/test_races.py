"""Two people, one file: each thing happens once, and the one who comes second is told so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from mcc.actions import certify
from mcc.actions.accounts import change_roles
from mcc.actions.mandates import MandateInput, name_member
from mcc.actions.numbering import next_application_number
from mcc.actions.vote import count_votes
from mcc.actions.work import SYSTEM, Role
from mcc.db.session import unit_of_work
from mcc.db.tables import Decision, Issuance
from mcc.errors import Refused
from tests.office import Office


def run_together(*tasks: Callable[[], object]) -> list[object]:
    """Start all at the same moment; returns each one's result, or the refusal that it met."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        barrier.wait(timeout=30)
        try:
            return task()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_committee_members_deciding_at_once_make_one_decision(office: Office) -> None:
    number = office.in_decision()
    office.vote(number)
    results = run_together(
        lambda: office.record_decision(number, "granted", "comite"),
        lambda: office.record_decision(number, "granted", "comite.2"),
    )
    refusals = [result for result in results if isinstance(result, Refused)]
    assert [refusal.code for refusal in refusals] == ["not_from_this_state"]
    with office.look("audita") as work:
        decisions = work.session.exec(select(Decision)).all()
        assert len(decisions) == 1
        assert office.application(work, number).state == "granted"


def test_two_people_of_one_institution_voting_at_once_cast_one_vote(office: Office) -> None:
    number = office.in_decision()
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.4", [Role.COMMITTEE])
        seat = MandateInput(
            username="eval.4", institution="intendencia", since=work.today, act="Nota", substitute=True
        )
        name_member(work, seat)
    results = run_together(
        lambda: office.vote(number, "granted", ["comite"]),
        lambda: office.vote(number, "on_the_way", ["eval.4"]),
    )
    refusals = [result for result in results if isinstance(result, Refused)]
    assert [refusal.code for refusal in refusals] == ["institution_voted"]
    with office.look("audita") as work:
        assert len(count_votes(work, office.application(work, number)).ballots) == 1


def test_two_workers_on_one_file_reserve_one_number(office: Office) -> None:
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)

    def reserve() -> str:
        with office.installation.work(SYSTEM) as work:
            return certify.reserve_number(work, office.application(work, number)).number

    results = run_together(reserve, reserve)
    assert len(set(map(str, results))) == 1
    with office.look("audita") as work:
        assert len(work.session.exec(select(Issuance)).all()) == 1


def test_numbers_drawn_by_eight_at_once_are_all_different_and_without_gap(office: Office) -> None:
    def draw() -> list[str]:
        drawn = []
        for _ in range(10):
            with unit_of_work(office.installation.database) as session:
                drawn.append(next_application_number(session, 2031))
        return drawn

    numbers = [number for result in run_together(*[draw] * 8) for number in result]  # type: ignore[attr-defined]
    assert sorted(int(number[7:13]) for number in numbers) == list(range(1, 81))
