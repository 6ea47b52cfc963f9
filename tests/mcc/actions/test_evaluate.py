"""Evaluating: blind sheets, evidence under every level, consensus by two, a third only when the award is at stake."""

from datetime import date

import pytest

from mcc.actions import agree, assign, evaluate, evidence, not_applicable, review, unseat, visit
from mcc.actions.editions import pinned_rubric
from mcc.actions.follow import find_application, list_visible
from mcc.db.queries.evaluate import dimension_of, discussions_of, final_levels
from mcc.db.tables import Assignment
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.office import Office

DIMENSION = "product_quality"


@pytest.fixture
def number(office: Office) -> str:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    return number


def test_equal_sheets_close_every_dimension_and_send_the_file_to_review(office: Office, number: str) -> None:
    office.score(number, "eval.1")
    office.score(number, "eval.2")
    with office.look("revisa") as work:
        application = office.application(work, number)
        levels = final_levels(work.session, application.key, 1)
        assert application.state == "in_review"
        assert {row.level for row in levels.values()} == {3}
        assert {row.origin for row in levels.values()} == {"equal"}


def test_without_a_visit_the_evaluation_does_not_end(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            for seat in office.seats(work, number):
                evaluate.accept(work, seat, no_conflict=True)
    office.accept_team(number)
    with office.work("coord") as work:
        evaluate.begin_evaluation(work, office.application(work, number))
    office.score(number, "eval.1")
    office.score(number, "eval.2")
    with office.look("coord") as work:
        assert office.application(work, number).state == "in_evaluation"


def test_evaluation_begins_only_with_two_evaluators_for_each_dimension(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        evaluate.begin_evaluation(work, office.application(work, number))
    assert refused.value.facts["guard"] == "two_evaluators_per_dimension"


def test_evaluation_begins_only_when_each_evaluator_has_declared_no_conflict(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    with office.work("eval.1") as work:
        for seat in office.seats(work, number):
            evaluate.accept(work, seat, no_conflict=True)
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        evaluate.begin_evaluation(work, office.application(work, number))
    assert refused.value.facts["guard"] == "no_open_conflict"


def test_an_incomplete_sheet_cannot_be_locked(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused, office.work("eval.1") as work:
        evaluate.lock_scores(work, office.seats(work, number)[0])
    assert refused.value.facts["guard"] == "sheet_complete"


def test_a_level_above_zero_needs_evidence_that_was_seen(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused, office.work("eval.1") as work:
        seat = office.seats(work, number)[0]
        application = office.application(work, number)
        open_here = evaluate.indicators_of(work, seat, application, pinned_rubric(application))
        sheet = {key: evaluate.ScoreInput(level=2, note="Visto.", evidence=["E3"]) for key in open_here}
        evaluate.save_scores(work, seat, sheet)
        evaluate.lock_scores(work, seat)
    assert refused.value.facts["guard"] == "evidence_given"


@pytest.mark.parametrize(
    ("indicator", "entry", "where", "code"),
    [
        ("XXX9", evaluate.ScoreInput(level=2), "XXX9", "unknown_indicator"),
        ("PAR1", evaluate.ScoreInput(level=5), "PAR1.level", "level_out_of_range"),
        ("PAR1", evaluate.ScoreInput(level=2, evidence=["E99"]), "PAR1.evidence", "evidence_unknown"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_saved(
    office: Office, number: str, indicator: str, entry: evaluate.ScoreInput, where: str, code: str
) -> None:
    with pytest.raises(InputInvalid) as invalid, office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == "participation")
        evaluate.save_scores(work, seat, {indicator: entry})
    assert [(problem.where, problem.code) for problem in invalid.value.problems] == [(where, code)]


def test_nobody_fills_in_the_sheet_of_another(office: Office, number: str) -> None:
    with office.look("eval.1") as work:
        key = office.seats(work, number)[0].key
    with pytest.raises(NotAllowed) as denied, office.work("eval.2") as work:
        seat = work.session.get(Assignment, key)
        assert seat is not None
        evaluate.save_scores(work, seat, {"PAR1": evaluate.ScoreInput(level=4)})
    assert denied.value.code == "not_your_assignment"


def test_a_difference_goes_to_consensus_and_takes_both_evaluators(office: Office, number: str) -> None:
    office.score(number, "eval.1", 3)
    office.score(number, "eval.2", 3, CAL2=2)
    assert _state(office, number) == "consensus"
    with office.work("eval.1") as work:
        talk = {"CAL2": agree.DiscussionInput(level=2, reason="Faltan las planillas.")}
        agree.propose_levels(work, office.application(work, number), DIMENSION, talk)
    with pytest.raises(Refused) as refused, office.work("eval.1") as work:
        agree.confirm_levels(work, office.application(work, number), DIMENSION)
    assert refused.value.code == "own_proposal"
    with office.work("eval.2") as work:
        agree.confirm_levels(work, office.application(work, number), DIMENSION)
    assert _state(office, number) == "closed"
    assert _final(office, number, "CAL2") == (2, "consensus")


def test_an_agreed_level_outside_the_two_is_refused(office: Office, number: str) -> None:
    office.score(number, "eval.1", 3)
    office.score(number, "eval.2", 3, CAL2=2)
    with pytest.raises(InputInvalid) as invalid:
        office.discuss(number, DIMENSION, CAL2=4)
    assert invalid.value.problems[0].code == "level_out_of_range"


def test_only_differences_are_discussed(office: Office, number: str) -> None:
    office.score(number, "eval.1", 3)
    office.score(number, "eval.2", 3, CAL2=2)
    with pytest.raises(InputInvalid) as invalid:
        office.discuss(number, DIMENSION, CAL3=3)
    assert invalid.value.problems[0].code == "no_difference_here"


def test_without_agreement_the_lower_level_stands_when_the_award_is_the_same(
    office: Office, number: str
) -> None:
    office.score(number, "eval.1", 3)
    office.score(number, "eval.2", 3, CAL5=2)
    office.discuss(number, DIMENSION, CAL5=None)
    assert _state(office, number) == "closed"
    assert _final(office, number, "CAL5") == (2, "lower")


def test_a_third_evaluator_is_called_when_the_award_is_at_stake_and_the_median_rules(
    office: Office, number: str
) -> None:
    office.score(number, "eval.1", 3)
    office.score(number, "eval.2", 3, CAL1=1)
    office.discuss(number, DIMENSION, CAL1=None)
    assert _state(office, number) == "divergent"
    with office.work("coord") as work:
        given = assign.SeatInput(dimension=DIMENSION, evaluator="eval.3", seat=assign.Seat.THIRD)
        assign.assign_evaluator(work, office.application(work, number), given)
    with office.work("eval.3") as work:
        seat = office.seats(work, number)[0]
        application = office.application(work, number)
        evaluate.accept(work, seat, no_conflict=True)
        rubric = pinned_rubric(application)
        assert evaluate.indicators_of(work, seat, application, rubric) == ["CAL1"]
        with pytest.raises(InputInvalid) as settled:
            not_applicable.request_not_applicable(work, seat, "CAL3", reason="Presta servicios.")
        assert [row.code for row in settled.value.problems] == ["unknown_indicator"]
        evaluate.save_scores(
            work, seat, {"CAL1": evaluate.ScoreInput(level=2, note="Visto.", evidence=["E1"])}
        )
        evaluate.lock_scores(work, seat)
    assert _state(office, number) == "closed"
    assert _final(office, number, "CAL1") == (2, "median")


def test_a_third_seat_does_not_open_without_need(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        given = assign.SeatInput(dimension=DIMENSION, evaluator="eval.3", seat=assign.Seat.THIRD)
        assign.assign_evaluator(work, office.application(work, number), given)
    assert refused.value.code in {"third_seat_not_called_for", "seat_taken"}


def test_not_applicable_needs_the_coordinators_approval_and_never_touches_a_critical(
    office: Office, number: str
) -> None:
    with office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == DIMENSION)
        with pytest.raises(InputInvalid) as invalid:
            not_applicable.request_not_applicable(work, seat, "CAL1", reason="No vende alimentos.")
        assert invalid.value.problems[0].code == "not_applicable_critical"
        not_applicable.request_not_applicable(work, seat, "CAL3", reason="Presta servicios.")
    with pytest.raises(Refused) as refused:
        office.score(number, "eval.1")
    assert refused.value.facts["guard"] == "sheet_complete"
    with office.work("coord") as work:
        not_applicable.decide_not_applicable(work, office.application(work, number), "CAL3", approved=True)
        with pytest.raises(Refused):
            not_applicable.decide_not_applicable(
                work, office.application(work, number), "CAL3", approved=False
            )


def test_a_conflict_of_interest_frees_every_seat_and_hides_the_file(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    with office.work("eval.1") as work:
        unseat.declare_conflict(
            work, office.seats(work, number)[0], reason="Es la cooperativa de mi hermana."
        )
    with office.look("eval.1") as work:
        assert list_visible(work) == []
        with pytest.raises(NotFound):
            find_application(work, number)
    with pytest.raises(Refused) as refused:
        office.seat(number, "eval.1", "eval.3")
    assert refused.value.code == "conflict_declared"


def test_a_return_from_review_opens_a_new_round_and_keeps_the_old_sheets(office: Office, number: str) -> None:
    office.score(number, "eval.1")
    office.score(number, "eval.2")
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Falta fundamentar la calidad.", dimensions=[DIMENSION])
        review.return_to_evaluation(work, office.application(work, number), given)
    assert _state(office, number) == "reopened"
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            seat = next(row for row in office.seats(work, number) if row.dimension == DIMENSION)
            evaluate.save_scores(
                work, seat, {"CAL2": evaluate.ScoreInput(level=2, note="Visto.", evidence=["E1"])}
            )
            evaluate.lock_scores(work, seat)
    with office.look("revisa") as work:
        application = office.application(work, number)
        assert application.state == "in_review"
        assert final_levels(work.session, application.key, 1)["CAL2"].level == 3
        assert final_levels(work.session, application.key, 2)["CAL2"].level == 2
    with pytest.raises(Refused) as refused, office.work("revisa") as work:
        given = review.ReturnInput(notes="Otra vez.", dimensions=[DIMENSION])
        review.return_to_evaluation(work, office.application(work, number), given)
    assert refused.value.facts["guard"] == "first_return"


def _state(office: Office, number: str) -> str:
    with office.look("coord") as work:
        row = dimension_of(work.session, office.application(work, number).key, DIMENSION)
        assert row is not None
        return row.state


def _final(office: Office, number: str, indicator: str) -> tuple[int, str]:
    with office.look("coord") as work:
        row = final_levels(work.session, office.application(work, number).key, 1)[indicator]
        return row.level, row.origin


def test_a_visit_is_not_older_than_the_evaluation(office: Office, number: str) -> None:
    with pytest.raises(InputInvalid) as refused, office.work("eval.1") as work:
        given = visit.VisitInput(on=date(1200, 1, 1), place="Pando", people=6, summary="Recorrida.")
        visit.report_visit(work, office.application(work, number), given)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [("on", "date_too_early")]


@pytest.mark.parametrize("state", ["in_review", "in_decision", "issued"])
def test_nothing_is_left_out_any_more_once_the_sheets_are_closed(office: Office, state: str) -> None:
    number = office.reach(state)
    with office.work("eval.1") as work:
        (seat, *_) = [row for row in office.seats(work, number) if row.dimension == "participation"]
        with pytest.raises(Refused) as refused:
            not_applicable.request_not_applicable(work, seat, "PAR1", reason="No tienen local")
    assert refused.value.code == "sheet_closed"


def test_a_request_to_leave_something_out_is_decided_while_it_is_evaluated(office: Office) -> None:
    number = office.reach("in_review")
    with office.work("coord") as work, pytest.raises(Refused) as refused:
        not_applicable.decide_not_applicable(work, office.application(work, number), "PAR1", approved=True)
    assert refused.value.code == "not_in_evaluation"


def test_nothing_is_seen_on_site_after_the_evaluation(office: Office) -> None:
    number = office.reach("in_decision")
    with office.work("eval.1") as work, pytest.raises(Refused) as refused:
        evidence.see_on_site(work, office.application(work, number), "E3", work.today)
    assert refused.value.code == "evidence_closed"


def test_what_was_refused_once_is_not_asked_for_again(office: Office, number: str) -> None:
    with office.work("eval.1") as work:
        (seat, *_) = [row for row in office.seats(work, number) if row.dimension == "participation"]
        not_applicable.request_not_applicable(work, seat, "PAR4", reason="No tienen local")
    for approved, code in ((None, "not_applicable_asked"), (False, "not_applicable_refused")):
        if approved is not None:
            with office.work("coord") as work:
                application = office.application(work, number)
                not_applicable.decide_not_applicable(work, application, "PAR4", approved=approved)
        with office.work("eval.2") as work:
            (seat, *_) = [row for row in office.seats(work, number) if row.dimension == "participation"]
            with pytest.raises(InputInvalid) as refused:
                not_applicable.request_not_applicable(work, seat, "PAR4", reason="No va")
            assert [row.code for row in refused.value.problems] == [code]


def test_another_proposal_asks_for_another_confirmation(office: Office, number: str) -> None:
    office.score(number, "eval.1", CAL2=2, CAL3=2)
    office.score(number, "eval.2")
    office.discuss(number, DIMENSION, CAL2=3)
    with office.work("eval.1") as work:
        talk = {"CAL2": agree.DiscussionInput(level=2, reason="Pensándolo mejor.")}
        agree.propose_levels(work, office.application(work, number), DIMENSION, talk)
    with office.look("eval.1") as work:
        application = office.application(work, number)
        row = discussions_of(work.session, application.key, application.round)["CAL2"]
        assert (row.agreed_level, row.confirmed_by) == (2, None)
