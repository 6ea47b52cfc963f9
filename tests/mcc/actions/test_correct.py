"""Corrective action: what can be put right is, once, and only that is looked at again."""

import pytest

from mcc.actions import correct, evaluate, evidence
from mcc.actions.compare import fixed_indicators
from mcc.actions.follow import describe_standing
from mcc.actions.notify import list_own
from mcc.actions.settle import final_answers
from mcc.actions.uploads import purify
from mcc.db.queries.evaluate import dimensions_of, sheet_of
from mcc.errors import InputInvalid, NotAllowed, Refused
from mcc.jobs.sweep import do_what_is_due
from tests.office import Office


@pytest.fixture
def low(office: Office) -> str:
    """DEC1 is critical: the mark asks for 2."""
    return office.reach("in_review", DEC1=1, DEC2=1)


def ask(office: Office, number: str, *indicators: str, username: str = "revisa", days: int = 30) -> None:
    with office.work(username) as work:
        given = correct.CorrectionInput(indicators=list(indicators), asks="Escribir cómo deciden.", days=days)
        correct.require_correction(work, office.application(work, number), given)


def add_paper(office: Office, number: str) -> None:
    with office.work("coop") as work:
        given = evidence.EvidenceInput(kind="acta_asamblea", title="Acta", filename="a.txt")
        evidence.add_evidence(work, office.application(work, number), given, purify(b"Acta de asamblea"))


def finish(office: Office, number: str, username: str = "coop") -> None:
    with office.work(username) as work:
        correct.finish_correction(work, office.application(work, number))


def raise_level(office: Office, number: str, level: int = 2) -> None:
    """Both evaluators score what is open again, and lock."""
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            for seat in office.seats(work, number):
                if seat.state == "in_progress":
                    given = evaluate.ScoreInput(level=level, note="Ahora está escrito.", evidence=["E1"])
                    evaluate.save_scores(work, seat, {"DEC1": given})
                    evaluate.lock_scores(work, seat)


def state(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return office.application(work, number).state


def test_only_what_was_pointed_out_is_scored_again(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    add_paper(office, low)
    finish(office, low)
    with office.work("eval.1") as work:
        application = office.application(work, low)
        states = {row.dimension: row.state for row in dimensions_of(work.session, application.key)}
        assert {name for name, one in states.items() if one == "reopened"} == {"decision_making"}
        seat = next(row for row in office.seats(work, low) if row.state == "in_progress")
        assert fixed_indicators(work, application) == {"DEC2", "DEC3", "DEC4", "DEC5", "DEC6"}
        given = evaluate.ScoreInput(level=4, note="Mejor.", evidence=["E1"])
        with pytest.raises(InputInvalid):
            evaluate.save_scores(work, seat, {"DEC2": given})
    raise_level(office, low)
    with office.look("revisa") as work:
        application = office.application(work, low)
        levels = final_answers(work, application).scores
        assert (application.state, levels["DEC1"], levels["DEC2"], levels["DEC3"]) == ("in_review", 2, 1, 3)
        assert len(levels) == 24


def test_a_difference_of_the_round_before_is_not_discussed_again(office: Office) -> None:
    number = office.reach("in_evaluation")
    office.score(number, "eval.1", 3, DEC1=1, DEC3=2)
    office.score(number, "eval.2", 3, DEC1=1)
    office.discuss(number, "decision_making", DEC3=2)
    ask(office, number, "DEC1")
    add_paper(office, number)
    finish(office, number)
    raise_level(office, number)
    with office.look("revisa") as work:
        application = office.application(work, number)
        assert application.state == "in_review"
        assert final_answers(work, application).scores["DEC3"] == 2


def test_the_sheets_of_the_first_round_stay_as_they_were(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    add_paper(office, low)
    finish(office, low)
    raise_level(office, low)
    with office.look("eval.1") as work:
        seat = next(row for row in office.seats(work, low) if row.dimension == "decision_making")
        assert [sheet_of(work.session, seat.key, number)["DEC1"].level for number in (1, 2)] == [1, 2]


def test_without_something_new_the_collective_cannot_finish(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    with pytest.raises(Refused) as refused:
        finish(office, low)
    assert refused.value.facts["guard"] == "evidence_given_or_term_over"
    assert state(office, low) == "corrective_action"


def test_nothing_is_finished_that_was_not_asked_for(office: Office, low: str) -> None:
    with pytest.raises(Refused) as refused:
        finish(office, low)
    assert refused.value.code == "not_from_this_state"


def test_the_file_goes_on_by_itself_the_day_after_the_term_and_not_before(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    office.pass_days(30)
    do_what_is_due(office.installation)
    assert state(office, low) == "corrective_action"
    office.pass_days(1)
    do_what_is_due(office.installation)
    assert state(office, low) == "in_evaluation"


def test_the_collective_holds_the_file_and_is_told_until_when(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    with office.look("coop") as work:
        standing = describe_standing(work, office.application(work, low))
        assert (standing.holder, str(standing.due)) == ("applicant", "2026-09-02")
        assert standing.missing == ("Escribir cómo deciden.",)
        assert (list_own(work)[0].code, list_own(work)[0].facts["due"]) == ("correction", "2026-09-02")


def test_it_is_asked_for_once(office: Office, low: str) -> None:
    ask(office, low, "DEC1")
    add_paper(office, low)
    finish(office, low)
    raise_level(office, low, level=1)
    with pytest.raises(Refused) as refused:
        ask(office, low, "DEC1")
    assert refused.value.facts["guard"] == "first_correction"


def test_something_critical_has_to_be_low(office: Office, low: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(office, low, "DEC2")
    assert refused.value.facts["guard"] == "critical_indicator_fixable"


def test_an_indicator_of_nowhere_is_refused_by_name(office: Office, low: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        ask(office, low, "DEC1", "XYZ9")
    assert refused.value.problems[0].facts == {"value": "XYZ9"}


@pytest.mark.parametrize("username", ["eval.1", "coord", "comite", "coop"])
def test_only_the_review_asks_for_it(office: Office, low: str, username: str) -> None:
    with pytest.raises(NotAllowed):
        ask(office, low, "DEC1", username=username)


@pytest.mark.parametrize("username", ["otra", "coord", "revisa", "eval.1"])
def test_only_the_collective_finishes_it(office: Office, low: str, username: str) -> None:
    ask(office, low, "DEC1")
    add_paper(office, low)
    with pytest.raises(NotAllowed):
        finish(office, low, username)
