"""Deciding: on the frozen assessment, never higher than computed, by people who took no other part."""

from datetime import timedelta

import pytest

from mcc.actions import decide, review, vote
from mcc.actions.accounts import change_roles, join_organisation
from mcc.actions.editions import current_rubric
from mcc.actions.mandates import MandateInput, name_member
from mcc.actions.notify import list_own
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.decide import decision_of
from mcc.db.queries.journal import events_of_application, last_event, last_words
from mcc.errors import InputInvalid, NotAllowed, Refused
from tests.office import Office, RecordingQueue


def test_a_granted_file_waits_for_whoever_signs(office: Office) -> None:
    number = office.in_decision()
    office.decide(number)
    with office.look("comite") as work:
        application = office.application(work, number)
        decision = decision_of(work.session, application.key)
        assert application.state == "granted"
        assert decision is not None
        assert (decision.award, decision.computed_award, decision.assessment["total"]) == (
            "granted",
            "granted",
            "75.0000",
        )
        assert isinstance(work.jobs, RecordingQueue)
        assert work.jobs.ordered == []


def test_grant_is_refused_below_a_critical_minimum(office: Office) -> None:
    number = office.in_decision(4, CAL1=1)
    with pytest.raises(Refused) as refused:
        office.decide(number, "granted")
    assert refused.value.facts["guard"] == "award_supported"
    office.decide(number, "on_the_way")
    with office.look("comite") as work:
        application = office.application(work, number)
        decision = decision_of(work.session, application.key)
        assert application.state == "on_the_way"
        assert decision is not None
        assert decision.assessment["total"] == "95.3125"


def test_a_decision_may_depart_downward_only(office: Office) -> None:
    number = office.in_decision()
    with pytest.raises(Refused):
        office.decide(number, "distinction")
    office.decide(number, "not_granted")
    with office.look("comite") as work:
        assert office.application(work, number).state == "denied"


def test_an_unknown_award_is_named(office: Office) -> None:
    number = office.in_decision()
    with pytest.raises(InputInvalid) as invalid:
        office.decide(number, "platino")
    assert invalid.value.problems[0].code == "award_unknown"


@pytest.mark.parametrize(
    ("username", "code"), [("eval.1", "already_evaluated"), ("revisa", "already_reviewed")]
)
def test_who_evaluated_or_reviewed_cannot_decide(office: Office, username: str, code: str) -> None:
    number = office.in_decision()
    with office.installation.work(SYSTEM) as work:
        change_roles(work, username, [Role.COMMITTEE])
        seat = MandateInput(
            username=username, institution="inacoop", since=work.today, act="Nota 2/2026", substitute=True
        )
        name_member(work, seat)
    with pytest.raises(NotAllowed) as denied:
        office.decide(number, username=username)
    assert denied.value.code == code


def test_a_second_decision_is_refused(office: Office) -> None:
    number = office.in_decision()
    office.decide(number)
    with pytest.raises(Refused) as refused:
        office.decide(number, username="comite.2")
    assert refused.value.code == "not_from_this_state"


def test_a_denied_attempt_is_recorded_on_its_own(office: Office) -> None:
    number = office.submit()
    with pytest.raises(NotAllowed):
        office.record_decision(number, username="coop")
    with office.look("audita") as work:
        event = last_event(work.session)
        assert event is not None
        assert (event.action, event.facts["attempted"]) == ("denied", "grant")


@pytest.mark.parametrize(("days", "code"), [(-1, "date_too_early"), (1, "date_in_future")])
def test_a_resolution_is_of_the_days_on_which_the_committee_had_the_file(
    office: Office, days: int, code: str
) -> None:
    number = office.in_decision()
    with pytest.raises(InputInvalid) as refused, office.work("comite") as work:
        given = decide.DecisionInput(
            award="granted",
            resolution_number="26/00001",
            resolution_date=work.today + timedelta(days=days),
            authority="Comité",
            reasons="Según el informe.",
        )
        decide.decide(work, office.application(work, number), given)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [
        ("resolution_date", code)
    ]


