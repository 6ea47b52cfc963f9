"""Terms of the office: the clock stands still while the collective owes something, and begins no new term after."""

from datetime import date

from mcc.actions import admit, apply, missing
from mcc.actions.terms import find_due
from tests.office import Office
from workflows import add_working_days


def due(office: Office, number: str) -> date | None:
    with office.work("coord") as work:
        return find_due(work, office.application(work, number))


def take_up(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="2026-1"))


def ask(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.request_information(
            work, office.application(work, number), admit.RequestInput(items=["El acta"])
        )


def answer(office: Office, number: str) -> None:
    with office.work("coop") as work:
        apply.answer_request(work, office.application(work, number), apply.AnswersInput(answers=["Va."]))


def test_an_answer_begins_no_new_term(office: Office) -> None:
    number = office.submit()
    take_up(office, number)
    before = due(office, number)
    ask(office, number)
    answer(office, number)
    assert due(office, number) == before


def test_days_that_the_collective_took_are_added_and_no_more(office: Office) -> None:
    number = office.submit()
    take_up(office, number)
    before = due(office, number)
    office.pass_days(1)
    ask(office, number)
    office.pass_days(7)
    answer(office, number)
    after = due(office, number)
    assert before is not None
    assert after == add_working_days(before, 5)
    ask(office, number)
    office.pass_days(7)
    answer(office, number)
    assert due(office, number) == add_working_days(after, 5)


def test_the_evaluation_waits_for_what_an_evaluator_asked(office: Office) -> None:
    number = office.reach("in_evaluation")
    before = due(office, number)
    with office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == "participation")
        asked = missing.await_evidence(work, seat, missing.AskInput(indicator="PAR1", words="Algo."))
        key = asked.key
    office.pass_days(7)
    waiting = due(office, number)
    with office.work("coop") as work:
        given = missing.AnsweredInput(answer="Está en la carpeta.")
        missing.answer_evidence_request(work, office.application(work, number), key, given)
    office.pass_days(7)
    assert before is not None
    assert waiting == add_working_days(before, 5)
    assert due(office, number) == waiting
