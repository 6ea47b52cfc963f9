"""The hearing: nothing adverse is decided unheard, and what the collective adds is looked at."""

import pytest

from mcc.actions import evaluate, evidence, hear, review
from mcc.actions.follow import describe_standing, list_moves
from mcc.actions.notify import list_own
from mcc.actions.uploads import purify
from mcc.db.queries.evaluate import dimensions_of
from mcc.db.queries.hear import hearing_of
from mcc.errors import NotAllowed, NotFound, Refused
from tests.office import Office
from workflows import list_editions


@pytest.fixture
def adverse(office: Office) -> str:
    """Level 2 everywhere is 50 points: on the way, without a seal."""
    return office.reach("in_review", level=2)


def open_hearing(office: Office, number: str, username: str = "revisa") -> None:
    with office.work(username) as work:
        given = hear.HearingInput(tells="Falta dejar escrito cómo deciden.")
        hear.open_hearing(work, office.application(work, number), given)


def answer(office: Office, number: str, username: str = "coop") -> None:
    with office.work(username) as work:
        hear.answer_hearing(work, office.application(work, number), hear.HeardInput(answer="Aquí está."))


def send(office: Office, number: str) -> None:
    with office.work("revisa") as work:
        review.send_to_decision(work, office.application(work, number), review.ReviewInput(notes="Completo."))


def add_paper(office: Office, number: str) -> None:
    with office.work("coop") as work:
        given = evidence.EvidenceInput(kind="acta_asamblea", title="Acta", filename="a.txt")
        evidence.add_evidence(work, office.application(work, number), given, purify(b"Acta de asamblea"))


def reevaluate(office: Office, number: str) -> None:
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Hay un acta nueva.", dimensions=["decision_making"])
        review.reevaluate_after_hearing(work, office.application(work, number), given)


def state(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return office.application(work, number).state


def test_nothing_adverse_goes_to_the_committee_unheard(office: Office, adverse: str) -> None:
    with pytest.raises(Refused) as refused:
        send(office, adverse)
    assert refused.value.facts["guard"] == "hearing_held"
    open_hearing(office, adverse)
    with pytest.raises(Refused):
        send(office, adverse)
    answer(office, adverse)
    send(office, adverse)
    assert state(office, adverse) == "in_decision"


def test_a_mark_that_would_be_granted_needs_no_hearing(office: Office) -> None:
    number = office.reach("in_review")
    with pytest.raises(Refused) as refused:
        open_hearing(office, number)
    assert refused.value.facts["guard"] == "outcome_adverse"
    send(office, number)


def test_the_collective_is_told_and_holds_the_file_until_it_answers(office: Office, adverse: str) -> None:
    open_hearing(office, adverse)
    with office.look("coop") as work:
        standing = describe_standing(work, office.application(work, adverse))
        assert (standing.holder, str(standing.due)) == ("applicant", "2026-08-13")
        assert (list_own(work)[0].code, list_own(work)[0].facts["due"]) == ("hearing", "2026-08-13")
    answer(office, adverse)
    with office.look("revisa") as work:
        assert describe_standing(work, office.application(work, adverse)).holder == "reviewer"
        assert list_own(work)[0].code == "heard"
        row = hearing_of(work.session, office.application(work, adverse).key)
        assert row is not None
        assert row.answer == "Aquí está."


def test_silence_holds_nobody_up_once_the_term_is_over(office: Office, adverse: str) -> None:
    open_hearing(office, adverse)
    office.pass_days(10)
    with pytest.raises(Refused):
        send(office, adverse)
    office.pass_days(1)
    send(office, adverse)


def test_it_is_answered_once_and_by_the_collective_alone(office: Office, adverse: str) -> None:
    with pytest.raises(Refused) as refused:
        answer(office, adverse)
    assert refused.value.code == "nothing_to_answer"
    open_hearing(office, adverse)
    for username in ("otra", "coord", "revisa", "eval.1"):
        with pytest.raises(NotAllowed):
            answer(office, adverse, username)
    answer(office, adverse)
    with pytest.raises(Refused):
        answer(office, adverse)


@pytest.mark.parametrize("username", ["eval.1", "coord", "comite", "coop"])
def test_only_the_review_opens_it(office: Office, adverse: str, username: str) -> None:
    with pytest.raises(NotAllowed):
        open_hearing(office, adverse, username)


def test_new_evidence_is_evaluated_and_the_second_time_goes_straight_on(office: Office, adverse: str) -> None:
    open_hearing(office, adverse)
    with pytest.raises(Refused) as refused:
        reevaluate(office, adverse)
    assert refused.value.facts["guard"] == "new_evidence"
    add_paper(office, adverse)
    answer(office, adverse)
    reevaluate(office, adverse)
    with office.look("coord") as work:
        application = office.application(work, adverse)
        assert application.state == "in_evaluation"
        reopened = {row.dimension: row.state for row in dimensions_of(work.session, application.key)}
        assert reopened["decision_making"] == "reopened"
        assert {one for name, one in reopened.items() if name != "decision_making"} == {"closed"}
    with pytest.raises(Refused):
        add_paper(office, adverse)
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            for seat in office.seats(work, adverse):
                if seat.state == "in_progress":
                    evaluate.lock_scores(work, seat)
    send(office, adverse)
    assert state(office, adverse) == "in_decision"


def test_there_is_one_hearing(office: Office, adverse: str) -> None:
    open_hearing(office, adverse)
    answer(office, adverse)
    with office.look("revisa") as work:
        assert "open_hearing" not in list_moves(work, office.application(work, adverse))


def test_a_dimension_of_nowhere_is_not_evaluated_again(office: Office, adverse: str) -> None:
    open_hearing(office, adverse)
    with pytest.raises(NotFound), office.work("revisa") as work:
        given = review.ReturnInput(notes="x", dimensions=["otra"])
        review.reevaluate_after_hearing(work, office.application(work, adverse), given)


def test_a_file_of_an_earlier_edition_goes_on_without(office: Office, adverse: str) -> None:
    earlier = next(row for row in list_editions("application") if row.edition == "application-2026-2")
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE application SET workflow_hash = ? WHERE number = ?", (earlier.meaning_hash, adverse)
        )
    send(office, adverse)
    with office.look("revisa") as work:
        assert office.application(work, adverse).state == "in_decision"


def test_less_than_was_computed_is_not_given_before_the_collective_was_heard(office: Office) -> None:
    number = office.in_decision(3)
    office.vote(number, "on_the_way")
    with pytest.raises(Refused) as refused:
        office.record_decision(number, "on_the_way")
    assert refused.value.facts["guard"] == "hearing_held"
    with office.work("comite") as work:
        hear.open_hearing(work, office.application(work, number), hear.HearingInput(tells="Se votó menos."))
    with office.look("coop") as work:
        assert list_own(work)[0].code == "hearing"
    office.pass_days(11)
    with office.work("revisa") as work:
        review.send_to_decision(
            work, office.application(work, number), review.ReviewInput(notes="Sin respuesta.")
        )
    office.record_decision(number, "on_the_way")
    with office.look("audita") as work:
        assert office.application(work, number).state == "on_the_way"


def test_the_committee_hears_nobody_whose_mark_it_grants(office: Office) -> None:
    number = office.in_decision(3)
    office.vote(number, "granted")
    with pytest.raises(Refused) as refused, office.work("comite") as work:
        hear.open_hearing(work, office.application(work, number), hear.HearingInput(tells="x"))
    assert refused.value.facts["guard"] == "outcome_adverse"