@pytest.mark.parametrize(
    ("award", "move"),
    [
        ("distinction", "grant"),
        ("granted", "grant"),
        ("on_the_way", "set_on_the_way"),
        ("not_granted", "deny"),
    ],
)
def test_the_edition_says_which_awards_carry_the_seal(award: str, move: str) -> None:
    rubric = current_rubric()
    assert decide.name_move(rubric, award) == move
    without = rubric.award("granted").model_copy(update={"seal": False})
    changed = rubric.model_copy(
        update={"awards": tuple(without if item.code == "granted" else item for item in rubric.awards)}
    )
    assert decide.name_move(changed, award) == ("set_on_the_way" if award == "granted" else move)


def _join(office: Office, number: str, username: str) -> None:
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, username, office.application(work, number).organisation_id)


def _return(office: Office, number: str, questions: str = "¿Quién lleva el libro de actas?") -> None:
    with office.work("comite") as work:
        given = decide.QuestionsInput(questions=questions)
        decide.return_to_review(work, office.application(work, number), given)


def test_the_committee_returns_a_file_with_questions_and_votes_anew(office: Office) -> None:
    number = office.in_decision()
    office.vote(number, "return")
    _return(office, number)
    with office.look("revisa") as work:
        application = office.application(work, number)
        assert application.state == "in_review"
        assert (
            last_words(work.session, application.key, "return_to_review") == "¿Quién lleva el libro de actas?"
        )
        assert "questions" in {row.code for row in list_own(work)}
    office.review(number)
    with office.installation.look(SYSTEM) as work:
        counted = vote.count_votes(work, office.application(work, number))
        assert (counted.ballots, counted.award) == ((), None), "what was voted before is a draft"
    office.decide(number)
    with office.look("audita") as work:
        application = office.application(work, number)
        assert application.state == "granted"
        (event,) = [
            event
            for event, _ in events_of_application(work.session, application.key)
            if event.action == "return_to_review"
        ]
        assert [row["award"] for row in event.facts["votes"]] == ["return", "return"]


def test_a_file_is_returned_only_when_that_was_voted(office: Office) -> None:
    number = office.in_decision()
    office.vote(number)
    with pytest.raises(Refused) as refused:
        _return(office, number)
    assert refused.value.facts["guard"] == "return_voted"
    office.vote(number, "return")
    with pytest.raises(Refused) as refused:
        office.record_decision(number)
    assert refused.value.facts["guard"] == "award_voted"


def test_a_file_is_returned_once(office: Office) -> None:
    number = office.in_decision()
    office.vote(number, "return")
    _return(office, number)
    office.review(number)
    with pytest.raises(Refused) as refused:
        office.vote(number, "return")
    assert refused.value.facts["guard"] == "first_return_from_decision"
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE vote SET cast_at = '2026-08-03 13:00:00.000000'")
    with pytest.raises(Refused) as refused:
        _return(office, number)
    assert refused.value.facts["guard"] == "first_return_from_decision", "whatever became of the votes"


def test_nothing_is_decided_on_the_work_of_somebody_who_became_partial(office: Office) -> None:
    """The way out is the review, a second time as well, and from there another evaluation."""
    number = office.in_decision()
    office.vote(number, "return")
    _return(office, number)
    office.review(number)
    _join(office, number, "eval.1")
    office.vote(number)
    with pytest.raises(Refused) as refused:
        office.record_decision(number)
    assert refused.value.facts["guard"] == "evaluators_impartial"
    office.vote(number, "return")
    _return(office, number)
    with pytest.raises(Refused) as refused:
        office.review(number)
    assert refused.value.facts["guard"] == "evaluators_impartial"
    with office.work("revisa") as work:
        given = review.ReturnInput(notes="Integra el colectivo.", dimensions=["participation"])
        review.return_to_evaluation(work, office.application(work, number), given)
        assert office.application(work, number).state == "in_evaluation"
